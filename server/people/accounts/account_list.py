"""Accounts of every role, for the administrator: searched, filtered, a page at a time."""

from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.core.conditions import holds
from server.core.words import Role
from server.people.accounts.factor_models import SecondFactor
from server.people.accounts.models import Account


class AccountFilter(StrEnum):
    """The filters of an administrator's search for accounts."""

    NO_FACTOR = "no_factor"  # open, and without a second factor
    NO_PASSWORD = "no_password"  # noqa: S105  open, and none was chosen yet: invited, or joined by themself
    CLOSED = "closed"


Row = tuple[Account, bool]  # and whether it has a second factor


def found(
    session: Session, q: str, role: Role | None, only: AccountFilter | None, cursor: str | None, limit: int
) -> list[Row]:
    """Accounts by name or address, newest first, those whose record is erased left out. cursor: the last id before."""
    has_factor = SecondFactor.account_id.is_not(None)
    chosen = select(Account, has_factor).outerjoin(SecondFactor, SecondFactor.account_id == Account.id)
    chosen = chosen.where(Account.erased_at.is_(None))
    if q:
        chosen = chosen.where(or_(holds(Account.name, q), holds(Account.email, q)))
    if role:
        chosen = chosen.where(Account.role == role)
    if only is AccountFilter.NO_FACTOR:
        chosen = chosen.where(~has_factor, Account.disabled_at.is_(None))
    elif only is AccountFilter.NO_PASSWORD:
        chosen = chosen.where(Account.password_hash.is_(None), Account.disabled_at.is_(None))
    elif only is AccountFilter.CLOSED:
        chosen = chosen.where(Account.disabled_at.is_not(None))
    if cursor:
        chosen = chosen.where(Account.id < cursor)
    return [
        (account, bool(factor)) for account, factor in session.execute(chosen.order_by(Account.id.desc()).limit(limit))
    ]
