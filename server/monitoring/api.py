"""Looking again: what trusted spotters are asked, and what they saw."""

from typing import Any

from flask import Blueprint

from server import journey, web
from server.database import db
from server.monitoring.schemas import ChecksOut, ChecksQuery, LookOut, NewLook
from server.overview import checks as overview
from server.words import Seen

api = Blueprint("monitoring_api", __name__, url_prefix="/api/v1")


@api.get("/checks")
@web.endpoint(summary="Listings I am asked to look at again", query=ChecksQuery, reply=ChecksOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """The few offered to the caller; none for those who are not asked."""
    return {"items": overview.offered(db.session(), web.current_account().id, query["without"]), "next": None}


@api.post("/checks/<check_id>")
@web.endpoint(summary="Say what I saw", body=NewLook, reply=LookOut, status=201)
def look(check_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Present, gone, or cannot tell. The same look twice is one."""
    journey.look(check_id, web.current_account().id, Seen(data["outcome"]), (data["note"] or "").strip() or None)
    return {"id": check_id, "outcome": data["outcome"]}
