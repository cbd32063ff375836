"""The table of complaints. What the complainant wrote has an end; number, outcome and dates stay for the figures."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, CONTACT, PLAIN, WORDS, Erasure, Export, Keeping
from server.ledger.complaints.states import KEPT, SENT_AGAIN, ClosedWhy, ComplaintOutcome, ComplaintState, Correction

OPEN, REMEMBERED = sql("state = 'open'"), sql("forgotten_at IS NULL")


class Complaint(Model):
    """Somebody a report is about objects. `state` moves by `store.answer` and `store.close` alone."""

    __tablename__ = "complaints"
    __keeping__ = Keeping(
        purpose="Lets a person object to a report about them, and be answered by somebody who did not decide.",
        kept=f"What they wrote, their address and our answer: until {KEPT.days} days after it was answered or closed, or "
        "until they ask for deletion. Number, case, outcome and dates: permanently.",
        job="forget_complaints",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="A complaint from the same address is separate: the page of the complaint has a copy for the "
        "complainant, and deletes what they wrote.",
        fields={
            "reference": PLAIN, "about": WORDS, "text": WORDS, "email": CONTACT, "language": PLAIN, "case_id": PLAIN,
            "worker_id": ANOTHER, "settled_by_id": ANOTHER, "written_by_id": ANOTHER, "answer": WORDS, "words": WORDS, "notice_id": PLAIN,
        },
    )  # fmt: skip
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    about: Mapped[str] = mapped_column(Text)  # the listing's address or the notice's reference
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(8))  # of the page they complained on, and of our mails to them
    at: Mapped[datetime] = mapped_column(Time)
    written_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who wrote it down; None: themself
    state: Mapped[str] = mapped_column(*one_of(ComplaintState, "state"), default=ComplaintState.OPEN.value)
    due_at: Mapped[datetime] = mapped_column(Time)  # to be answered by then
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    worker_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who works on it
    acknowledged_at: Mapped[datetime | None] = mapped_column(Time, index=True)  # the mail that confirms it was taken up
    outcome: Mapped[str | None] = mapped_column(*one_of(ComplaintOutcome, "outcome"))
    answer: Mapped[str] = mapped_column(Text, default="")  # to the complainant
    correction: Mapped[str | None] = mapped_column(*one_of(Correction, "correction"))
    words: Mapped[str] = mapped_column(Text, default="")  # of the correction: to the spotters, or to the company
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))  # that was corrected
    closed_why: Mapped[str | None] = mapped_column(*one_of(ClosedWhy, "closed_why"))
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who answered or closed it
    settled_at: Mapped[datetime | None] = mapped_column(Time)
    mailed_at: Mapped[datetime | None] = mapped_column(Time)  # the answer has left
    failed_at: Mapped[datetime | None] = mapped_column(Time)  # the answer could not be delivered
    sent_again: Mapped[int] = mapped_column(default=0, server_default="0")  # how often, since it could not be delivered
    forgotten_at: Mapped[datetime | None] = mapped_column(Time)  # what they wrote is deleted

    __table_args__ = (
        CheckConstraint("(state = 'answered') = (outcome IS NOT NULL)", name="answered"),
        CheckConstraint("(state = 'answered') = (correction IS NOT NULL)", name="corrected"),
        CheckConstraint("(state = 'closed') = (closed_why IS NOT NULL)", name="closed"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_at"),
        CheckConstraint("(state = 'open') = (settled_by_id IS NULL)", name="settled_by"),
        CheckConstraint("(correction IN ('withdraw', 'write')) = (notice_id IS NOT NULL) OR correction IS NULL", name="notice"),
        CheckConstraint("outcome = 'not_ours' OR outcome IS NULL OR case_id IS NOT NULL", name="case"),
        CheckConstraint(f"sent_again BETWEEN 0 AND {SENT_AGAIN}", name="sent_again"),
        Index("ix_complaints_open", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_complaints_state", "state", "id"),
        Index("ix_complaints_kept", "settled_at", sqlite_where=REMEMBERED, postgresql_where=REMEMBERED),
    )  # fmt: skip
