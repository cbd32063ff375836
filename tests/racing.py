"""Many acts at the same moment, each in a thread of its own that stands for a request or a worker."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from server.core import clock, database
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.words import Refused

RACERS = 16


def at_once(app: Flask, jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in as many threads, all starting together; their results in order."""
    barrier, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        barrier.wait()
        results[place] = job()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def race(app: Flask, jobs: list[Callable[[], Any]]) -> list[str]:
    """What became of each job, in order: "won", the kind of its refusal, or the name of whatever broke it."""

    def outcome(job: Callable[[], Any]) -> str:
        with app.app_context():
            try:
                job()
                return "won"
            except Refused as refusal:
                return refusal.kind
            except Exception as problem:
                return type(problem).__name__
            finally:
                db.session.remove()

    with slow_writing():
        return at_once(app, [lambda job=job: outcome(job) for job in jobs])


@contextmanager
def slow_writing() -> Iterator[None]:
    """Between what a transaction reads and what it writes lies time enough for the others to read the same."""

    def wait(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            time.sleep(0.005)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", wait)


@contextmanager
def without_locks() -> Iterator[None]:
    """A mutation: nobody waits for anybody. On SQLite one lock stands for all, on PostgreSQL they stand in the queries."""

    def unlocked(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> tuple[str, Any]:
        return re.sub(r" FOR (NO KEY )?UPDATE( OF \w+)?( SKIP LOCKED)?", "", statement), parameters

    engine, turn, immediate = db.engine, database._turn, database._immediate
    event.listen(engine, "before_cursor_execute", unlocked, retval=True)
    database._turn, database._immediate = nullcontext(), lambda engine: engine  # type: ignore[assignment]
    try:
        yield
    finally:
        database._turn, database._immediate = turn, immediate
        event.remove(engine, "before_cursor_execute", unlocked)


def on_a_clock_ahead(
    monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Makes a job one that is done on a machine whose clock is ahead by so much."""
    here, now = threading.local(), clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + getattr(here, "ahead", timedelta()))

    def there(job: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            here.ahead = by
            job()

        return run

    return there


def audited(action: str) -> int:
    """How often the audit trail says so."""
    with read() as session:
        return session.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.action == action)) or 0


def one_won(told: list[str], *others: str) -> None:
    """One of all, and every other was refused in words of one of these kinds."""
    counted = Counter(told)
    assert counted.pop("won", 0) == 1 and set(counted) <= set(others), told
