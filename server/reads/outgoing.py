"""Notices as they leave, with the address to answer at and the pictures that are marked clean; and those that cannot."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, union
from sqlalchemy.orm import Session, defer

from server.core import work
from server.core.sentences import sentence
from server.core.words import Answer, NoticeState, Refused
from server.ledger.delivery import store as deliveries
from server.ledger.notices import compose, inbox_store, link, proof, reply_store, thread
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import submission
from server.ledger.reports.models import Evidence, Report
from server.ledger.reports.store import COUNTS
from server.people.accounts import frozen
from server.reads import glosses, species_pages, withheld

MOST_LATER = 4  # pictures of answers and additions that a company sees with one notice


class CleanPictures(NamedTuple):
    """What a company sees of a case's evidence; `later`: of answers and additions, the last one marked first."""

    screenshot: Evidence | None = None
    later: Sequence[Evidence] = ()

    def addresses(self, answer_url: str) -> list[tuple[Evidence, str]]:
        """Each with its address, where it is blurred."""
        first = [(self.screenshot, f"{answer_url}/screenshot")] if self.screenshot else []
        return first + [(file, f"{answer_url}/pictures/{public_name(file)}") for file in self.later]


def public_name(file: Evidence) -> str:
    """What companies' pages and addresses call a picture: its id would tell when its spotter sent it."""
    return (file.copy_sha256 or "")[:16]


def clean_pictures(session: Session, case_ids: Sequence[str]) -> dict[str, CleanPictures]:
    """Of each case that has any, the pictures marked as showing no volunteer and no third person: those that may leave.

    Never one of a report that its spotter has withdrawn, that was set aside as a ring's, or whose account is frozen,
    or was when it was erased.
    """
    files: dict[str, list[Evidence]] = {}
    for case_id, file in session.execute(_CLEAN, {"case_ids": list(case_ids)}):
        files.setdefault(case_id, []).append(file)
    return {
        case_id: CleanPictures(
            next((file for file in marked if file.name == "screenshot"), None),
            [file for file in marked if file.name != "screenshot"][:MOST_LATER],
        )
        for case_id, marked in files.items()
    }


_CLEAN = (
    select(Report.case_id, Evidence)
    .join(Report, Report.id == Evidence.report_id)
    .where(Report.case_id.in_(bindparam("case_ids", expanding=True)), COUNTS)
    .where(Evidence.clean_at.is_not(None), Evidence.copy_sha256.is_not(None), Evidence.name.in_(submission.MAY_LEAVE))
    .where(Report.account_id.not_in(frozen.WITHHELD))
    .order_by(Evidence.clean_at.desc(), Evidence.id.desc())
)


def seen_pictures(session: Session, notice: Notice) -> CleanPictures:
    """The clean pictures that a notice's company sees: none once it is withdrawn."""
    found = {} if notice.withdrawn_at else clean_pictures(session, [notice.case_id])
    return found.get(notice.case_id, CleanPictures())


def picture(session: Session, notice: Notice, name: str | None) -> Evidence:
    """The later picture that `public_name` calls so, without a name the screenshot. Raises Refused("not-found")."""
    seen = seen_pictures(session, notice)
    file = next((each for each in seen.later if public_name(each) == name), None) if name else seen.screenshot
    if file is None:
        raise Refused("not-found", sentence("There is no picture here."))
    return file


def serialised(document: compose.Document, notice_id: str, clean: CleanPictures) -> compose.Document:
    """A notice as it is sent, with these pictures."""
    url = link.answer_url(notice_id)
    addresses = [f"{address}?look=1" for _, address in clean.addresses(url)]
    screenshot_url = addresses.pop(0) if clean.screenshot else None
    return compose.serialise(document, url, screenshot_url, addresses)


def documents(session: Session, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Notices as mail, portal, API and webhook carry them, with the answer that counts."""
    clean = clean_pictures(session, [notice.case_id for notice in notices])
    documents = withheld.documents(session, notices)
    shown = []
    for notice in notices:
        none = notice.withdrawn_at or notice.case_id not in clean
        document = serialised(documents[notice.id], notice.id, CleanPictures() if none else clean[notice.case_id])
        shown.append(document | {"sha256": proof.sha256(notice.document)} | progress(notice))
    return shown


def progress(notice: Notice) -> dict[str, Any]:
    """What became of a notice, as it is shown beside what it says."""
    names = ("answer", "answered_at", "created_at", "withdrawn_at", "withdrawn_why", "replaced_at")
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
    """What notices/_document.html shows: the notice with its days and times, when it was sent, its pictures, the pages
    of its species, and what its foreign words mean."""
    document = documents(session, [notice])[0]
    addresses = seen_pictures(session, notice).addresses(document["answer_url"])
    return {
        "notice": _with_times(document),
        "sent_at": notice.created_at,
        "pictures": [_veiled(file, address, look) for file, address in addresses],
        "species_pages": species_pages.named_in(session, [document]),
        "glosses": glosses.of_notice(session, document),
    }


def _veiled(file: Evidence, address: str, look: str | None) -> dict[str, Any]:
    name, is_screenshot = public_name(file), file.name == "screenshot"
    title = sentence("Screenshot of the listing") if is_screenshot else sentence("A picture sent later")
    shown = {"id": name, "title": title, "caption": sentence("Blurred until you choose to look.")}
    return shown | {"blurred_url": address, "clear_url": f"{address}?look=1", "ready": True, "looked": name == look}


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


def next_by_link(session: Session, notice: Notice) -> tuple[str | None, int]:
    """Where the next notice of the same email is answered, and how many of that email wait.

    A link opens no notice that its reader was not sent: one that is passed on says nothing of the company's others.
    """
    next_id, number = inbox_store.following_among(session, notice, deliveries.mailed_together(notice.id))
    return (link.answer_url(next_id) if next_id else None), number


def undelivered() -> CompoundSelect[str]:
    """The cases of which a person must see to something: a delivery failed permanently, or a form has to be filled in."""
    return _with_replies(deliveries.stuck_notices())


def not_arrived() -> CompoundSelect[str]:
    """Those, and the cases whose notice could not be delivered yet and is tried again by itself."""
    return _with_replies(deliveries.stuck_notices(), deliveries.retried_notices())


def _with_replies(*late: Select[str]) -> CompoundSelect[str]:
    """The cases of these notices, while they wait for an answer, and of those with a reply or a withdrawal to carry over by hand."""
    cases = select(Notice.case_id).where(*notices.STANDS)
    waiting = cases.where(notices.WAITS)
    # Each by itself: for either of two PostgreSQL reads all notices.
    parts = [waiting.where(Notice.id.in_(ids)) for ids in late]
    withdrawn = select(Notice.case_id).where(Notice.id.in_(deliveries.withdrawals_by_hand()))
    return union(*parts, cases.where(Notice.id.in_(deliveries.replies_by_hand())), withdrawn)


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
