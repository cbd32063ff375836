"""Whether a listing has been reported here: not those that are only known from earlier years."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing


def is_reported(session: Session, key: str) -> bool:
    """Whether somebody has reported the listing known by `key`. One row comes back either way."""
    cases = exists().where(Listing.key == key, Case.listing_id == Listing.id, Case.report_count > 0)
    return bool(session.scalar(select(cases)))
