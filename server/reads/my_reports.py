"""A spotter's own reports, with their trail, their feedback and the questions that need an answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, languages, outcome, web, wording
from server.core.sentences import sentence
from server.core.words import Answer, FeedbackCode, Status, StatusDetail, Unreadable
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.delivery import store as deliveries
from server.ledger.monitoring import store as checks
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import addition, feedback_words, pictures, retraction_store, store, submission
from server.ledger.reports.models import Evidence, Feedback, Report
from server.ledger.reports.retraction import ENDED
from server.people.courses import lesson_links
from server.reads import my_search, team_reports
from server.reads.my_search import Sought

OVER = (Status.KEPT, Status.DISMISSED)
_ON_WAY = Report.status.in_(store.UNFINISHED)
_DISMISSED = Report.status == Status.DISMISSED
TABS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "all": (sentence("All reports"), ()),
    "on_way": (sentence("In progress"), (_ON_WAY,)),
    "removed": (sentence("Removed"), (store.REMOVED,)),
    "ended": (sentence("Not removed by the company"), (~_ON_WAY, ~store.REMOVED, ~_DISMISSED, store.STANDS)),
    "dismissed": (sentence("Closed by us"), (_DISMISSED,)),
    "withdrawn": (sentence("Withdrawn by you"), (~store.STANDS,)),
}


def shown(session: Session, reports: list[Report]) -> list[dict[str, Any]]:
    """Own reports as the API gives them, with feedback, lessons, and when a check found the listing gone."""
    feedback = store.feedback(session, [report.id for report in reports])
    gone, fates = _gone(session, reports), fates_of(session, reports)
    names = ("id", "reference", "url", "title", "status", "outcome", "received_at", "updated_at")
    return [
        {name: getattr(report, name) for name in names}
        | {
            "feedback": [
                {
                    "at": entry.at,
                    "status": entry.status,
                    "speaker": entry.speaker,
                    "text": languages.translated(feedback_words.words(entry)),
                    "lesson": lesson_links.said(entry.lesson),
                }
                for entry in feedback[report.id]
            ],
            "checked_at": gone.get(report.notice_id or ""),
            "detail": _detail(report, report.status, report.outcome, fates),
        }
        for report in reports
    ]


def _gone(session: Session, reports: list[Report]) -> dict[str, datetime]:
    """When the listings behind notices were last found gone, unless their company has said since that they stay or are back."""
    noticed = {report.notice_id: report.status for report in reports if report.notice_id}
    gone = checks.found_gone(session, noticed)
    kept = [notice_id for notice_id in gone if noticed[notice_id] == Status.KEPT]
    answered = select(Notice.id, Notice.answered_at).where(Notice.id.in_(kept))
    back = {notice_id for notice_id, at in session.execute(answered) if at and at > gone[notice_id]} if kept else set()
    return {notice_id: at for notice_id, at in gone.items() if notice_id not in back}


class Fates(NamedTuple):
    """What became of notices, by their ids."""

    arrived: Mapping[str, datetime]  # when they reached their companies; without those that have not
    withdrawn: Collection[str]  # of those behind reports that are dismissed now


def phrase(report: Report, entry: Feedback, fates: Fates) -> wording.Phrase:
    """How the status that an entry told is said, as far as it is true now."""
    status = Status(entry.status)
    return wording.of_report(status, _detail(report, status, entry.params.get("answer") or report.outcome, fates))


def fates_of(session: Session, reports: Iterable[Report]) -> Fates:
    """What became of the notices that stand for these reports."""
    noticed = [(report.notice_id, report.status) for report in reports if report.notice_id]
    dismissed = [notice_id for notice_id, status in noticed if status == Status.DISMISSED]
    arrived = deliveries.arrived(session, [notice_id for notice_id, _ in noticed])
    return Fates(arrived, notices.withdrawn(session, dismissed) if dismissed else ())


def _detail(report: Report, status: str, answer: str | None, fates: Fates) -> StatusDetail | None:
    """What is to be said with a status of this report after this answer."""
    return outcome.detail(
        Status(status),
        Answer(answer) if answer else None,
        noticed=report.notice_id is not None,
        arrived=report.notice_id in fates.arrived,
        withdrawn=report.notice_id in fates.withdrawn,
    )


def mine(session: Session, account_id: str, tab: str, sought: Sought, cursor: str | None) -> dict[str, Any]:
    """A page of own reports, as reports/index.html shows them."""
    tab = tab if tab in TABS else "all"
    totals, where = _counts(session, account_id), sought.where(session)
    counts = _counts(session, account_id, *where) if sought else totals
    reports, after = store.own_page(session, account_id, "", cursor, *TABS[tab][1], *where)
    items = _items(session, reports)
    first = cursor is None and tab in ("all", "on_way")  # what waits stands first, however long ago it was reported
    waits = (Report.status == Status.NEEDS_INFO, *where)
    asked = store.own_page(session, account_id, "", None, *waits)[0] if first else []
    here = asdict(sought)
    return {
        "totals": totals,
        "sought": sought,
        "choices": my_search.choices(session, account_id) if totals["all"] else None,
        "tab": tab,
        "tabs": [
            {
                "name": name,
                "url": web.url_with("reports.index", tab=key, **here),
                "count": counts[key],
                "current": key == tab,
            }
            for key, (name, _) in TABS.items()
        ],
        "waiting": [item for item in _items(session, asked) if item["question"]],
        "on_way": [item for item in items if item["status"] in store.UNFINISHED and not item["question"]],
        "finished": [item for item in items if item["status"] not in store.UNFINISHED],
        "next_url": web.url_with("reports.index", tab=tab, **here, cursor=after) if after else None,
    }


def _counts(session: Session, account_id: str, *sought: Any) -> dict[str, int]:
    """The number of own reports in each tab, and of those that need an answer; of those looked for alone."""
    columns = [
        func.count().filter(*where).label(tab) if where else func.count().label(tab) for tab, (_, where) in TABS.items()
    ]
    waiting = func.count().filter(Report.status == Status.NEEDS_INFO).label("waiting")
    row = session.execute(select(*columns, waiting).where(Report.account_id == account_id, *sought)).one()
    return dict(row._mapping)


def get(session: Session, account_id: str, report_id: str, look: str | None = None) -> dict[str, Any]:
    """One own report, as reports/show.html shows it. Raises Refused("not-found") for any other."""
    report = store.own(session, account_id, report_id)
    feedback = store.feedback(session, [report.id])[report.id]
    item = _items(session, [report])[0] | {"url": report.url, "captured_at": report.captured_at}
    facts = [
        (sentence("Offered"), wording.CATEGORY[report.category]),  # type: ignore[index]
        (sentence("Species"), report.species),
        (
            sentence("Permits or documents"),
            wording.LEGALITY[report.legality_evidence] if report.legality_evidence else None,  # type: ignore[index]
        ),
        (sentence("Confidence"), wording.CONFIDENCE[report.confidence] if report.confidence else None),  # type: ignore[index]
        (sentence("Visible to"), wording.ACCESS[report.access] if report.access else None),  # type: ignore[index]
        (sentence("Reason"), report.reason),
    ]
    shown = [{"at": entry.at, "text": feedback_words.words(entry), "speaker": _speaker(entry)} for entry in feedback]
    files = [_picture(report.id, file, look) for file in store.evidence(session, [report.id])[report.id] if file.width]
    return {
        "report": item,
        "facts": facts,
        "feedback": shown,
        "evidence": files,
        "lead_looked_at": team_reports.looked_at(session, report.id),
        "retractable": _retractable(session, report),
        "may_add": addition.may_add(Status(report.status), sum(entry.code == FeedbackCode.ADDED for entry in feedback)),
    }


def _speaker(entry: Feedback) -> str:
    """Whose own words an entry quotes; "": nobody's."""
    if entry.code == FeedbackCode.QUESTION:
        return sentence("A coordinator")
    named = {"coordinator": "", "spotter": sentence("You")}
    return named.get(entry.speaker, entry.speaker)


