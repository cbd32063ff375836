"""The desk's view: the queue, and one case with its listing, reports, evidence, notice and history."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server import clock, web, wording
from server.cases import store
from server.cases.models import Case, CaseDecision
from server.companies import routing
from server.companies import store as companies
from server.companies.models import Company, Platform
from server.listings.models import Listing
from server.notices import store as notices
from server.notices.models import DeliveryAttempt, Notice
from server.overview import checks as checking
from server.reports import store as reports
from server.reports.models import Evidence, Report
from server.species import store as species
from server.urls import read as read_url
from server.words import CaseState, Decision, DeliveryState, Refused

MOST_REPORTS = 100  # shown on one page; the count tells of the rest
TABS = {"waiting": "Waiting", "unrouted": "No route", "asked": "Asked", "held": "Held", "notified": "Notified",
        "answered": "Answered", "closed": "Closed", "undelivered": "Undelivered"}  # fmt: skip


def _with_listing() -> Any:
    chosen = select(Case, Listing, Platform.name, Company.slug, Company.name)
    chosen = chosen.join(Listing, Listing.id == Case.listing_id)
    chosen = chosen.outerjoin(Platform, Platform.id == Listing.platform_id)
    return chosen.outerjoin(Company, Company.id == Case.company_id)


def _search(chosen: Any, q: str) -> Any:
    if not q:
        return chosen
    like = "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (Listing.title, Listing.url, Case.reference, Listing.number)
    return chosen.where(or_(*(column.ilike(like, escape="\\") for column in columns)))


# --- The API ---------------------------------------------------------------------------------------------------------


def listed(session: Session, state: str | None, q: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """A page of cases as the API gives them, most urgent first."""
    rows, after = store.queue(session, _search(_with_listing(), q), state, cursor)
    return _shown(session, rows), after


def one(session: Session, case_id: str) -> dict[str, Any]:
    """One case as the API gives it."""
    rows = session.execute(_with_listing().where(Case.id == case_id)).all()
    if not rows:
        raise Refused("not-found", "There is no such case.")
    return _shown(session, rows)[0]


def _shown(session: Session, rows: Any) -> list[dict[str, Any]]:
    by_case = store.taxa(session, [row[0].id for row in rows])
    known = species.taxa_for(session, sorted({taxon for taxa in by_case.values() for taxon in taxa}))
    names = ("id", "reference", "version", "state", "priority", "reasons", "report_count", "created_at")
    return [
        {name: getattr(case, name) for name in names}
        | {
            "listing": {"url": ad.url, "title": ad.title, "platform": platform, "number": ad.number},
            "taxa": [known[taxon] for taxon in by_case[case.id] if taxon in known],
            "company": slug,
        }
        for case, ad, platform, slug, _ in rows
    ]


# --- The queue page --------------------------------------------------------------------------------------------------


def queue(session: Session, tab: str, q: str, cursor: str | None) -> dict[str, Any]:
    """The list beside every case: tabs with counts, the search, a page of items."""
    tab = tab if tab in TABS else "waiting"
    stuck = Case.id.in_(notices.undelivered())
    counts = store.counts(session)
    counts["undelivered"] = session.scalar(select(func.count()).select_from(Case).where(stuck)) or 0
    chosen = _search(_with_listing(), q)
    if tab == "undelivered":
        rows, after = store.queue(session, chosen.where(stuck), None, cursor)
    else:
        rows, after = store.queue(session, chosen, None if q else tab, cursor)
    thumbs = _thumbs(session, [row[0].id for row in rows])
    items = [
        {
            "id": case.id,
            "title": ad.title or ad.url,
            "priority": case.priority,
            "why": ", ".join(reason["words"] for reason in case.reasons[:2]),
            "company": company or case.host,
            "routed": case.company_id is not None,
            "created_at": case.created_at,
            "report_count": case.report_count,
            "thumb_url": thumbs.get(case.id),
            "state": case.state,
        }
        for case, ad, _, _, company in rows
    ]
    tabs = [
        {"name": name, "url": f"/cases?tab={key}", "count": counts[key], "current": key == tab and not q}
        for key, name in TABS.items()
        if counts[key] or key != "undelivered"  # an alarm, shown when there is one
    ]
    waiting = or_(Case.state == CaseState.OPEN, Case.unseen_count > 0)
    query = "" if tab == "waiting" else f"?tab={tab}"
    return {
        "tabs": tabs,
        "q": q,
        "total": counts["waiting"],
        "oldest": session.scalar(select(func.min(Case.created_at)).where(waiting)),
        "last_decided": session.scalar(select(func.max(CaseDecision.at))),
        "next_url": web.url_with("cases.queue", tab=tab, q=q or None, cursor=after) if after else None,
        "query": query,
        "items": items,
    }


def _thumbs(session: Session, case_ids: list[str]) -> dict[str, str]:
    """The blurred screenshot of each case's newest report that has one."""
    rows = (
        select(Report.case_id, func.max(Evidence.id))
        .join(Evidence, Evidence.report_id == Report.id)
        .where(Report.case_id.in_(case_ids), Evidence.name == "screenshot", Evidence.blurred_sha256.is_not(None))
        .group_by(Report.case_id)
    )
    return {case_id: f"/cases/{case_id}/evidence/{evidence_id}" for case_id, evidence_id in session.execute(rows)}


