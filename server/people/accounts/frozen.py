"""Frozen accounts: name and address of a threatened spotter are sealed away, and no page, export or API can show them."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.failures import Retry
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts.models import Account, AccountAction, FrozenName
from server.people.accounts.store import note_action

HOLD_FOR = timedelta(minutes=10)  # until a mail that waits looks again
# Of whose reports nobody outside hears: whoever is frozen, and whoever was erased while they were.
WITHHELD = select(FrozenName.account_id).union_all(select(Account.id).where(Account.withheld_at.is_not(None)))


def freeze(session: Session, account: Account, by_id: str, at: datetime) -> None:
    """Seal name and address; nobody uses the account. Raises Refused("conflict") for one that is closed or frozen."""
    if account.disabled_at:
        raise Refused("conflict", sentence("This account is closed or frozen already."))
    session.add(FrozenName(account_id=account.id, name=account.name, email=account.email, at=at))
    account.name, account.disabled_at = f"Frozen {account.id[-6:].upper()}", at
    account.email = f"{secrets.token_hex(16)}@frozen.invalid"
    note_action(session, account, AccountAction.FROZEN, by_id, "", at)
    session.flush()


def unfreeze(session: Session, account: Account, by_id: str, why: str, at: datetime) -> None:
    """Put name and address back; the account is open. Raises Refused: conflict, and invalid without a reason."""
    if not unseal(session, account):
        raise Refused("conflict", sentence("This account is not frozen."))
    account.disabled_at = None
    note_action(session, account, AccountAction.UNFROZEN, by_id, why, at)


def unseal(session: Session, account: Account) -> bool:
    """Put name and address back, before the account is erased or opened; whether they were sealed."""
    kept = session.get(FrozenName, account.id)
    if kept is None:
        return False
    account.name, account.email = kept.name, kept.email
    session.delete(kept)
    session.flush()
    return True


def since(session: Session, account_id: str) -> datetime | None:
    """Since when an account is frozen; None when it is not."""
    kept = session.get(FrozenName, account_id)
    return kept.at if kept else None


def hold_mail(session: Session, account_id: str) -> None:
    """Raises Retry while the account is frozen: the mail leaves once it is unfrozen."""
    if since(session, account_id):
        raise Retry("The account is frozen.", after=HOLD_FOR.total_seconds(), counts=False)


def among(session: Session, account_ids: Collection[str]) -> set[str]:
    """Which of these accounts are frozen."""
    return set(session.scalars(select(FrozenName.account_id).where(FrozenName.account_id.in_(account_ids))))
