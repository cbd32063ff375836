"""The gate: who may report today."""

from server.core import clock, recurring, web
from server.core.database import db, write
from server.core.words import Refused
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.standings import Accreditation
from server.people.courses import catalogue
from server.reads import eligibility


def may_report(account_id: str) -> Accreditation:
    """What counts of an accredited person. Raises Refused("not-accredited") for everybody else."""
    at, session = clock.now(), db.session()
    last = accreditation.current(session, account_id)
    asked = eligibility.asked_again(session, account_id, last, at)
    left = eligibility.left(session, account_id, standings.standing(last, at), at)
    return standings.may_report(last, at, asked, left=left, training_url=web.absolute("training.index"))


def refusal(account_id: str) -> Refused | None:
    """None when this person may report today, else the refusal, in words they can act on."""
    try:
        may_report(account_id)
    except Refused as refused:
        return refused
    return None


@recurring.every(60, "note_content")
def note_content() -> None:
    """Remember since when each module and the agreement are as they are: grace periods run from it."""
    with write() as session:
        catalogue.note_states(session, eligibility.states(), clock.now())
