"""The coordinators' queue, for its page and for the API."""

import math
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server.core import clock, languages, reasons, set_aside, web
from server.core.database import ESCAPE, holding
from server.core.sentences import sentence
from server.core.words import Decision, Refused
from server.ledger.alarms import store as alarms
from server.ledger.cases import decisions, store
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.companies.models import Company, Platform
from server.ledger.listings.models import Listing
from server.ledger.notices import reply_store
from server.ledger.notices.models import Notice
from server.ledger.past import store as past
from server.ledger.reports.models import Evidence, Report
from server.ledger.species import store as species
from server.reads import current_claims, identity, links, outgoing, queue_filters
from server.reads.queue_filters import ANY, Filters

TABS = {
    "waiting": sentence("Waiting"),
    "unrouted": sentence("No route"),
    "asked": sentence("Asked"),
    "held": sentence("Held"),
    "notified": sentence("Notified"),
    "answered": sentence("Answered"),
    "closed": sentence("Closed"),
    "questions": sentence("Companies ask"),
    "undelivered": sentence("Undelivered"),
    "doubted": sentence("Said to be wrong"),
}
ALARMS = {  # shown where there is one; they cross the states of cases
    "questions": reply_store.waiting_cases,
    "undelivered": outgoing.not_arrived,
    "doubted": store.doubted,
}


def with_listing() -> Any:
    """A select of cases with their listing, platform and company."""
    cases = select(Case, Listing, Platform.name, Company.slug, Company.name)
    cases = cases.join(Listing, Listing.id == Case.listing_id)
    cases = cases.outerjoin(Platform, Platform.id == Listing.platform_id)
    return cases.outerjoin(Company, Company.id == Case.company_id)


_REFERENCE = re.compile(r"([CRN])-\w{5}-\w{5}")


def _search(session: Session, cases: Any, q: str) -> Any:
    if not q:
        return cases
    if case_id := _referred(session, q):
        return cases.where(Case.id == case_id)
    like = holding(q)
    columns = (Listing.title, Listing.url, Case.reference, Listing.number)
    matches = [column.ilike(like, escape=ESCAPE) for column in columns]
    return cases.where(or_(*matches))


def _referred(session: Session, q: str) -> str | None:
    """The case of the reference of a case, report or notice, by which people who write to the desk name it."""
    if not (headings := _REFERENCE.fullmatch(q.strip().upper())):
        return None
    ids = {
        "C": select(Case.id).where(Case.reference == headings[0]),
        "R": select(Report.case_id).where(Report.reference == headings[0]),
        "N": select(Notice.case_id).where(Notice.reference == headings[0]),
    }
    return session.scalar(ids[headings[1]])


# --- The API ---------------------------------------------------------------------------------------------------------


