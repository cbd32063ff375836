"""What a spotter may learn of a listing before they flag it."""

from sqlalchemy.orm import Session

from server.core import clock, urls
from server.core.words import TRUSTED, Level, Standing
from server.ledger.companies import store as companies
from server.ledger.listings import key as listing_key
from server.ledger.listings import store as listings
from server.people.accreditation import store as accreditation


def known(session: Session, account_id: str, url: str) -> bool:
    """Whether the listing at `url` has been reported, told to trusted and lead spotters alone.

    For everybody else the same statements run and the answer is thrown away, so that neither words nor time tell an
    infiltrator what is known.
    """
    may_hear = level(session, account_id) in TRUSTED
    reported = listings.is_known(session, _key(session, url))
    return may_hear and reported


def level(session: Session, account_id: str) -> Level | None:
    """How far this person is trusted as a spotter today; None when not accredited."""
    at = clock.now()
    last = accreditation.current(session, account_id, at)
    return last.level if last and last.standing_at(at) == Standing.ACTIVE else None


def _key(session: Session, url: str) -> str:
    address = urls.read(url)
    return listing_key.listing_key(address, companies.directory(session).route(address))[0]
