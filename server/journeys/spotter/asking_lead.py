"""A spotter asks the lead who is their contact. The lead answers, or a coordinator, who sees what waits for three days."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.reports import store as reports
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import mails
from server.people.accreditation.occasions import Occasion
from server.people.leads import store
from server.people.leads.models import LeadQuestion
from server.people.leads.store import DAY
from server.reads import leads, named_contact, team_questions


def ask(account_id: str, words: str, report_id: str = "") -> str:
    """Ask one's lead, about a report of one's own or none; the question's id.

    Raises Refused: not-found (no such report), conflict (one's contact is no lead), invalid, too-many.
    """
    at = clock.now()
    with write() as session:
        if report_id:
            reports.own(session, account_id, report_id)
        contact = named_contact.of(session, account_id)
        if contact is None or not leads.is_lead(session, contact.id):
            raise Refused("conflict", sentence("Your contact is not a lead. Write to them by email."))
        question_id = store.ask(session, account_id, contact.id, words, report_id or None, at)
        if leads.here(session, [contact.id]):
            _tell(session, contact.id, at)
    return question_id


def _tell(session: Session, lead_id: str, at: datetime) -> None:
    """Mail a lead at most once a day: once today's mail has left, the next one leaves tomorrow."""
    day, tomorrow = f"{at:%Y-%m-%d}", (at + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    if not mails.queue(session, lead_id, Occasion.ASKED, day) and mails.has_left(session, lead_id, Occasion.ASKED, day):
        mails.queue(session, lead_id, Occasion.ASKED, f"{tomorrow:%Y-%m-%d}", due_at=tomorrow)


def answer(question_id: str, lead_id: str, words: str) -> None:
    """A lead answers a question of their team. Raises Refused: not-found (also for another lead's), invalid, conflict."""
    with write() as session:
        if not team_questions.is_for(session, question_id, lead_id):
            raise Refused("not-found", sentence("There is no such question."))
        _answer(session, question_id, words, lead_id)


def answer_at_desk(question_id: str, by_id: str, words: str) -> None:
    """A coordinator answers in a lead's stead. Raises Refused: not-found, forbidden, invalid, conflict."""
    with write() as session:
        by = session.get_one(Account, by_id)
        if not access.can("people.answer_questions", by) or by.disabled_at:
            raise Refused("forbidden", sentence("Only coordinators answer in a lead’s stead."))
        if not team_questions.is_at_desk(session, question_id):
            raise Refused("not-found", sentence("There is no such question."))
        _answer(session, question_id, words, by_id)


def _answer(session: Session, question_id: str, words: str, by_id: str) -> None:
    asker = session.get_one(LeadQuestion, question_id).account_id
    accounts.spotter(session, asker, lock=True)  # who is erased meanwhile is not mailed
    store.answer(session, question_id, words, by_id, clock.now())
    mails.queue(session, asker, Occasion.ANSWERED, question_id)
