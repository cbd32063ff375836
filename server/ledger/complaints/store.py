"""Complaints, read and written. Each is settled once: answered, or closed without an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from server.core import clock, cursors
from server.core.conditions import holds
from server.core.database import alone, first_id, new_id, reference
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.complaints import states
from server.ledger.complaints.models import Complaint
from server.ledger.complaints.states import ClosedWhy, ComplaintState, Correction

PAGE = 50
FORGOTTEN_AT_ONCE = 500  # rows in one transaction

# --- Writing ---------------------------------------------------------------------------------------------------------


def add(
    session: Session,
    about: str,
    text: str,
    email: str,
    language: str | None,
    case_id: str | None,
    written_by_id: str | None = None,
) -> tuple[Complaint, bool]:
    """Keep a complaint; whether it is new. The same one again within a day is the first: a form sent twice.

    written_by_id: who wrote it down for them; None: they wrote it themself.
    """
    alone(session, f"complaint {email}")
    at = clock.now()
    since = at - timedelta(days=1)
    lately = select(Complaint).where(Complaint.id >= first_id(since), Complaint.at > since, Complaint.email == email)
    if first := session.scalar(lately.where(Complaint.about == about, Complaint.text == text).limit(1)):
        return first, False
    row = Complaint(id=new_id(), about=about, text=text, email=email, language=language, case_id=case_id)
    row.written_by_id = written_by_id
    row.reference, row.at, row.due_at = reference("Q", row.id), at, states.due_at(at)
    session.add(row)
    session.flush()
    return row, True


def take(complaint: Complaint, account_id: str | None) -> None:
    """Who works on it; None: nobody any more."""
    complaint.worker_id = account_id


def let_go_all(session: Session, account_id: str) -> None:
    """This person works on no complaint any more. One that somebody else changes at this moment is left to them."""
    theirs = select(Complaint).where(Complaint.worker_id == account_id).with_for_update(skip_locked=True)
    for complaint in session.scalars(theirs):
        take(complaint, None)


def choose_case(complaint: Complaint, case_id: str) -> None:
    """The case it is about."""
    complaint.case_id = case_id


def answer(
    complaint: Complaint, by_id: str, outcome: str, text: str, correction: str, words: str, notice_id: str | None
) -> None:
    """Answer it, once. The caller holds its row and has seen that it is open."""
    complaint.state, complaint.outcome, complaint.answer = ComplaintState.ANSWERED.value, outcome, text
    complaint.correction, complaint.notice_id = correction, notice_id
    complaint.words = words if correction != Correction.NONE else ""
    complaint.settled_by_id, complaint.settled_at = by_id, clock.now()
    complaint.worker_id = None


def close(complaint: Complaint, by_id: str, why: str) -> None:
    """Close it without an answer. The caller holds its row and has seen that it is open."""
    complaint.state, complaint.closed_why = ComplaintState.CLOSED.value, why
    complaint.settled_by_id, complaint.settled_at = by_id, clock.now()
    complaint.worker_id = None


def take_up_acknowledgement(session: Session, complaint: Complaint) -> bool:
    """Whether a mail that confirms it may leave now; then it counts as one of today's."""
    if complaint.acknowledged_at:
        return True  # an attempt before this one
    alone(session, "complaints acknowledged")  # counted one after the other
    since = clock.now() - states.DAY
    lately = session.scalars(select(Complaint.email).where(Complaint.acknowledged_at > since)).all()
    if not states.may_acknowledge(complaint.email, lately):
        return False
    complaint.acknowledged_at = clock.now()
    return True


def mailed(complaint: Complaint) -> None:
    """The answer has left."""
    complaint.mailed_at, complaint.failed_at = clock.now(), None


def failed(complaint: Complaint) -> None:
    """The answer could not be delivered."""
    complaint.failed_at = clock.now()


def send_again(complaint: Complaint) -> None:
    """The answer is tried again. The caller holds its row. Raises Refused("conflict") where it did not fail, or too often."""
    if not complaint.failed_at or complaint.mailed_at or complaint.forgotten_at:
        raise Refused("conflict", sentence("This answer is not waiting to be sent again."))
    if complaint.sent_again >= states.SENT_AGAIN:
        raise Refused(
            "conflict",
            sentence("This answer has already been sent again several times. Send it from your own mailbox."),
        )
    complaint.failed_at, complaint.sent_again = None, complaint.sent_again + 1


