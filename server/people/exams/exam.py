"""The exam: which questions, until when, how often, and what they come to. Pure: the caller brings the seed and the time.

There are three: the whole exam of a module; a short test on the lessons that changed (`PART`); and a shorter exam for a
renewal, on what changed and what was wrong before (`RENEWAL`). All are drawn, timed and marked by the same rules.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.people.courses import marking
from server.people.courses.bank import Question
from server.people.courses.changes import Change
from server.people.courses.module import Module


class ExamKind(StrEnum):
    """What an attempt is about."""

    WHOLE = "whole"
    PART = "part"
    RENEWAL = "renewal"


LENGTHS = {ExamKind.WHOLE: 15, ExamKind.PART: 5, ExamKind.RENEWAL: 10}  # questions
LENGTH = LENGTHS[ExamKind.WHOLE]
FEWEST = 3  # questions of a short test: where the changed lessons have fewer, others are asked, too
PASS_MARK = 80  # per cent of the answers that count
MOST_SHARED = 3  # questions that two exams of one person share
BAND = 0.02  # how far the expected score of an exam may be from that of its bank: two of 100
TRIES = 40
COUNTS_FOR = timedelta(days=365)
GRACE = timedelta(days=30)  # for those who passed just before the module was changed

EACH = timedelta(minutes=3)  # for a question
MORE = 2  # times as long for anybody who asks, without a reason: WCAG 2.2.1
COOL_DOWN = timedelta(minutes=10)
MOST_FAILED = 5  # in `WINDOW`; then a coordinator opens the exam again
WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of one attempt, and the order in which its choices are shown (places in the bank)."""

    name: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to: `right` of the `of` answers that count."""

    right: int
    of: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when no attempt may start, and whether a coordinator may open the exam before."""

    until: datetime
    too_many: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """A passed exam: of which module, in which state of its content, begun and ended when, and what it was about.

    `lessons`: those that a part or a renewal was about.
    """

    module: str
    content_hash: str
    at: datetime
    kind: ExamKind = ExamKind.WHOLE
    lessons: tuple[str, ...] = ()
    began: datetime | None = None  # None: as it ended

    @property
    def of_module(self) -> bool:
        """Whether it says something of the module, not only of what changed in it."""
        return self.kind is not ExamKind.PART

    def proves(self, parts: Collection[str], seen_at: datetime) -> bool:
        """Whether it asked about these changed lessons as they are since `seen_at`."""
        since = (self.began or self.at) >= seen_at
        return since and (self.kind is ExamKind.WHOLE or set(parts) <= set(self.lessons))


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """What an exam that is begun now would be: its kind, and the lessons it is about (a whole exam: all, none named)."""

    kind: ExamKind = ExamKind.WHOLE
    lessons: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many questions it asks, one of each of its lessons at least."""
        return min(LENGTH, max(LENGTHS[self.kind], len(self.lessons)))


WHOLE = ExamPlan()


def time_for(length: int, *, more_time: bool = False) -> timedelta:
    """The time for so many questions."""
    return length * EACH * (MORE if more_time else 1)


def least(length: int) -> int:
    """How many answers must count of so many: "I cannot tell" is never wrong, but nothing else is no exam."""
    return -(-length * 2 // 3)


def pool(questions: Sequence[Question], plan: ExamPlan) -> tuple[tuple[Question, ...], int]:
    """What such an exam is drawn from, and how many: the questions on its lessons; where these are too few, all."""
    about = tuple(question for question in questions if question.lesson in plan.lessons)
    if plan.kind is ExamKind.PART:
        return (about, min(plan.length, len(about))) if len(about) >= FEWEST else (tuple(questions), FEWEST)
    return about if plan.lessons and len(about) >= plan.length else tuple(questions), plan.length


def draw(
    questions: Sequence[Question], seed: int, before: Sequence[Collection[str]] = (),
    difficulties: Mapping[str, float] | None = None, plan: ExamPlan = WHOLE,
) -> tuple[Drawn, ...]:  # fmt: skip
    """The questions of such an exam in mixed order, one of every lesson among them. The same seed draws the same.

    `before`: the names in this person's earlier exams, newest first. With each of them the exam shares `MOST_SHARED` at
    most; where the bank is too small for that, the newest come first. `difficulties`: the share of wrong answers, 0 to 1,
    of the questions with enough answers to say; others count as ordinary. The expected score is within `BAND` of the
    bank's: nobody is lucky. Of `TRIES` draws the first that keeps both is taken, else the best.
    """
    chance = random.Random(seed)  # noqa: S311 not a secret: the server keeps what was drawn
    (questions, length), best = pool(questions, plan), None
    for _ in range(TRIES):
        chosen = _candidate(questions, before, chance, plan.lessons, length)
        worth = (_excess(chosen, before), max(BAND, _off(chosen, questions, difficulties or {})))
        if best is None or worth < best[0]:
            best = worth, chosen
        if not any(worth[0]) and worth[1] <= BAND:
            break
    assert best, "there is at least one try"
    mixed = chance.sample(best[1], len(best[1]))
    return tuple(Drawn(question.name, marking.mixed(question, chance)) for question in mixed)


def _candidate(
    questions: Sequence[Question], before: Sequence[Collection[str]], chance: random.Random, first: Sequence[str], length: int
) -> list[Question]:  # fmt: skip
    """Those on the lessons that come first, one of every other lesson, then any, each with room in every earlier exam
    where one is left that has."""
    left = chance.sample(list(questions), len(questions))
    stands_in = {question.name: [question.name in earlier for earlier in before] for question in left}
    shared = [0] * len(before)
    chosen: list[Question] = []

    def too_many(question: Question) -> list[bool]:
        return [there and count >= MOST_SHARED for there, count in zip(stands_in[question.name], shared, strict=True)]

    for lesson in _turns(left, first, length):
        possible = [question for question in left if lesson is None or question.lesson == lesson]
        if not possible:
            break
        pick = min(possible, key=too_many)  # of those that are equal the first, and they are mixed
        chosen.append(pick)
        left.remove(pick)
        shared = [count + there for count, there in zip(shared, stands_in[pick.name], strict=True)]
    return chosen


def _turns(questions: Sequence[Question], first: Sequence[str], length: int) -> list[str | None]:
    """The lesson of each question to be drawn, None: any."""
    left = Counter(question.lesson for question in questions)
    turns: list[str | None] = []
    while len(turns) < length and (again := [lesson for lesson in first if left[lesson]]):
        turns += again
        left.subtract(again)
    turns += [lesson for lesson in dict.fromkeys(question.lesson for question in questions) if lesson not in first]
    return [*turns, *[None] * length][:length]


def _excess(chosen: Iterable[Question], before: Sequence[Collection[str]]) -> tuple[int, ...]:
    """How many more than `MOST_SHARED` it shares with each earlier exam."""
    names = {question.name for question in chosen}
    return tuple(max(0, sum(name in names for name in earlier) - MOST_SHARED) for earlier in before)


def _off(chosen: Sequence[Question], questions: Sequence[Question], difficulties: Mapping[str, float]) -> float:
    """How far its expected score is from the bank's, as a share; what is not known of a question counts as the mean."""
    known = [difficulties[question.name] for question in questions if question.name in difficulties]
    mean = sum(known) / len(known) if known else 0.0
    return abs(sum(difficulties.get(question.name, mean) - mean for question in chosen)) / max(1, len(chosen))


