"""Reads and writes of questions to leads, and of what leads say of reports."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import audit
from server.core.database import new_id, one_at_a_time
from server.core.sentences import sentence
from server.core.words import DismissReason, Refused
from server.people.leads import rules
from server.people.leads.models import Confirmation, LeadQuestion
from server.people.leads.rules import Voice

DAY = timedelta(days=1)

# --- Questions -------------------------------------------------------------------------------------------------------


def ask(session: Session, account_id: str, lead_id: str, words: str, report_id: str | None, at: datetime) -> str:
    """Keep a question to a lead; its id. Raises Refused: invalid, too-many."""
    one_at_a_time(session, account_id)
    words = rules.text(words, "text")
    mine = select(func.count()).select_from(LeadQuestion).where(LeadQuestion.account_id == account_id)
    waiting = session.scalar(mine.where(LeadQuestion.answered_at.is_(None))) or 0
    rules.may_ask(waiting, session.scalar(mine.where(LeadQuestion.asked_at > at - DAY)) or 0)
    question = LeadQuestion(
        id=new_id(), account_id=account_id, lead_id=lead_id, report_id=report_id, text=words, asked_at=at
    )
    session.add(question)
    session.flush()
    audit.record(session, account_id, "lead_asked", "account", account_id)
    return question.id


def answer(session: Session, question_id: str, words: str, by_id: str, at: datetime) -> LeadQuestion:
    """Answer a question, once. Raises Refused: not-found, invalid, conflict (it has its answer)."""
    question = session.get(LeadQuestion, question_id, with_for_update=True, populate_existing=True)
    if question is None:
        raise Refused("not-found", sentence("There is no such question."))
    if question.answered_at:
        raise Refused("conflict", sentence("Somebody else has just answered this question."))
    question.answer, question.answered_by_id, question.answered_at = rules.text(words, "answer"), by_id, at
    session.flush()
    audit.record(session, by_id, "lead_question_answered", "account", question.account_id)
    return question


def own_questions(session: Session, account_id: str, offset: int, limit: int) -> list[LeadQuestion]:
    """What somebody asked, the newest first."""
    mine = select(LeadQuestion).where(LeadQuestion.account_id == account_id)
    newest = mine.order_by(LeadQuestion.asked_at.desc(), LeadQuestion.id.desc())
    return list(session.scalars(newest.offset(offset).limit(limit)))


# --- What leads say of reports ---------------------------------------------------------------------------------------


def confirmation(session: Session, report_id: str) -> Confirmation | None:
    """What a lead said of a report."""
    return session.get(Confirmation, report_id, populate_existing=True)


def confirm(
    session: Session, report_id: str, account_id: str, said: Voice, because: DismissReason | None, at: datetime
) -> None:
    """Keep what a lead says of a report. Raises Refused("conflict") when somebody has said something of it."""
    if confirmation(session, report_id):
        raise Refused("conflict", sentence("This report has been looked at already."))
    session.add(Confirmation(report_id=report_id, account_id=account_id, said=said, because=because, at=at))
    session.flush()
    audit.record(session, account_id, "report_confirmed", "report", report_id, said=said.value)


def take_back(session: Session, report_id: str, account_id: str) -> None:
    """Take back what one said of a report. Raises Refused("not-found") where one said nothing."""
    kept = confirmation(session, report_id)
    if kept is None or kept.account_id != account_id:
        raise Refused("not-found", sentence("You have not said anything about this report."))
    session.delete(kept)
    session.flush()
    audit.record(session, account_id, "confirmation_taken_back", "report", report_id)


def voices(session: Session, report_ids: Collection[str]) -> dict[Voice, int]:
    """How many leads say what of these reports: each of them once, however many they looked at."""
    counted = select(Confirmation.said, func.count(Confirmation.account_id.distinct())).group_by(Confirmation.said)
    return {
        Voice(said): number for said, number in session.execute(counted.where(Confirmation.report_id.in_(report_ids)))
    }
