"""Who must have a second factor, and from when on.

Coordinators and administrators are asked at their first sign-in, and so many days later (`SPOTTER_FACTOR_DAYS`) get no
further without one. The demonstration asks nobody: its passwords are printed.
"""

from datetime import datetime, timedelta

from server.core import access, web
from server.people.accounts.models import Account


def owes(account: Account) -> bool:
    """Whether this account is to have a second factor, now or later."""
    settings = web.settings()
    return settings.factor_days >= 0 and not settings.demo and access.can("cases.see", account)


def due_on(account: Account, at: datetime) -> datetime | None:
    """From when on nobody signs in to this account without one; None: never. `at`: now, for who was not asked yet."""
    if not owes(account):
        return None
    return (account.factor_asked_at or at) + timedelta(days=web.settings().factor_days)
