"""What the people of the programme are called: whom no text may name, and whose name nobody else takes."""

from collections.abc import Collection

from sqlalchemy import false, select, true
from sqlalchemy.orm import Session

from server.core import access
from server.people.accounts.models import Account, FrozenName, JoinRequest
from server.people.accounts.store import SPOTTERS


def every(session: Session) -> set[str]:
    """What the people of the programme are called, frozen ones too, those left out who were erased."""
    shown = select(Account.name).where(Account.erased_at.is_(None))
    return set(session.scalars(shown.union(select(FrozenName.name))))


def taken(session: Session) -> list[tuple[str, str, bool]]:
    """Name and address of all spotters, of the desk and of whoever waits to join, frozen ones too; whether they have a password."""
    programme = Account.role.in_(access.holders("cases.see") | access.holders("accreditation.hold"))
    of_frozen = select(FrozenName.name, FrozenName.email, true())
    shown = select(Account.name, Account.email, Account.password_hash.is_not(None)).where(
        programme, Account.erased_at.is_(None), Account.id.not_in(select(FrozenName.account_id))
    )
    waiting = select(JoinRequest.name, JoinRequest.email, false())
    return [(name, email, claimed) for name, email, claimed in session.execute(shown.union_all(of_frozen, waiting))]


def waiting_to_join(session: Session, but: str) -> list[str]:
    """The names of those whose requests to join the worker has not read, other than of this address."""
    return list(session.scalars(select(JoinRequest.name).where(JoinRequest.email != but)))


def not_to_be_named(session: Session, account_ids: Collection[str]) -> list[Account]:
    """Whom no text may name to a company: these, and the desk; not a placeholder's row (erased, or frozen: `sealed`)."""
    desk = Account.role.in_(access.holders("cases.see"))
    named = (Account.erased_at.is_(None), Account.id.not_in(select(FrozenName.account_id)))
    return list(session.scalars(select(Account).where(desk | Account.id.in_(account_ids), *named)))


def sealed(session: Session, account_ids: Collection[str]) -> list[FrozenName]:
    """The names of those among these accounts that are frozen: no text may name them either."""
    return list(session.scalars(select(FrozenName).where(FrozenName.account_id.in_(account_ids))))


def addresses_of_spotters(session: Session, addresses: Collection[str]) -> set[str]:
    """Which of these addresses are a spotter's, also one that is sealed."""
    wanted, found = sorted(addresses), set[str]()
    for some in (wanted[start : start + 1000] for start in range(0, len(wanted), 1000)):  # databases bound their lists
        found |= set(session.scalars(select(Account.email).where(SPOTTERS, Account.email.in_(some))))
        found |= set(session.scalars(select(FrozenName.email).where(FrozenName.email.in_(some))))
    return found
