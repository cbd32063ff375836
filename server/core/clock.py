"""The only place that reads the time."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any, cast

AHEAD = timedelta(seconds=5)  # how far the clocks of two machines may differ
STEP_TOLD = timedelta(minutes=10)  # how long a step of the clock is told


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def step() -> timedelta:
    """By how much the clock was set within the last `STEP_TOLD`, as seen by this process; zero if it was not.

    It is compared with a monotonic clock, so a slow correction does not count.
    """
    ran = timedelta(seconds=_running())
    offset = now() - ran
    if abs(offset - _seen["offset"]) > AHEAD:
        _seen.update(step=offset - _seen["offset"], offset=offset, at=ran)
    return cast(timedelta, _seen["step"]) if ran - _seen["at"] < STEP_TOLD else timedelta()


def _running() -> float:
    """Seconds, also while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


_seen: dict[str, Any] = {"offset": now() - timedelta(seconds=_running()), "step": timedelta(), "at": timedelta()}
