"""Tables of matches: links between cases."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Model, Time, one_of
from server.core.keeping import ANOTHER, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import LinkKind


class Link(Model):
    """Two cases that share a photo, a text or a seller. The case with the smaller id stands first."""

    __tablename__ = "links"
    __keeping__ = Keeping(
        purpose="Shows what an ad was seen with before.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "first_case_id": PLAIN,
            "second_case_id": PLAIN,
            "linked_by": ANOTHER,
            "why": WORDS,
            "undone_by": ANOTHER,
            "undone_why": WORDS,
        },
    )
    first_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    second_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(*one_of(LinkKind, "kind"), primary_key=True)
    distance: Mapped[float] = mapped_column(Float)
    """0: the same. Photos: bits that differ, of 256; texts: 1 less the share of shingles in common; sellers: always 0."""
    at: Mapped[datetime] = mapped_column(Time)
    linked_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: it was found by its fingerprint
    why: Mapped[str | None] = mapped_column(Text)  # the words of whoever linked by hand
    undone_at: Mapped[datetime | None] = mapped_column(Time)  # the two do not belong together: never found again
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    undone_why: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (CheckConstraint("first_case_id < second_case_id", name="order"),)
