"""Sending paused: nothing is sent, and everything is kept until somebody resumes it.

An administrator pauses it (`journeys/oversight/operating`), or the worker itself when the audit trail shows that an older
state of the database was restored (`seals`): what was queued then may have left since. The worker claims no work that sends,
and checks again in the transaction that begins each piece (`work`).
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import String, Text, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import audit, clock
from server.core.database import Model, Time, alone, changed, insert, one_of
from server.core.keeping import ANOTHER, PLAIN, WORDS, Erasure, Export, Keeping

SENDING = "sending"


class PauseReason(StrEnum):
    """Why sending is paused."""

    BY_HAND = "by_hand"
    RESTORED = "restored"  # the audit trail is older than its recorded head


class Pause(Model):
    """That sending is paused, while it is: one row or none."""

    __tablename__ = "pauses"
    __keeping__ = Keeping(
        purpose="Records that sending is paused, since when and why.",
        kept="One row, until sending is resumed.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN, "by_id": ANOTHER, "note": WORDS},
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[Any] = mapped_column(Time)
    by_id: Mapped[str | None] = mapped_column(String(32))  # an account's id; None: the worker, or a command
    why: Mapped[str] = mapped_column(*one_of(PauseReason, "why"))
    note: Mapped[str] = mapped_column(Text)  # the administrator's own words; may be empty


def current(session: Session) -> Pause | None:
    """The pause of sending; None while everything is sent."""
    return session.get(Pause, SENDING)


HOLDS = exists().where(Pause.name == SENDING)  # nothing may leave now, within another statement


def is_paused(session: Session) -> bool:
    """Whether nothing may leave now."""
    return session.scalar(select(Pause.name).where(Pause.name == SENDING)) is not None


def pause(session: Session, by_id: str | None, why: PauseReason, note: str = "") -> bool:
    """Pause sending, in the caller's transaction; False when it is paused already. Recorded."""
    alone(session, SENDING)
    if is_paused(session):
        return False
    insert(session, Pause, {"name": SENDING, "at": clock.now(), "by_id": by_id, "why": why.value, "note": note})
    audit.record(session, by_id, "sending_paused", "work", SENDING, why=why.value, note=note)
    return True


def resume(session: Session, by_id: str | None) -> bool:
    """Let everything leave again, in the caller's transaction; False when it was not paused. Recorded."""
    if not changed(session, delete(Pause).where(Pause.name == SENDING)):
        return False
    audit.record(session, by_id, "sending_resumed", "work", SENDING)
    return True
