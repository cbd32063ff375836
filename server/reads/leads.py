"""Who leads whom: a lead's team are the spotters whose named contact they are (docs/decisions/0048).

The team of a round, which somebody of any level may lead, is another: its lead sees names and searches alone.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.words import Level, Standing
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import Contact
from server.people.rounds import choice_store


def is_lead(session: Session, account_id: str) -> bool:
    """Whether this spotter is a lead today."""
    return bool(_leads(session, [account_id], clock.now()))


def here(session: Session, account_ids: Collection[str]) -> set[str]:
    """Which of these people are leads today, and do not pause."""
    at = clock.now()
    return _leads(session, account_ids, at) - choice_store.paused(session, at.date()).keys()


def team(lead_id: str) -> Select[str]:
    """The ids of a lead's spotters whose account is open: of who is frozen a lead is told nothing."""
    return select(Contact.account_id).where(
        Contact.contact_id == lead_id, Contact.account_id.in_(accounts.open_spotters())
    )


def _leads(session: Session, account_ids: Collection[str], at: datetime) -> set[str]:
    is_open = select(Account).where(Account.id.in_(account_ids), Account.disabled_at.is_(None))
    able = {account.id for account in session.scalars(is_open) if access.can("leads.lead", account)}
    known = accreditation.of_people(session, able)
    return {who for who, last in known.items() if last.level is Level.LEAD and last.standing_at(at) is Standing.ACTIVE}
