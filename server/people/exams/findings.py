"""What the answers of everybody show: per question, and between two people. Reads for the desk."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import Text, case, cast, func, select
from sqlalchemy.orm import Session

from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.exams import items, similarity
from server.people.exams.models import Attempt, AttemptAnswer

NEWEST = 2000  # exams looked at: what everybody answered three years ago says little of a question, or of people, today


class _Answer(NamedTuple):
    account_id: str
    module: str
    attempt_id: str
    question: str
    chosen: list[int]
    right: bool | None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of a bank beside what its answers show."""

    question: Question
    item: items.Item


def item_analysis(session: Session, module: Module) -> list[QuestionRow]:
    """Every question that exams ask or once asked: first answers only, so that a second try makes none look easier."""
    first: dict[tuple[str, str], _Answer] = {}
    right, marked = Counter[str](), Counter[str]()  # answers of each exam
    for answer in _answers(session, module.slug):
        first.setdefault((answer.account_id, answer.question), answer)
        right[answer.attempt_id] += answer.right is True
        marked[answer.attempt_id] += answer.right is not None
    answers: dict[str, list[items.ItemAnswer]] = defaultdict(list)
    for (_, name), answer in first.items():
        rest = marked[answer.attempt_id] - (answer.right is not None)
        share = (right[answer.attempt_id] - (answer.right is True)) / rest if rest else None
        answers[name].append(items.ItemAnswer(tuple(answer.chosen), answer.right, share))
    questions = _questions(module, answers)
    return [QuestionRow(question, items.analyse(answers[question.name], _wrong(question))) for question in questions]


def rows(module: Module, known: Mapping[str, items.Item]) -> list[QuestionRow]:
    """The same of what is known of each question, by its name; of any other nothing is."""
    nothing = items.analyse((), ())
    return [QuestionRow(question, known.get(question.name, nothing)) for question in _questions(module, known)]


def _questions(module: Module, answered: Collection[str]) -> list[Question]:
    """What exams ask, and what they once asked and was answered."""
    version = module.for_exam
    earlier = (
        [question for question in version.questions if question.name in answered] if version.exam_questions else []
    )
    return [*module.drawn_from, *earlier]


def _wrong(question: Question) -> list[int]:
    """The places of its wrong choices; none of a match."""
    if question.lefts:
        return []
    return [at for at, choice in enumerate(question.choices) if not (choice.right or choice.neutral)]


def difficulties(session: Session, slug: str) -> dict[str, float]:
    """The expected share of wrong answers to each question of a module that has enough of them, by its name."""
    newest = select(Attempt.id).where(Attempt.module == slug).order_by(Attempt.id.desc()).limit(NEWEST)
    right = func.sum(case((AttemptAnswer.right.is_(True), 1), else_=0))
    counted = select(AttemptAnswer.question, right, func.count()).where(
        AttemptAnswer.attempt_id.in_(newest), AttemptAnswer.right.is_not(None)
    )
    enough = counted.group_by(AttemptAnswer.question).having(func.count() >= items.ENOUGH)
    return {name: items.difficulty(right, of - right) for name, right, of in session.execute(enough)}


@dataclass(frozen=True, slots=True)
class AlikeAnswers:
    """Whose exam answers are alike beyond chance, by account id; `errors`: the questions that each pair answered wrong in the
    same way, by module and name. `cut`: there are more than the `NEWEST` exams, and only these were looked at."""

    comparison: similarity.Comparison
    errors: list[list[tuple[str, str]]]
    cut: bool


def alike(session: Session) -> AlikeAnswers:
    """All modules and all attempts of each person together; one answer for each question, the first."""
    sheets: dict[str, dict[tuple[str, str], _Answer]] = defaultdict(dict)
    for answer in _answers(session):
        if answer.right is not None:
            sheets[answer.account_id].setdefault((answer.module, answer.question), answer)
    comparison = similarity.compare(
        similarity.SharedAnswer(account_id, f"{slug}/{name}", str(answer.chosen), answer.right is True)
        for account_id, sheet in sheets.items()
        for (slug, name), answer in sheet.items()
    )
    errors = [_common_errors(sheets[pair.first], sheets[pair.second]) for pair in comparison.alike]
    exams = session.scalar(select(func.count()).select_from(Attempt)) or 0
    return AlikeAnswers(comparison, errors, exams > NEWEST)


def _common_errors(
    first: dict[tuple[str, str], _Answer], second: dict[tuple[str, str], _Answer]
) -> list[tuple[str, str]]:
    return [
        key
        for key, answer in first.items()
        if answer.right is False and key in second and second[key].chosen == answer.chosen
    ]


def _answers(session: Session, slug: str | None = None) -> list[_Answer]:
    """Everybody's answers in the newest exams (of one module), oldest first."""
    newest = select(Attempt.id).order_by(Attempt.id.desc()).limit(NEWEST)
    query = (
        select(
            Attempt.account_id, Attempt.module, AttemptAnswer.attempt_id, AttemptAnswer.question,
            cast(AttemptAnswer.chosen, Text), AttemptAnswer.right,
        )
        .join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
        .order_by(AttemptAnswer.at, AttemptAnswer.attempt_id, AttemptAnswer.position)
    )  # fmt: skip
    query = query.where(Attempt.id.in_(newest.where(Attempt.module == slug) if slug else newest))
    read = cache(json.loads)  # thousands of answers are a few different ones
    return [
        _Answer(account_id, module, attempt_id, question, read(chosen), right)
        for account_id, module, attempt_id, question, chosen, right in session.execute(query)
    ]
