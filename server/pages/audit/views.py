"""The page of the audit trail: what to keep elsewhere, and whether something is wrong."""

from flask import Blueprint
from werkzeug.wrappers import Response

from server.core import anchor, clock, seals, web
from server.core.database import db

pages = Blueprint("audit", __name__)


@pages.get("/audit")
def show() -> Response:
    """The head as it is now, the alarm if there is one, and how to compare a head that was kept."""
    kept, since = anchor.shown(), seals.waiting_since(db.session())
    late = since if since and clock.now() - since >= seals.LATE else None
    return web.render("audit/show.html", kept=kept, late=late)
