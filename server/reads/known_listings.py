"""Whether a listing has been reported here: not those that are only known from earlier years or whose reports are withdrawn."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS


def is_reported(session: Session, key: str) -> bool:
    """Whether somebody reports the listing known by `key` and stands by it. One row comes back either way."""
    reported = exists().where(Listing.key == key, Case.listing_id == Listing.id, Report.case_id == Case.id, STANDS)
    return bool(session.scalar(select(reported)))
