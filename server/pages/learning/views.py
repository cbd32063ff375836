"""The desk's page of the model: how it does beside the rules, one click on, one click back. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import model
from server.pages.learning import model_page

pages = Blueprint("learning", __name__)


@pages.get("/model", endpoint="show")
def show() -> Response:
    """The newest model, and what orders the queue now."""
    return web.render("learning/show.html", **model_page.shown(db.session()))


@pages.post("/model")
def switch() -> Response:
    """Let a model order the queue, or the rules alone."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    version = request.form.get("version", "").strip() or None
    try:
        model.switch(version, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
        return redirect(url_for("learning.show"))
    done = (
        sentence("The model orders the queue now.") if version else sentence("The rules alone order the queue again.")
    )
    flash(translated(done), "done")
    return redirect(url_for("learning.show"))
