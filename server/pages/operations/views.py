"""The operator's pages: so that a day's work needs no shell. A GET changes nothing."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import languages, settings_shown, web
from server.core.database import db
from server.core.forms import Form
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.oversight import operating
from server.pages.operations import operations_page
from server.pages.operations.forms import DropForm, SendingPauseForm
from server.pages.operations.settings_meaning import MEANING

pages = Blueprint("operations", __name__, url_prefix="/operations")


@pages.get("")
def index() -> Response:
    """What waits, what failed, who works, and whether everything is ready."""
    return _index(SendingPauseForm(formdata=None))


def _index(form: SendingPauseForm, status: int = 200) -> Response:
    return web.render("operations/index.html", status, form=form, **operations_page.overview(db.session()))


@pages.get("/settings")
def settings() -> Response:
    """The settings in force, and what runs here."""
    rows = [(name, value, MEANING[name]) for name, value in settings_shown.shown(web.settings())]
    return web.render("operations/settings.html", rows=rows, versions=operations_page.versions(db.session()))


@pages.post("/pause")
def pause() -> Response:
    """Nothing is sent until somebody resumes it."""
    form = SendingPauseForm()
    if not form.validate():
        return _index(form, 422)
    done = sentence("Sending is paused. Everything is kept.")
    return _act(lambda: operating.pause(web.current_account().id, form.note.data or ""), done, "operations.index")


@pages.post("/resume")
def resume() -> Response:
    """Everything that is due is sent again."""
    _guarded()
    done = sentence("Sending is resumed.")
    return _act(lambda: operating.resume(web.current_account().id), done, "operations.index")


@pages.get("/dead-letters")
def dead_letters() -> Response:
    """What failed permanently, the oldest first."""
    letters, after = operations_page.dead_letters(db.session(), request.args.get("after", "")[:32] or None)
    next_url = url_for("operations.dead_letters", after=after) if after else None
    return web.render("operations/dead_letters.html", letters=letters, next_url=next_url)


@pages.get("/dead-letters/<work_id>")
def dead_letter(work_id: str) -> Response:
    """One of them, with what was said when it failed."""
    return _letter(work_id, DropForm(formdata=None))


def _letter(work_id: str, form: DropForm, status: int = 200) -> Response:
    letter = operations_page.dead_letter(db.session(), work_id)
    if letter is None:
        raise Refused("not-found", sentence("There is no such dead letter. Somebody may have acted on it."))
    return web.render("operations/dead_letter.html", status, letter=letter, form=form)


@pages.post("/dead-letters/<work_id>/retry")
def try_again(work_id: str) -> Response:
    """The worker tries it again."""
    _guarded()
    done = sentence("The worker tries it again.")
    return _act(lambda: operating.try_again(web.current_account().id, work_id), done, "operations.dead_letters")


@pages.post("/dead-letters/<work_id>/drop")
def drop(work_id: str) -> Response:
    """It will never be done."""
    form = DropForm()
    if not form.validate():
        return _letter(work_id, form, 422)
    done = sentence("Dropped. It stays in the audit trail.")
    return _act(
        lambda: operating.drop(web.current_account().id, work_id, form.why.data), done, "operations.dead_letters"
    )


def _guarded() -> None:
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))


def _act(act: Callable[[], None], done: Sentence, then: str) -> Response:
    """Do it and say so; a conflict is said on the page that follows."""
    try:
        act()
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(languages.translated(refusal.detail), "problem")
    else:
        flash(languages.translated(done), "done")
    return redirect(url_for(then))
