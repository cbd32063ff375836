"""When things were last seen or done: the worker, each recurring piece of work, what several workers take turns at."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock
from server.core.database import Model, Time, read, write
from server.core.keeping import PLAIN, Erasure, Export, Keeping

LATE = timedelta(seconds=30)  # a worker not seen for so long is down


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
    """Whether it was noted by a clock that went ahead of ours: it says nothing of when that was."""
    return noted - at > clock.AHEAD


def is_alive(seen: datetime | None) -> bool:
    """Whether a worker that was last seen then is running now."""
    return seen is not None and clock.now() - seen < LATE and not is_ahead(seen, clock.now())


def mark(name: str, at: datetime, before: datetime | None) -> bool:
    """Note when it was last done; False when another worker has just noted it."""
    with write() as session:
        if before is None:
            session.merge(Heartbeat(name=name, at=at))
            return True
        seen = update(Heartbeat).where(Heartbeat.name == name, Heartbeat.at == before)
        return bool(session.execute(seen.values(at=at)).rowcount)  # type: ignore[attr-defined]


def note(name: str) -> None:
    """Note that something happened now."""
    with write() as session:
        session.merge(Heartbeat(name=name, at=clock.now()))


def noted(session: Session, name: str) -> datetime | None:
    """When that last happened."""
    at: datetime | None = session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))
    return at


def throttle(name: str, seconds: float) -> float:
    """Seconds to wait until something called `name` may be done again; 0: now, and this call counts as one.

    For what must not happen more often than every so many `seconds`, by however many workers.
    """
    at = clock.now()
    with read() as session:
        last = session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))
    left = seconds - (at - last).total_seconds() if last and not is_ahead(last, at) else 0.0
    return left if left > 0 else 0.0 if mark(name, at, last) else seconds
