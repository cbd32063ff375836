"""When a break is offered to who decides on ads: after a long stretch, or after many live animals in a row. Pure.

Worked out of one's own decisions each time; nothing is kept of it, and nobody else sees it. The figures are our own choice, as
in the extension (`lib/breaks.js`): no study names any.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

LONG = timedelta(minutes=50)  # of looking
PAUSE = timedelta(minutes=15)  # without a decision: that was a break
MANY = 10  # live animals in a row


class Decided(NamedTuple):
    """One decision. live: the ad was for a live animal."""

    at: datetime
    live: bool


class Offer(NamedTuple):
    """Why a break is offered now: minutes without a break, or live animals in a row; the other is 0."""

    minutes: int = 0
    live: int = 0


def offer(decided: Sequence[Decided]) -> Offer | None:
    """What to say after the last of these decisions, oldest first; None: nothing, or it was said after an earlier one."""
    stretch = decided
    for place in range(len(decided) - 1, 0, -1):
        if decided[place].at - decided[place - 1].at >= PAUSE:
            stretch = decided[place:]
            break
    if len(stretch) < 2:
        return None
    began, before, now = stretch[0].at, stretch[-2].at, stretch[-1].at
    if (now - began) // LONG > (before - began) // LONG:
        return Offer(minutes=(now - began) // timedelta(minutes=1))
    live = sum(1 for _ in takewhile(lambda each: each.live, reversed(stretch)))
    return Offer(live=live) if live and live % MANY == 0 else None
