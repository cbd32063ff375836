"""A word to a spotter who has stalled."""

from sqlalchemy import or_, update

from server.core import audit, clock, post, web, work
from server.core.database import read, write
from server.core.words import Refused, Role
from server.people.accounts import invitation_link
from server.people.accounts.models import Account
from server.people.accreditation import steps
from server.people.accreditation.steps import Place
from server.reads import onboarding


def encourage(account_id: str, by_id: str) -> str:
    """A coordinator asks somebody who stands still how it goes; the name. Raises Refused: not-found, conflict."""
    with write() as session:
        at = clock.now()
        account = session.get(Account, account_id)
        if account is None or account.role != Role.SPOTTER or account.disabled_at or account.erased_at:
            raise Refused("not-found", "There is no such spotter.")
        [walker] = onboarding.walkers(session, at, account_id)
        if steps.stuck(walker.way, at) is None:
            raise Refused("conflict", f"{account.name} has gone on meanwhile.")
        lately = or_(Account.reminded_at.is_(None), Account.reminded_at <= at - steps.REMIND_AGAIN)
        asked = update(Account).where(Account.id == account_id, lately).values(reminded_at=at).returning(Account.id)
        if session.execute(asked).first() is None:
            raise Refused("conflict", f"{account.name} was written to in the last {steps.REMIND_AGAIN.days} days.")
        work.enqueue(session, "mail_encouragement", account_id)
        audit.record(session, by_id, "spotter_encouraged", "account", account_id)
        return account.name


PAGES = {Place.SIGN: "/training/agreement", Place.EXAM: "/training", Place.REPORT: "/work", Place.REPORT_AGAIN: "/work"}


@work.handler("mail_encouragement")
def mail_encouragement(account_id: str) -> None:
    """Where they stand and what comes next, unless they have gone on meanwhile."""
    at = clock.now()
    with read() as session:
        found = onboarding.walkers(session, at, account_id)
        here = steps.stuck(found[0].way, at) if found else None
        if here is None:
            return
        account = session.get_one(Account, account_id)
        to, asked_at = account.email, account.reminded_at or at
    base = web.settings().base_url
    path = PAGES.get(here.place) or f"/join/{invitation_link.make(account_id, '')}"
    given = {"place": here.place.value, "link": base + path, "base_url": base}
    post.send_template(
        "encouragement", to, "Your way with Cyber Spotter", given,
        post.message_id(f"{account_id}.encouragement.{int(asked_at.timestamp())}"),
    )  # fmt: skip
