"""Cases of earlier years, which nobody has reported here: made closed, and taken out again while nothing has come of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import insert, new_id, reference
from server.core.words import CaseState
from server.ledger.cases.models import Case, CaseClaim, CaseDecision, CaseTaxon


def add(session: Session, rows: list[dict[str, Any]]) -> list[str]:
    """Cases of listings of earlier years: closed, reported by nobody here, judged by nothing. Their ids, in this order.

    Each row: listing_id, company_id, host, title. The listings are new in this transaction.
    """
    at, made = clock.now(), []
    for row in rows:
        identifier = new_id()
        made.append({
            "id": identifier, "reference": reference("C", identifier), "listing_id": row["listing_id"],
            "state": CaseState.CLOSED, "version": 1, "changed_version": 1, "priority": 0, "reasons": [], "signals": {},
            "text": row["title"] or "", "matches": [], "report_count": 0, "spotter_count": 0, "unseen_count": 0,
            "company_id": row["company_id"], "host": row["host"], "model_version": None, "created_at": at, "updated_at": at,
        })  # fmt: skip
    insert(session, Case, *made)
    return [str(row["id"]) for row in made]


def add_taxa(session: Session, rows: list[tuple[str, str]], likelihood: float) -> None:
    """The taxon of each of these new cases."""
    made = [{"case_id": case_id, "taxon_id": taxon_id, "likelihood": likelihood} for case_id, taxon_id in rows]
    insert(session, CaseTaxon, *made)


def listings_of(session: Session, case_ids: list[str]) -> list[str]:
    """The listings of these cases."""
    return list(session.scalars(select(Case.listing_id).where(Case.id.in_(case_ids))))


def of_listings(session: Session, listing_ids: list[str]) -> dict[str, str]:
    """The case of each of these listings, by the listing."""
    rows = session.execute(select(Case.listing_id, Case.id).where(Case.listing_id.in_(listing_ids)))
    return {listing_id: case_id for listing_id, case_id in rows}  # noqa: C416


def decided_among(session: Session, case_ids: Any, since: datetime | None = None) -> set[str]:
    """Those of these cases (ids, or a select of them) that somebody has decided on since then, or named as the original."""
    chosen = (CaseDecision.at >= since,) if since else ()
    on = select(CaseDecision.case_id).where(CaseDecision.case_id.in_(case_ids), *chosen)
    like = select(CaseDecision.duplicate_of).where(CaseDecision.duplicate_of.in_(case_ids), *chosen)
    return set(session.scalars(on)) | set(session.scalars(like))


def drop_unreported(session: Session, case_ids: list[str]) -> list[str]:
    """Delete those of these cases that nobody has reported; the ids of their listings."""
    chosen = select(Case.id, Case.listing_id).where(Case.id.in_(case_ids), Case.report_count == 0)
    rows = session.execute(chosen.with_for_update()).all()
    ids = [row.id for row in rows]
    for table in (CaseTaxon, CaseClaim):
        session.execute(delete(table).where(table.case_id.in_(ids)))
    session.execute(delete(Case).where(Case.id.in_(ids)))
    return [row.listing_id for row in rows]
