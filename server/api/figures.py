"""Figures of notices: of every company for coordinators' programs, of its own for a company's."""

from typing import Any

from flask import Blueprint

from server.core import payloads, web
from server.core.database import db
from server.ledger.notices.figures_schemas import FiguresOut, FiguresQuery
from server.reads import figures

api = Blueprint("figures_api", __name__, url_prefix="/api/v1")


@api.get("/figures")
@payloads.endpoint(summary="What became of the notices sent in some days", query=FiguresQuery, reply=FiguresOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """The same numbers as on the pages and in the CSV."""
    asked = figures.Asked(query["start"], query["end"], web.owner_or_everybody())
    return {"items": figures.became(db.session(), asked, query["by"]), "next": None}
