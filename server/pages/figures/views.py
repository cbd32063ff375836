"""The pages of figures, and the same as CSV: the desk's of every company, a company's of its own. A GET changes nothing."""

from flask import Blueprint, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from server.core import cells, web
from server.core.database import db
from server.core.words import Refused
from server.journeys.oversight import list_export
from server.pages.figures import figures_page
from server.reads import attention, figures, list_rows, waiting_lines

pages = Blueprint("figures", __name__)

PRESSING = 3  # lines of what waits, above the figures


@pages.get("/figures")
def show() -> Response:
    """What became of notices, for the desk."""
    return _show(None)


@pages.get("/figures/own")
def own() -> Response:
    """What became of the company's own."""
    return _show(web.owner())


@pages.get("/figures.csv")
def csv() -> Response:
    """The numbers of the page for a spreadsheet."""
    return _csv(None)


@pages.get("/figures/own.csv")
def own_csv() -> Response:
    """The company's own for a spreadsheet."""
    return _csv(web.owner())


@pages.post("/cases/notices.csv")
def notices() -> FlaskResponse:
    """Each notice that the page counts, for a spreadsheet. A POST, because each export is recorded."""
    asked = figures_page.read(request.args, False)
    which = figures_page.sent(db.session(), asked, None)
    kind, object_id = ("company", which.company_id) if which.company_id else ("notices", "all")
    by = [name for name in ("from", "to", "company") if request.args.get(name)]
    list_export.record_export(web.current_account().id, "notices_exported", kind, object_id, by)
    return web.table(list_rows.SENT, list_rows.of_sent(which), "notices")


def _show(own_id: str | None) -> Response:
    status, errors = 200, list[str]()
    try:
        asked = figures_page.read(request.args, own_id is not None)
    except Refused as refusal:  # said above the form; the figures are those of the first period
        status, errors = 422, [refusal.detail]
        asked = figures_page.read({}, own_id is not None)
    lines: list[waiting_lines.SaidLine] = []
    if own_id is None and not asked.company:
        lines = waiting_lines.pressing(attention.lines(db.session(), web.current_account().id), PRESSING)
    shown = figures_page.shown(db.session(), asked, own_id)
    return web.render("figures/show.html", status, errors=errors, waiting_lines=lines, **shown)


def _csv(own_id: str | None) -> FlaskResponse:
    asked = figures_page.read(request.args, own_id is not None)
    rows = figures.became(db.session(), figures_page.sent(db.session(), asked, own_id), asked.by)
    text = cells.BOM + "".join(cells.lines([figures.HEADS, *map(figures.cells, rows)]))
    days = "-".join(str(day) for day in (asked.start, asked.end) if day)
    return web.attached(text, "text/csv; charset=utf-8", f"figures-{days or 'all'}-by-{asked.by}.csv")