def _retractable(session: Session, report: Report) -> str | None:
    """ "withdraw" while nothing is decided on the report, "doubt" once something is, None when it has ended.

    "doubted": they have said that it was wrong, and no coordinator has read it yet.
    """
    status = Status(report.status)
    if status in ENDED:
        return None
    case = cases.get(session, report.case_id)
    if retraction_store.may_change(session, report, decisions.state_in_effect(session, case)):
        return "withdraw"
    return "doubted" if retraction_store.is_unread(session, report.id, case.doubted_at) else "doubt"


def _items(session: Session, reports: list[Report]) -> list[dict[str, Any]]:
    ids = [report.id for report in reports]
    feedback, files = store.feedback(session, ids), store.evidence(session, ids)
    notice_ids = [report.notice_id for report in reports if report.notice_id]
    behind = {n.id: n for n in session.scalars(select(Notice).where(Notice.id.in_(notice_ids)))}
    gone, fates = _gone(session, reports), fates_of(session, reports)
    return [
        _item(
            report,
            feedback[report.id],
            files[report.id],
            behind.get(report.notice_id or ""),
            gone.get(report.notice_id or ""),
            fates,
        )
        for report in reports
    ]


def _item(
    report: Report,
    feedback: list[Feedback],
    files: list[Evidence],
    notice: Notice | None,
    gone: datetime | None,
    fates: Fates,
) -> dict[str, Any]:
    now, status, detail = clock.now(), Status(report.status), _detail(report, report.status, report.outcome, fates)
    phrase, host = wording.of_report(status, detail), urlsplit(report.url).hostname or report.url
    replies = [entry for entry in feedback if entry.speaker != "spotter"]
    last = replies[-1] if replies else None
    of_now = takewhile(lambda entry: entry.status == status, reversed(replies))
    company = next((entry for entry in of_now if entry.speaker != "coordinator"), None)
    asked = (entry for entry in reversed(replies) if entry.code in feedback_words.ASKS)
    question = next(asked, None) if status == Status.NEEDS_INFO else None

    def when(at: datetime | None) -> str:
        return wording.moment(at, now) if at else ""

    answered = last is not None and last.code in feedback_words.ASKS and feedback[-1] is not last
    own_words = _own_words(status, None if answered and status == Status.IN_REVIEW else last, phrase)

    trail = wording.trail(
        status,
        detail,
        received=when(report.received_at),
        looked=when(report.looked_at),
        notified=when(fates.arrived.get(notice.id) or notice.created_at) if notice else "",
        answer_by=wording.due(notice.answer_by, now) if notice else "",
        answered=when(notice.answered_at) if notice else "",
        checked=when(gone),
        retracted=when(report.updated_at),
    )
    blurred = next((file for file in files if file.blurred_sha256), None)
    return {
        "id": report.id,
        "reference": report.reference,
        "title": report.title or _offer(report, host),
        "host": host,
        "received_at": report.received_at,
        "status": status,
        "phrase": phrase,
        "trail": trail,
        "sentence": own_words or phrase.sentence,
        "gone": "" if own_words else when(gone),
        "said": {"speaker": company.speaker, "text": feedback_words.words(company)} if company else None,
        "thumb_url": url_for("reports.picture", report_id=report.id, name=blurred.name) if blurred else None,
        "lesson": _lesson(status, replies),
        "question": {"text": feedback_words.words(question), "at": question.at, "draft": ""} if question else None,
    }


