"""The coordinators' queue, for its page."""

import math
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, reasons, set_aside, web
from server.core.sentences import sentence
from server.core.words import Channel, Decision
from server.ledger.alarms import store as alarms
from server.ledger.cases import decisions, naming, queue_store, store
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.companies.models import Company
from server.ledger.listings.models import Listing
from server.ledger.notices import reply_store
from server.ledger.reports.models import Evidence, Report
from server.reads import case_search, current_claims, outgoing, queue_filters
from server.reads.queue_filters import ANY, Filters

TABS = {
    "waiting": sentence("Waiting"),
    "unrouted": sentence("No route"),
    "asked": sentence("Asked"),
    "held": sentence("Held"),
    "notified": sentence("Notified"),
    "answered": sentence("Answered"),
    "closed": sentence("Closed"),
    "questions": sentence("Company questions"),
    "undelivered": sentence("Undelivered"),
    "doubted": sentence("Reported in error"),
    "opinions": sentence("Second opinions"),
}
ALARMS = {  # shown where there is one; they cross the states of cases
    "questions": reply_store.waiting_cases,
    "undelivered": outgoing.not_arrived,
    "doubted": queue_store.doubted,
    "opinions": queue_store.second_opinions,
}


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where in the queue somebody works: its tab, their search and filters, and the page's cursor."""

    tab: str = "waiting"
    q: str = ""
    cursor: str | None = None
    filters: Filters = ANY

    def url(self, endpoint: str = "cases.queue", **other: str | None) -> str:
        """The address of the queue here, or with another tab, search, cursor or filter; the first page where none is named."""
        here = {"tab": self.tab, "q": self.q} | asdict(self.filters) | other
        return web.url_with(endpoint, **(here | ({"tab": None} if here["tab"] == "waiting" else {})))


def queue(session: Session, place: QueuePlace) -> dict[str, Any]:
    """The list beside every case: tabs with counts, the search, a page of items."""
    tab, q, filters = place.tab, place.q, place.filters
    counts = queue_store.counts(session, **{name: cases() for name, cases in ALARMS.items()})
    rows, after = _listed(session, place)
    thumbs = _thumbs(session, [row[0].id for row in rows])
    again = outgoing.next_attempts(session, [row[0].id for row in rows]) if tab == "undelivered" else {}
    mails = set_aside.count_mails(session)
    asked = reply_store.our_turn(session, [row[0].id for row in rows])
    claimed = current_claims.by_case(session, [row[0].id for row in rows])
    items = [
        {
            "id": case.id,
            "version": case.version,
            "title": naming.name(ad.title, ad.url, case.text, case.matches),
            "priority": case.priority,
            "why": [reasons.words(reasons.read(reason)) for reason in case.reasons[:2]],
            "company": company or case.host,
            "routed": case.company_id is not None,
            "created_at": case.created_at,
            "report_count": case.report_count,
            "thumb_url": thumbs.get(case.id),
            "state": case.state,
            "next_attempt": again.get(case.id),
            "asked_at": asked.get(case.id),
            "claim": claimed.get(case.id),
        }
        for case, ad, _, _, company in rows
    ]
    tabs = [
        {
            "name": name,
            "url": place.url(tab=key, q=None),
            "count": _count(counts[key]),
            "current": key == tab and not q,
        }
        for key, name in TABS.items()
        if counts[key] or key not in ALARMS or (mails and key == "undelivered")
    ]
    return {
        "tabs": tabs,
        "q": q,
        "total": _count(counts["waiting"]),
        "oldest": queue_store.oldest(session),
        "alarms": alarms.count_open(session),
        "last_decided": None if items else store.last_decided(session),
        "tab": tab,
        "filters": (offered := queue_filters.choices(session, filters)),
        "colleagues": queue_filters.colleagues(offered),
        "filtered": bool(filters),
        "linked_to": filters.linked_to,
        "whole_url": QueuePlace(tab).url(),
        "csv_url": place.url("queue_csv.download"),
        "here_url": place.url(cursor=place.cursor),
        "next_url": place.url(cursor=after) if after else None,
        "items": items,
        "mails_set_aside": mails if tab == "undelivered" else 0,
    }


def chosen_ids(session: Session, place: QueuePlace) -> list[str]:
    """The ids of all cases that the queue lists there, in its order, whatever its page."""
    cases, tab, _ = _chosen(session, place)
    return queue_store.queued_ids(session, cases, tab)


def decidable(session: Session, place: QueuePlace, most: int) -> dict[str, int]:
    """The first `most` cases listed there that can be decided on, whatever its page: the id of each, with its version."""
    cases, tab, few = _chosen(session, place)
    return queue_store.decidable(session, cases, tab, most, few=few)


