"""Questions of spotters to their lead: which the lead sees, which coordinators see, and how they are shown.

A lead sees what their team asked them. A coordinator sees what waits for three days, and at once what the lead does not see
or while the lead is away: who has left, is no lead any more, pauses, or is not the spotter's contact now.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.sentences import sentence
from server.ledger.reports.models import Report
from server.people.accounts import frozen
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation.models import Contact
from server.people.leads import rules
from server.people.leads.models import LeadQuestion
from server.reads import leads

WAITS = (LeadQuestion.answered_at.is_(None), LeadQuestion.account_id.in_(accounts.open_spotters()))
_HEARD = exists().where(Contact.account_id == LeadQuestion.account_id, Contact.contact_id == LeadQuestion.lead_id)


def for_lead(lead_id: str) -> Select[LeadQuestion]:
    """What waits for the answer of this lead, the oldest first."""
    mine = select(LeadQuestion).where(*WAITS, LeadQuestion.lead_id == lead_id, _HEARD)
    return mine.order_by(LeadQuestion.asked_at, LeadQuestion.id)


def waits_for(session: Session, lead_id: str) -> bool:
    """Whether a question waits for this person, who is a lead today."""
    return leads.is_lead(session, lead_id) and session.scalar(for_lead(lead_id).limit(1)) is not None


def is_for(session: Session, question_id: str, lead_id: str) -> bool:
    """Whether a lead of today may answer this question: their team asked it, whether it has its answer or not."""
    mine = select(LeadQuestion.id).where(LeadQuestion.id == question_id, LeadQuestion.lead_id == lead_id, _HEARD)
    asked = mine.where(LeadQuestion.account_id.in_(accounts.open_spotters()))
    return leads.is_lead(session, lead_id) and session.scalar(asked) is not None


def at_desk(session: Session) -> Select[LeadQuestion]:
    """What coordinators see of all that waits, the oldest first."""
    waiting = select(LeadQuestion).where(*WAITS, _at_desk(session))
    return waiting.order_by(LeadQuestion.asked_at, LeadQuestion.id)


def is_at_desk(session: Session, question_id: str) -> bool:
    """Whether a coordinator may answer this question, whether it has its answer or not."""
    asked = select(LeadQuestion.id).where(LeadQuestion.id == question_id, _at_desk(session))
    return session.scalar(asked.where(LeadQuestion.account_id.in_(accounts.open_spotters()))) is not None


def _at_desk(session: Session) -> Any:
    asked = session.scalars(select(LeadQuestion.lead_id).where(*WAITS).distinct()).all()
    late = LeadQuestion.asked_at <= clock.now() - rules.DESK_AFTER
    return or_(late, LeadQuestion.lead_id.not_in(leads.here(session, asked)), ~_HEARD)


def count_at_desk(session: Session) -> tuple[int, datetime | None]:
    """How many coordinators see, and since when the oldest waits."""
    if not session.scalar(select(exists().where(*WAITS))):  # as on most days: nobody is asked for then
        return 0, None
    waiting = at_desk(session).order_by(None).subquery()
    number, oldest = session.execute(select(func.count(), func.min(waiting.c.asked_at)).select_from(waiting)).one()
    return number, oldest


def shown(session: Session, questions: Sequence[LeadQuestion]) -> list[dict[str, Any]]:
    """Questions as pages show them, with the names of who asked and who was asked, and the report they are about.

    by: whose the answer is, as the spotter reads it: of a lead who is frozen they read no name.
    """
    names = _names(session, {id_ for each in questions for id_ in (each.account_id, each.lead_id)})
    hidden = frozen.among(session, {each.lead_id for each in questions})

    def by(question: LeadQuestion) -> str:
        if question.answered_by_id != question.lead_id:
            return sentence("A coordinator")
        return sentence("A lead") if question.lead_id in hidden else names.get(question.lead_id, "")

    ids = {each.report_id for each in questions if each.report_id}
    reports = {
        row.id: row
        for row in session.execute(select(Report.id, Report.reference, Report.case_id).where(Report.id.in_(ids)))
    }
    return [
        {
            "id": each.id, "text": each.text, "asked_at": each.asked_at, "answer": each.answer, "answered_at": each.answered_at,
            "asker_id": each.account_id, "asker": names.get(each.account_id, ""), "lead": names.get(each.lead_id, ""),
            "by": by(each), "report": reports.get(each.report_id or ""),
        }
        for each in questions
    ]  # fmt: skip


def _names(session: Session, ids: Collection[str]) -> dict[str, str]:
    return dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
