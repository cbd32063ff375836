"""Answers that do not count yet: given in the portal, to one notice or many, they can be taken back until they do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from server.core.database import changed, new_id
from server.ledger.notices.models import Notice, PendingAnswer

MOST_SHOWN = 5  # of what can still be taken back, on one page
WAITS_TO_COUNT = Notice.id.in_(select(PendingAnswer.notice_id))  # such a notice asks its company for nothing


@dataclass(frozen=True, slots=True)
class PendingBatch:
    """What a person answered at once, and how much of it can still be taken back."""

    id: str
    answers: int
    due_at: datetime
    reference: str  # of its notice, where there is one


def add(
    session: Session,
    notice_id: str,
    company_id: str,
    batch_id: str,
    account_id: str,
    values: Mapping[str, Any],
    at: datetime,
    due_at: datetime,
) -> PendingAnswer:
    """Let an answer, as AnswerSchema reads it, wait until `due_at`. None waits on its notice."""
    row = PendingAnswer(id=new_id(), notice_id=notice_id, company_id=company_id, batch_id=batch_id)
    row.account_id, row.stated, row.at, row.due_at = account_id, dict(values), at, due_at
    session.add(row)
    session.flush()
    return row


def repeat(pending: PendingAnswer, at: datetime) -> None:
    """The company says it again, word for word: it was given then."""
    pending.at = at


def get(session: Session, pending_id: str) -> PendingAnswer | None:
    """The answer while it waits; None: it counts, or was taken back."""
    return session.get(PendingAnswer, pending_id)


def on(session: Session, notice_ids: Collection[str]) -> dict[str, PendingAnswer]:
    """The answers to these notices that wait, by notice."""
    rows = session.scalars(_ON, {"notice_ids": list(notice_ids)})
    return {row.notice_id: row for row in rows}


_ON = select(PendingAnswer).where(PendingAnswer.notice_id.in_(bindparam("notice_ids", expanding=True)))


def settle(session: Session, pending_id: str) -> bool:
    """Claim a waiting answer, to let it count or to drop it: true for only one caller."""
    return changed(session, delete(PendingAnswer).where(PendingAnswer.id == pending_id)) == 1


def settle_batch(session: Session, company_id: str, batch_id: str, now: datetime) -> list[str]:
    """Take back all of a batch whose time is not over; the notices' ids. In one order, so that two never block each other."""
    own = (PendingAnswer.company_id == company_id, PendingAnswer.batch_id == batch_id, PendingAnswer.due_at > now)
    rows = session.scalars(select(PendingAnswer).where(*own).order_by(PendingAnswer.id).with_for_update()).all()
    return [row.notice_id for row in rows if settle(session, row.id)]


def batches(session: Session, company_id: str, now: datetime, batch_id: str | None = None) -> list[PendingBatch]:
    """What this company's people can still take back, the newest first; or this batch alone.

    Of much, what holds many answers is left out last: a single one can be taken back on its notice's page, too.
    """
    counted = func.count(), func.min(PendingAnswer.due_at), func.min(Notice.reference)
    rows = select(PendingAnswer.batch_id, *counted).join(Notice, Notice.id == PendingAnswer.notice_id)
    rows = rows.where(PendingAnswer.company_id == company_id, PendingAnswer.due_at > now)
    if batch_id:
        rows = rows.where(PendingAnswer.batch_id == batch_id)
    first = rows.group_by(PendingAnswer.batch_id).order_by((func.count() > 1).desc(), PendingAnswer.batch_id.desc())
    found = [PendingBatch(*row) for row in session.execute(first.limit(MOST_SHOWN))]
    return sorted(found, key=lambda batch: batch.id, reverse=True)
