"""When a company's people are told by mail that notices wait in the portal, where nothing is sent to them. Pure.

Each notice causes at most three emails, during working hours there: when it arrives, and with each reminder. Several notices
share one email, and there is at most one a day.
"""

from datetime import datetime, timedelta

BETWEEN = timedelta(hours=24)


def is_due(
    arrived: datetime, reminded: datetime | None, last: datetime | None, now: datetime, *, at_work: bool
) -> bool:
    """Whether to write now. arrived, reminded: when the last waiting notice came, and the last reminder of one; last: when we
    last wrote, or None; at_work: whether it is a working hour of a contact."""
    if last is None:
        return True
    if now - last < BETWEEN:
        return False
    return arrived > last or (at_work and reminded is not None and reminded > last)
