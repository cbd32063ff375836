"""Step 12, in the portal: what a company answers there, to one notice, to many or by a table, can be taken back at once.

Until its time is over nothing of it counts: no case moves, no figure changes, nobody is told. The worker then records each
answer by itself. Whoever deletes the row of an answer that waits, worker, undo or a later answer, has the say.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Any, NamedTuple

from server.core import audit, clock, payloads, work
from server.core.database import new_id, read, write
from server.core.sentences import sentence
from server.core.words import Answer, Refused, Via
from server.journeys.report import answering, decision
from server.ledger.cases import store as cases
from server.ledger.notices import answer_store, pending_store, standing
from server.ledger.notices import store as notices
from server.ledger.notices.schemas import CheckedAnswer

NOTHING_LEFT = sentence(
    "There is nothing left to undo: the answers were undone already, or the time is up. See each notice."
)


class Batch(NamedTuple):
    """What one person of a company answers at once: one notice, or many. due_at: until when it can be undone; None: it counts at once."""

    id: str
    company_id: str
    account_id: str
    due_at: datetime | None


class Became(Enum):
    """What became of one answer. SAME: it is the notice's answer already."""

    WAITS = auto()
    COUNTS = auto()
    SAME = auto()


def begin(company_id: str, account_id: str) -> Batch:
    """Begin to answer one notice, or many."""
    return Batch(new_id(), company_id, account_id, decision.undo_until_of_many())


def answer(batch: Batch, notice_id: str, values: dict[str, Any], seen: str | None = None) -> Became:
    """Answer one notice of the batch, as AnswerSchema reads it. Another answer takes the place of what waits; a receipt is recorded
    beside it at once, as `answering.takes_its_place` has it. seen: as `answering.answer_notice` has it.

    Raises Refused as `answering.answer_notice` does.
    """
    company_id, account_id = batch.company_id, batch.account_id
    if batch.due_at is None:
        new = answering.answer_notice(notice_id, values, Via.PORTAL, account_id, company_id, seen=seen)
        return Became.COUNTS if new else Became.SAME
    with write() as session:
        notice = notices.get(session, company_id, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        notice = notices.lock(session, notice_id)
        standing.refuse_unseen(session, notice_id, values, seen)
        pending = pending_store.on(session, [notice_id]).get(notice_id)
        if pending and pending.stated == values:
            pending_store.repeat(pending, clock.now())
            return Became.SAME
        if pending and not answering.takes_its_place(pending, Answer(values["answer"])):
            new = answering.answer_locked(session, notice, case, values, Via.PORTAL, account_id)
            return Became.COUNTS if new else Became.SAME
        again = answering.says_anew(session, notice, values)
        new = answer_store.would_count(session, notice, values, Via.PORTAL, again=again)
        if pending:
            answering.drop_pending(session, pending, account_id)
        if not new:
            answer_store.repeat(session, notice_id)
            return Became.SAME
        row = pending_store.add(session, notice_id, company_id, batch.id, account_id, values, clock.now(), batch.due_at)
        work.enqueue(session, "take_answer", row.id, batch.due_at)
        return Became.WAITS


def answer_each(batch: Batch, items: Sequence[Any]) -> list[dict[str, Any]]:
    """The answers of a checked table, each by itself, as `answering.answer_each` has it; and beside each what became of it.

    One that would replace an answer that the check did not show is refused.
    """

    def take(values: dict[str, Any]) -> dict[str, Any]:
        notice_id, seen = values.pop("id"), values.pop("seen")
        return {"became": answer(batch, notice_id, values, seen), "status": 201, "answer": values["answer"]}

    results = [payloads.by_itself(CheckedAnswer, item, take) for item in items]
    return [{"id": payloads.named(item, "id")} | result for item, result in zip(items, results, strict=True)]


def undo(batch_id: str, account_id: str, company_id: str) -> int:
    """Take back what was answered at once, as if it had not been; how many answers. Anybody who answers for the company may.

    Raises Refused("conflict") when its time is over, or somebody has taken it back.
    """
    with write() as session:
        notice_ids = pending_store.settle_batch(session, company_id, batch_id, clock.now())
        if not notice_ids:
            raise Refused("conflict", NOTHING_LEFT)
        for notice_id in notice_ids:
            audit.record(session, account_id, "answer_undone", "notice", notice_id)
        return len(notice_ids)


@work.handler("take_answer")
def take_answer(pending_id: str) -> None:
    """Let an answer count whose time to be undone is over; safe to repeat. It was taken: only where its notice has been
    withdrawn or replaced meanwhile is it dropped, for there is nothing to answer any more.
    """
    with read() as session:
        pending = pending_store.get(session, pending_id)
        if pending is None:
            return
        case_id = notices.get(session, None, pending.notice_id).case_id
    if (left := (pending.due_at - clock.now()).total_seconds()) > 0:
        raise work.Retry("It can still be undone.", after=left, counts=False)
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        if not pending_store.settle(session, pending_id):
            return
        notice = notices.get(session, None, pending.notice_id)
        try:
            answering.answer_locked(session, notice, case, pending.stated, Via.PORTAL, pending.account_id, pending.at)
        except Refused as refusal:
            if refusal.kind != "gone":
                raise
            audit.record(session, None, "answer_lapsed", "notice", pending.notice_id)


@work.on_dead_letter("take_answer")
def gave_up(pending_id: str, reason: str) -> None:
    """An answer that breaks its worker waits no longer: its notice is to be answered again. Safe to repeat."""
    with write() as session:
        pending = pending_store.get(session, pending_id)
        if pending and pending_store.settle(session, pending_id):
            audit.record(session, None, "answer_lapsed", "notice", pending.notice_id)