def describe(session: Session, place: QueuePlace) -> list[str]:
    """A place in words: its tab, its search, and what its filters are set to."""
    words: list[str] = [] if place.tab == "waiting" else [TABS[place.tab]]
    if place.q:
        words.append(sentence("“%(text)s”", text=place.q))
    for choice in queue_filters.choices(session, place.filters):
        if choice["value"]:
            words.append(dict(choice["options"]).get(choice["value"], choice["value"]))
    if place.filters.linked_to:
        words.append(sentence("linked to %(case)s", case=place.filters.linked_to))
    return words or [TABS["waiting"]]


def _listed(session: Session, place: QueuePlace) -> tuple[list[Any], str | None]:
    """The cases that a page of the queue shows, and the next page's cursor. A search looks in every tab."""
    cases, tab, few = _chosen(session, place)
    return queue_store.queue(session, cases, tab, place.cursor, few=few)


def _chosen(session: Session, place: QueuePlace) -> tuple[Any, str | None, bool]:
    """A select of the cases that are listed there, the tab they stand in (None: any), and whether they are few."""
    cases, few = case_search.search(session, case_search.with_listing(), place.q)
    cases = place.filters.of(session, cases)
    if place.tab in ALARMS:
        return cases.where(Case.id.in_(ALARMS[place.tab]())), None, True
    return cases, None if place.q else place.tab, few


def following(session: Session, case_id: str, place: QueuePlace) -> tuple[str | None, str | None]:
    """The case after this one as the queue lists them, and the cursor of the page that shows it; None after the last.

    What somebody else has claimed is left to them.
    """
    case, me_id = store.get(session, case_id), web.current_account().id
    here = queue_store.write_cursor(case.priority, case.id)
    for start in (place.cursor, here):
        rows, _ = _listed(session, replace(place, cursor=start))
        claimed = current_claims.by_case(session, [row[0].id for row in rows])
        for row in rows:
            claim = claimed.get(row[0].id)
            if claim and claim.account_id != me_id:
                continue
            if (row[0].priority, row[0].id) < (case.priority, case.id):
                return row[0].id, start
    return None, None


def undoable(session: Session, account_id: str) -> list[dict[str, Any]]:
    """What this person decided and can still undo, the newest first; what was decided on many cases at once is one entry.

    seconds: None where its time is over and it waits for a look at its listing alone. sent_to: the company whose notice leaves
    with the last second; None: there is none, nothing leaves then, or not by itself.
    """
    groups: dict[tuple[str, Any], dict[str, Any]] = {}
    for pending, decision, case in decisions.pending_by(session, account_id):
        entry: dict[str, Any] = {"decision": Decision(decision.decision), "until": pending.due_at, "cases": []}
        entry = groups.setdefault((decision.decision, pending.due_at), entry)
        ad = session.get_one(Listing, case.listing_id) if not entry["cases"] else None
        entry["cases"].append(
            {
                "id": case.id,
                "version": case.version,
                "title": ad and naming.name(ad.title, ad.url, case.text, case.matches),
            }
        )
        entry["sent_to"] = _sent_to(session, pending) if len(entry["cases"]) == 1 else None
    return [entry | {"seconds": _seconds(entry["until"])} for entry in groups.values()]


LEAVES_AT_ONCE = (
    Channel.MAIL,
    Channel.WEBHOOK,
    Channel.PORTAL,
)  # a digest has its hour, and a form is filled in by hand


def _sent_to(session: Session, pending: PendingDecision) -> str | None:
    """The name of the company that a decision's notice goes to as soon as its time is over."""
    notice = pending.notice
    if notice is None or pending.stop_id or pending.waits_for or notice["channel"] not in LEAVES_AT_ONCE:
        return None
    return session.get_one(Company, notice["company_id"]).name


def _seconds(until: datetime) -> int | None:
    """How many are left."""
    left = math.ceil((until - clock.now()).total_seconds())
    return left if left > 0 else None


def _count(number: int) -> str:
    """A count as the tabs say it."""
    return str(number) if number < queue_store.MOST else f"{queue_store.MOST:,}+"


def _thumbs(session: Session, case_ids: list[str]) -> dict[str, str]:
    """The blurred screenshot of each case's newest report that has one."""
    rows = (
        select(Report.case_id, func.max(Evidence.id))
        .join(Evidence, Evidence.report_id == Report.id)
        .where(Report.case_id.in_(case_ids), Evidence.name == "screenshot", Evidence.blurred_sha256.is_not(None))
        .group_by(Report.case_id)
    )
    return {
        case_id: url_for("cases.picture", case_id=case_id, evidence_id=evidence_id)
        for case_id, evidence_id in session.execute(rows)
    }


def place(session: Session, case_id: str) -> dict[str, int] | None:
    """The position of this case in the queue, by priority."""
    return queue_store.place(session, store.get(session, case_id))
