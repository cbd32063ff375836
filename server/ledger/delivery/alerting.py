"""When a company's people are told by mail that notices wait in the portal, where nothing is sent to them. Pure.

Each notice brings at most two mails: when it has come, and when its answer is late. Several share one, and there is one a day
at most, however many notices come.
"""

from datetime import datetime, timedelta

BETWEEN = timedelta(hours=24)


def is_due(arrived: datetime, reminded: datetime | None, last: datetime | None, now: datetime) -> bool:
    """Whether to write now. arrived, reminded: when the last waiting notice came, and when the last one was found late; last:
    when we last wrote, or None."""
    if last is None:
        return True
    return now - last >= BETWEEN and max(arrived, reminded or arrived) > last