def forget(complaint: Complaint) -> None:
    """Delete what the complainant wrote, their address and what we wrote to them."""
    complaint.about = complaint.text = complaint.email = complaint.answer = complaint.words = ""
    complaint.language, complaint.forgotten_at = None, clock.now()


def old(session: Session) -> list[Complaint]:
    """Those whose time is over."""
    before = clock.now() - states.KEPT
    chosen = select(Complaint).where(Complaint.settled_at < before, Complaint.forgotten_at.is_(None))
    return list(session.scalars(chosen.limit(FORGOTTEN_AT_ONCE).with_for_update()))


# --- Reading ---------------------------------------------------------------------------------------------------------


def get(session: Session, complaint_id: str, *, lock: bool = False) -> Complaint:
    """One complaint. Raises Refused("not-found")."""
    chosen = select(Complaint).where(Complaint.id == complaint_id)
    row = session.scalars(
        chosen.with_for_update().execution_options(populate_existing=True) if lock else chosen
    ).first()
    if row is None:
        raise Refused("not-found", sentence("There is no such complaint."))
    return row


def listed(
    session: Session, state: str, q: str, case_ids: Sequence[str], cursor: str | None
) -> tuple[list[Complaint], str | None]:
    """A page of complaints in one state: open ones by their date, the others newest first.

    q: in number, address or email address; case_ids: also those about these cases.
    """
    chosen = _seeking(select(Complaint).where(Complaint.state == state), q, case_ids)
    if state == ComplaintState.OPEN:
        if cursor:
            chosen = chosen.where(cursors.after(cursor, Complaint.due_at, Complaint.id))
        chosen = chosen.order_by(Complaint.due_at, Complaint.id)
    else:
        if cursor:
            chosen = chosen.where(Complaint.id < cursor)
        chosen = chosen.order_by(Complaint.id.desc())
    rows = list(session.scalars(chosen.limit(PAGE + 1)))
    if len(rows) <= PAGE:
        return rows, None
    last = rows[PAGE - 1]
    return rows[:PAGE], cursors.write(last.due_at, last.id) if state == ComplaintState.OPEN else last.id


def _seeking(chosen: Any, q: str, case_ids: Sequence[str]) -> Any:
    if not (sought := q.strip()):
        return chosen
    columns = (Complaint.reference, Complaint.about, Complaint.email)
    return chosen.where(or_(*(holds(column, sought) for column in columns), Complaint.case_id.in_(case_ids)))


def counts(session: Session, q: str = "", case_ids: Sequence[str] = ()) -> dict[str, int]:
    """How many are in each state."""
    chosen = _seeking(select(Complaint.state, func.count()).group_by(Complaint.state), q, case_ids)
    found = {state: number for state, number in session.execute(chosen)}  # noqa: C416
    return {state.value: found.get(state, 0) for state in ComplaintState}


def count_open(
    session: Session, left_to_others: ColumnElement[bool]
) -> tuple[tuple[int, datetime | None], tuple[int, datetime | None]]:
    """How many wait for an answer and when the first of them is due: of the reader's, and of those left to others."""
    left = left_to_others.label("left")
    chosen = select(left, func.count(), func.min(Complaint.due_at)).where(Complaint.state == ComplaintState.OPEN)
    counted = {bool(is_left): (number, first) for is_left, number, first in session.execute(chosen.group_by(left))}
    return counted.get(False, (0, None)), counted.get(True, (0, None))


def of_case(session: Session, case_id: str) -> list[Complaint]:
    """The complaints about a case, newest first."""
    return list(
        session.scalars(select(Complaint).where(Complaint.case_id == case_id).order_by(Complaint.id.desc()).limit(50))
    )


def about_among(session: Session, case_ids: Sequence[str]) -> set[str]:
    """Those of these cases that somebody has complained about."""
    return {
        case_id
        for case_id in session.scalars(select(Complaint.case_id).where(Complaint.case_id.in_(case_ids)))
        if case_id
    }


def copy(complaint: Complaint) -> dict[str, Any]:
    """What is kept of the complainant, for themself: nothing of who worked on it."""
    names = ("reference", "about", "text", "email", "language", "state", "outcome", "answer")
    times = ("at", "due_at", "acknowledged_at", "settled_at", "mailed_at")
    moments = {name: getattr(complaint, name) for name in times}
    return {name: getattr(complaint, name) for name in names} | {
        name: at.isoformat() if at else None for name, at in moments.items()
    }


CLOSABLE = tuple(why for why in ClosedWhy if why is not ClosedWhy.ERASED)  # what a person chooses from