def fits(drawn: Sequence[Drawn], questions: Iterable[Question]) -> bool:
    """Whether an open attempt can go on with `questions`: all that was drawn is there, with as many choices as then."""
    choices = {question.name: len(question.choices) for question in questions}
    return all(len(item.order) == choices.get(item.name) for item in drawn)


def result(marks: Sequence[bool | None], drawn: int) -> Result:
    """What the marks of a whole attempt of `drawn` questions come to. What was not answered in time is not right."""
    of = drawn - sum(mark is None for mark in marks)
    right = sum(mark is True for mark in marks)
    return Result(right, of, passed=of >= least(drawn) and right * 100 >= PASS_MARK * of)


def may_start(failed: Sequence[datetime], opened_at: datetime | None, at: datetime) -> Wait | None:
    """None when an attempt may start at `at`. `failed`: when attempts ended without passing, oldest first.

    `opened_at`: when a coordinator last opened the exam again; what failed before is forgotten.
    """
    recent = [ended_at for ended_at in failed if at - ended_at < WINDOW and (opened_at is None or ended_at > opened_at)]
    if len(recent) >= MOST_FAILED:
        return Wait(recent[-MOST_FAILED] + WINDOW, too_many=True)
    if recent and at < recent[-1] + COOL_DOWN:
        return Wait(recent[-1] + COOL_DOWN, too_many=False)
    return None


