"""The feed of new trade terms, for companies' programs."""

from typing import Any

from flask import Blueprint

from server.core import payloads
from server.core.database import db
from server.ledger.species import found
from server.ledger.species.schemas import TermQuery, TermsOut

api = Blueprint("terms_api", __name__, url_prefix="/api/v1")


@api.get("/terms")
@payloads.endpoint(summary="Words of the trade added to the lexicon, oldest first", query=TermQuery, reply=TermsOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """A page; with the last id as cursor, what was added since."""
    items, after = found.subscribed(db.session(), query["cursor"])
    return {"items": items, "next": after}
