"""Who invited somebody: they do not accredit them, even if the account was erased and opened again in between."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.people.accounts import store
from server.people.accounts.models import Account, InvitedAddress


def note(account: Account, by_id: str) -> None:
    """Keep who first invited somebody, also somebody who had joined on their own."""
    account.invited_by_id = account.invited_by_id or by_id


def of(session: Session, account: Account) -> frozenset[str]:
    """Who invited somebody, and whoever invited the same address before it was erased: they do not accredit them."""
    before = select(InvitedAddress.by_id).where(InvitedAddress.hash == _keyed(account))
    now = [account.invited_by_id] if account.invited_by_id else []
    return frozenset([*now, *session.scalars(before)])


def invited_by(session: Session, accounts: Collection[Account], by_id: str) -> set[str]:
    """Which of these people somebody invited, as `of` has it, by their ids. One query, however many there are."""
    hashes = {_keyed(account): account.id for account in accounts}
    before = select(InvitedAddress.hash).where(InvitedAddress.hash.in_(hashes), InvitedAddress.by_id == by_id)
    now = {account.id for account in accounts if account.invited_by_id == by_id}
    return now | {hashes[hash_] for hash_ in session.scalars(before)}


def keep(session: Session, account: Account, at: datetime) -> None:
    """Before an address is erased: keep who invited it, by a keyed hash, so that joining again does not hide it."""
    if account.invited_by_id:
        session.merge(InvitedAddress(hash=_keyed(account), by_id=account.invited_by_id, at=at))


def _keyed(account: Account) -> str:
    return store.keyed(account.email, "invited")
