"""The audit trail: what was done, by whom, to what. Append-only, without personal data.

Rows are written in the transaction of the change itself. The worker chains them with `seal` within a minute: each
seal's hash covers its row and the seal before, so an edit, a gap or a swap shows in `verify`. (A chain inside every
transaction would serialise all writers.) Cutting off the end shows only beside a copy of the last hash kept elsewhere.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock, work
from server.core.database import Model, Time, insert, read, write
from server.core.keeping import ANOTHER, PLAIN, WITHHELD, Erasure, Export, Keeping

Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself only in INTEGER


class AuditRow(Model):
    """One thing done. Never changed, never deleted: the database itself refuses."""

    __tablename__ = "audit_rows"
    __keeping__ = Keeping(
        purpose="Keeps the programme accountable: who did what, by id.",
        kept="For good: the database refuses to change or delete a row.",
        erasure=Erasure.STAYS,
        export=Export.BY_STEP,
        note="The export says when and what was done by or to the person, and whether by themself.",
        fields={"actor_id": ANOTHER, "action": PLAIN, "kind": PLAIN, "object_id": ANOTHER, "detail": WITHHELD},
    )
    seq: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    at: Mapped[Any] = mapped_column(Time)
    actor_id: Mapped[str | None] = mapped_column(String(32))  # an account's id, not a name; None: the system
    action: Mapped[str] = mapped_column(String(64))  # past tense: case_notified
    kind: Mapped[str] = mapped_column(String(32))  # what it was done to
    object_id: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditSeal(Model):
    """One link of the chain, in the order of sealing."""

    __tablename__ = "audit_seals"
    __keeping__ = Keeping(
        purpose="Shows whether a row of the audit trail was changed.",
        kept="For good.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"seq": PLAIN, "hash": PLAIN},
    )
    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("audit_rows.seq"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


def record(session: Session, actor_id: str | None, action: str, kind: str, object_id: str, **detail: Any) -> None:
    """Write down that `actor_id` (None: the system) did `action`, in the caller's transaction."""
    row = {"at": clock.now(), "actor_id": actor_id, "action": action, "kind": kind, "object_id": object_id}
    insert(session, AuditRow, {**row, "detail": detail})


ROWS = AuditRow.__table__.c  # rows, not objects: a trail is long
HASHED = (ROWS.seq, ROWS.at, ROWS.actor_id, ROWS.action, ROWS.kind, ROWS.object_id, ROWS.detail)
BEHIND = 10_000  # rows: where one that committed late is looked for with every run; below, once a day


def seal(session: Session, limit: int = 500, since: int | None = None) -> int:
    """Chain the rows not yet sealed, oldest first, at most `limit`; return how many. One caller at a time: the worker.

    On PostgreSQL a row can commit after one with a higher number, and numbers have gaps; so it is looked for not only
    above the newest sealed row but from `BEHIND` numbers below it, or from `since`. Never from the beginning.
    """
    last = session.execute(
        select(AuditSeal.position, AuditSeal.hash).order_by(AuditSeal.position.desc()).limit(1)
    ).first()
    position, before = last or (0, "")
    if since is None:
        since = (session.scalar(select(func.max(AuditSeal.seq))) or 0) - BEHIND
    is_sealed = exists().where(AuditSeal.seq == ROWS.seq, AuditSeal.seq > since)  # said twice: no plan reads all seals
    unsealed = select(*HASHED).where(ROWS.seq > since, ~is_sealed)
    links = []
    for row in session.execute(unsealed.order_by(ROWS.seq).limit(limit)):
        position, before = position + 1, _hash(before, row)
        links.append({"position": position, "seq": row.seq, "hash": before})
    insert(session, AuditSeal, *links)
    return len(links)


def left_behind(session: Session) -> int | None:
    """The number before the oldest row not yet sealed, wherever it is; None when there is none. Reads everything."""
    unsealed = select(func.min(ROWS.seq)).where(~exists().where(AuditSeal.seq == ROWS.seq))
    oldest = session.scalar(unsealed)
    return None if oldest is None else oldest - 1


def verify(session: Session) -> str | None:
    """None when the chain holds, else one sentence on the first place where it does not."""
    before, link = "", AuditSeal.__table__.c
    pairs = select(link.position, link.seq.label("sealed"), link.hash, *HASHED).order_by(link.position)
    pairs = pairs.select_from(AuditSeal).outerjoin(AuditRow, ROWS.seq == link.seq)
    for expected, row in enumerate(session.execute(pairs.execution_options(yield_per=1000)), 1):
        if row.position != expected:
            return f"Seal {expected} is missing."
        before = _hash(before, row) if row.seq is not None else ""
        if row.hash != before:
            return f"Audit row {row.sealed} is not what was sealed."
    return None


def _hash(before: str, row: Any) -> str:
    parts = [before, row.seq, row.at.isoformat(), row.actor_id, row.action, row.kind, row.object_id, row.detail]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@work.every(20, "seal_audit")
def seal_audit() -> None:
    """Chain the audit rows written since: few at a time, so that nobody waits for long, until none is left."""
    _seal()


@work.every(24 * 3600, "seal_late")
def seal_late() -> None:
    """Chain what committed so late that the usual look had passed it."""
    with read() as session:
        since = left_behind(session)
    if since is not None:
        _seal(since)


def _seal(since: int | None = None) -> None:
    sealed = 1
    while sealed:
        with write() as session:
            sealed = seal(session, since=since)
