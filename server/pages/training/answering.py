"""A practice question as it is asked, answered and shown with its answer: in its lesson, in practice and in the review."""

import random
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from server.core import clock
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import marking, question_view
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.courses.question_view import QuestionView
from server.people.exams import store as exams
from server.people.training import store as training
from server.people.training.models import PracticeAnswer
from server.reads import review

NO_LONGER = sentence("This question is no longer part of the module.")


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as a form sent it, marked. `order`: the places in the bank as they were shown."""

    slug: str
    question: str
    order: tuple[int, ...]
    chosen: list[int]
    right: bool | None
    guessed: bool


def to_ask(session: Session, account_id: str, module: Module, question: Question) -> tuple[QuestionView, int]:
    """The question with its choices in another order each time it is asked, and how often it was answered before."""
    order, asked = _order(session, account_id, module.slug, question)
    return question_view.to_answer(question, order), asked


def read(session: Session, account_id: str, module: Module, question: Question | None) -> SentAnswer | None:
    """The answer in the request's form. None: the question waits, is gone, or was answered in another window.

    Raises Refused("invalid") when it is no answer.
    """
    if question is None or exams.is_open(session, account_id, module.slug):
        return None
    order, asked = _order(session, account_id, module.slug, question)
    if request.form.get("asked") != str(asked):
        return None
    chosen = marking.chosen(question, order, question_view.picked(request.form.getlist("choice")))
    right, guessed = marking.mark(question, chosen), request.form.get("guessed") == "1"
    return SentAnswer(module.slug, question.name, order, chosen, right, guessed)


def keep(session: Session, account_id: str, sent: SentAnswer) -> str:
    """Keep an answer, and when its question is asked again; the answer's id."""
    at = clock.now()
    return training.keep_practice(
        session, account_id, sent.slug, sent.question, list(sent.order), sent.chosen, sent.right, at,
        guessed=sent.guessed, day=review.today(session, account_id, at),
    )  # fmt: skip


def shown(module: Module, answer: PracticeAnswer) -> QuestionView:
    """An answer with what was right and why. Raises Refused("not-found") when the question is another one now."""
    question = module.question(answer.question)
    if question is None or len(question.choices) != len(answer.order):
        raise Refused("not-found", NO_LONGER)
    return question_view.answered(question, answer.order, answer.chosen, answer.right)


def _order(session: Session, account_id: str, slug: str, question: Question) -> tuple[tuple[int, ...], int]:
    asked = training.times_practised(session, account_id, slug, question.name)
    return marking.mixed(question, random.Random(f"{account_id}/{slug}/{question.name}/{asked}")), asked  # noqa: S311
