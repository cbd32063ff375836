"""Tables of what lets a company answer by a signed webhook: its secrets, and the messages that it has sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Model, Time
from server.core.keeping import NO_END, PLAIN, SECRET, Erasure, Export, Keeping


class AnswerSecret(Model):
    """A secret that a company signs its answers with; a row each while it counts, two while one is rotated."""

    __tablename__ = "answer_secrets"
    __keeping__ = Keeping(
        purpose="Proves that an answer sent by webhook is the company's.",
        kept="Until the company retires it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "fingerprint": PLAIN, "sealed": SECRET},
    )
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(8), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)  # encrypted: whoever has it answers for the company
    since: Mapped[datetime] = mapped_column(Time)


class AnswerMessage(Model):
    """A message of a company's with answers, by its `webhook-id`: sent again, it gets the same results."""

    __tablename__ = "answer_messages"
    __keeping__ = Keeping(
        purpose="Answers a webhook message that is sent again as the first time, and records nothing twice.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "webhook_id": PLAIN, "sha256": PLAIN, "results": PLAIN},
    )
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))  # of its body
    at: Mapped[datetime] = mapped_column(Time)  # when it first came
    busy_until: Mapped[datetime | None] = mapped_column(Time)  # while a request records its answers
    # What became of each answer, as the API says it; None: not finished.
    results: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("ix_answer_messages_at", "company_id", "at"),)
