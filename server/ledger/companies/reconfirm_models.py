"""The table of what SPOCs were asked: whether they are still the right contact, and what they said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import CONTACT, PLAIN, WORDS, Erasure, Export, Keeping
from server.ledger.companies.reconfirm_rules import StillRight


class Reconfirmation(Model):
    """A SPOC was asked in a quarter, once or twice. The database holds that it is one row a quarter."""

    __tablename__ = "reconfirmations"
    __keeping__ = Keeping(
        purpose="Asks each contact of a company once a quarter whether it is still right, and keeps what was answered.",
        kept="Two years after the contact was first asked.",
        job="ask_contacts",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"spoc_id": PLAIN, "quarter": PLAIN, "email": CONTACT, "note": WORDS},
    )
    id: Mapped[Id]
    spoc_id: Mapped[str] = mapped_column(ForeignKey("spocs.id"))
    quarter: Mapped[str] = mapped_column(String(6))  # 2026Q4
    email: Mapped[str] = mapped_column(String(254))  # that was asked
    asks: Mapped[int]  # how often
    first_asked_at: Mapped[datetime] = mapped_column(Time, index=True)
    asked_at: Mapped[datetime] = mapped_column(Time)  # last
    answer: Mapped[str | None] = mapped_column(*one_of(StillRight, "answer"))
    answered_at: Mapped[datetime | None] = mapped_column(Time)
    note: Mapped[str | None] = mapped_column(Text)  # whom to ask instead, in their words
    settled_at: Mapped[datetime | None] = mapped_column(Time)  # when the desk had seen to "somebody else"

    __table_args__ = (
        UniqueConstraint("spoc_id", "quarter", name="uq_reconfirmations_quarter"),
        CheckConstraint("asks BETWEEN 1 AND 2", name="asks"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("note IS NULL OR answer = 'other'", name="note"),
    )
