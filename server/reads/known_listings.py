"""Whether a listing has been reported here, and one's own report of it: not those that are only known from earlier years or
whose reports are withdrawn."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports.models import IdempotencyKey, Report
from server.ledger.reports.store import STANDS


def is_reported(session: Session, key: str) -> bool:
    """Whether somebody reports the listing known by `key` and stands by it. One row comes back either way."""
    reported = exists().where(Listing.key == key, Case.listing_id == Listing.id, Report.case_id == Case.id, STANDS)
    return bool(session.scalar(select(reported)))


def own_report(session: Session, account_id: str, key: str) -> Report | None:
    """The newest report of this account about the listing known by `key` that it has not withdrawn.

    One statement, whoever else reports the listing; nothing of theirs, and nothing of its case, is read into an answer.
    """
    own = select(Report).join(Case, Case.id == Report.case_id).join(Listing, Listing.id == Case.listing_id)
    mine = own.where(Listing.key == key, Report.account_id == account_id, STANDS)
    return session.scalars(mine.order_by(Report.id.desc()).limit(1)).first()


def is_sent(session: Session, account_id: str, key: str) -> bool:
    """Whether this account's report under this idempotency key is kept: a second press of the same form."""
    return bool(
        session.scalar(select(exists().where(IdempotencyKey.account_id == account_id, IdempotencyKey.key == key)))
    )
