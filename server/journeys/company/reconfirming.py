"""Every confirmed SPOC with a mail address is asked once a quarter, by mail, whether it is still the right contact: on a working
day of its own, whatever its channel.

Nothing is stopped when it does not answer: the desk sees it. Asking is noted in the transaction that enqueues the mail, so that
a crash neither loses it nor asks twice.
"""

from zoneinfo import ZoneInfo

from server.core import clock, languages, post, recurring, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies import reconfirm_link, reconfirm_store
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company, Spoc
from server.ledger.companies.reconfirm_rules import StillRight, is_office_hour
from server.ledger.delivery import slots
from server.reads import notifying

LONGEST = 2000  # characters of what a contact writes
TOO_LONG = sentence("At most 2,000 characters.")


@recurring.every(1800, "ask_contacts")
def ask_due() -> None:
    """Ask whoever is due, each in a transaction of its own, and forget what was asked long ago."""
    at, demo = clock.now(), web.settings().demo
    with read() as session:
        due = reconfirm_store.may_be_due(session)
        zones = {spoc_id: session.get_one(Spoc, spoc_id).time_zone for spoc_id in due}
    for spoc_id, zone in zones.items():
        there = at.astimezone(ZoneInfo(zone or slots.ZONE))
        if not slots.is_working_day(at, zone) or not is_office_hour(there):
            continue
        with write() as session:
            asked = reconfirm_store.ask(session, spoc_id, there.date(), at, demo=demo)
            if asked:
                work.enqueue(session, "mail_still_right", f"{asked.id}.{asked.asks}")
    with write() as session:
        reconfirm_store.forget(session, at)


@work.handler("mail_still_right")
def mail(subject_id: str) -> None:
    """The question, unless it was answered, or the SPOC is another one by now."""
    id_, _, n = subject_id.partition(".")
    with read() as session:
        row = reconfirm_store.get(session, id_)
        spoc = companies.spoc(session, row.spoc_id)
        if spoc is None or row.answer or row.email != spoc.email:
            return
        if not reconfirm_store.can_be_asked(spoc, demo=web.settings().demo):
            return
        to, language = row.email, languages.of_company(spoc.languages)
        context = {
            "company": session.get_one(Company, spoc.company_id).name, "email": to, "again": n != "1",
            "notifier": notifying.of_company(session, spoc.company_id),
            "link": web.absolute("still_right.show", token=reconfirm_link.make(id_)),
        }  # fmt: skip
    subject = sentence("Is this still the right contact for notices?")
    post.send_template("still_right", to, subject, context, post.message_id(f"{subject_id}.still-right"), language)


def answer(token: str, right: bool, note: str = "") -> None:
    """Whoever reads the address answers; again to revise it. note: whom to ask instead.

    Raises Refused: not-found, invalid, and conflict for a link that is not in use any more.
    """
    id_, note = reconfirm_link.read(token), note.strip()
    if len(note) > LONGEST:
        raise Refused("invalid", TOO_LONG, errors={"note": [TOO_LONG]})
    said = StillRight.RIGHT if right else StillRight.OTHER
    with write() as session:
        reconfirm_store.answer(session, id_, said, (note or None) if not right else None, clock.now())
