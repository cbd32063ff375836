"""The gate: who may report today."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from server.core import clock, recurring, web
from server.core.database import db, write
from server.core.words import Refused
from server.people.accounts import store as accounts
from server.people.accreditation import mails, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.standings import Accreditation
from server.people.courses import catalogue
from server.reads import eligibility


def may_report(account_id: str, session: Session | None = None) -> Accreditation:
    """What counts of an accredited person. Raises Refused("not-accredited") for everybody else.

    session: of the transaction that acts on it; None: the request's own.
    """
    at, session = clock.now(), session or db.session()
    last = accreditation.current(session, account_id)
    asked = eligibility.asked_again(session, account_id, last, at)
    left = eligibility.left(session, account_id, standings.standing(last, at), at)
    return standings.may_report(last, at, asked, left=left, training_url=web.absolute("training.index"))


def refusal(account_id: str, session: Session | None = None) -> Refused | None:
    """None when this person may report today, else the refusal, in words they can act on. session: as in `may_report`."""
    try:
        may_report(account_id, session)
    except Refused as refused:
        return refused
    return None


def holds(session: Session, account_id: str, seen: Accreditation) -> bool:
    """Whether what `may_report` returned still counts and the account is open; both stay so until this transaction ends.

    Called with the cases already locked: an erasure and a freeze lock the account after them.
    """
    if accounts.at_work(session, account_id, "accreditation.hold") is None:
        return False
    last = accreditation.current(session, account_id)
    return last is not None and (last.id, last.stepped_down_at) == (seen.id, seen.stepped_down_at)


def note_states(session: Session, states: Mapping[str, str], at: datetime) -> None:
    """Remember since when contents are as they are; of what was taught before and is again, people are told again."""
    for name, content_hash in catalogue.note_states(session, states, at):
        mails.forget_change(session, name, content_hash)


@recurring.every(60, "note_content")
def note_content() -> None:
    """Remember since when each module and the agreement are as they are: grace periods run from it."""
    with write() as session:
        note_states(session, eligibility.states(), clock.now())
