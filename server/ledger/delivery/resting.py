"""Destinations that did not answer a moment ago: what goes there waits, so that one that hangs holds up nobody else."""

import threading
from datetime import datetime, timedelta

from server.core import clock, work
from server.core.failures import WorkFailure

REST = timedelta(seconds=8)  # shorter than the first pause between attempts

_until: dict[str, datetime] = {}
_guard = threading.Lock()


def rest(destination: str) -> None:
    """Leave it alone for some seconds, in this process."""
    with _guard:
        at = clock.now()
        for name in [name for name, until in _until.items() if until < at]:
            del _until[name]
        _until[destination] = at + REST


def rests(destination: str) -> bool:
    """Whether it is left alone now."""
    until = _until.get(destination)
    return until is not None and clock.now() < until


def again(after: float = REST.total_seconds()) -> work.Retry:
    """The exception to raise instead of an attempt while the destination rests. It does not count as an attempt. `after`:
    seconds."""
    reason = "The destination did not answer a moment ago; it is left alone for some seconds."
    return work.Retry(reason, after=after, counts=False, failure=WorkFailure.RESTS)
