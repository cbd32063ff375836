"""Disputes, read and written. `move` is the one door of a dispute's state."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from server.core import audit, clock, cursors
from server.core.conditions import holds
from server.core.database import Time, new_id, reference
from server.core.outcome import Shortfall
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.disputes import deadline, states
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.models import Dispute
from server.ledger.disputes.states import DisputeMove, DisputeOutcome, DisputeState, Ending

PAGE = 50
NEVER = datetime(2199, 12, 31, tzinfo=UTC)  # sorts what has no deadline behind what has

# --- Writing ---------------------------------------------------------------------------------------------------------


def add(
    session: Session,
    notice_id: str,
    answer_id: str,
    shortfall: Shortfall,
    text: str,
    terms: Terms,
    told: date,
    by_id: str,
) -> Dispute:
    """Keep a dispute, with its deadline. The caller holds the case and has seen that none stands."""
    row = Dispute(id=new_id(), notice_id=notice_id, answer_id=answer_id, shortfall=shortfall, text=text, terms=terms)
    row.reference, row.told_on, row.due_at = reference("D", row.id), told, deadline.due_at(terms, told)
    row.state, row.begun_at, row.begun_by_id = DisputeState.OPEN.value, clock.now(), by_id
    session.add(row)
    session.flush()
    audit.record(session, by_id, "dispute_begun", "dispute", row.id, notice=notice_id, terms=terms.value)
    return row


def move(
    session: Session, dispute: Dispute, step: DisputeMove, by_id: str, outcome: DisputeOutcome | None = None
) -> None:
    """The one door of a dispute's state, with its audit row; the caller has set what goes with the move.

    Raises Refused("conflict") when the step leads nowhere from here.
    """
    before, state = dispute.state, states.after(dispute.state, step, outcome)
    dispute.state = state.value
    audit.record(session, by_id, f"dispute_{MOVED[step]}", "dispute", dispute.id, before=before, after=state.value)
    session.flush()


MOVED = {  # as the audit trail says it
    DisputeMove.SEND: "sent",
    DisputeMove.HEAR: "heard",
    DisputeMove.SETTLE: "taken_to_body",
    DisputeMove.CLOSE: "closed",
}


def send(session: Session, dispute: Dispute, by_id: str, text: str, via: str, day: date, receipt: str) -> None:
    """A person has sent it to the company: what was sent, how, on which day, and the company's number of it."""
    dispute.text, dispute.sent_via, dispute.sent_on, dispute.receipt = text, via, day, receipt
    dispute.sent_by_id = by_id
    move(session, dispute, DisputeMove.SEND, by_id)


def hear(session: Session, dispute: Dispute, by_id: str, outcome: DisputeOutcome, day: date) -> None:
    """The company has decided on it, or we wait for that no longer."""
    dispute.outcome, dispute.heard_on = outcome.value, day
    move(session, dispute, DisputeMove.HEAR, by_id, outcome)


def take_to_body(session: Session, dispute: Dispute, by_id: str, body: str, day: date) -> None:
    """It is before an out-of-court dispute settlement body."""
    dispute.body, dispute.body_on = body, day
    move(session, dispute, DisputeMove.SETTLE, by_id)


def close(session: Session, dispute: Dispute, by_id: str, ending: Ending) -> None:
    """It is over."""
    dispute.ending, dispute.closed_at, dispute.closed_by_id = ending.value, clock.now(), by_id
    move(session, dispute, DisputeMove.CLOSE, by_id)


# --- Reading ---------------------------------------------------------------------------------------------------------


def get(session: Session, dispute_id: str, *, lock: bool = False) -> Dispute:
    """A dispute, also read again and locked. Raises Refused("not-found")."""
    chosen = select(Dispute).where(Dispute.id == dispute_id)
    if lock:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(chosen).first()
    if row is None:
        raise Refused("not-found", sentence("There is no such dispute."))
    return row


def open_of_notice(session: Session, notice_id: str) -> Dispute | None:
    """The dispute about a notice that is not closed."""
    return session.scalars(select(Dispute).where(Dispute.notice_id == notice_id, Dispute.state != "closed")).first()


def of_notices(session: Session, notice_ids: Collection[str]) -> list[Dispute]:
    """Every dispute about these notices, oldest first."""
    return list(session.scalars(select(Dispute).where(Dispute.notice_id.in_(notice_ids)).order_by(Dispute.id)))


TABS: dict[str, tuple[DisputeState, ...]] = {  # of the page of disputes
    "open": (DisputeState.OPEN,),
    "sent": (DisputeState.SENT,),
    "heard": (DisputeState.UPHELD, DisputeState.REJECTED, DisputeState.NO_ANSWER),
    "settlement": (DisputeState.SETTLEMENT,),
    "closed": (DisputeState.CLOSED,),
}


def listed(
    session: Session, tab: str, q: str, notice_ids: Sequence[str], cursor: str | None
) -> tuple[list[Dispute], str | None]:
    """A page of disputes: those to be sent by their deadline, those without one last; the others newest first.

    q: in its number, their receipt and the body's name; notice_ids: also those about these notices.
    """
    chosen = _seeking(select(Dispute).where(Dispute.state.in_(TABS[tab])), q, notice_ids)
    due = func.coalesce(Dispute.due_at, literal(NEVER, Time()), type_=Time())
    if tab == "open":
        if cursor:
            chosen = chosen.where(cursors.after(cursor, due, Dispute.id))
        chosen = chosen.order_by(due, Dispute.id)
    else:
        if cursor:
            chosen = chosen.where(Dispute.id < cursor)
        chosen = chosen.order_by(Dispute.id.desc())
    rows = list(session.scalars(chosen.limit(PAGE + 1)))
    if len(rows) <= PAGE:
        return rows, None
    last = rows[PAGE - 1]
    return rows[:PAGE], cursors.write(last.due_at or NEVER, last.id) if tab == "open" else last.id


def _seeking(chosen: Any, q: str, notice_ids: Sequence[str]) -> Any:
    if not (sought := q.strip()):
        return chosen
    columns = (Dispute.reference, Dispute.receipt, Dispute.body)
    return chosen.where(or_(*(holds(column, sought) for column in columns), Dispute.notice_id.in_(notice_ids)))


def counts(session: Session, q: str = "", notice_ids: Sequence[str] = ()) -> dict[str, int]:
    """How many stand under each tab."""
    chosen = _seeking(select(Dispute.state, func.count()).group_by(Dispute.state), q, notice_ids)
    found = {state: number for state, number in session.execute(chosen)}  # noqa: C416
    return {tab: sum(found.get(state, 0) for state in within) for tab, within in TABS.items()}


def running_out(session: Session) -> dict[str, datetime]:
    """The deadline of each that must be sent within `states.SOON` or is too late, by its notice."""
    soon = (Dispute.state == "open", Dispute.due_at <= clock.now() + states.SOON)
    rows = session.execute(select(Dispute.notice_id, Dispute.due_at).where(*soon))
    return {notice_id: due_at for notice_id, due_at in rows if due_at}
