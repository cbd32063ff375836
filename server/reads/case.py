"""The desk's view of one case: its listing, reports, evidence and route; `case_history` has what was done about it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import reasons, wording, work
from server.core.sentences import sentence
from server.core.urls import read as read_url
from server.core.words import Refused
from server.ledger.cases import decisions, naming
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.listings.models import Listing
from server.ledger.notices import store as notices
from server.ledger.past import outcome_words
from server.ledger.past import store as past
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.reports.models import Evidence, Report
from server.ledger.species.terms import TermKind
from server.people.accounts import frozen
from server.reads import (
    case_history,
    case_pictures,
    case_said,
    identity,
    links,
    outgoing,
    practice_lane,
    spoc_choice,
    team_reports,
)
from server.reads.case_search import with_listing

MOST_REPORTS = 100  # shown on one page; the count tells of the rest


def page(session: Session, case_id: str, look: str | None = None) -> dict[str, Any]:
    """Everything cases/show.html shows of one case, and the route a notice would take."""
    row = session.execute(with_listing().where(Case.id == case_id)).first()
    if row is None:
        raise Refused("not-found", sentence("There is no such case."))
    case, listing, platform_name, _, _ = row
    newest = reports.of_case(session, case_id, MOST_REPORTS)
    files = reports.evidence(session, [report.id for report in newest])
    feedback = reports.feedback(session, [report.id for report in newest])
    reporters = reports.reporters(session, case_id)
    frozen_ids = frozen.among(session, reporters)
    notice, waiting = notices.latest(session, case_id), decisions.pending_on(session, [case_id]).get(case_id)
    clean = outgoing.clean_pictures(session, [case_id]).get(case_id, outgoing.CleanPictures())
    leaving = {file.id for file, _ in clean.addresses("")}
    shown_files = {  # by the report's id, by their names
        report.id: {
            file.name: case_pictures.picture(case_id, file, look, sent=notice is not None, leaves=file.id in leaving)
            for file in files[report.id]
        }
        for report in newest
    }
    kept = [
        case_pictures.CaseFile(
            file,
            shown_files[report.id][file.name],
            stands=case_said.counts(report) and report.account_id not in frozen_ids,
            leaves=file.id in leaving,
        )
        for report in reversed(newest)
        for file in files[report.id]
    ]
    said = [
        case_said.of_report(report, feedback[report.id], report.account_id in frozen_ids)
        | {"pictures": shown_files[report.id]}
        for report in newest
    ]
    stated = statements.stated(newest, case.text)
    price = stated["price"] or {}
    shown = {
        "id": case.id,
        "reference": case.reference,
        "version": case.version,
        "state": case.state,
        "priority": case.priority,
        "parts": [{"name": PARTS[name], "value": case.signals[name]} for name in PARTS if name in case.signals],
        "sum": _sum(case.signals),
        "model_version": case.model_version,
        "reasons": [
            {"text": reasons.words(reason), "against": reason.against} for reason in map(reasons.read, case.reasons)
        ],
        "created_at": case.created_at,
        "unseen": case.unseen_count,
        "new_reports": case.unseen_count and sum(not each.notice_id for each in reports.unfinished(session, case.id)),
        "report_count": case.report_count,
        "spotter_count": case.spotter_count,
        "listing": {
            "url": listing.url,
            "title": listing.title,
            "name": naming.name(listing.title, listing.url, case.text, case.matches),
            "platform": platform_name,
            "host": case.host,
            "number": listing.number or stated["number"],
            "price": price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))),
            "seller": stated["seller"],
            "location": stated["location"],
            "first_seen": listing.first_seen_at,
        },
        "text": segments(case.text, case.matches),
        "wordings": statements.other_wordings(newest, case.text),
        "counts": {kind: sum(match[2] == kind for match in case.matches) for kind in TermKind},
        "taxa": identity.taxa(session, [case_id])[case_id],
        "category": identity.category(session, case, said=newest if len(newest) < MOST_REPORTS else None),
        "evidence": [file for report in newest for file in shown_files[report.id].values()],
        "pictures": case_pictures.grouped(kept),
        "company_sees": clean,
        "reports": said,
        "questions": case_said.questions(said),
        "new_answers": case_said.count_new(said) if case.unseen_count else 0,
        "frozen": bool(frozen_ids) and case_history.frozen(session, case, notice, waiting),
        "notice": case_history.notice_page(session, notice) if notice else None,
        "earlier_notices": case_history.earlier_notices(session, notice) if notice else [],
        "hold": case_history.hold(session, case),
        "pending": case_history.pending(session, waiting),
        "doubted_at": case.doubted_at,
        "opinions": practice_lane.opinions(session, case_id),
        "leads": team_reports.on_case(session, case_id),
        "check": case_history.open_check(session, listing.id) if notice else None,
        "history": case_history.history(session, case, waiting),
        "past": [
            entry | {"words": outcome_words.OUTCOME[entry["outcome"]]}
            for entry in past.of_cases(session, [case_id]).get(case_id, [])
        ],
        "seen_before": links.seen_before(session, case_id),
        "compared": not work.is_pending(session, "know_again", [report.id for report in newest]),
    }
    shown["language"] = stated["language"]
    return {"case": shown, "route": route(session, listing.url, case.text, shown["taxa"], shown["language"])}


PARTS = {"likely": sentence("Likelihood"), "harm": sentence("Harm"), "fresh": sentence("Freshness")}


def _sum(signals: dict[str, float]) -> str:
    """How the priority is made of its parts, in numbers."""
    numbers = {
        name: wording.hundredths(signals.get(name, 0.0)) for name in ("likely", "harm", "fresh", "corroboration")
    }
    repost = signals.get("repost", 1.0)
    if repost > 1:
        numbers["repost"] = wording.hundredths(repost)
        return sentence(
            "100 × likelihood %(likely)s × (0.5 × harm %(harm)s + 0.3 × freshness %(fresh)s + 0.2 × voices %(corroboration)s) "
            "× repost %(repost)s",
            **numbers,
        )
    return sentence(
        "100 × likelihood %(likely)s × (0.5 × harm %(harm)s + 0.3 × freshness %(fresh)s + 0.2 × voices %(corroboration)s)",
        **numbers,
    )


def segments(text: str, matches: list[list[Any]]) -> list[dict[str, Any]]:
    """The ad's text in pieces, those that matched with their kind; overlapping matches keep the first."""
    pieces, place = [], 0
    for start, end, kind, *_ in sorted(matches, key=lambda match: (match[0], -match[1])):
        if start < place:
            continue
        if start > place:
            pieces.append({"text": text[place:start], "kind": None})
        pieces.append({"text": text[start:end], "kind": kind})
        place = end
    if text[place:]:
        pieces.append({"text": text[place:], "kind": None})
    return pieces


