"""A coordinator's snippets: ready reasons of their own, offered when they decide, theirs alone."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import clock, languages, problems, web
from server.core.database import db, write
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Decision, Refused
from server.pages.cases.forms import SNIPPETS_OF, SnippetForm
from server.people.desk import snippet_store
from server.people.desk.snippet_store import Wording

pages = Blueprint("snippets", __name__, url_prefix="/cases/snippets")


@pages.get("")
def index() -> Response:
    """One's own snippets, and the form for another: for the decision in the address, where it names one."""
    decision = request.args.get("decision")
    first = {"decision": decision if decision in set(Decision) else Decision.NOTIFY, "language": languages.current()}
    return _page(SnippetForm(formdata=None, **first))


@pages.post("")
def save() -> AnyResponse:
    """Keep another."""
    form = SnippetForm()
    if form.validate():
        try:
            with write() as session:
                snippet_store.save(session, _me(), _written(form), clock.now())
            flash(translated(sentence("Saved. It is offered when you decide.")), "done")
            return redirect(url_for("snippets.index", decision=form.decision.data))
        except Refused as refusal:
            form.say(refusal)
            return _page(form, problems.STATUS[refusal.kind])
    return _page(form, 422)


@pages.post("/<snippet_id>")
def change(snippet_id: str) -> AnyResponse:
    """Rewrite a snippet."""
    form = SnippetForm()
    if form.validate():
        try:
            with write() as session:
                snippet_store.change(session, _me(), snippet_id, _written(form))
            flash(translated(sentence("Saved.")), "done")
            return redirect(url_for("snippets.index"))
        except Refused as refusal:
            if refusal.kind == "not-found":
                raise form.with_typed(refusal) from None
            form.say(refusal)
            return _page(form, problems.STATUS[refusal.kind], snippet_id)
    return _page(form, 422, snippet_id)


@pages.post("/<snippet_id>/delete")
def delete(snippet_id: str) -> AnyResponse:
    """It is gone; what was decided with it stays as it is."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    with write() as session:
        title = snippet_store.delete(session, _me(), snippet_id)
    flash(translated(sentence("Deleted: %(name)s.", name=title)), "done")
    return redirect(url_for("snippets.index"))


def _me() -> str:
    return web.current_account().id


def _written(form: Any) -> Wording:
    return Wording(Decision(form.decision.data), form.title.data, form.text.data, form.language.data)


def _page(form: Any, status: int = 200, changed: str | None = None) -> Response:
    """`form` is of another snippet, or of the one with the id `changed`."""
    mine = snippet_store.snippets(db.session(), _me())
    groups = [
        {
            "name": name,
            "snippets": [
                {"row": row, "form": form if row.id == changed else SnippetForm(formdata=None, obj=row)}
                for row in mine
                if row.decision == decision
            ],
        }
        for decision, name in SNIPPETS_OF.items()
    ]
    return web.render(
        "cases/snippets.html",
        status,
        groups=[group for group in groups if group["snippets"]],
        form=SnippetForm(formdata=None) if changed else form,
        most=snippet_store.MOST,
        here="/cases",
    )
