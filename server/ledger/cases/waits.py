"""What a decision waits for beyond its time to be undone, and for how long. Pure.

A look at the listing (decision record 32) is made just before its notice is sent: it serves for `FRESH`, and is waited for no
longer than `WITHIN`. What leaves in a digest is looked at again in the last minutes before that, `AHEAD` of it, for a platform is
asked for one page in ten seconds at most.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

WITHIN = timedelta(seconds=60)
FRESH = timedelta(minutes=10)
AHEAD = timedelta(minutes=15)  # ninety pages of one platform


class WaitsFor(StrEnum):
    """What a decision waits for, though its time to be undone is over. It can be undone all the while."""

    FROZEN = "frozen"  # everybody who reported it has a frozen account
    LOOK = "look"  # the server looks first whether the listing is still there
    DIGEST = "digest"  # its contact's next digest: the server looks again just before that leaves


class Held(NamedTuple):
    """What it waits for now, and when that is seen to again."""

    what: WaitsFor
    until: datetime
    asks: bool = False  # whether a look is to be asked for


def for_look(
    now: datetime,
    *,
    leaves: datetime | None,
    looked_at: datetime | None,
    asked: datetime | None,
) -> Held | None:
    """Whether a notice waits at `now` for a look at its listing; None: it is sent.

    leaves: when its digest does, if it comes in one. looked_at: when the listing was last seen, whatever but gone. asked: until
    when a look that was asked for was to be waited for.
    """
    if leaves and leaves - now > AHEAD:
        return Held(WaitsFor.DIGEST, leaves - AHEAD)
    if looked_at and now - looked_at < FRESH:
        return None
    if asked and now < asked:
        return Held(WaitsFor.LOOK, asked)
    if asked:
        return None  # nothing came in time, however late that is seen
    until = now + WITHIN
    return Held(WaitsFor.LOOK, max(until, leaves - WITHIN) if leaves else until, asks=True)