# --- One case --------------------------------------------------------------------------------------------------------


def page(session: Session, case_id: str, look: str | None = None) -> dict[str, Any]:
    """Everything cases/show.html shows of one case, and the route a notice would take."""
    found = session.execute(_with_listing().where(Case.id == case_id)).first()
    if found is None:
        raise Refused("not-found", "There is no such case.")
    case, ad, platform_name, _, _ = found
    told = reports.of_case(session, case_id, MOST_REPORTS)
    files = reports.evidence(session, [report.id for report in told])
    said = reports.feedback(session, [report.id for report in told])
    notice = notices.latest(session, case_id)
    best = next((report for report in reversed(told) if report.listing), told[-1])
    taxa = store.taxa(session, [case_id])[case_id]
    known = species.taxa_for(session, taxa)
    price = best.listing.get("price") or {}
    shown = {
        "id": case.id,
        "reference": case.reference,
        "version": case.version,
        "state": case.state,
        "priority": case.priority,
        "parts": [{"name": name.capitalize(), "value": value} for name, value in case.parts.items()],
        "reasons": [{"text": reason["words"], "against": reason["sign"] == "-"} for reason in case.reasons],
        "created_at": case.created_at,
        "unseen": case.unseen_count,
        "report_count": case.report_count,
        "listing": {
            "url": ad.url,
            "title": ad.title,
            "platform": platform_name,
            "host": case.host,
            "number": ad.number or best.listing.get("number"),
            "price": price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))),
            "seller": (best.listing.get("seller") or {}).get("name"),
            "location": best.listing.get("location"),
            "first_seen": ad.first_seen_at,
        },
        "text": segments(case.text, case.matches),
        "counts": {kind: sum(match[2] == kind for match in case.matches) for kind in ("taxon", "trade", "against")},
        "taxa": [known[taxon] for taxon in taxa if taxon in known],
        "evidence": [picture(case_id, file, look) for report in told for file in files[report.id]],
        "reports": [_report(report, said[report.id]) for report in told],
        "notice": _notice(session, notice, case),
        "hold": _hold(session, case),
        "check": checking.standing(session, ad.id) if notice else None,
        "history": sorted(
            [{"at": row.at, "text": _decided(row)} for row in store.decisions(session, case_id)]
            + checking.history(session, ad.id),
            key=lambda entry: entry["at"],
        ),
    }
    return {"case": shown, "route": route(session, ad.url)}


def segments(text: str, matches: list[list[Any]]) -> list[dict[str, Any]]:
    """The ad's text in pieces, those that matched with their kind; overlapping matches keep the first."""
    pieces, place = [], 0
    for start, end, kind in sorted(matches, key=lambda match: (match[0], -match[1])):
        if start < place:
            continue
        if start > place:
            pieces.append({"text": text[place:start], "kind": None})
        pieces.append({"text": text[start:end], "kind": kind})
        place = end
    if text[place:]:
        pieces.append({"text": text[place:], "kind": None})
    return pieces


def picture(case_id: str, file: Evidence, look: str | None) -> dict[str, Any]:
    """One file as the veil shows it."""
    base = f"/cases/{case_id}/evidence/{file.id}"
    if file.width is None:
        caption = "A copy of the page's text, kept as a file; it is never opened here."
    elif file.unreadable:
        caption = file.unreadable
    elif file.clean_at:
        caption = f"Marked clean {wording.moment(file.clean_at, clock.now())}: it may leave with a notice."
    else:
        caption = "Not marked clean yet, so it will not leave with a notice."
    return {
        "id": file.id,
        "kind": file.name if file.width else "picture",
        "caption": caption,
        "blurred_url": base,
        "clear_url": f"{base}?look=1",
        "ready": file.copy_sha256 is not None,
        "looked": file.id == look,
        "clean": file.clean_at is not None,
        "original_url": f"{base}/original",
    }


def _report(report: Report, said: list[Any]) -> dict[str, Any]:
    names = ("reason", "level", "category", "legality_evidence", "confidence", "access")
    replies: list[dict[str, Any]] = []
    for entry in said:
        if entry.status == "needs_info" and entry.speaker == "coordinator":
            replies.append({"question": entry.text, "at": entry.at, "reply": None})
        elif entry.speaker == "spotter" and replies:
            replies[-1]["reply"] = entry.text
    return {name: getattr(report, name) for name in names} | {"at": report.received_at, "replies": replies}


