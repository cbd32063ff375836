"""Sites that no company in the directory runs: what was reported there over time. A GET changes nothing."""

from flask import Blueprint
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.pages.figures import unrouted_page

pages = Blueprint("unrouted", __name__, url_prefix="/figures")


@pages.get("/unrouted")
def index() -> Response:
    """All of them, those with most ads first."""
    return web.render("figures/unrouted.html", **unrouted_page.listed(db.session(), max(1, web.page_number())))


@pages.get("/unrouted.csv")
def csv() -> Response:
    """Each month of each site, for a spreadsheet."""
    return web.table(unrouted_page.CSV, unrouted_page.rows(db.session()), "unrouted")


@pages.get("/unrouted/<host>")
def show(host: str) -> Response:
    """One of them."""
    return web.render("figures/unrouted_site.html", **unrouted_page.shown(db.session(), host))
