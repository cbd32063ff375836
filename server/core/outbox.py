"""The outbox: what must happen later is a row, written with what caused it. `work` does it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, Text, delete, exists, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock, recurring
from server.core.database import Id, Model, Time, changed, first_id, insert, new_id, one_of, write
from server.core.failures import WorkFailure
from server.core.keeping import ABOUT, ERROR, PLAIN, Erasure, Export, Keeping

KEPT = timedelta(days=14)  # finished work
SWEEP_BATCH = 1000  # rows deleted in one transaction
DEAD_LETTERS_KEPT = timedelta(days=90)  # for people to look into; the error may hold somebody's address

WAITING = text("done_at IS NULL AND dead_lettered_at IS NULL")
FAILING = text(f"{WAITING.text} AND failure IS NOT NULL")
LEASED = text("leased_by IS NOT NULL")
DEAD_LETTER = text("dead_lettered_at IS NOT NULL AND done_at IS NULL")


class Work(Model):
    """One thing to do, once. Finished rows are deleted after `KEPT`, dead letters after `DEAD_LETTERS_KEPT`."""

    __tablename__ = "work"
    __keeping__ = Keeping(
        purpose="What must happen later, such as an email or a delivery.",
        kept=f"{KEPT.days} days after it was done; {DEAD_LETTERS_KEPT.days} days after it failed permanently.",
        job="sweep",
        erasure=Erasure.BY_STEP,
        export=Export.NOTHING,
        note="Erasure deletes what would email the person.",
        fields={"kind": PLAIN, "subject_id": ABOUT, "leased_by": PLAIN, "last_error": ERROR},
    )
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[Any] = mapped_column(Time)
    leased_by: Mapped[str | None] = mapped_column(String(32))  # the name of the `lease` of who is at it
    renewed_at: Mapped[Any | None] = mapped_column(Time)  # when they last said so
    attempts: Mapped[int] = mapped_column(default=0)
    breaks: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # attempts in a row that never ended, because their workers died
    done_at: Mapped[Any | None] = mapped_column(Time)
    dead_lettered_at: Mapped[Any | None] = mapped_column(Time)
    failure: Mapped[str | None] = mapped_column(*one_of(WorkFailure, "failure"))  # of the last attempt that failed
    last_error: Mapped[str | None] = mapped_column(Text)  # what the other side or the program said then, as it did

    __table_args__ = (
        Index("ix_work_due", "due_at", sqlite_where=done_at.is_(None), postgresql_where=done_at.is_(None)),
        Index("ix_work_waiting", "kind", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_work_failing", "failure", "due_at", sqlite_where=FAILING, postgresql_where=FAILING),
        Index("ix_work_leased", "leased_by", sqlite_where=LEASED, postgresql_where=LEASED),
        Index("ix_work_dead_letters", "id", sqlite_where=DEAD_LETTER, postgresql_where=DEAD_LETTER),
    )


def enqueue(session: Session, kind: str, subject_id: str, due_at: Any = None) -> None:
    """Ask for work in the caller's transaction."""
    enqueue_all(session, kind, [subject_id], due_at)


def enqueue_all(session: Session, kind: str, subject_ids: Iterable[str], due_at: Any = None) -> None:
    """The same about each of these, by one statement."""
    asked = {"kind": kind, "due_at": due_at or clock.now(), "attempts": 0}
    insert(session, Work, *({"id": new_id(), "subject_id": subject_id} | asked for subject_id in subject_ids))


def enqueue_again(session: Session, kind: str, subject_ids: Sequence[str]) -> None:
    """Ask for work about each of these for which it is neither waiting nor given up."""
    for subject_id in subject_ids:
        if not is_pending(session, kind, [subject_id]):
            enqueue(session, kind, subject_id)


def cancel(session: Session, beginning: str, subjects: Sequence[Any] = (), but: Sequence[str] = ()) -> None:
    """Delete all work whose subject begins with `beginning`, or is among one of `subjects` (selects of ids), `but` these kinds.

    Of those, the errors go: a mail server may have repeated the address in them.
    """
    chosen = or_(Work.subject_id.startswith(beginning), *(Work.subject_id.in_(ids) for ids in subjects))
    session.execute(delete(Work).where(chosen, Work.kind.not_in(but)))
    session.execute(update(Work).where(chosen, Work.kind.in_(but)).values(last_error=None))


def drop(session: Session, kind: str, subject_ids: Sequence[str]) -> None:
    """Delete work of `kind` about any of these that is still to be done: something else does it now."""
    undone = Work.done_at.is_(None) & Work.dead_lettered_at.is_(None)
    session.execute(delete(Work).where(Work.kind == kind, Work.subject_id.in_(subject_ids), undone))


def wake(session: Session, failure: WorkFailure) -> int:
    """Make work due that waits for another attempt because of this failure; how many pieces."""
    at = clock.now()
    waits = (Work.done_at.is_(None), Work.dead_lettered_at.is_(None), Work.failure == failure, Work.due_at > at)
    return changed(session, update(Work).where(*waits, Work.leased_by.is_(None)).values(due_at=at))


def enqueued_within(session: Session, kind: str, subject_id: str, within: timedelta) -> bool:
    """Whether such work was enqueued within that time, done or not: for `subject_id`, or for one that begins with it."""
    since = first_id(clock.now() - within)  # identifiers are ordered by age: no other index is needed
    same = select(Work.id).where(Work.id >= since, Work.kind == kind, Work.subject_id.startswith(subject_id))
    return session.scalar(same.limit(1)) is not None


def is_pending(session: Session, kind: str, subject_ids: Sequence[str]) -> bool:
    """Whether work of `kind` about any of these is still to be done, or was given up."""
    undone = exists().where(Work.done_at.is_(None), Work.kind == kind, Work.subject_id.in_(subject_ids))
    return bool(session.scalar(select(undone)))


def next_attempts(session: Session, kind: str, subject_ids: Sequence[str]) -> dict[str, datetime]:
    """When work that waits is tried next, by its subject."""
    undone = Work.done_at.is_(None) & Work.dead_lettered_at.is_(None)
    rows = select(Work.subject_id, Work.due_at).where(Work.kind == kind, Work.subject_id.in_(subject_ids), undone)
    return {subject_id: due_at for subject_id, due_at in session.execute(rows)}  # noqa: C416


@recurring.every(3600, "sweep")
def sweep() -> None:
    """Few at a time, so that nobody waits for long. What was done before that day was asked for before it, too: by the
    identifiers, which are ordered by age, nothing younger is looked at."""
    for ended, kept in ((Work.done_at, KEPT), (Work.dead_lettered_at, DEAD_LETTERS_KEPT)):
        before = clock.now() - kept
        old = select(Work.id).where(Work.id < first_id(before), ended < before).limit(SWEEP_BATCH)
        swept = SWEEP_BATCH
        while swept == SWEEP_BATCH:
            with write() as session:
                swept = changed(session, delete(Work).where(Work.id.in_(old)))
