"""Work that failed permanently: what it is, and retrying it once its cause is fixed."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, work
from server.core.database import changed
from server.core.outbox import Work

MOST = 500  # taken up at once
DEAD_LETTER = Work.dead_lettered_at.is_not(None) & Work.done_at.is_(None)  # as ix_work_dead_letters has it
MAILS = Work.kind.startswith("mail_")


_on_retry: dict[str, Callable[[Session, str], None]] = {}


def on_retry(kind: str) -> Callable[[Callable[[Session, str], None]], Callable[[Session, str], None]]:
    """Name the function that is told (session, subject's id) when work of `kind` is taken up again.

    It makes what failed permanently wait again, in the transaction of whoever asked for it.
    """

    def register(function: Callable[[Session, str], None]) -> Callable[[Session, str], None]:
        _on_retry[kind] = function
        return function

    return register


def may_be_tried(kind: str) -> bool:
    """Whether a dead letter of this kind can be taken up again."""
    return kind not in work.given_back()


def _may_be_tried() -> ColumnElement[bool]:
    """A notice that could not be delivered needs a new decision instead: its case is open, and another route may be right by
    now."""
    return DEAD_LETTER & Work.kind.not_in(work.given_back())


def waiting(session: Session, most: int = MOST) -> list[Work]:
    """What lies set aside and may be taken up again, the oldest first."""
    return list(session.scalars(select(Work).where(_may_be_tried()).order_by(Work.id).limit(most)))


def count_mails(session: Session) -> int:
    """How many mails lie set aside."""
    return session.scalar(select(func.count()).select_from(Work).where(_may_be_tried(), MAILS)) or 0


def take_up_again(
    session: Session, actor_id: str | None, *also: ColumnElement[bool], ids: Collection[str] = (), **noted: Any
) -> int:
    """Let the worker try again what failed permanently: all, or those with these ids; how many. Recorded, each by itself.

    An email keeps its Message-ID, so most programs show it once even if an earlier attempt did arrive.
    """
    chosen = select(Work).where(_may_be_tried(), *also).order_by(Work.id).limit(MOST)
    if ids:
        chosen = chosen.where(Work.id.in_(ids))
    taken = 0
    for row in session.scalars(chosen):
        again = update(Work).where(Work.id == row.id, Work.dead_lettered_at.is_not(None))
        if changed(
            session, again.values(dead_lettered_at=None, leased_by=None, attempts=0, breaks=0, due_at=clock.now())
        ):
            if row.kind in _on_retry:
                _on_retry[row.kind](session, row.subject_id)
            audit.record(session, actor_id, "work_retried", "work", row.id, work=row.kind, **noted)
            taken += 1
    return taken


def dead_letters(session: Session, after: str | None, limit: int) -> list[Work]:
    """All dead letters, those of notices included, by age; `after`: the id of the last one of the page before."""
    chosen = select(Work).where(DEAD_LETTER).order_by(Work.id).limit(limit)
    return list(session.scalars(chosen.where(Work.id > after) if after else chosen))


def drop(session: Session, actor_id: str | None, work_id: str, why: str) -> bool:
    """Delete a dead letter; False when it is none (any more). Recorded with the reason."""
    row = session.get(Work, work_id)
    if row is None or not changed(session, delete(Work).where(Work.id == work_id, DEAD_LETTER)):
        return False
    audit.record(session, actor_id, "work_dropped", "work", work_id, work=row.kind, failure=row.failure, why=why)
    return True
