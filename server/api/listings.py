"""Whether a listing is already known: for trusted spotters, before they flag it again."""

from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from server.core import clock, payloads, urls, web
from server.core.database import db
from server.core.words import TRUSTED
from server.journeys.report import intake
from server.ledger.companies import store as companies
from server.ledger.listings.key import listing_key
from server.ledger.listings.schemas import KnownQuery, KnownReply
from server.people.accreditation import store as accreditation
from server.reads import known_listings

api = Blueprint("listings_api", __name__, url_prefix="/api/v1")


@api.get("/listings/known")
@payloads.endpoint(
    summary="Whether a listing has been reported (for trusted spotters)", query=KnownQuery, reply=KnownReply
)
def known(query: dict[str, Any]) -> dict[str, bool]:
    """True only for trusted and lead spotters; nothing of its state, of when, of by whom."""
    account_id = web.current_account().id
    intake.limit_look_ups(account_id)
    return {"known": is_known_to(db.session(), account_id, query["url"])}


def is_known_to(session: Session, account_id: str, url: str) -> bool:
    """Whether the listing at `url` has been reported, told to trusted and lead spotters alone.

    For everybody else the same statements run and the answer is thrown away, so that neither words nor time tell an
    infiltrator what is known.
    """
    may_hear = accreditation.level(session, account_id, clock.now()) in TRUSTED
    address = urls.read(url)
    key, _ = listing_key(address, companies.directory(session).route(address))
    reported = known_listings.is_reported(session, key)
    return may_hear and reported
