"""Work that failed for good: what it is, and taking it up again once what stood in its way is gone."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import changed
from server.core.work import Work

MOST = 500  # taken up at once
# A notice that could not be delivered is decided on again: its case is open, and another way may be right by now.
NOT_AGAIN = ("deliver_notice", "deliver_digest")

_SET_ASIDE = Work.dead_lettered_at.is_not(None) & Work.kind.not_in(NOT_AGAIN)
MAILS = Work.kind.startswith("mail_")


def waiting(session: Session, most: int = MOST) -> list[Work]:
    """What lies set aside and may be taken up again, the oldest first."""
    return list(session.scalars(select(Work).where(_SET_ASIDE).order_by(Work.id).limit(most)))


def count_mails(session: Session) -> int:
    """How many mails lie set aside."""
    return session.scalar(select(func.count()).select_from(Work).where(_SET_ASIDE, MAILS)) or 0


def take_up_again(
    session: Session, actor_id: str | None, *also: ColumnElement[bool], ids: Collection[str] = (), **noted: Any
) -> int:
    """Let the worker try again what failed for good: all, or those with these ids; how many. Recorded, each by itself.

    A mail keeps its Message-ID, so that one which did arrive is shown once by most programs.
    """
    chosen = select(Work).where(_SET_ASIDE, *also).order_by(Work.id).limit(MOST)
    if ids:
        chosen = chosen.where(Work.id.in_(ids))
    taken = 0
    for row in session.scalars(chosen):
        again = update(Work).where(Work.id == row.id, Work.dead_lettered_at.is_not(None))
        if changed(session, again.values(dead_lettered_at=None, leased_until=None, attempts=0, due_at=clock.now())):
            audit.record(session, actor_id, "work_retried", "work", row.id, work=row.kind, **noted)
            taken += 1
    return taken
