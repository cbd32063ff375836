"""Tables of messages, the notices that each carries, and every attempt to send one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import CONTACT, ERROR, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.ledger.delivery.channel import Failure


class AttemptOutcome(StrEnum):
    """How one attempt ended."""

    SENT = "sent"
    RETRY = "retry"  # it failed and will be tried again
    PERMANENT_FAILURE = "permanent_failure"  # it fails however often it is tried


NOT_DELIVERED = text("state <> 'delivered'")


class Message(Model):
    """What is sent to one address. Its words are made from the notices it carries, at each attempt."""

    __tablename__ = "messages"
    __keeping__ = Keeping(
        purpose="What is sent about notices to one address.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"address": CONTACT, "stable_id": PLAIN, "last_error": ERROR, "receipt": WORDS},
    )
    id: Mapped[Id]
    event: Mapped[str] = mapped_column(*one_of(Event, "event"))
    channel: Mapped[str] = mapped_column(*one_of(Channel, "channel"))
    address: Mapped[str] = mapped_column(Text)  # a mail address, a web address, or empty
    stable_id: Mapped[str] = mapped_column(String(200), unique=True)  # the Message-ID of each attempt
    state: Mapped[str] = mapped_column(*one_of(DeliveryState, "state"))
    delivered_at: Mapped[datetime | None] = mapped_column(Time)
    failed_at: Mapped[datetime | None] = mapped_column(Time)
    last_error: Mapped[str | None] = mapped_column(Text)
    stated_at: Mapped[datetime | None] = mapped_column(Time)  # when a coordinator says that they sent the form
    receipt: Mapped[str | None] = mapped_column(Text)  # the company's number of what came by its form

    __table_args__ = (
        Index("ix_messages_delivered", "address", "delivered_at"),
        Index("ix_messages_waiting", "event", sqlite_where=NOT_DELIVERED, postgresql_where=NOT_DELIVERED),
    )


class MessageNotice(Model):
    """A message carries one notice or many; a notice is carried by one message for each event, but for replies."""

    __tablename__ = "message_notices"
    __keeping__ = Keeping(
        purpose="Says which notices a message carries.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"message_id": PLAIN, "notice_id": PLAIN, "reminder": PLAIN},
    )
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    # The message's event, if it is that of a reminder; none once its company has a new time to answer.
    reminder: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (
        CheckConstraint(f"reminder IN ({', '.join(repr(event.value) for event in REMINDERS)})", name="reminder"),
        Index("uq_message_notices_notice_id_reminder", "notice_id", "reminder", unique=True),  # each reminder once
    )


class InboxAlert(Model):
    """When a company's people were last told by mail that notices wait in the portal."""

    __tablename__ = "inbox_alerts"
    __keeping__ = Keeping(
        purpose="Limits how often people are emailed about their company's inbox.",
        kept="One row per company, which is overwritten.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN},
    )
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Time)


class RunKind(StrEnum):
    """What a company's manager asks of their webhook."""

    TEST = "test"  # a signed event that is no notice
    REPLAY = "replay"  # what was delivered in a span of time, once more


class WebhookRun(Model):
    """What was last asked of a webhook, and how it went."""

    __tablename__ = "webhook_runs"
    __keeping__ = Keeping(
        purpose="Shows a company how the test of its webhook ended, and how far a repeat of deliveries has got.",
        kept="One row per SPOC and kind, which is overwritten.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"spoc_id": PLAIN, "run_id": PLAIN, "params": PLAIN, "cursor": PLAIN},
    )
    spoc_id: Mapped[str] = mapped_column(ForeignKey("spocs.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(*one_of(RunKind, "kind"), primary_key=True)
    run_id: Mapped[str] = mapped_column(String(32), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Time)
    finished_at: Mapped[datetime | None] = mapped_column(Time)
    failure: Mapped[str | None] = mapped_column(*one_of(Failure, "failure"))  # why it ended before its end
    params: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    since: Mapped[datetime | None] = mapped_column(Time)  # of a replay: messages made from then
    until: Mapped[datetime | None] = mapped_column(Time)  # up to and without then
    cursor: Mapped[str] = mapped_column(String(32), default="")  # the id of the message that was last dealt with
    sent: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)  # withdrawn or replaced since, or held


class MessageAttempt(Model):
    """One attempt. Its row is kept before it is made: one without an end was interrupted, and may have arrived."""

    __tablename__ = "message_attempts"
    __keeping__ = Keeping(
        purpose="Proves when a message was sent, and how that ended.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"message_id": PLAIN, "leased_by": PLAIN, "params": PLAIN, "answer": ERROR},
    )
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    started_at: Mapped[datetime] = mapped_column(Time)
    leased_by: Mapped[str | None] = mapped_column(String(32))  # the name of the lease of the work that makes it
    finished_at: Mapped[datetime | None] = mapped_column(Time)
    outcome: Mapped[str | None] = mapped_column(*one_of(AttemptOutcome, "outcome"))
    failure: Mapped[str | None] = mapped_column(*one_of(Failure, "failure"))  # why it did not deliver
    params: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    answer: Mapped[str | None] = mapped_column(Text)  # what the other side answered, as it did
