"""The pages of past work: upload, the mapping of columns, what was checked, and undo. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.oversight import past_work
from server.ledger.past import columns, sheet, store
from server.ledger.past.dates import FIRST_YEAR, DatesProblem
from server.ledger.past.models import PastImport
from server.ledger.past.rows import MOST_SPECIES, MOST_TITLE, RowProblem
from server.ledger.past.states import PastState
from server.pages.past.forms import ColumnsForm, SheetForm, columns_of

pages = Blueprint("past", __name__, url_prefix="/past-work")

PROBLEMS = 100  # rows with an error that a page shows
STATE = {
    PastState.MAPPING: sentence("Say what its columns hold"),
    PastState.CHECKING: sentence("Being checked"),
    PastState.CHECKED: sentence("Checked, not imported yet"),
    PastState.IMPORTING: sentence("Being imported"),
    PastState.IMPORTED: sentence("Imported"),
    PastState.UNDOING: sentence("Being undone"),
    PastState.UNDONE: sentence("Undone"),
}
DROPPED = sentence("Dropped")  # by somebody, or because nobody imported it in time
PROBLEM = {
    RowProblem.UNREADABLE: sentence("This row cannot be read."),
    RowProblem.QUOTE: past_work.BROKEN,
    RowProblem.ADDRESS: sentence("This is not a web address."),
    RowProblem.NO_ADDRESS: sentence("There is no address."),
    RowProblem.DATE: sentence(
        "This cannot be read as a day or a year since %(first)s. Write 2021-04-03, or 2021.", first=str(FIRST_YEAR)
    ),
    RowProblem.NO_DATE: sentence("The day or year is missing."),
    RowProblem.FUTURE: sentence("This day is in the future."),
    RowProblem.OUTCOME: sentence(
        "This outcome is not known. Write “removed”, “restricted”, “kept”, “already gone”, “no answer”, “dismissed” or “unknown”."
    ),
    RowProblem.PLATFORM: sentence("This platform is not in the directory."),
    RowProblem.ERROR: sentence("The cell holds an error."),
    RowProblem.GROUP: sentence("This species group is not known."),
    RowProblem.TOO_LONG: sentence(
        "This text is too long. A title has at most %(title)s characters, a species %(species)s.",
        title=MOST_TITLE,
        species=MOST_SPECIES,
    ),
}
DATES = {
    DatesProblem.AMBIGUOUS: sentence(
        "Its days can be read day first or month first, and the file does not show which. Choose below."
    ),
    DatesProblem.MIXED: sentence(
        "Some of its days can only be read day first, others only month first. Fix the file, or choose below: "
        "days that do not fit are then left out."
    ),
}


@pages.get("")
def index() -> Response:
    """Imports, newest first, and the form for another."""
    return _index(SheetForm(formdata=None))


@pages.post("")
def upload() -> Response:
    """Take a sheet. It is checked, and nothing of it is imported yet."""
    form = SheetForm()
    if form.validate():
        try:
            import_id = past_work.upload(form.name.data or "", form.content, web.current_account().id)
            return redirect(url_for("past.show", import_id=import_id))
        except Refused as refusal:
            form.say(refusal)
    return _index(form, 422)


def _index(form: SheetForm, status: int = 200) -> Response:
    imports, after = store.listed(db.session(), request.args.get("cursor"))
    next_url = web.url_with("past.index", cursor=after) if after else None
    return web.render("past/index.html", status, form=form, imports=imports, state=_state, next_url=next_url)


@pages.get("/<import_id>")
def show(import_id: str) -> Response:
    """One import: how far it is, what was found in it, and what its columns hold."""
    row = store.get(db.session(), import_id)
    return _show(row, columns_of(row))


def _show(row: PastImport, form: ColumnsForm, status: int = 200) -> Response:
    start, kept = _place(request.args.get("cursor")), len(row.problems)
    after = start + PROBLEMS
    mapped = {place for name, place in row.mapping.items() if name in set(columns.Column)}
    return web.render(
        "past/show.html",
        status,
        row=row,
        form=form,
        state=_state(row),
        working=row.state in store.WORKING,
        broken=past_work.BROKEN,
        unread_file=[words for problem, words in sheet.WHY.items() if row.counts.get(problem.value)],
        dates=[words for problem, words in DATES.items() if row.counts.get(problem.value)],
        unread=[name for place, name in enumerate(row.header) if place not in mapped and name],
        problems=[
            (number, PROBLEM[RowProblem(problem)], shown) for number, problem, shown in row.problems[start:after]
        ],
        uncounted=row.counts.get("wrong", 0) - kept if after >= kept else 0,
        next_url=web.url_with("past.show", import_id=row.id, cursor=str(after)) if after < kept else None,
        first_url=web.url_with("past.show", import_id=row.id) if start else None,
    )


def _state(row: PastImport) -> str:
    """What has become of an import, in words. What was never imported is not undone, but dropped."""
    return DROPPED if row.state == PastState.UNDONE and not row.imported_at else STATE[PastState(row.state)]


def _place(cursor: str | None) -> int:
    if cursor is None or (cursor.isascii() and cursor.isdigit() and len(cursor) < 8):
        return int(cursor or 0)
    raise Refused("invalid", sentence("This cursor is not valid."), errors={"cursor": [sentence("Not valid.")]})


@pages.post("/<import_id>/columns")
def map_columns(import_id: str) -> Response:
    """Say what its columns hold. It is checked again."""
    row = store.get(db.session(), import_id)
    form = ColumnsForm().offer(row.header)
    if not form.validate():
        return _show(row, form, 422)
    past_work.map_columns(import_id, form.mapping, form.written, web.current_account().id)
    return redirect(url_for("past.show", import_id=import_id))


@pages.post("/<import_id>/start")
def start(import_id: str) -> Response:
    """Import what was checked."""
    return _done(import_id, past_work.start)


@pages.post("/<import_id>/undo")
def undo(import_id: str) -> Response:
    """Take all of it out again."""
    return _done(import_id, past_work.undo)


def _done(import_id: str, act: past_work.Act) -> Response:
    try:
        act(import_id, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("past.show", import_id=import_id))
