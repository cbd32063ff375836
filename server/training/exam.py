"""The exam: which questions, in which order, and what they come to. Pure: the caller brings the seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.courses.bank import Question
from server.words import Refused

LENGTH = 15
PASS_MARK = 80  # per cent of the answers that count
LEAST = 10  # answers that must count: "I cannot tell" is never wrong, but fifteen of them are no exam
COOL_DOWN = timedelta(minutes=10)


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


def draw(questions: Sequence[Question], seed: int, length: int = LENGTH) -> tuple[Drawn, ...]:
    """`length` questions in mixed order: one of every section first, then any. The same seed draws the same."""
    chance = random.Random(seed)  # noqa: S311 not a secret: the server keeps what was drawn
    mixed = chance.sample(list(questions), len(questions))
    first_of_section = {question.section: question for question in reversed(mixed)}.values()
    rest = [question for question in mixed if question not in first_of_section]
    chosen = chance.sample([*list(first_of_section)[:length], *rest][:length], min(length, len(mixed)))
    return tuple(Drawn(question.name, _order(question, chance)) for question in chosen)


def _order(question: Question, chance: random.Random) -> tuple[int, ...]:
    places = range(len(question.choices))
    real = [place for place in places if not question.choices[place].neutral]
    return (*chance.sample(real, len(real)), *(place for place in places if question.choices[place].neutral))


def score(question: Question, chosen: Sequence[int]) -> bool | None:
    """Whether the chosen places (in the bank) are right; None when the answer is "I cannot tell" and does not count.

    For a match, `chosen` holds one place for each left side, in their order: right only when all are.
    Raises Refused("invalid") when nothing, too much or something unknown was chosen.
    """
    if not chosen:
        raise Refused("invalid", "Choose an answer first.")
    if question.lefts:
        if len(chosen) < len(question.lefts):
            raise Refused("invalid", "Choose one for each.")
        if len(chosen) > len(question.lefts) or not all(0 <= place < len(question.choices) for place in chosen):
            raise Refused("invalid", "This answer does not belong to the question. Choose again.")
        return list(chosen) == list(range(len(question.lefts)))
    if not all(0 <= place < len(question.choices) for place in chosen) or (
        question.kind != "multiple" and len(chosen) > 1
    ):
        raise Refused("invalid", "This answer does not belong to the question. Choose again.")
    if any(question.choices[place].neutral for place in chosen):
        return None
    return set(chosen) == {place for place, choice in enumerate(question.choices) if choice.right}


def result(marks: Sequence[bool | None]) -> Result:
    """What the marks of a whole attempt come to."""
    of = sum(mark is not None for mark in marks)
    right = sum(mark is True for mark in marks)
    return Result(right, of, passed=of >= LEAST and right * 100 >= PASS_MARK * of)


def may_start(last_failed_at: datetime | None, at: datetime) -> datetime | None:
    """None when an attempt may start at `at`, else the moment from which it may."""
    if last_failed_at is None or at >= last_failed_at + COOL_DOWN:
        return None
    return last_failed_at + COOL_DOWN