def route(
    session: Session,
    url: str,
    text: str = "",
    taxa: Sequence[identity.Taxon] = (),
    language: str | None = None,
) -> dict[str, Any] | None:
    """Where a notice on this address would go and why there, or None. language: as the ad's page states it."""
    address = read_url(url)
    platform = companies.directory(session).route(address)
    if platform is None:
        return None
    named = [taxon for taxon in taxa if taxon["confirmed"]] or taxa
    choice = spoc_choice.choice(session, text, address, platform, named, language)
    spoc = choice.spoc
    return {
        "company": {"name": platform.company.name, "slug": platform.company.slug},
        "platform": platform.name,
        "policy_url": platform.company.policy_url,
        "clauses": platform.company.clauses_for,
        "why": spoc_choice.words(choice, platform.company.name, platform.name),
        "spoc": {
            "name": spoc.name,
            "channel": spoc.channel,
            "language": (spoc.languages or ("",))[0],
            "languages": list(spoc.languages),
            "verified": spoc.verified_on,
        }
        if spoc
        else None,
    }


def checks(page: dict[str, Any], *, identified: bool = False) -> list[dict[str, str]]:
    """What a coordinator sees before a notice is sent: what is in order, what to note, what is missing.

    identified: the coordinator has said what it is, or that it is none of these.
    """
    case, destination = page["case"], page["route"]
    spoc = destination and destination["spoc"]
    results = [("good", sentence("The address is exact."))]
    if spoc:
        results.append(("good", sentence("Goes to %(spoc)s.", spoc=spoc["name"])))
    else:
        results.append(("bad", sentence("No SPOC is known, so it cannot be sent.")))
    if destination and not destination["policy_url"] and not destination["clauses"](()):
        company = destination["company"]["name"]
        text = sentence(
            "No policy of %(company)s is on file: add it to the directory, or rely on a law.", company=company
        )
        results.append(("warn", text))
    if not case["taxa"] and not identified:
        results.append(("warn", sentence("No listed species recognised: search for it, or say “None of these”.")))
    pictures = [file for file in case["evidence"] if file["kind"] != "picture"]
    if case["company_sees"].screenshot:
        results.append(("good", sentence("A screenshot marked clean is sent with it.")))
    elif pictures:
        results.append(("warn", sentence("No screenshot is marked clean: it is sent without one.")))
    return [{"state": state, "text": text} for state, text in results]


def address(session: Session, case_id: str) -> str:
    """The address of the listing a case is about."""
    url = session.scalar(select(Listing.url).join(Case, Case.listing_id == Listing.id).where(Case.id == case_id))
    if url is None:
        raise Refused("not-found", sentence("There is no such case."))
    return url


def notice_id(session: Session, case_id: str, stated: str) -> str:
    """The notice of this case that has this id. Raises Refused("not-found") for any other."""
    notice = notices.get(session, None, stated)
    if notice.case_id != case_id:
        raise Refused("not-found", notices.NOT_FOUND)
    return notice.id


def evidence(session: Session, case_id: str, evidence_id: str) -> Evidence:
    """A file of one of the case's reports. Raises Refused("not-found") for any other."""
    files = select(Evidence).join(Report, Report.id == Evidence.report_id)
    file = session.scalars(files.where(Evidence.id == evidence_id, Report.case_id == case_id)).first()
    if file is None:
        raise Refused("not-found", sentence("There is no such file."))
    return file