def listed(
    session: Session, state: str | None, q: str, cursor: str | None, filters: Filters = ANY
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of cases as the API gives them, most urgent first."""
    cases = filters.of(session, _search(session, with_listing(), q))
    rows, after = store.queue(session, cases, state, cursor)
    return _shown(session, rows), after


def get(session: Session, case_id: str) -> dict[str, Any]:
    """One case as the API gives it."""
    rows = session.execute(with_listing().where(Case.id == case_id)).all()
    if not rows:
        raise Refused("not-found", sentence("There is no such case."))
    return _shown(session, rows)[0]


def chosen_ids(session: Session, place: "QueuePlace") -> list[str]:
    """The ids of all cases that the queue lists there, in its order, whatever its page."""
    return store.queued_ids(session, *_chosen(session, place))


def by_ids(session: Session, case_ids: list[str]) -> list[dict[str, Any]]:
    """These cases as the API gives them, in this order; without those that there are not."""
    rows = {row[0].id: row for row in session.execute(with_listing().where(Case.id.in_(case_ids)))}
    return _shown(session, [rows[case_id] for case_id in case_ids if case_id in rows])


def decided(session: Session, case_id: str) -> dict[str, Any]:
    """What a decision has made of a case, in few words."""
    case, pending = store.get(session, case_id), decisions.pending_on(session, [case_id]).get(case_id)
    return {"version": case.version, "state": case.state} | _wait(pending)


def _wait(pending: PendingDecision | None) -> dict[str, Any]:
    """Until when a decision can be undone; or, where a stop holds its notice, that it can be until it is let go."""
    held = pending is not None and pending.stop_id is not None
    return {"undo_until": _undo_until(pending) if pending and not held else None, "notice_held": held}


def _undo_until(pending: PendingDecision) -> datetime:
    """In its time, that; afterwards, when what it waits for is seen to again, which for a look is the latest moment."""
    return (
        pending.due_at if pending.due_at > clock.now() else max(pending.due_at, pending.waits_until or pending.due_at)
    )


def _shown(session: Session, rows: Any) -> list[dict[str, Any]]:
    ids = [row[0].id for row in rows]
    lexicon_version = species.ready(session).version
    taxa, linked = identity.taxa(session, ids), links.for_api(session, ids)
    pending, notices = decisions.pending_on(session, ids), outgoing.newest(session, ids)
    claimed = current_claims.by_case(session, ids)
    earlier = past.of_cases(session, ids)
    names = (
        "id",
        "reference",
        "version",
        "state",
        "priority",
        "signals",
        "model_version",
        "report_count",
        "created_at",
    )
    return [
        {name: getattr(case, name) for name in names}
        | {
            "reasons": [_reason(kept) for kept in case.reasons],
            "matches": [_match(case.text, *kept) for kept in case.matches],
            "listing": {"url": ad.url, "title": ad.title, "platform": platform, "number": ad.number},
            "taxa": taxa[case.id],
            "links": linked[case.id],
            "company": slug,
            "notice": notices.get(case.id),
            "past": earlier.get(case.id, []),
            "spotters": case.spotter_count,
            "lexicon_version": lexicon_version,
            "claim": claimed.get(case.id),
        }
        | _wait(pending.get(case.id))
        for case, ad, platform, slug, _ in rows
    ]


def _match(text: str, start: int, end: int, kind: str, language: str | None = None) -> dict[str, Any]:
    return {"text": text[start:end], "start": start, "end": end, "kind": kind, "language": language}


def _reason(kept: dict[str, Any]) -> dict[str, str]:
    reason = reasons.read(kept)
    return {"sign": "-" if reason.against else "+", "words": languages.translated(reasons.words(reason))}


# --- The queue page --------------------------------------------------------------------------------------------------


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
    counts = store.counts(session)
    counts["undelivered"] = outgoing.count_not_arrived(session)
    counts["doubted"] = store.count_doubted(session)
    counts["questions"] = reply_store.count_waiting(session)
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
            "title": ad.title or ad.url,
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
        "oldest": store.oldest(session),
        "alarms": alarms.count_open(session),
        "last_decided": store.last_decided(session),
        "tab": tab,
        "filters": queue_filters.choices(session, filters),
        "filtered": bool(filters),
        "linked_to": filters.linked_to,
        "whole_url": QueuePlace(tab).url(),
        "csv_url": place.url("queue_csv.download"),
        "here_url": place.url(cursor=place.cursor),
        "next_url": place.url(cursor=after) if after else None,
        "items": items,
        "mails_set_aside": mails if tab == "undelivered" else 0,
    }


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
    return store.queue(session, *_chosen(session, place), place.cursor)


def _chosen(session: Session, place: QueuePlace) -> tuple[Any, str | None]:
    """A select of the cases that are listed there, and the tab they stand in (None: any)."""
    cases = place.filters.of(session, _search(session, with_listing(), place.q))
    if place.tab in ALARMS:
        return cases.where(Case.id.in_(ALARMS[place.tab]())), None
    return cases, None if place.q else place.tab


def following(session: Session, case_id: str, place: QueuePlace) -> tuple[str | None, str | None]:
    """The case after this one as the queue lists them, and the cursor of the page that shows it; None after the last.

    What somebody else has claimed is left to them.
    """
    case, me_id = store.get(session, case_id), web.current_account().id
    here = store.write_cursor(case.priority, case.id)
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


def headings(session: Session, case_ids: list[str]) -> list[dict[str, Any]]:
    """These cases by their names, in this order; without those that there are not."""
    rows = select(Case.id, Case.reference, Listing.title, Listing.url).join(Listing, Listing.id == Case.listing_id)
    found = {row.id: row for row in session.execute(rows.where(Case.id.in_(case_ids)))}
    here = [found[case_id] for case_id in case_ids if case_id in found]
    return [{"id": row.id, "reference": row.reference, "title": row.title or row.url} for row in here]


def undoable(session: Session, account_id: str) -> list[dict[str, Any]]:
    """What this person decided and can still undo, the newest first; what was decided on many cases at once is one entry.

    seconds: None where its time is over and it waits for a look at its listing alone.
    """
    groups: dict[tuple[str, Any], dict[str, Any]] = {}
    for pending, decision, case in decisions.pending_by(session, account_id):
        entry: dict[str, Any] = {"decision": Decision(decision.decision), "until": pending.due_at, "cases": []}
        entry = groups.setdefault((decision.decision, pending.due_at), entry)
        ad = session.get_one(Listing, case.listing_id) if not entry["cases"] else None
        entry["cases"].append({"id": case.id, "version": case.version, "title": ad and (ad.title or ad.url)})
    return [entry | {"seconds": _seconds(entry["until"])} for entry in groups.values()]


def _seconds(until: datetime) -> int | None:
    """How many are left."""
    left = math.ceil((until - clock.now()).total_seconds())
    return left if left > 0 else None


def _count(number: int) -> str:
    """A count as the tabs say it."""
    return str(number) if number < store.MOST else f"{store.MOST:,}+"


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
    return store.place(session, store.get(session, case_id))
