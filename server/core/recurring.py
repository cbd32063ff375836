"""Recurring work: what the worker does every so often, and when each piece was last done (`heartbeats`)."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from server.core import clock, heartbeats
from server.core.database import read
from server.core.failures import log_problem

log = logging.getLogger(__name__)

jobs: dict[str, tuple[float, Callable[[], None]]] = {}  # by name: seconds between two times, and what is done


def every(seconds: float, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name a function that the worker calls every so many seconds; safe to repeat."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        jobs[name] = (seconds, function)
        return function

    return register


def heartbeat() -> None:
    """Say that a worker is alive, and do the recurring work whose time has come."""
    at = clock.now()
    with read() as session:
        seen = {row.name: row.at for row in session.scalars(select(heartbeats.Heartbeat))}
    heartbeats.seen_working(seen, at)
    for name, (seconds, function) in jobs.items():
        last = seen.get(name)
        if last and heartbeats.is_ahead(last, at):
            # By a clock that was set back since: counted from now on, and not done twice.
            heartbeats.mark(name, at, last)
        elif last is None or at - last >= timedelta(seconds=seconds):
            if not heartbeats.mark(name, at, last):
                continue
            try:
                function()
            except Exception as problem:
                log_problem(log, problem, "recurring work %s failed", name)