def _notice(session: Session, notice: Notice | None, case: Case) -> dict[str, Any] | None:
    if notice is None:
        return None
    delivery, attempts = notices.delivery(session, notice.id)
    return {
        "id": notice.id,
        "reference": notice.reference,
        "sent_at": notice.created_at,
        "answer_by": notice.answer_by,
        "delivery": delivery.state if delivery else DeliveryState.QUEUED,
        "attempts": [{"at": each.started_at, "said": _attempt(each)} for each in attempts],
        "withdrawable": notice.withdrawn_at is None and notice.replaced_at is None,
        "withdrawn_at": notice.withdrawn_at,
        "answers": [
            {"answer": a.answer, "reason": a.reason, "at": a.at, "via": a.via, "url": a.url}
            for a in notices.answers_of(session, notice.id)
        ],
    }


ATTEMPT = {"sent": "Sent", "later": "Did not work, tried again", "never": "Refused for good", None: "Broken off"}


def _attempt(attempt: DeliveryAttempt) -> str:
    return f"{ATTEMPT[attempt.outcome]}{': ' + attempt.detail if attempt.detail else ''}"


def _hold(session: Session, case: Case) -> dict[str, Any] | None:
    if case.state != CaseState.HELD:
        return None
    last = store.decisions(session, case.id)[-1]
    return {"why": case.held_why, "until": case.held_until, "reason": last.reason}


DECIDED = {
    Decision.NOTIFY: "Notified",
    Decision.DISMISS: "Dismissed",
    Decision.ASK: "Asked the spotters",
    Decision.HOLD: "Held",
}


def _decided(row: CaseDecision) -> str:
    return f"{DECIDED[Decision(row.decision)]}: {row.reason}"


def route(session: Session, url: str) -> dict[str, Any] | None:
    """Where a notice on this address would go, or None."""
    platform = companies.directory(session).route(read_url(url))
    if platform is None:
        return None
    spoc = routing.choose_spoc(platform.company, demo=web.settings().demo)
    return {
        "company": {"name": platform.company.name, "slug": platform.company.slug},
        "platform": platform.name,
        "policy_url": platform.company.policy_url,
        "spoc": {
            "name": spoc.name,
            "channel": spoc.channel,
            "language": (spoc.languages or ("",))[0],
            "verified": spoc.verified_on,
        }
        if spoc
        else None,
    }


def checks(page: dict[str, Any]) -> list[dict[str, str]]:
    """What a coordinator sees before a notice leaves: what is in order, what to note, what is missing."""
    case, way = page["case"], page["route"]
    spoc = way and way["spoc"]
    found = [("good", "The address is exact.")]
    found.append(
        ("good", f"Goes to {spoc['name']}.") if spoc else ("bad", "No contact point is known: it cannot leave.")
    )
    if way and not way["policy_url"]:
        found.append(("warn", f"No policy of {way['company']['name']} is on file: name the rule, or rest on law."))
    found.append(
        ("good", "Species recognised.")
        if case["taxa"]
        else ("warn", "No listed species recognised: name it in the reason.")
    )
    pictures = [file for file in case["evidence"] if file["kind"] != "picture"]
    if any(file["clean"] for file in pictures):
        found.append(("good", "A screenshot marked clean goes with it."))
    elif pictures:
        found.append(("warn", "No screenshot is marked clean: it goes without one."))
    return [{"state": state, "text": text} for state, text in found]


def address(session: Session, case_id: str) -> str:
    """The address of the listing a case is about."""
    found = session.scalar(select(Listing.url).join(Case, Case.listing_id == Listing.id).where(Case.id == case_id))
    if found is None:
        raise Refused("not-found", "There is no such case.")
    return found


def notice_id(session: Session, case_id: str) -> str:
    """The newest notice of a case. Raises Refused("conflict") when there is none."""
    notice = notices.latest(session, case_id)
    if notice is None:
        raise Refused("conflict", "There is no notice on this case.")
    return notice.id


def evidence(session: Session, case_id: str, evidence_id: str) -> Evidence:
    """A file of one of the case's reports. Raises Refused("not-found") for any other."""
    found = select(Evidence).join(Report, Report.id == Evidence.report_id)
    file = session.scalars(found.where(Evidence.id == evidence_id, Report.case_id == case_id)).first()
    if file is None:
        raise Refused("not-found", "There is no such file.")
    return file


def place(session: Session, case_id: str) -> dict[str, int] | None:
    """Which number this case has in the queue, by its priority."""
    case = store.one(session, case_id)
    waiting = or_(Case.state == CaseState.OPEN, Case.unseen_count > 0)
    if case.state != CaseState.OPEN and not case.unseen_count:
        return None
    ahead = or_(Case.priority > case.priority, (Case.priority == case.priority) & (Case.id > case.id))
    before = session.scalar(select(func.count()).select_from(Case).where(waiting, ahead)) or 0
    total = session.scalar(select(func.count()).select_from(Case).where(waiting)) or 0
    return {"number": before + 1, "total": total}
