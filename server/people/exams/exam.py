"""The exam: which questions, until when, how often, and what they come to. Pure: the caller brings the seed and the time."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.people.courses import marking
from server.people.courses.bank import Question

LENGTH = 15
PASS_MARK = 80  # per cent of the answers that count
LEAST = 10  # answers that must count: "I cannot tell" is never wrong, but fifteen of them are no exam
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


def draw(questions: Sequence[Question], seed: int, length: int = LENGTH) -> tuple[Drawn, ...]:
    """`length` questions in mixed order: one of every lesson first, then any. The same seed draws the same."""
    chance = random.Random(seed)  # noqa: S311 not a secret: the server keeps what was drawn
    shuffled = chance.sample(list(questions), len(questions))
    first_of_lesson = {question.lesson: question for question in reversed(shuffled)}.values()
    rest = [question for question in shuffled if question not in first_of_lesson]
    chosen = chance.sample([*list(first_of_lesson)[:length], *rest][:length], min(length, len(shuffled)))
    return tuple(Drawn(question.name, marking.mixed(question, chance)) for question in chosen)


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
