"""Whether a listing is known already: for trusted spotters, before they flag it once more."""

from typing import Any

from flask import Blueprint

from server.core import payloads, rates, web
from server.core.database import db
from server.ledger.listings.schemas import Known, KnownQuery
from server.reads import listings as overview

api = Blueprint("listings_api", __name__, url_prefix="/api/v1")


@api.get("/listings/known")
@payloads.endpoint(summary="Whether a listing has been reported (for trusted spotters)", query=KnownQuery, reply=Known)
def known(query: dict[str, Any]) -> dict[str, bool]:
    """True only for trusted and lead spotters; nothing of its state, of when, of by whom."""
    account_id = web.current_account().id
    rates.limit("look-ups", account_id, web.settings().reports_per_minute, "Flag it; known ones are sorted out here.")
    return {"known": overview.known(db.session(), account_id, query["url"])}
