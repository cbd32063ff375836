"""What cases are called wherever pages list them, as `ledger/cases/naming.py` has it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.ledger.cases import naming
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing

# What a statement selects so that `of` can name its rows.
COLUMNS = Listing.title, Listing.url, Case.text, Case.matches


def of(row: Any) -> str:
    """The name of a case of which `COLUMNS` were read."""
    return naming.name(row.title, row.url, row.text, row.matches)


def headings(session: Session, case_ids: Collection[str]) -> list[dict[str, Any]]:
    """These cases by id, reference and name (`title`), in this order; without those that there are not."""
    rows = select(Case.id, Case.reference, *COLUMNS).join(Listing, Listing.id == Case.listing_id)
    found = {row.id: row for row in session.execute(rows.where(Case.id.in_(case_ids)))}
    here = [found[case_id] for case_id in case_ids if case_id in found]
    return [{"id": row.id, "reference": row.reference, "title": of(row)} for row in here]
