"""How quickly one mailbox is sent notice after notice: a person reads them, and mail programs treat a flood as spam. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


def wait(sent: Sequence[datetime], now: datetime, most: int) -> timedelta:
    """How long another message waits where these were sent, so that no hour has more than `most`."""
    within = sorted(at for at in sent if at > now - HOUR)
    return timedelta() if len(within) < most else within[-most] + HOUR - now
