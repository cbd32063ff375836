"""When things were last seen or done: the worker, each recurring piece of work, and what several workers take turns at."""

import os
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock
from server.core.database import INSERT, Model, Time, changed, read, write
from server.core.keeping import PLAIN, Erasure, Export, Keeping

LATE = timedelta(seconds=30)  # a worker not seen for so long is down
WORKER = "worker"  # any of them; each has a row of its own besides
BACKUP = "backup"  # when the operator's script last said that one was made
NOTED_EVERY = timedelta(seconds=5)
FORGOTTEN = timedelta(days=1)  # after which nobody is told of a worker that was killed


class Heartbeat(Model):
    """When a worker was last seen, when each recurring piece of work was last done, and whose turn was when."""

    __tablename__ = "heartbeats"
    __keeping__ = Keeping(
        purpose="When the worker was last seen, and when recurring work was last done.",
        kept="One row for each, which is overwritten.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN},
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[Any] = mapped_column(Time)


def is_ahead(noted: datetime, at: datetime) -> bool:
    """Whether it was recorded by a clock ahead of ours, and so does not say when that was."""
    return noted - at > clock.AHEAD


def is_alive(seen: datetime | None) -> bool:
    """Whether a worker that was last seen then is running now."""
    return seen is not None and clock.now() - seen < LATE and not is_ahead(seen, clock.now())


def own_name() -> str:
    """Under which this worker is seen: its machine and its process."""
    return f"{WORKER} {socket.gethostname()[:14]} {os.getpid()}"


def seen_working(seen: Mapping[str, datetime], at: datetime) -> None:
    """This worker is alive, unless that was noted a moment ago (`seen`); those killed long ago are forgotten."""
    if _is_old(seen.get(WORKER), at):
        mark(WORKER, at, seen.get(WORKER))
    if not _is_old(seen.get(own_name()), at):
        return
    note(own_name())
    with write() as session:
        killed = Heartbeat.name.startswith(f"{WORKER} ") & (Heartbeat.at < clock.now() - FORGOTTEN)
        session.execute(delete(Heartbeat).where(killed))


def _is_old(noted: datetime | None, at: datetime) -> bool:
    return noted is None or at - noted > NOTED_EVERY or is_ahead(noted, at)


def stops_working() -> None:
    """This worker ends as it was told to."""
    with write() as session:
        session.execute(delete(Heartbeat).where(Heartbeat.name == own_name()))


def workers(session: Session) -> list[tuple[str, datetime]]:
    """Each worker by its machine and process, and when it was last seen: the newest first."""
    rows = select(Heartbeat).where(Heartbeat.name.startswith(f"{WORKER} ")).order_by(Heartbeat.at.desc())
    return [(row.name.removeprefix(f"{WORKER} "), row.at) for row in session.scalars(rows)]


def newest(session: Session) -> datetime | None:
    """The latest time that anything noted."""
    at: datetime | None = session.scalar(select(func.max(Heartbeat.at)))
    return at


def mark(name: str, at: datetime, before: datetime | None) -> bool:
    """Note when it was last done, if it was last noted `before` (None: never); False when another worker has just noted it."""
    with write() as session:
        if before is None:
            return changed(session, _insertion(session, name, at).on_conflict_do_nothing()) == 1
        seen = update(Heartbeat).where(Heartbeat.name == name, Heartbeat.at == before)
        return changed(session, seen.values(at=at)) == 1


def note(name: str, at: datetime | None = None) -> None:
    """Note that something happened, now or `at`, whenever it was last noted and by whom."""
    at = at or clock.now()
    with write() as session:
        session.execute(_insertion(session, name, at).on_conflict_do_update(index_elements=["name"], set_={"at": at}))


def _insertion(session: Session, name: str, at: datetime) -> Any:
    insert = INSERT[session.get_bind().dialect.name]
    return insert(Heartbeat).values(name=name, at=at).execution_options(preserve_rowcount=True)


def noted(session: Session, name: str) -> datetime | None:
    """When that last happened."""
    at: datetime | None = session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))
    return at


def throttle(name: str, seconds: float) -> float:
    """Seconds to wait until something called `name` may be done again; 0: now, and this call counts as one.

    For something that must happen at most once in so many `seconds`, however many workers there are.
    """
    at = clock.now()
    with read() as session:
        last = session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))
    left = seconds - (at - last).total_seconds() if last and not is_ahead(last, at) else 0.0
    return left if left > 0 else 0.0 if mark(name, at, last) else seconds
