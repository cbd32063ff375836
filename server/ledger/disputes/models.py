"""The table of disputes: what we wrote, until when it can be sent, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.outcome import Shortfall
from server.core.words import Via
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.states import DisputeOutcome, DisputeState, Ending

OPEN, STANDING = sql("state = 'open'"), sql("state <> 'closed'")


class Dispute(Model):
    """One answer of a company that we contest. `state` moves by `store.move` alone; of a notice one stands at a time."""

    __tablename__ = "disputes"
    __keeping__ = Keeping(
        purpose="Contests a company's answer to a notice, in its own complaint system and before a settlement body.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="Sent in the name of the organisation: no company sees who wrote it, and it names nobody.",
        fields={
            "reference": PLAIN, "notice_id": PLAIN, "answer_id": PLAIN, "text": WORDS, "begun_by_id": ANOTHER,
            "sent_by_id": ANOTHER, "receipt": WORDS, "body": WORDS, "closed_by_id": ANOTHER,
        },
    )  # fmt: skip
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id"))  # that is disputed
    shortfall: Mapped[str] = mapped_column(*one_of(Shortfall, "shortfall"))
    text: Mapped[str] = mapped_column(Text)  # why the answer is wrong, as the company reads it
    terms: Mapped[str] = mapped_column(*one_of(Terms, "terms"))
    told_on: Mapped[date] = mapped_column(Date)  # when the company told us
    due_at: Mapped[datetime | None] = mapped_column(Time)  # the last second in which it can be sent; None: not known
    state: Mapped[str] = mapped_column(*one_of(DisputeState, "state"))
    begun_at: Mapped[datetime] = mapped_column(Time)
    begun_by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    sent_on: Mapped[date | None] = mapped_column(Date)
    sent_via: Mapped[str | None] = mapped_column(*one_of(Via, "sent_via"))
    sent_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    receipt: Mapped[str] = mapped_column(Text, default="")  # their number of it
    outcome: Mapped[str | None] = mapped_column(*one_of(DisputeOutcome, "outcome"))
    heard_on: Mapped[date | None] = mapped_column(Date)  # the outcome; of `no_answer`, when we no longer waited
    body: Mapped[str | None] = mapped_column(Text)  # the dispute settlement body that has it
    body_on: Mapped[date | None] = mapped_column(Date)
    ending: Mapped[str | None] = mapped_column(*one_of(Ending, "ending"))
    closed_at: Mapped[datetime | None] = mapped_column(Time)
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))

    __table_args__ = (
        CheckConstraint("(terms = 'dsa') = (due_at IS NOT NULL)", name="due_at"),
        CheckConstraint("state <> 'open' OR sent_on IS NULL", name="open"),
        CheckConstraint("state IN ('open', 'closed') OR sent_on IS NOT NULL", name="sent"),
        CheckConstraint("(sent_on IS NULL) = (sent_via IS NULL)", name="sent_how"),
        CheckConstraint("(sent_on IS NULL) = (sent_by_id IS NULL)", name="sent_by"),
        CheckConstraint("(outcome IS NULL) = (heard_on IS NULL)", name="heard_on"),
        CheckConstraint("outcome IS NULL OR (sent_on IS NOT NULL AND state NOT IN ('open', 'sent'))", name="heard"),
        CheckConstraint(
            "state NOT IN ('upheld', 'rejected', 'no_answer') OR (outcome IS NOT NULL AND outcome = state)", name="outcome_state"
        ),
        CheckConstraint("(body IS NULL) = (body_on IS NULL)", name="body_on"),
        CheckConstraint("state <> 'settlement' OR body IS NOT NULL", name="settlement"),
        CheckConstraint(
            "body IS NULL OR (state IN ('settlement', 'closed') AND outcome IS NOT NULL AND outcome <> 'upheld')", name="body"
        ),
        CheckConstraint("(state = 'closed') = (ending IS NOT NULL)", name="closed"),
        CheckConstraint("(ending IS NULL) = (closed_at IS NULL)", name="closed_at"),
        CheckConstraint("(ending IS NULL) = (closed_by_id IS NULL)", name="closed_by"),
        CheckConstraint("ending IS NULL OR ending NOT IN ('found_for', 'found_against') OR body IS NOT NULL", name="found"),
        CheckConstraint("told_on <= sent_on AND sent_on <= heard_on AND heard_on <= body_on", name="order"),
        Index("uq_disputes_standing", "notice_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
        Index("ix_disputes_open", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_disputes_state", "state", "id"),
    )  # fmt: skip
