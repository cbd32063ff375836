"""Destinations that hung or were slow a moment ago: what goes there waits, so that it holds up nobody else."""

import threading
from datetime import datetime, timedelta

from server.core import clock, work
from server.core.failures import WorkFailure

REST = timedelta(seconds=8)  # shorter than the first pause between attempts
SLOW = timedelta(seconds=1)
TIMES = 5  # as long as a slow answer took: what goes elsewhere has most of the time

_until: dict[str, datetime] = {}
_guard = threading.Lock()


def rest(destination: str) -> None:
    """Leave it alone for some seconds, in this process."""
    _rest(destination, REST)


def rest_if_slow(destination: str, took: timedelta) -> None:
    """Leave it alone for several times as long as it took to answer, if that was long."""
    if took > SLOW:
        _rest(destination, took * TIMES)


def _rest(destination: str, rest: timedelta) -> None:
    with _guard:
        at = clock.now()
        for name in [name for name, until in _until.items() if until < at]:
            del _until[name]
        _until[destination] = at + rest


def rests(destination: str) -> bool:
    """Whether it is left alone now."""
    until = _until.get(destination)
    return until is not None and clock.now() < until


def again(after: float = REST.total_seconds()) -> work.Retry:
    """The exception to raise instead of an attempt while the destination rests. It does not count as an attempt. `after`:
    seconds."""
    reason = "The destination did not answer, or was slow, a moment ago; it is left alone for a while."
    return work.Retry(reason, after=after, counts=False, failure=WorkFailure.RESTS)
