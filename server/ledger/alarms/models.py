"""Tables of alarms: a surge of reports on one seller, and the reports of its new accounts."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, ANOTHER, NO_END, PLAIN, WITHHELD, WORDS, Erasure, Export, Keeping
from server.core.words import AlarmState


class Alarm(Model):
    """Many new accounts reported one seller at once. One is open for a seller at a time."""

    __tablename__ = "alarms"
    __keeping__ = Keeping(
        purpose="Asks a coordinator whether reports on a seller come from a ring, and keeps what they did about it.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"target": ABOUT, "signs": PLAIN, "closed_by": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    target: Mapped[str] = mapped_column(String(64))  # whom it is about: a keyed hash of the seller, else the case's id
    signs: Mapped[list[str]] = mapped_column(JSON)  # of surge.Sign, when it was raised
    reports: Mapped[int]  # by new accounts, when it was raised
    accounts: Mapped[int]  # everybody who had reported the seller then
    new_accounts: Mapped[int]
    state: Mapped[str] = mapped_column(*one_of(AlarmState, "state"))
    raised_at: Mapped[datetime] = mapped_column(Time)
    closed_at: Mapped[datetime | None] = mapped_column(Time)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        Index(
            "uq_alarms_open", "target", unique=True,
            sqlite_where=state == AlarmState.OPEN.value, postgresql_where=state == AlarmState.OPEN.value,
        ),
        Index("ix_alarms_state", "state", "id"),
    )  # fmt: skip


class AlarmReport(Model):
    """A report by a new account that an alarm is about, or one that was set aside with them."""

    __tablename__ = "alarm_reports"
    __keeping__ = Keeping(
        purpose="The reports that an alarm is about, and those that were set aside.",
        kept=NO_END,
        whose="report_id",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"alarm_id": WITHHELD, "case_id": WITHHELD},
    )
    alarm_id: Mapped[str] = mapped_column(ForeignKey("alarms.id"), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), primary_key=True, index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    about: Mapped[bool]  # the alarm is about it; False: by one of the same accounts, about somebody else
    set_aside_at: Mapped[datetime | None] = mapped_column(Time)
