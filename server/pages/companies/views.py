"""The directory's page, for coordinators and administrators."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from server.core import clock, web
from server.core.database import db
from server.journeys.oversight import list_export
from server.ledger.companies import exporting
from server.pages.companies import directory

pages = Blueprint("companies", __name__, url_prefix="/companies")


@pages.get("")
def index() -> Response:
    """Who can be reached: what needs a person first."""
    tab, q, cursor = request.args.get("tab", "all"), request.args.get("q", ""), request.args.get("cursor")
    return web.render("companies/index.html", q=q, **directory.listed(db.session(), tab, q, cursor))


@pages.post("/export")
def export() -> Response:
    """The directory as the file that `companies export` prints. A POST, because each export is recorded."""
    content = exporting.exported(db.session())
    list_export.record_export(
        web.current_account().id,
        "directory_exported",
        "companies",
        "directory",
        (),
        companies=len(content["companies"]),
    )
    text = exporting.as_yaml(content)
    return web.attached(text, "application/yaml; charset=utf-8", f"companies-{clock.now().date()}.yaml")
