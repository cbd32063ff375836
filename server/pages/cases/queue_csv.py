"""The queue as CSV: all that it lists at an address, whatever its page. A POST, because each export is recorded."""

from flask import Blueprint, Response

from server.core import web
from server.core.database import db
from server.journeys.oversight import list_export
from server.pages.cases import place
from server.reads import list_rows, queue

pages = Blueprint("queue_csv", __name__)


@pages.post("/cases.csv")
def download() -> Response:
    """The cases of this place in the queue, most urgent first."""
    ids = queue.chosen_ids(db.session(), place.here())
    account_id = web.current_account().id
    list_export.record_export(
        account_id, "cases_exported", "cases", "queue", place.asked().keys() - {"cursor"}, cases=len(ids)
    )
    return web.table(list_rows.CASES, list_rows.of_cases(ids), "cases")
