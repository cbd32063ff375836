"""What a lesson's page shows of one reader: its question, and what is missing until the lesson counts as read.

When it was opened stands, signed, in the page's own forms, so that looking at a page changes nothing; it is kept with the first
thing the reader sends.
"""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from server.core import web
from server.pages.training import answering
from server.people.courses import question_view
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module
from server.people.courses.question_view import QuestionView
from server.people.exams import store as exams
from server.people.training import reading
from server.people.training import store as training


@dataclass(frozen=True, slots=True)
class InLesson:
    """`opened`: for the forms. `least` and `left`: seconds it has to be open in all, and from now on.

    `view`: its question, to answer (with its `name` and how often it was `asked`) or answered; None: it has none, or it `waits`
    for the end of an exam that may ask it.
    """

    is_read: bool
    opened: str
    least: int
    left: int
    view: QuestionView | None = None
    name: str = ""
    asked: int = 0
    waits: bool = False

    @property
    def unanswered(self) -> bool:
        """Whether the question is still to be answered."""
        return self.waits or bool(self.view and not self.view.final)


def of(session: Session, account_id: str, module: Module, lesson: Lesson, at: datetime) -> InLesson:
    """This reader in this lesson at `at`."""
    row = training.reading_of(session, account_id, module.slug, lesson.name)
    opened_at = row.opened_at if row and row.opened_at else at
    token = _signer().dumps([account_id, module.slug, lesson.name, opened_at.timestamp()])
    left = math.ceil(reading.left(lesson.words, opened_at, at) / timedelta(seconds=1))
    alone = InLesson(bool(row and row.at), token, int(reading.least(lesson.words) / timedelta(seconds=1)), left)
    question = module.question_in(lesson.name)
    if question is None:
        return alone
    last = training.last_practised(session, account_id, module.slug, question.name)
    if exams.is_open(session, account_id, module.slug):  # its answer would be the exam's
        return replace(alone, waits=last is None)
    if last and len(last.order) == len(question.choices):
        return replace(alone, view=question_view.answered(question, last.order, last.chosen, last.right))
    view, asked = answering.to_ask(session, account_id, module, question)
    return replace(alone, view=view, name=question.name, asked=asked)


def opened_at(token: str, account_id: str, slug: str, name: str) -> datetime | None:
    """When this reader opened this lesson, as the form says; None when it is not ours."""
    try:
        *whose, moment = _signer().loads(token)
    except BadSignature:
        return None
    return datetime.fromtimestamp(moment, UTC) if whose == [account_id, slug, name] else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="lesson")
