"""Reads and writes of learning. Every function takes the session first; times come from the caller."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.training.models import PracticeAnswer, Reading


def readings(session: Session, account_id: str) -> dict[str, dict[str, datetime]]:
    """When this person read which lessons, by module and lesson."""
    read: dict[str, dict[str, datetime]] = {}
    for row in session.scalars(select(Reading).where(Reading.account_id == account_id)):
        read.setdefault(row.module, {})[row.section] = row.at
    return read


def lessons_read(session: Session, account_id: str) -> dict[str, set[str]]:
    """Which lessons this person has read, by module."""
    return {slug: set(lessons) for slug, lessons in readings(session, account_id).items()}


def mark_read(session: Session, account_id: str, slug: str, lesson: str, at: datetime) -> None:
    """Remember that this person has read the lesson. Twice is once."""
    if not session.get(Reading, (account_id, slug, lesson)):
        try:
            with session.begin_nested():
                session.add(Reading(account_id=account_id, module=slug, section=lesson, at=at))
        except IntegrityError:
            pass  # the other of two clicks


def practised(session: Session, account_id: str) -> list[PracticeAnswer]:
    """Everything this person answered in practice, oldest first."""
    mine = select(PracticeAnswer).where(PracticeAnswer.account_id == account_id)
    return list(session.scalars(mine.order_by(PracticeAnswer.at, PracticeAnswer.id)))


def practice_answer(session: Session, account_id: str, answer_id: str) -> PracticeAnswer:
    """One of this person's own answers. Raises Refused("not-found") for anybody else's."""
    mine = select(PracticeAnswer).where(PracticeAnswer.id == answer_id, PracticeAnswer.account_id == account_id)
    answer = session.scalars(mine).first()
    if answer is None:
        raise Refused("not-found", sentence("There is no such answer."))
    return answer


def keep_practice(
    session: Session, account_id: str, slug: str, question: str, order: list[int], chosen: list[int],
    right: bool | None, at: datetime,
) -> str:  # fmt: skip
    """Keep one answer given in practice; its id."""
    answer = PracticeAnswer(id=new_id(), account_id=account_id, module=slug, question=question, order=order,
                          chosen=chosen, right=right, at=at)  # fmt: skip
    session.add(answer)
    session.flush()
    return answer.id
