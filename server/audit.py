"""The audit trail: what was done, by whom, to what. Append-only, without personal data.

Rows are written in the transaction of the change itself. The worker chains them with `seal` within a minute: each
seal's hash covers its row and the seal before, so an edit, a gap or a swap shows in `verify`. (A chain inside every
transaction would serialise all writers.) Cutting off the end shows only beside a copy of the last hash kept elsewhere.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server import clock
from server.database import Model, Time, insert

Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself only in INTEGER


class AuditRow(Model):
    """One thing done. Never changed, never deleted: the database itself refuses."""

    __tablename__ = "audit_rows"
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
    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("audit_rows.seq"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


def record(session: Session, actor_id: str | None, action: str, kind: str, object_id: str, **detail: Any) -> None:
    """Write down that `actor_id` (None: the system) did `action`, in the caller's transaction."""
    row = {"at": clock.now(), "actor_id": actor_id, "action": action, "kind": kind, "object_id": object_id}
    insert(session, AuditRow, {**row, "detail": detail})


def seal(session: Session, limit: int = 1000) -> int:
    """Chain the rows not yet sealed, oldest first; return how many. One caller at a time: the worker."""
    last = session.scalars(select(AuditSeal).order_by(AuditSeal.position.desc()).limit(1)).first()
    position, before = (last.position, last.hash) if last else (0, "")
    unsealed = select(AuditRow).outerjoin(AuditSeal, AuditSeal.seq == AuditRow.seq).where(AuditSeal.seq.is_(None))
    rows = session.scalars(unsealed.order_by(AuditRow.seq).limit(limit)).all()
    for row in rows:
        position += 1
        before = _hash(before, row)
        session.add(AuditSeal(position=position, seq=row.seq, hash=before))
    return len(rows)


def verify(session: Session) -> str | None:
    """None when the chain holds, else one sentence on the first place where it does not."""
    before = ""
    pairs = select(AuditSeal, AuditRow).outerjoin(AuditRow, AuditRow.seq == AuditSeal.seq).order_by(AuditSeal.position)
    for expected, (link, row) in enumerate(session.execute(pairs.execution_options(yield_per=1000)), 1):
        if link.position != expected:
            return f"Seal {expected} is missing."
        before = _hash(before, row) if row else ""
        if link.hash != before:
            return f"Audit row {link.seq} is not what was sealed."
    return None


def _hash(before: str, row: AuditRow) -> str:
    parts = [before, row.seq, row.at.isoformat(), row.actor_id, row.action, row.kind, row.object_id, row.detail]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
