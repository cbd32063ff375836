"""The exam: which questions, until when, how often, and what they come to. Pure: the caller brings the seed and the time."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.people.courses import marking
from server.people.courses.bank import Question

LENGTH = 15
PASS_MARK = 80  # per cent of the answers that count
LEAST = 10  # answers that must count: "I cannot tell" is never wrong, but fifteen of them are no exam
MOST_SHARED = 3  # questions that two exams of one person share
BAND = 0.02  # how far the expected score of an exam may be from that of its bank: two of 100
TRIES = 40
COUNTS_FOR = timedelta(days=365)
GRACE = timedelta(days=30)  # for those who passed just before the module was changed

TIME = timedelta(minutes=45)  # three minutes a question
MORE_TIME = timedelta(minutes=90)  # for anybody who asks, without a reason: WCAG 2.2.1
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
    """A passed exam: of which module, in which state of its content, and when."""

    module: str
    content_hash: str
    at: datetime


def draw(
    questions: Sequence[Question], seed: int, before: Sequence[Collection[str]] = (),
    difficulties: Mapping[str, float] | None = None,
) -> tuple[Drawn, ...]:  # fmt: skip
    """`LENGTH` questions in mixed order, one of every lesson among them. The same seed draws the same.

    `before`: the names in this person's earlier exams, newest first. With each of them the exam shares `MOST_SHARED` at
    most; where the bank is too small for that, the newest come first. `difficulties`: the share of wrong answers, 0 to 1,
    of the questions with enough answers to say; others count as ordinary. The expected score is within `BAND` of the
    bank's: nobody is lucky. Of `TRIES` draws the first that keeps both is taken, else the best.
    """
    chance = random.Random(seed)  # noqa: S311 not a secret: the server keeps what was drawn
    best = None
    for _ in range(TRIES):
        chosen = _candidate(questions, before, chance)
        worth = (_excess(chosen, before), max(BAND, _off(chosen, questions, difficulties or {})))
        if best is None or worth < best[0]:
            best = worth, chosen
        if not any(worth[0]) and worth[1] <= BAND:
            break
    assert best, "there is at least one try"
    mixed = chance.sample(best[1], len(best[1]))
    return tuple(Drawn(question.name, marking.mixed(question, chance)) for question in mixed)


def _candidate(
    questions: Sequence[Question], before: Sequence[Collection[str]], chance: random.Random
) -> list[Question]:
    """One of every lesson, then any, each with room in every earlier exam where one is left that has."""
    left = chance.sample(list(questions), len(questions))
    lessons = list(dict.fromkeys(question.lesson for question in left))[:LENGTH]
    stands_in = {question.name: [question.name in earlier for earlier in before] for question in left}
    shared = [0] * len(before)
    chosen: list[Question] = []

    def too_many(question: Question) -> list[bool]:
        return [there and count >= MOST_SHARED for there, count in zip(stands_in[question.name], shared, strict=True)]

    for lesson in [*lessons, *[None] * (LENGTH - len(lessons))]:
        possible = [question for question in left if lesson is None or question.lesson == lesson]
        if not possible:
            break
        pick = min(possible, key=too_many)  # of those that are equal the first, and they are mixed
        chosen.append(pick)
        left.remove(pick)
        shared = [count + there for count, there in zip(shared, stands_in[pick.name], strict=True)]
    return chosen


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
    return Result(right, of, passed=of >= LEAST and right * 100 >= PASS_MARK * of)


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
    """Whether a passed exam still counts: less than a year old, and of the module as it is now or was lately."""
    fresh = at - passed.at < COUNTS_FOR
    return fresh and (passed.content_hash == current_hash or at - passed.at < GRACE)
