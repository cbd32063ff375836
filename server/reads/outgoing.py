"""Notices as they leave, with the address to answer at and the screenshot once it is marked clean; and those that cannot."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, union
from sqlalchemy.orm import Session, defer

from server.core import work
from server.core.sentences import sentence
from server.core.words import Answer, NoticeState
from server.ledger.delivery import store as deliveries
from server.ledger.notices import compose, link, proof, reply_store, thread
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Evidence, Report
from server.ledger.reports.store import STANDS
from server.people.accounts.models import FrozenName
from server.reads import glosses, species_pages, withheld


def clean_pictures(session: Session, case_ids: Sequence[str]) -> dict[str, Evidence]:
    """Of each case the picture last marked as showing no volunteer and no third person: the one that may leave.

    Never one of a report that its spotter has withdrawn, or whose account is frozen.
    """
    return {case_id: file for case_id, file in session.execute(_CLEAN, {"case_ids": list(case_ids)})}  # noqa: C416


_CLEAN = (
    select(Report.case_id, Evidence)
    .join(Report, Report.id == Evidence.report_id)
    .where(Report.case_id.in_(bindparam("case_ids", expanding=True)), STANDS)
    .where(Evidence.clean_at.is_not(None), Evidence.copy_sha256.is_not(None))
    .where(Report.account_id.not_in(select(FrozenName.account_id)))
    .order_by(Evidence.clean_at)
)


def documents(session: Session, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Notices as mail, portal, API and webhook carry them, with the answer that counts."""
    clean = clean_pictures(session, [notice.case_id for notice in notices])
    documents = withheld.documents(session, notices)
    shown = []
    for notice in notices:
        url = link.answer_url(notice.id)
        document = compose.serialise(
            documents[notice.id], url, f"{url}/screenshot?look=1" if notice.case_id in clean else None
        )
        shown.append(document | {"sha256": proof.sha256(notice.document)} | progress(notice))
    return shown


def progress(notice: Notice) -> dict[str, Any]:
    """What became of a notice, as it is shown beside what it says."""
    names = ("answer", "answered_at", "created_at", "withdrawn_at", "replaced_at")
    return {name: getattr(notice, name) for name in names} | {"state": state(notice)}


def state(notice: Notice) -> NoticeState:
    """Where a notice stands for its company."""
    answer = Answer(notice.answer) if notice.answer else None
    return thread.state(answer, withdrawn=notice.withdrawn_at is not None, replaced=notice.replaced_at is not None)


def with_thread(session: Session, notice: Notice) -> dict[str, Any]:
    """One notice as it is sent, with everything that was said about it, and the one to answer in its place."""
    newest = newer(session, notice) if notice.replaced_at else None
    entries = reply_store.threads(session, [notice])[notice.id]
    return documents(session, [notice])[0] | {"thread": entries, "newer_id": newest.id if newest else None}


def page(session: Session, notice: Notice, look: str | None) -> dict[str, Any]:
    """What notices/_document.html shows: the notice with its days and times, when it was sent, its picture, the pages
    of its species, and what its foreign words mean."""
    document = documents(session, [notice])[0]
    file = clean_pictures(session, [notice.case_id]).get(notice.case_id)
    picture = None
    if file is not None:
        base = f"{document['answer_url']}/screenshot"
        picture = {"id": file.id, "blurred_url": base, "clear_url": f"{base}?look=1", "ready": True}
        picture |= {"looked": file.id == look, "caption": sentence("Blurred until you choose to look.")}
    return {
        "notice": _with_times(document),
        "sent_at": notice.created_at,
        "picture": picture,
        "species_pages": species_pages.named_in(session, [document]),
        "glosses": glosses.of_notice(session, document),
    }


TIMES = {"answer_by": datetime, "first_seen": datetime, "at": datetime, "effective_from": date}


def _with_times(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _with_times(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_times(inner) for inner in value]
    return TIMES[name].fromisoformat(value) if name in TIMES and isinstance(value, str) else value


def newest(session: Session, case_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The newest notice of each case that has one, in few words."""
    ids = select(func.max(Notice.id)).where(Notice.case_id.in_(case_ids)).group_by(Notice.case_id)
    rows = session.scalars(
        select(Notice).options(defer(Notice.document), defer(Notice.searched)).where(Notice.id.in_(ids))
    )
    names = ("id", "reference", "answer", "answered_at", "answer_by", "created_at")
    return {row.case_id: {name: getattr(row, name) for name in names} | {"state": state(row)} for row in rows}


def newer(session: Session, notice: Notice) -> Notice | None:
    """The notice that this company is to answer in place of a replaced one, once it has it; None: it is to do nothing."""
    newest = notices.latest(session, notice.case_id)
    if newest is None or newest.company_id != notice.company_id or newest.withdrawn_at or newest.id == notice.id:
        return None
    return newest if deliveries.arrived(session, [newest.id]) else None


def undelivered() -> CompoundSelect[str]:
    """The cases of which a person must see to something: a delivery failed permanently, or a form has to be filled in."""
    return _with_replies(deliveries.stuck_notices())


def not_arrived() -> CompoundSelect[str]:
    """Those, and the cases whose notice could not be delivered yet and is tried again by itself."""
    return _with_replies(deliveries.stuck_notices(), deliveries.retried_notices())


def _with_replies(*late: Select[str]) -> CompoundSelect[str]:
    """The cases of these notices, while they wait for an answer, and of those with a reply to carry over by hand."""
    cases = select(Notice.case_id).where(*notices.STANDS)
    waiting = cases.where(notices.WAITS)
    # Each by itself: for either of two PostgreSQL reads all notices.
    parts = [waiting.where(Notice.id.in_(ids)) for ids in late]
    return union(*parts, cases.where(Notice.id.in_(deliveries.replies_by_hand())))


def next_attempts(session: Session, case_ids: Sequence[str]) -> dict[str, datetime]:
    """When the notices of these cases are tried again, where they are, by the case."""
    retried = Notice.id.in_(deliveries.retried_notices())
    rows = select(Notice.id, Notice.case_id).where(Notice.case_id.in_(case_ids), retried, *notices.STANDS)
    cases = {notice_id: case_id for notice_id, case_id in session.execute(rows)}  # noqa: C416
    due = work.next_attempts(session, "deliver_notice", list(cases)) if cases else {}
    digests = deliveries.carrying(session, cases)
    again = work.next_attempts(session, "deliver_digest", list(set(digests.values()))) if digests else {}
    due |= {notice_id: again[message_id] for notice_id, message_id in digests.items() if message_id in again}
    return {cases[notice_id]: at for notice_id, at in due.items()}


def count_undelivered(session: Session) -> int:
    """In how many cases a person must see to the notice."""
    return session.scalar(select(func.count()).select_from(undelivered().subquery())) or 0


def count_not_arrived(session: Session) -> int:
    """How many cases stand under Undelivered: those, and those that are tried again."""
    return session.scalar(select(func.count()).select_from(not_arrived().subquery())) or 0
