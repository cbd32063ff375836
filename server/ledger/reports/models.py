"""Tables of reports: the statement, its idempotency key, its evidence, and the feedback to its spotter."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import (
    ABOUT,
    AD,
    ANOTHER,
    AS_IT_WAS,
    NO_END,
    PLAIN,
    SECRET,
    WITH_ACCOUNT,
    WITHHELD,
    WORDS,
    Erasure,
    Export,
    Keeping,
)
from server.core.words import Access, Answer, Category, Confidence, FeedbackCode, Legality, Status, Unreadable
from server.ledger.reports import feedback_words

ASKED = sql("status = 'needs_info'")
STANDING = sql("set_aside_at IS NULL AND status <> 'retracted'")
REMOVED = sql("status = 'removed'")


class Report(Model):
    """One spotter's statement about one listing. What it states never changes; `status` is what its spotter sees."""

    __tablename__ = "reports"
    __keeping__ = Keeping(
        purpose="What a spotter stated about a listing: evidence of its case, and the basis of the figures.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        fields={
            "reference": PLAIN,
            "case_id": WITHHELD,
            "case_version": WITHHELD,
            "notice_id": WITHHELD,
            "url": AD,
            "species": WORDS,
            "taxon_id": PLAIN,
            "reason": WORDS,
            "title": AD,
            "listing": AD,
            "client": ABOUT.erased_to({}),
            "level": PLAIN,
            "set_aside_at": WITHHELD,
        },
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(16))  # made of the id, which is unique
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    case_version: Mapped[int | None] = (
        mapped_column()
    )  # the case's version with this report; None: from before it was kept
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))  # once it joined one
    url: Mapped[str] = mapped_column(Text)  # as seen
    captured_at: Mapped[datetime] = mapped_column(Time)  # the device's clock, which proves nothing
    access: Mapped[str | None] = mapped_column(*one_of(Access, "access"))
    category: Mapped[str] = mapped_column(*one_of(Category, "category"))
    species: Mapped[str | None] = mapped_column(Text)  # in the spotter's words
    taxon_id: Mapped[str | None] = mapped_column(String(64))
    legality_evidence: Mapped[str | None] = mapped_column(*one_of(Legality, "legality_evidence"))
    confidence: Mapped[str | None] = mapped_column(*one_of(Confidence, "confidence"))
    reason: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    listing: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the page said, as sent
    client: Mapped[dict[str, Any]] = mapped_column(JSON)
    level: Mapped[str] = mapped_column(String(16))  # the spotter's level when it came
    status: Mapped[str] = mapped_column(*one_of(Status, "status"))
    outcome: Mapped[str | None] = mapped_column(*one_of(Answer, "outcome"))
    received_at: Mapped[datetime] = mapped_column(Time)
    updated_at: Mapped[datetime] = mapped_column(Time)
    looked_at: Mapped[datetime | None] = mapped_column(Time)  # when a coordinator first looked since it came
    set_aside_at: Mapped[datetime | None] = mapped_column(Time)  # by whoever found a ring: no decision is about it

    __table_args__ = (
        Index("ix_reports_own", "account_id", "id"),
        Index("ix_reports_asked", "account_id", sqlite_where=ASKED, postgresql_where=ASKED),
        Index("ix_reports_reference", "reference"),
        Index("ix_reports_of_case", "case_id", "account_id"),
        Index("ix_reports_standing", "case_id", "received_at", sqlite_where=STANDING, postgresql_where=STANDING),
        Index("ix_reports_removed", "account_id", "case_id", "outcome", sqlite_where=REMOVED, postgresql_where=REMOVED),
        Index(
            "ix_reports_notice",
            "notice_id",
            sqlite_where=notice_id.is_not(None),
            postgresql_where=notice_id.is_not(None),
        ),
    )


class IdempotencyKey(Model):
    """A key and the answer first given for it, written with the report itself. Kept 30 days."""

    __tablename__ = "idempotency_keys"
    __keeping__ = Keeping(
        purpose="Gives a report that is sent twice the same answer.",
        kept="30 days.",
        job="forget_keys",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"key": SECRET, "content": PLAIN, "answer": PLAIN},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(String(64))  # hash of the parsed report and of each part
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Time)


