"""The desk's page of terms that coordinators add to the lexicon. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web, wording
from server.core.database import db, write
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.species import added, store
from server.pages.species.forms import TermForm

pages = Blueprint("species", __name__)


@pages.get("/terms", endpoint="terms")
def show_terms() -> Response:
    """Added terms, and the form for another: what a round's report asks for stands in it."""
    prefilled = {name: request.args.get(name, "")[:300] for name in ("text", "source", "round")}
    return _page(TermForm(formdata=None, data=prefilled))


@pages.post("/terms")
def add_term() -> Response:
    """Add one; said plainly when it is there already."""
    form = _choices(TermForm())
    if not form.validate():
        return _page(form, 422)
    text = form.text.data or ""
    try:
        with write() as session:
            by_id = web.current_account().id
            added.add(session, text, form.language.data, form.taxon.data, form.source.data or "", by_id)
    except Refused as refusal:
        if refusal.kind not in ("conflict", "invalid"):
            raise
        form.text.errors = [refusal.detail]
        return _page(form, 409 if refusal.kind == "conflict" else 422)
    flash(
        translated(sentence("“%(term)s” is in the lexicon and is now looked for in ads and worklists.", term=text)),
        "done",
    )
    if form.round.data:
        return redirect(url_for("planning.report", round_id=form.round.data, _anchor="terms"))
    return redirect(url_for("species.terms"))


@pages.post("/terms/<term_id>/remove")
def drop_term(term_id: str) -> Response:
    """Remove an added one."""
    with write() as session:
        text = added.drop(session, term_id, web.current_account().id)
    flash(translated(sentence("“%(term)s” is no longer in the lexicon.", term=text)), "done")
    return redirect(url_for("species.terms"))


def _choices(form: TermForm) -> TermForm:
    session = db.session()
    names = {code: wording.language(code) for code in store.languages(session)}
    by_name = sorted(names.items(), key=lambda language: language[1])
    form.language.choices = [("", sentence("Choose")), *by_name, ("und", sentence("None: an emoji or a sign"))]
    form.taxon.choices = [("", sentence("Choose")), *added.taxa(session)]
    return form


def _page(form: TermForm, status: int = 200) -> Response:
    terms, after = added.listed(db.session(), request.args.get("cursor"))
    further = web.url_with("species.terms", cursor=after) if after else None
    return web.render("species/terms.html", status, form=_choices(form), terms=terms, next_url=further)
