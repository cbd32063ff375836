"""A coordinator's saved filters: a place in the queue under a name, theirs alone."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import clock, problems, web
from server.core.database import db, write
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.pages.cases import place
from server.pages.cases.forms import SavedFilterForm
from server.people.desk import store
from server.reads import queue

pages = Blueprint("saved", __name__, url_prefix="/cases/saved")


@pages.get("")
def index() -> Response:
    """One's own saved filters; with a place of the queue in the address also the form that saves it."""
    return _page(SavedFilterForm(formdata=None))


@pages.post("")
def save() -> AnyResponse:
    """Save the place that the address names."""
    form = SavedFilterForm()
    if form.validate():
        try:
            with write() as session:
                store.save_filter(session, _me(), form.name.data or "", place.named(), clock.now())
            flash(translated(sentence("Saved. It is shown above the queue.")), "done")
            return redirect(web.url_with("cases.queue", **place.named()))
        except Refused as refusal:
            return _page(_refused(form, refusal), problems.STATUS[refusal.kind])
    return _page(form, 422)


@pages.post("/<filter_id>")
def rename(filter_id: str) -> AnyResponse:
    """Another name."""
    form = SavedFilterForm()
    if form.validate():
        try:
            with write() as session:
                store.rename_filter(session, _me(), filter_id, form.name.data or "")
            return redirect(url_for("saved.index"))
        except Refused as refusal:
            if refusal.kind == "not-found":
                raise
            return _page(_refused(form, refusal), problems.STATUS[refusal.kind], filter_id)
    return _page(form, 422, filter_id)


@pages.post("/<filter_id>/delete")
def delete(filter_id: str) -> AnyResponse:
    """It is gone; the cases stay where they are."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    with write() as session:
        name = store.delete_filter(session, _me(), filter_id)
    flash(translated(sentence("Deleted: %(name)s.", name=name)), "done")
    return redirect(url_for("saved.index"))


def _me() -> str:
    return web.current_account().id


def _refused(form: Any, refusal: Refused) -> Any:
    form.name.errors = [*form.name.errors, *refusal.errors.get("name", [refusal.detail])]
    return form


def _page(form: Any, status: int = 200, renamed: str | None = None) -> Response:
    """`form` saves the place of the address, or renames the filter with the id `renamed`."""
    saved = [
        {
            "id": row.id,
            "name": row.name,
            "url": web.url_with("cases.queue", **row.place),
            "what": queue.describe(db.session(), place.at(row.place)),
            "form": form if row.id == renamed else SavedFilterForm(formdata=None, name=row.name),
        }
        for row in store.saved_filters(db.session(), _me())
    ]
    here = place.named()
    return web.render(
        "cases/saved.html",
        status,
        saved=saved,
        form=None if renamed else form,
        what=queue.describe(db.session(), place.at(here)),
        save_url=web.url_with("saved.save", **here) if here or form.errors else None,
        most=store.MOST_FILTERS,
        here="/cases",
    )
