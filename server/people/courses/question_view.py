"""A question as a page shows it. Before the answer is final there is no trace of the key in it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.people.courses.bank import Question
from server.people.courses.markdown import Ad


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One choice; `mine` and `right` are false until the answer is final."""

    text: str
    neutral: bool
    mine: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One left side of a match; what was chosen and what belongs to it stay empty until the answer is final."""

    left: str
    mine: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The question, to be answered (`final` false) or answered, then with its mark and explanation."""

    kind: str
    text: str
    lesson: str
    ad: Ad | None
    choices: tuple[ChoiceLine, ...]
    pairs: tuple[Pair, ...]
    final: bool = False
    mark: bool | None = None
    explanation: str = ""


def to_answer(question: Question, order: Sequence[int]) -> QuestionView:
    """The question before it is answered, its choices in the given order."""
    lines = [ChoiceLine(question.choices[place].text, question.choices[place].neutral) for place in order]
    pairs = tuple(Pair(left) for left in question.lefts)
    return QuestionView(question.kind, question.text, question.lesson, question.ad, tuple(lines), pairs)


def answered(question: Question, order: Sequence[int], chosen: Sequence[int], mark: bool | None) -> QuestionView:
    """The question after its final answer."""
    choices = question.choices
    lines = [ChoiceLine(choices[at].text, choices[at].neutral, at in chosen, choices[at].right) for at in order]
    pairs = tuple(
        Pair(left, choices[mine].text, choices[at].text)
        for at, (left, mine) in enumerate(zip(question.lefts, chosen, strict=False))
    )
    return QuestionView(
        question.kind, question.text, question.lesson, question.ad, tuple(lines), pairs, final=True, mark=mark,
        explanation=question.explanation,
    )  # fmt: skip


def picked(places: Sequence[str]) -> list[int]:
    """The places a form sent; what is no place is left out."""
    return [int(place) for place in places if place.isdecimal() and len(place) < 3]
