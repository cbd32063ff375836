"""Tables of notices, answers, replies and stops. How a notice travels stands in `delivery`."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, String, Text, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, AS_IT_WAS, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import Answer, Basis, CheckState, Sender, Via, WithdrawnWhy

OUR_TURN = text("our_turn_since IS NOT NULL")
# What `store.AWAITED` says, for those who are late, and for those who have had no reminder yet.
_AWAITED = "decided_at IS NULL AND our_turn_since IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL"
AWAITED = text(_AWAITED)
UNPLANNED = text(f"asked_early_at IS NULL AND {_AWAITED}")
UNREMINDED = text(f"reminded_at IS NULL AND {_AWAITED}")

REVIEWED = text("reviewed_at IS NOT NULL")
STANDING = text("ended_at IS NULL")


class Notice(Model):
    """One notice. `document` never changes; one notice stands for a case at a time."""

    __tablename__ = "notices"
    __keeping__ = Keeping(
        purpose="What a company was told about a listing, word for word.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="A notice that was sent is never changed.",
        fields={
            "reference": PLAIN,
            "case_id": PLAIN,
            "company_id": PLAIN,
            "spoc_id": PLAIN,
            "document": AS_IT_WAS,
            "searched": AS_IT_WAS,
            "platform_id": PLAIN,
        },
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    spoc_id: Mapped[str | None] = mapped_column(ForeignKey("spocs.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    searched: Mapped[str] = mapped_column(Text)  # what a search looks in, as `store.searched` has it
    basis: Mapped[str] = mapped_column(*one_of(Basis, "basis"))
    created_at: Mapped[datetime] = mapped_column(Time)
    answer_by: Mapped[datetime] = mapped_column(Time)
    answer: Mapped[str | None] = mapped_column(*one_of(Answer, "answer"))  # the newest; all stand in `answers`
    answered_at: Mapped[datetime | None] = mapped_column(Time)
    our_turn_since: Mapped[datetime | None] = mapped_column(Time)  # the company has written, and nobody has replied yet
    asked_early_at: Mapped[datetime | None] = mapped_column(
        Time
    )  # its reminder before `answer_by` was planned, if any is due
    reminded_at: Mapped[datetime | None] = mapped_column(Time)  # no answer in time: what follows was asked for
    withdrawn_at: Mapped[datetime | None] = mapped_column(Time)
    withdrawn_why: Mapped[str | None] = mapped_column(*one_of(WithdrawnWhy, "withdrawn_why"))
    replaced_at: Mapped[datetime | None] = mapped_column(Time)  # a later notice stands for the case
    # What became of it, for figures: worked out of answers, checks and reports as they come, see `core/outcome.py`.
    platform_id: Mapped[str | None] = mapped_column(ForeignKey("platforms.id"))  # as in the document
    # The first answer that decides; none while a question stands.
    decided_at: Mapped[datetime | None] = mapped_column(Time)
    removed_at: Mapped[datetime | None] = mapped_column(Time)  # the first that says it was removed
    gone_at: Mapped[datetime | None] = mapped_column(Time)  # its listing was first said or found to be gone
    found: Mapped[str | None] = mapped_column(*one_of(CheckState, "found"))  # by the newest settled check
    relisted_at: Mapped[datetime | None] = mapped_column(Time)  # its listing was first there again after it was gone
    # Since when the company's review says of it what it says now (`outcome.review`); None: it says nothing.
    reviewed_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (
        Index(
            "uq_notices_standing_case",
            "case_id",
            unique=True,
            sqlite_where=withdrawn_at.is_(None) & replaced_at.is_(None),
            postgresql_where=withdrawn_at.is_(None) & replaced_at.is_(None),
        ),
        Index(  # holds all that a search reads, so that no document is read
            "ix_notices_inbox", "company_id", "answer_by", "id", "withdrawn_at", "replaced_at", "answer", "searched",
        ),
        Index("ix_notices_counted", "company_id", "withdrawn_at", "replaced_at", "answer"),  # holds all that is counted
        Index(  # holds all that figures of a span of days count, so that no document is read
            "ix_notices_sent", "created_at", "company_id", "platform_id", "answer", "found", "withdrawn_at", "replaced_at",
            "decided_at", "removed_at", "relisted_at", "withdrawn_why", "id",
        ),
        Index("ix_notices_overdue", "answer_by", "company_id", "id", sqlite_where=AWAITED, postgresql_where=AWAITED),
        Index("ix_notices_unplanned", "answer_by", sqlite_where=UNPLANNED, postgresql_where=UNPLANNED),
        Index("ix_notices_unreminded", "answer_by", sqlite_where=UNREMINDED, postgresql_where=UNREMINDED),
        Index(  # holds all that the gauge counts
            "ix_notices_reviewed", "company_id", "basis", "reviewed_at", "answer", "replaced_at",
            sqlite_where=REVIEWED, postgresql_where=REVIEWED,
        ),
        Index("ix_notices_our_turn", "our_turn_since", sqlite_where=OUR_TURN, postgresql_where=OUR_TURN),
    )  # fmt: skip


class NoticeGroup(Model):
    """A group of species that a notice is about, of the taxa its coordinator confirmed; none: no taxon is named in it."""

    __tablename__ = "notice_groups"
    __keeping__ = Keeping(
        purpose="Counts notices by the species groups they are about.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"notice_id": PLAIN, "taxon_group": PLAIN},
    )
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    taxon_group: Mapped[str] = mapped_column(String(16), primary_key=True)  # of species/entries.py, Group


class GivenAnswer(Model):
    """What a company answered. The newest counts, the earlier ones stay."""

    __tablename__ = "answers"
    __keeping__ = Keeping(
        purpose="What a company answered to a notice, and who wrote it down.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "notice_id": PLAIN,
            "reason": WORDS,
            "url": WORDS,
            "actions": PLAIN,
            "company_reference": WORDS,
            "redress_url": WORDS,
            "statement_id": WORDS,
            "account_id": ANOTHER,
        },
    )
    id: Mapped[Id]
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    answer: Mapped[str] = mapped_column(*one_of(Answer, "answer"))
    reason: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    actions: Mapped[list[str]] = mapped_column(JSON)
    ground: Mapped[str | None] = mapped_column(*one_of(Basis, "ground"))
    company_reference: Mapped[str | None] = mapped_column(Text, index=True)
    automated: Mapped[bool | None] = mapped_column(Boolean)
    redress_url: Mapped[str | None] = mapped_column(Text)
    statement_id: Mapped[str | None] = mapped_column(Text)  # of its statement of reasons: `puid`, or the EU's `uuid`
    via: Mapped[str] = mapped_column(*one_of(Via, "via"))
    account_id: Mapped[str | None] = mapped_column(
        ForeignKey("accounts.id")
    )  # who wrote it down; None: by link or webhook
    at: Mapped[datetime] = mapped_column(Time)
    # When the company said it last, also word for word again. By webhook: when the message that says it first came.
    said_at: Mapped[datetime] = mapped_column(Time)


class PendingAnswer(Model):
    """An answer that a company gave in the portal, by itself or with others. It does not count yet: whoever deletes this row, worker or undo, has
    decided whether it will.
    """

    __tablename__ = "pending_answers"
    __keeping__ = Keeping(
        purpose="Lets a company take back what it answered in the portal, before anybody is told.",
        kept="Until the answer counts or is taken back: minutes later.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "notice_id": PLAIN,
            "company_id": PLAIN,
            "batch_id": PLAIN,
            "stated": WORDS,
            "account_id": ANOTHER,
        },
    )
    id: Mapped[Id]
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), unique=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    batch_id: Mapped[str] = mapped_column(String(32))  # what was answered at once, and is taken back at once
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    stated: Mapped[dict[str, Any]] = mapped_column(JSON)  # as `answer_store.add_answer` takes them
    at: Mapped[datetime] = mapped_column(Time)  # when it was given
    due_at: Mapped[datetime] = mapped_column(Time)  # then it counts

    __table_args__ = (Index("ix_pending_answers_batch", "company_id", "batch_id"),)


class NoticeReply(Model):
    """What a coordinator or the company writes in a notice's thread, beside its answers."""

    __tablename__ = "notice_replies"
    __keeping__ = Keeping(
        purpose="What a coordinator and a company write to each other about a notice, beside the company's answers.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="Stays with its notice. A coordinator's reply was sent and names nobody; no company sees who wrote it.",
        fields={"notice_id": PLAIN, "text": WORDS, "account_id": ANOTHER, "message_id": PLAIN, "mail_id": PLAIN},
    )
    id: Mapped[Id]
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    sender: Mapped[str] = mapped_column(*one_of(Sender, "sender"))
    text: Mapped[str] = mapped_column(Text)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: it came by mail
    mail_id: Mapped[str | None] = mapped_column(ForeignKey("inbound_mails.id"), unique=True)  # that mail
    proven: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    """Whether it is known to be the company's. By mail: it came to an address that only they have, or a coordinator says so."""
    withheld: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=false()
    )  # names somebody of the programme
    message_id: Mapped[str | None] = mapped_column(
        ForeignKey("messages.id"), unique=True
    )  # what brings it to the company
    at: Mapped[datetime] = mapped_column(Time)


class NoticeStop(Model):
    """That further notices to a company on one basis are held; ended by the coordinator who looked. One stands at a time."""

    __tablename__ = "notice_stops"
    __keeping__ = Keeping(
        purpose="Holds further notices to a company that found too many inaccurate or insufficient, until a coordinator looks.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "ended_by_id": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    basis: Mapped[str] = mapped_column(*one_of(Basis, "basis"))
    at: Mapped[datetime] = mapped_column(Time)
    reviewed: Mapped[int]  # notices that the gauge counted then
    wrong: Mapped[int]  # of them, inaccurate or insufficient
    ended_at: Mapped[datetime | None] = mapped_column(Time)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str | None] = mapped_column(Text)  # what they found, in their own words

    __table_args__ = (
        Index(
            "uq_notice_stops_standing", "company_id", "basis", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
        Index("ix_notice_stops_company_id", "company_id", "basis", "ended_at"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_id"),
        CheckConstraint("(ended_at IS NULL) = (why IS NULL)", name="why"),
    )  # fmt: skip
