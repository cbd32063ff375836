"""Tables of the gate: exams and their answers, what was read, and who was accredited by whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Id, Model, Time, one_of
from server.words import Level, Standing


class Attempt(Model):
    """One exam of one person. Open until `finished_at`; laid aside without a result when the module changed under it."""

    __tablename__ = "attempts"
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    module: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    drawn: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # exam.Drawn: name, order
    position: Mapped[int] = mapped_column(default=0)  # questions answered so far
    started_at: Mapped[datetime] = mapped_column(Time)
    finished_at: Mapped[datetime | None] = mapped_column(Time)
    right: Mapped[int | None] = mapped_column()
    of: Mapped[int | None] = mapped_column()
    passed: Mapped[bool | None] = mapped_column()

    __table_args__ = (
        CheckConstraint("passed IS NULL OR finished_at IS NOT NULL", name="finished"),
        # Parallel starts make one attempt: the database refuses the second.
        Index(
            "uq_attempts_open", "account_id", "module", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_attempts_account_id_module_finished_at", "account_id", "module", "finished_at"),
    )  # fmt: skip


class AttemptAnswer(Model):
    """One final answer. `right` is None for "I cannot tell", which does not count."""

    __tablename__ = "attempt_answers"
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(64))
    chosen: Mapped[list[int]] = mapped_column(JSON)  # places in the bank
    right: Mapped[bool | None] = mapped_column()
    at: Mapped[datetime] = mapped_column(Time)


class Reading(Model):
    """A section somebody has read and left by "Next"."""

    __tablename__ = "readings"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    section: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Time)


class AccreditationRow(Model):
    """One decision about one person's accreditation. Rows are only added; the newest one counts."""

    __tablename__ = "accreditations"
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    level: Mapped[str] = mapped_column(*one_of(Level, "level"))
    standing: Mapped[str] = mapped_column(*one_of(Standing, "standing"))
    by_account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(String(2000))
    exam_waived: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("account_id <> by_account_id", name="by_another"),
        Index("ix_accreditations_account_id_at", "account_id", "at"),
    )
