"""A closed or frozen account is open again: what its owner was to be mailed, and was not, leaves now.

Each mail is checked again before it leaves: nobody hears of what is not so any more.
"""

from sqlalchemy.orm import Session

from server.journeys.spotter import round_mails
from server.ledger.reports import week_mails
from server.people.accreditation import mails


def queue_mails(session: Session, account_id: str) -> None:
    """Queue what has not left: about the accreditation, rounds, and several reports."""
    session.flush()
    mails.queue_again(session, account_id)
    round_mails.queue_again(session, account_id)
    week_mails.queue_again(session, account_id)
