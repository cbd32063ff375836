"""The audit trail: what was done, by whom, to what. Append-only, without personal data.

Rows are written in the transaction of the change itself. The worker chains them (`seals`) within a minute: each seal's hash
covers its row and the seal before, and its mark is made with a key that the database does not hold (`anchor`), so `trail`
finds an edit, a gap, a swap or a forged seal. A chain inside every transaction would serialise all writers.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import clock
from server.core.database import Model, Time, insert
from server.core.keeping import ANOTHER, PLAIN, WITHHELD, Erasure, Export, Keeping

Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself only in INTEGER

OF_COMPANY = text("kind = 'company'")
OF_ORGANISATIONS = text("kind = 'organisation'")


class AuditRow(Model):
    """One thing done. Never changed, never deleted: the database itself refuses."""

    __tablename__ = "audit_rows"
    __keeping__ = Keeping(
        purpose="Keeps the programme accountable: who did what, by id.",
        kept="Permanently: the database refuses to change or delete a row.",
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

    __table_args__ = (  # the histories of companies and of organisations are pages
        Index("ix_audit_rows_company", "object_id", "seq", sqlite_where=OF_COMPANY, postgresql_where=OF_COMPANY),
        Index(
            "ix_audit_rows_organisations", "object_id", "seq",
            sqlite_where=OF_ORGANISATIONS, postgresql_where=OF_ORGANISATIONS,
        ),
    )  # fmt: skip


class AuditSeal(Model):
    """One link of the chain, in the order of sealing: `position` is how many rows are sealed so far."""

    __tablename__ = "audit_seals"
    __keeping__ = Keeping(
        purpose="Shows whether a row of the audit trail was changed.",
        kept="Permanently.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"seq": PLAIN, "hash": PLAIN, "mac": PLAIN},
    )
    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("audit_rows.seq"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str | None] = mapped_column(String(64))  # made with the key; None: from before there was one


def record(session: Session, actor_id: str | None, action: str, kind: str, object_id: str, **detail: Any) -> None:
    """Record, in the caller's transaction, that `actor_id` (None: the system) did `action`."""
    row = {"at": clock.now(), "actor_id": actor_id, "action": action, "kind": kind, "object_id": object_id}
    insert(session, AuditRow, {**row, "detail": detail})


ROWS = AuditRow.__table__.c  # rows, not objects: a trail is long
HASHED = (ROWS.seq, ROWS.at, ROWS.actor_id, ROWS.action, ROWS.kind, ROWS.object_id, ROWS.detail)


def link(before: str, row: Any) -> str:
    """The hash of a row's seal: it covers the row and the hash of the seal before."""
    parts = [before, row.seq, row.at.isoformat(), row.actor_id, row.action, row.kind, row.object_id, row.detail]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
