"""Cases as the API gives them: a page of the queue, one case, what a decision has made of it."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, languages, reasons
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.cases import decisions, queue_store, store
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.companies import store as companies
from server.ledger.past import store as past
from server.ledger.species import store as species
from server.reads import case_search, current_claims, identity, links, outgoing
from server.reads.queue_filters import ANY, Filters


def listed(
    session: Session, state: str | None, q: str, cursor: str | None, filters: Filters = ANY
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of cases as the API gives them, most urgent first."""
    cases, few = case_search.search(session, case_search.with_listing(), q)
    rows, after = queue_store.queue(session, filters.of(session, cases), state, cursor, few=few)
    return _shown(session, rows), after


def get(session: Session, case_id: str) -> dict[str, Any]:
    """One case as the API gives it."""
    rows = session.execute(case_search.with_listing().where(Case.id == case_id)).all()
    if not rows:
        raise Refused("not-found", sentence("There is no such case."))
    return _shown(session, rows)[0]


def by_ids(session: Session, case_ids: list[str]) -> list[dict[str, Any]]:
    """These cases as the API gives them, in this order; without those that there are not."""
    rows = {row[0].id: row for row in session.execute(case_search.with_listing().where(Case.id.in_(case_ids)))}
    return _shown(session, [rows[case_id] for case_id in case_ids if case_id in rows])


def decided(session: Session, case_id: str) -> dict[str, Any]:
    """What a decision has made of a case, in few words."""
    case, pending = store.get(session, case_id), decisions.pending_on(session, [case_id]).get(case_id)
    return {"version": case.version, "state": case.state, "goes_to": _goes_to(session, pending)} | _wait(pending)


def _goes_to(session: Session, pending: PendingDecision | None) -> dict[str, Any] | None:
    """The SPOC that a decision's notice goes to: whoever decides on many has seen no address before."""
    if pending is None or pending.notice is None:
        return None
    spoc = companies.spoc(session, pending.notice["spoc_id"])
    return {
        "spoc": spoc.name if spoc else None,
        "channel": pending.notice["channel"],
        "address": pending.notice["address"] or None,
    }


def _wait(pending: PendingDecision | None) -> dict[str, Any]:
    """Until when a decision can be undone, whatever it waits for afterwards; or, where a stop holds its notice, that it can be until it is let go."""
    held = pending is not None and pending.stop_id is not None
    in_time = pending is not None and not held and pending.due_at > clock.now()
    return {"undo_until": pending.due_at if pending and in_time else None, "notice_held": held}


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