def _offer(report: Report, host: str) -> str:
    """What a report without a title is called: several of one site are told apart by what they are about."""
    what = report.species or wording.CATEGORY[report.category]  # type: ignore[index]
    return sentence("%(what)s on %(site)s", what=what, site=host)


def _own_words(status: Status, last: Feedback | None, phrase: wording.Phrase) -> str:
    """The feedback on this report, where it says more than the status does."""
    if status == Status.DISMISSED and last:
        note, ending = feedback_words.words(last), phrase.sentence
        return sentence("%(note)s %(ending)s", note=note, ending=ending)
    return feedback_words.words(last) if status == Status.IN_REVIEW and last and last.speaker == "coordinator" else ""


def _lesson(status: Status, entries: list[Feedback]) -> dict[str, str] | None:
    """The lesson that the last decision points to. A finished report without one points to the training."""
    lesson_link = next((lesson for entry in reversed(entries) if (lesson := lesson_links.get(entry.lesson))), None)
    whole = {"url": url_for("training.index"), "title": sentence("what an ad can and cannot tell")}
    return (lesson_link or whole) if status in OVER else None


def _picture(report_id: str, file: Evidence, look: str | None) -> dict[str, Any]:
    base = url_for("reports.picture", report_id=report_id, name=file.name)
    sent = sentence("The picture you sent.") if file.copy_sha256 else ""
    caption = pictures.UNREADABLE[Unreadable(file.unreadable)] if file.unreadable else sent
    return {"id": file.id, "kind": submission.kind_of(file.name), "caption": caption, "blurred_url": base, "clear_url": f"{base}?look=1",
            "ready": file.copy_sha256 is not None, "looked": file.id == look}  # fmt: skip
