"""Tables of checks and of what was seen."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import Category, CheckState, CheckWhy, Seen
from server.ledger.monitoring.reading import PageKind


class Check(Model):
    """One question: is this listing still there? At most one is open for a listing."""

    __tablename__ = "checks"
    __keeping__ = Keeping(
        purpose="Asks whether a listing is still there.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"listing_id": PLAIN, "notice_id": PLAIN, "asked_by": ANOTHER},
    )
    id: Mapped[Id]
    listing_id: Mapped[str] = mapped_column(ForeignKey("listings.id"), index=True)
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"), index=True)  # whose answer it verifies
    category: Mapped[str] = mapped_column(*one_of(Category, "category"))  # as reported: some topics are opted out of
    why: Mapped[str] = mapped_column(*one_of(CheckWhy, "why"))
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # the coordinator; None: the rule
    asked_at: Mapped[datetime] = mapped_column(Time)
    due_at: Mapped[datetime] = mapped_column(Time)
    state: Mapped[str] = mapped_column(*one_of(CheckState, "state"))
    settled_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (
        Index(
            "uq_checks_open", "listing_id", unique=True,
            sqlite_where=state == CheckState.OPEN.value, postgresql_where=state == CheckState.OPEN.value,
        ),
        Index("ix_checks_due", "state", "due_at", "id"),
    )  # fmt: skip


class CheckResult(Model):
    """What one person saw, or the server. A person looks once at each check."""

    __tablename__ = "check_results"
    __keeping__ = Keeping(
        purpose="What somebody saw when they checked whether a listing is still there.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        fields={"check_id": PLAIN, "note": WORDS},
    )
    id: Mapped[Id]
    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: the server
    coordinator: Mapped[bool]  # whether it was one when they looked
    seen: Mapped[str] = mapped_column(*one_of(Seen, "seen"))
    page: Mapped[str | None] = mapped_column(
        *one_of(PageKind, "page")
    )  # what the server was given; None: a person looked
    note: Mapped[str | None] = mapped_column(Text)  # stays inside
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("check_id", "account_id"),)
