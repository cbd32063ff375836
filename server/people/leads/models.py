"""Tables of leads: questions of their spotters, and what they say of reports on probation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, NO_END, PLAIN, WITH_ACCOUNT, WITHHELD, WORDS, Erasure, Export, Keeping
from server.core.words import DismissReason
from server.people.leads.rules import Voice

WAITS = sql("answered_at IS NULL")


class LeadQuestion(Model):
    """One question of a spotter to the lead who was their contact then, and its answer: by that lead or a coordinator."""

    __tablename__ = "lead_questions"
    __keeping__ = Keeping(
        purpose="Lets a spotter ask the lead who is their contact, and keeps the answer.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"lead_id": ANOTHER, "report_id": PLAIN, "text": WORDS, "answer": WORDS, "answered_by_id": ANOTHER},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    lead_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id"))  # their own, which it is about
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Time)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("account_id <> lead_id AND account_id <> answered_by_id", name="another"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answered_by_id IS NULL) = (answered_at IS NULL)", name="answered"
        ),
        Index("ix_lead_questions_account_id", "account_id", "asked_at"),
        Index("ix_lead_questions_waiting", "asked_at", sqlite_where=WAITS, postgresql_where=WAITS),
    )  # fmt: skip


class Confirmation(Model):
    """What a lead says of one report that a spotter of theirs sent on probation: one a report, gone when it is taken back."""

    __tablename__ = "confirmations"
    __keeping__ = Keeping(
        purpose="What a lead said about a report that one of their spotters sent on probation.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        fields={"report_id": WITHHELD},
    )
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)  # the lead's
    said: Mapped[str] = mapped_column(*one_of(Voice, "said"))
    because: Mapped[str | None] = mapped_column(*one_of(DismissReason, "because"))  # of a doubt
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (CheckConstraint("(said = 'doubt') = (because IS NOT NULL)", name="doubt_says_why"),)