class Evidence(Model):
    """One file of a report. The original is sealed; people see the worker's copies."""

    __tablename__ = "evidence"
    __keeping__ = Keeping(
        purpose="Shows what the page looked like when it was reported.",
        kept=NO_END,
        whose="report_id",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="The files are not changed.",
        fields={
            "name": PLAIN,
            "sha256": AS_IT_WAS,
            "media_type": PLAIN,
            "copy_sha256": AS_IT_WAS,
            "blurred_sha256": AS_IT_WAS,
            "unreadable": PLAIN,
            "clean_by": ANOTHER,
        },
    )
    id: Mapped[Id]
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"))
    name: Mapped[str] = mapped_column(String(32))  # a part's: screenshot, full_page, page, photo_1 …
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    copy_sha256: Mapped[str | None] = mapped_column(String(64))  # re-encoded by the worker
    blurred_sha256: Mapped[str | None] = mapped_column(String(64))  # tiny and blurred, shown first
    unreadable: Mapped[str | None] = mapped_column(*one_of(Unreadable, "unreadable"))  # why no copy could be made
    clean_at: Mapped[datetime | None] = mapped_column(Time)  # shows no volunteer and no third person
    clean_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (UniqueConstraint("report_id", "name"),)


IN_OWN_WORDS = ", ".join(f"'{code.value}'" for code in feedback_words.IN_OWN_WORDS)


class Feedback(Model):
    """One thing the spotter was told about a report, or answered: a code, worded by `feedback_words` where it is shown."""

    __tablename__ = "feedback"
    __keeping__ = Keeping(
        purpose="Tells a spotter what became of a report, and keeps what they answered.",
        kept=NO_END,
        whose="report_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        mailed=True,
        fields={
            "speaker": PLAIN,
            "params": PLAIN,
            "text": WORDS,
            "lesson": PLAIN,
            "week_mail_id": PLAIN.erased_to(None),
        },
    )
    id: Mapped[Id]
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), index=True)
    at: Mapped[datetime] = mapped_column(Time)
    status: Mapped[str] = mapped_column(*one_of(Status, "status"))
    speaker: Mapped[str] = mapped_column(Text)  # "spotter", "coordinator", or a company's name
    code: Mapped[str] = mapped_column(*one_of(FeedbackCode, "code"))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    text: Mapped[str | None] = mapped_column(Text)  # a person's own words
    lesson: Mapped[str | None] = mapped_column(String(129))  # module/section that speaks of it
    own_mail_at: Mapped[datetime | None] = mapped_column(
        Time
    )  # when a mail of its own was taken up: counted, sent or not
    mailed_at: Mapped[datetime | None] = mapped_column(Time)
    week_mail_id: Mapped[str | None] = mapped_column(
        ForeignKey("week_mails.id")
    )  # the mail of several that tells of it

    __table_args__ = (
        CheckConstraint(f"text IS NOT NULL OR code NOT IN ({IN_OWN_WORDS})", name="own_words"),
        Index(
            "ix_feedback_own_mail_at",
            "own_mail_at",
            sqlite_where=own_mail_at.is_not(None),
            postgresql_where=own_mail_at.is_not(None),
        ),
        Index(
            "ix_feedback_week_mail_id",
            "week_mail_id",
            sqlite_where=week_mail_id.is_not(None),
            postgresql_where=week_mail_id.is_not(None),
        ),
    )


class WeekMail(Model):
    """One mail to one person about several reports. It is open until it is queued: what is said meanwhile joins it, once.

    Weekly where the person chose so; else what was too much for mails of its own, told the next day.
    """

    __tablename__ = "week_mails"
    __keeping__ = Keeping(
        purpose="Collects what an email about several reports says, and makes sure that it is emailed only once.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        mailed=True,
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    due_on: Mapped[date] = mapped_column(Date)
    queued_at: Mapped[datetime | None] = mapped_column(Time)
    mailed_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (
        Index("ix_week_mails_account_id", "account_id"),
        Index(
            "uq_week_mails_open",  # one open mail a person
            "account_id",
            unique=True,
            sqlite_where=queued_at.is_(None),
            postgresql_where=queued_at.is_(None),
        ),
        CheckConstraint("mailed_at IS NULL OR queued_at IS NOT NULL", name="queued_first"),
    )
