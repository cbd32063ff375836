"""Tables of returned mail, and of how far each mailbox was read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, ERROR, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.mail_kinds import MailKind
from server.ledger.inbound.kinds import BounceScope

KEPT_DAYS = 90  # for the text of an email that is in no thread and waits for nobody


class MailState(StrEnum):
    """Whether somebody has still to look at it."""

    FILED = "filed"
    WAITING = "waiting"  # a coordinator says where it belongs
    DROPPED = "dropped"


WAITS = text("state = 'waiting'")


class InboundMail(Model):
    """A mail that came back. Its row stays, so that it is never read a second time."""

    __tablename__ = "inbound_mails"
    __keeping__ = Keeping(
        purpose="What came back by email: bounces, complaints, automatic replies, people's replies.",
        kept=f"What it says: as long as the notice if it is a reply in its thread, and until a coordinator has looked at it; "
        f"otherwise {KEPT_DAYS} days. That it came: until somebody deletes it by hand.",
        job="forget_mail",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="No company sees it; what somebody wrote stands in the notice's thread.",
        fields={
            "digest": PLAIN, "stated_id": ERROR, "notice_id": PLAIN, "message_id": PLAIN, "sender": ERROR, "subject": WORDS,
            "text": WORDS, "whole": WORDS, "attachments": WORDS, "recipient": ERROR, "said": ERROR, "handled_by": ANOTHER,
            "status": PLAIN,
        },
    )  # fmt: skip
    id: Mapped[Id]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    stated_id: Mapped[str] = mapped_column(Text)  # its Message-ID, or empty
    received_at: Mapped[datetime] = mapped_column(Time)
    kind: Mapped[str] = mapped_column(*one_of(MailKind, "kind"))
    refusal: Mapped[str | None] = mapped_column(*one_of(BounceScope, "refusal"))
    state: Mapped[str] = mapped_column(*one_of(MailState, "state"))
    notice_id: Mapped[str | None] = mapped_column(
        ForeignKey("notices.id"), index=True
    )  # that it is about, as far as known
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"))  # of ours, that it answers or returns
    proven: Mapped[bool] = mapped_column(Boolean)  # it came to an address that we made for that message
    sender: Mapped[str] = mapped_column(Text)  # as it says
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)  # without what it quotes
    whole: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]] = mapped_column(JSON)  # of each its name, its kind, its size
    size: Mapped[int] = mapped_column(Integer)  # bytes
    cut: Mapped[bool] = mapped_column(Boolean)  # only its beginning was read
    recipient: Mapped[str] = mapped_column(Text)  # of a bounce: who refused
    status: Mapped[str] = mapped_column(String(16))
    said: Mapped[str] = mapped_column(Text)  # what the mail server said
    handled_by: Mapped[str | None] = mapped_column(
        ForeignKey("accounts.id")
    )  # the coordinator who said where it belongs
    handled_at: Mapped[datetime | None] = mapped_column(Time)
    forgotten_at: Mapped[datetime | None] = mapped_column(Time)  # what it says is deleted

    __table_args__ = (
        Index("ix_inbound_mails_waiting", "received_at", sqlite_where=WAITS, postgresql_where=WAITS),
        Index("ix_inbound_mails_received_at", "received_at"),
    )


class MailboxCursor(Model):
    """How far a mailbox was read. Moved in the transaction that keeps the mail, so that none is lost or read twice."""

    __tablename__ = "mailbox_cursors"
    __keeping__ = Keeping(
        purpose="How far the mailbox was read.",
        kept="One row per mailbox, which is overwritten.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"mailbox": PLAIN, "validity": PLAIN},
    )
    mailbox: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of its address, without the password
    validity: Mapped[str] = mapped_column(String(32))  # of its numbers (RFC 3501, UIDVALIDITY)
    last: Mapped[int] = mapped_column(BigInteger)  # the number of the last mail that was kept
