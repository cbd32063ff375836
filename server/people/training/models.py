"""Tables of learning: what was read, and what was answered in practice."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time
from server.core.keeping import PLAIN, WITH_ACCOUNT, WITHHELD, Erasure, Export, Keeping


class Reading(Model):
    """A lesson somebody has opened, and since when it counts as read (`reading.py`)."""

    __tablename__ = "readings"
    __keeping__ = Keeping(
        purpose="Remembers how far somebody has read.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"module": PLAIN, "section": PLAIN},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    section: Mapped[str] = mapped_column(String(64), primary_key=True)
    opened_at: Mapped[datetime | None] = mapped_column(Time)  # None: read before that was kept
    at: Mapped[datetime | None] = mapped_column(Time)  # when it was read; None: not yet

    __table_args__ = (CheckConstraint("opened_at IS NOT NULL OR at IS NOT NULL", name="opened_or_read"),)


class PracticeAnswer(Model):
    """One answer given in practice. Rows are only added: where a question stands follows from them."""

    __tablename__ = "practice_answers"
    __keeping__ = Keeping(
        purpose="Repeats practice questions until they are known, and shows how good a question is.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"module": PLAIN, "question": PLAIN, "order": WITHHELD, "chosen": PLAIN},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    module: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(String(64))
    order: Mapped[list[int]] = mapped_column(JSON)  # the places in the bank, as they were shown
    chosen: Mapped[list[int]] = mapped_column(JSON)
    right: Mapped[bool | None] = mapped_column()
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (Index("ix_practice_answers_account_id_module", "account_id", "module"),)
