"""Recurring work: what the worker does every so often, and when each piece was last begun and done (`heartbeats`)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select

from server.core import clock, heartbeats, machines
from server.core.database import read
from server.core.failures import log_problem

log = logging.getLogger(__name__)

AGAIN = 3600.0  # seconds until unfinished work is started again
BEGUN = "begun"

jobs: dict[str, tuple[float, Callable[[], None]]] = {}  # by name: seconds between two times, and what is done


def every(seconds: float, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Name a function that the worker calls every so many seconds; safe to repeat."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        jobs[name] = (seconds, function)
        return function

    return register


def is_due(at: datetime, seconds: float, done: datetime | None, begun: datetime | None) -> bool:
    """Whether a job that was last done and last begun at these times is due. *Pure.*

    What was begun and not done, by a worker that died or because it failed, is begun again after an hour, or sooner where it
    recurs more often.
    """
    if done and at - done < timedelta(seconds=seconds):
        return False
    failed = begun is not None and (done is None or begun > done)
    return not failed or at - cast(datetime, begun) >= timedelta(seconds=min(seconds, AGAIN))


def heartbeat() -> None:
    """Say that a worker is alive, and do the recurring work whose time has come."""
    at = clock.now()
    with read() as session:
        seen = {row.name: row.at for row in session.scalars(select(heartbeats.Heartbeat))}
    heartbeats.seen_working(seen, at)
    machines.note(seen, at)
    for name, (seconds, function) in jobs.items():
        done, begun = seen.get(name), seen.get(f"{BEGUN} {name}")
        if done and heartbeats.is_ahead(done, at):
            # The clock has been set back since: count from now on, so that it is not done twice.
            heartbeats.mark(name, at, done)
        elif is_due(at, seconds, done, None if begun and heartbeats.is_ahead(begun, at) else begun):
            if not heartbeats.mark(f"{BEGUN} {name}", at, begun):
                continue
            try:
                function()
            except Exception as problem:
                log_problem(log, problem, "recurring work %s failed", name)
            else:
                heartbeats.note(name, at)
