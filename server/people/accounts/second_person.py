"""Whose account counts as a second person, where two are needed. Pure."""

from datetime import datetime, timedelta

NEW = timedelta(days=30)  # for so long an account that somebody opened may be theirs


def is_new(invited_by_id: str | None, created_at: datetime, at: datetime) -> bool:
    """Whether an account may still be the other self of whoever opened it. One from the command line never is."""
    return invited_by_id is not None and created_at > at - NEW
