"""Whom a spotter turns to: the contact that was named for them while that person is there, else somebody who knows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.words import Level, Standing
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import contacts
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A contact as a spotter sees them. `email` is empty of a lead: they are volunteers, and reached by the organisation.

    `left`: somebody else was named, and is not there any more.
    """

    id: str
    name: str
    email: str
    left: bool = False


def of(session: Session, account_id: str) -> NamedContact | None:
    """The contact of a spotter: as named; else the coordinator who decided about them last, else who invited them.

    Only who has an open account, and still is a coordinator or an active lead. None: the organisation itself.
    """
    named = contacts.chosen(session, account_id)
    account = session.get_one(Account, account_id)
    deciders = [
        row.by_account_id for row in accreditation.history(session, account_id) if row.standing == Standing.ACTIVE
    ]
    for candidate in (named, *deciders, account.invited_by_id):
        contact = session.get(Account, candidate) if candidate and candidate != account_id else None
        if contact and may_be(session, contact):
            coordinator = access.can("people.accredit", contact)
            return NamedContact(
                contact.id, contact.name, contact.email if coordinator else "", bool(named) and candidate != named
            )
    return None


def may_be(session: Session, account: Account) -> bool:
    """Whether this person can be somebody's contact today: a coordinator, or a lead, whose account is open."""
    return bool(_able(session, [account]))


def _able(session: Session, accounts_: Sequence[Account]) -> list[Account]:
    """Those of these people who can be somebody's contact today."""
    at, known = clock.now(), accreditation.of_people(session, [account.id for account in accounts_])
    leads = {who for who, last in known.items() if last.level is Level.LEAD and last.standing_at(at) is Standing.ACTIVE}
    return [
        account
        for account in accounts_
        if not account.disabled_at and (access.can("people.accredit", account) or account.id in leads)
    ]


def choices(session: Session, account_id: str) -> Sequence[tuple[str, str]]:
    """Who could be the contact of this person: ids and names, coordinators first."""
    led = select(AccreditationRow.account_id).where(AccreditationRow.level == Level.LEAD)
    able = accounts.able("people.accredit") | Account.id.in_(led)
    chosen = select(Account).where(able, Account.disabled_at.is_(None), Account.id != account_id)
    people = _able(session, session.scalars(chosen).all())
    people.sort(key=lambda person: (not access.can("people.accredit", person), person.name.casefold(), person.id))
    return [(person.id, person.name) for person in people]