def counts(passed: Passed, current_hash: str, at: datetime) -> bool:
    """Whether a passed exam of a module still counts: less than a year old, and of its current or a recent version."""
    fresh = passed.of_module and at - passed.at < COUNTS_FOR
    return fresh and (passed.content_hash == current_hash or at - passed.at < GRACE)


def counting(
    passed: Iterable[Passed], taught: Iterable[Module], seen: Mapping[tuple[str, str], datetime], at: datetime,
    since: datetime | None = None,
) -> dict[str, datetime]:  # fmt: skip
    """When each module was passed first, of the exams (after `since`, if given) that count at `at`, by its slug.

    A module that changed since needs a short test on that, too, from thirty days after the change on. `seen`: when each
    state of a content was there first, by name and hash.
    """
    passed = sorted(passed, key=lambda exam: exam.at)
    first: dict[str, datetime] = {}
    for module in taught:
        of_it = [exam for exam in passed if exam.module == module.slug]
        when = next((exam.at for exam in of_it if (since is None or exam.at > since)
                     and counts(exam, module.content_hash, at)), None)  # fmt: skip
        if when and not overdue(module, of_it, seen, at):
            first[module.slug] = when
    return first


def unproven(
    module: Module, passed: Iterable[Passed], seen: Mapping[tuple[str, str], datetime], at: datetime
) -> list[Change]:
    """The material changes of a module that none of these passed exams asked about, the oldest first."""
    material = module.material
    if not material:
        return []
    of_it = [exam for exam in passed if exam.module == module.slug]
    return [
        change
        for change in material
        if not any(exam.proves(change.parts, seen.get(change.state, at)) for exam in of_it)
    ]


def overdue(
    module: Module, passed: Iterable[Passed], seen: Mapping[tuple[str, str], datetime], at: datetime
) -> list[Change]:
    """Those of them that are thirty days old: until they are asked about, the module counts as passed no more."""
    return [change for change in unproven(module, passed, seen, at) if at - seen.get(change.state, at) >= GRACE]


def plan(
    *, changed: Sequence[str], wrong: Sequence[str] = (), passed: bool, passed_before: bool = False, renewing: bool = False
) -> ExamPlan:  # fmt: skip
    """What an exam of a module that accreditation needs would be.

    changed: the lessons that changed since the person was asked about them (who renews: since the accreditation). wrong: the
    lessons they got wrong before. passed: an exam of the module counts now, or their accreditation rests on it and lasts.
    passed_before: one was passed that counts no more. renewing: it is the time to renew, and nothing is passed for that yet.
    """
    if renewing:
        return ExamPlan(ExamKind.RENEWAL, tuple(dict.fromkeys([*changed, *wrong]))) if passed_before else WHOLE
    return ExamPlan(ExamKind.PART, tuple(changed)) if passed and changed else WHOLE


def wrong_before(answers: Iterable[tuple[str, bool | None]]) -> set[str]:
    """The questions whose last answer that counts was wrong. `answers`: name and mark, the oldest first."""
    last = {name: right for name, right in answers if right is not None}
    return {name for name, right in last.items() if not right}
