"""Tables of learning: what was read, what was answered, when it is asked again, and who is reminded of that."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import PLAIN, WITH_ACCOUNT, WITHHELD, Erasure, Export, Keeping
from server.people.training import spacing
from server.people.training.reminding import Rhythm


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

    __table_args__ = (
        CheckConstraint("opened_at IS NOT NULL OR at IS NOT NULL", name="opened_or_read"),
        Index("ix_readings_last", "account_id", "at", "opened_at"),
    )


class PracticeAnswer(Model):
    """One answer to a question of a practice bank: in its lesson, in practice or in the review. Rows are only added."""

    __tablename__ = "practice_answers"
    __keeping__ = Keeping(
        purpose="Shows one's own answers with what was right, and how good a question is.",
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
    guessed: Mapped[bool | None] = mapped_column()  # as they said; None: answered before that was asked
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (Index("ix_practice_answers_account_id_module", "account_id", "module"),)


class ReviewCard(Model):
    """Where a question of a practice bank stands for one person (`spacing.py`): one row, moved by each answer."""

    __tablename__ = "review_cards"
    __keeping__ = Keeping(
        purpose="Schedules the review of what was learnt, at longer intervals each time it is known.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"module": PLAIN, "question": PLAIN, "version": PLAIN},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str | None] = mapped_column(
        String(64)
    )  # of the question (`plain.version`); None: before it was kept
    box: Mapped[int]
    asked_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint(f"box BETWEEN 1 AND {spacing.LAST}", name="box"),
        CheckConstraint("due_on > asked_on", name="due_later"),
    )


class ReviewReminder(Model):
    """Who chose to be reminded of the review by mail, how often, and when they last were; no row: not at all."""

    __tablename__ = "review_reminders"
    __keeping__ = Keeping(
        purpose="Reminds of the review by email, as somebody chose.",
        kept="Until it is turned off or the account is erased.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    rhythm: Mapped[str] = mapped_column(*one_of(Rhythm, "rhythm"))
    told_on: Mapped[date | None] = mapped_column(Date)  # the day for which a mail was recorded
    mailed_on: Mapped[date | None] = mapped_column(Date)  # the last of them that left
    unheeded: Mapped[int] = mapped_column(default=0)  # mails since they last answered a question
