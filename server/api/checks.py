"""Looking again: what trusted spotters are asked, and what they saw."""

from typing import Any

from flask import Blueprint

from server.core import payloads, web
from server.core.database import db
from server.core.words import Seen
from server.journeys.report import verification
from server.ledger.monitoring.schemas import ChecksOut, ChecksQuery, LookOut, NewLook
from server.reads import checks as overview

api = Blueprint("monitoring_api", __name__, url_prefix="/api/v1")


@api.get("/checks")
@payloads.endpoint(summary="Listings I am asked to look at again", query=ChecksQuery, reply=ChecksOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """The few offered to the caller; none for those who are not asked."""
    return {"items": overview.offered(db.session(), web.current_account().id, query["without"]), "next": None}


@api.post("/checks/<check_id>")
@payloads.endpoint(summary="Say what I saw", body=NewLook, reply=LookOut, status=201)
def look(check_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Present, gone, or cannot tell. The same look twice is one."""
    verification.look(check_id, web.current_account().id, Seen(data["outcome"]), (data["note"] or "").strip() or None)
    return {"id": check_id, "outcome": data["outcome"]}
