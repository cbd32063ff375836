"""The desk's pages of the lexicon: its taxa with their listings; the terms that are added, where words found in confirmed ads
wait for two coordinators; and companies' page of what was added. A GET changes nothing."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from server.core import clock, languages, payloads, web
from server.core.database import db, write
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.species import added, found, names, store
from server.ledger.species.schemas import TermQuery
from server.pages.species import found_page
from server.pages.species.forms import FoundForm, TermForm
from server.people.accounts import second_person

pages = Blueprint("species", __name__)


@pages.get("/species", endpoint="taxa")
def show_taxa() -> Response:
    """What is traded and what protects it today, a page at a time, with how far each listing was checked."""
    q = request.args.get("q", "")[:100]
    taxa, after = names.listed(db.session(), q, request.args.get("cursor"))
    further = web.url_with("species.taxa", q=q, cursor=after) if after else None
    return web.render("species/taxa.html", taxa=taxa, q=q, next_url=further)


@pages.get("/terms", endpoint="terms")
def show_terms() -> Response:
    """Added terms, and the form for another: what a round's report asks for stands in it."""
    prefilled = {name: request.args.get(name, "")[:300] for name in ("text", "source", "round")}
    return _page(TermForm(formdata=None, data=prefilled))


@pages.post("/terms")
def add_term() -> Response:
    """Add one; said plainly when it already exists."""
    form = TermForm()
    _choices(form)
    if not form.validate():
        return _page(form, 422)
    text = form.text.data or ""
    try:
        with write() as session:
            by_id = web.current_account().id
            found.add(session, text, form.language.data, form.taxon.data, form.source.data or "", by_id)
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
        text = found.drop(session, term_id, web.current_account().id)
    flash(translated(sentence("“%(term)s” is no longer in the lexicon.", term=text)), "done")
    return redirect(url_for("species.terms"))


@pages.post("/terms/found/<found_id>/approve")
def approve_found(found_id: str) -> Response:
    """Say that a found word is one of the trade, and what it means."""
    form = FoundForm()
    _choices(form)
    if not form.validate():
        flash(translated(sentence("Choose the language and the meaning.")), "error")
        return redirect(url_for("species.terms", word=found_id, _anchor="found"))
    try:
        with write() as session:
            by_id = web.current_account().id
            selves = second_person.may_be(session, by_id, clock.now())
            complete = found.approve(session, found_id, form.language.data, form.taxon.data, by_id, selves)
    except Refused as refusal:
        if refusal.kind not in ("conflict", "invalid"):
            raise
        flash(translated(refusal.detail), "error")
        return redirect(url_for("species.terms", _anchor="found"))
    said = (
        sentence("The word is in the lexicon and is now looked for in ads and worklists.")
        if complete
        else sentence("Noted. The word is looked for once another coordinator approves it with the same meaning.")
    )
    flash(translated(said), "done")
    return redirect(url_for("species.terms", _anchor="found"))


@pages.post("/terms/found/<found_id>/decline")
def decline_found(found_id: str) -> Response:
    """Say that it is none."""
    with write() as session:
        text = found.decline(session, found_id, web.current_account().id)
    flash(translated(sentence("“%(term)s” will not be proposed again for a year.", term=text)), "done")
    return redirect(url_for("species.terms", _anchor="found"))


# --- For companies ---------------------------------------------------------------------------------------------------


@pages.get("/notices/terms")
def subscribed() -> Response:
    """The words that were added, for a company's own filters."""
    terms, after = found.subscribed(db.session(), _cursor())
    further = web.url_with("species.subscribed", cursor=after) if after else None
    return web.render("species/subscribed.html", terms=terms, next_url=further)


@pages.get("/notices/terms.csv")
def subscribed_csv() -> FlaskResponse:
    """All of them as a table."""
    response = FlaskResponse(
        found_page.csv_text(db.session()).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="terms.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _cursor() -> str | None:
    """The id to go on from, where the address gives one."""
    return (
        payloads.load(TermQuery, {"cursor": request.args["cursor"]})["cursor"] if request.args.get("cursor") else None
    )


def _choices(form: TermForm | FoundForm, taxa: list[tuple[str, str]] | None = None) -> None:
    """Give a form its choices; of the taxa all, or these."""
    session = db.session()
    by_name = languages.by_name(store.languages(session))
    form.language.choices = [("", sentence("Choose")), *by_name, ("und", sentence("None: an emoji or a sign"))]
    form.taxon.choices = [("", sentence("Choose")), *(added.taxa(session) if taxa is None else taxa)]


def _page(form: TermForm, status: int = 200) -> Response:
    session = db.session()
    _choices(form)
    terms, after = added.listed(session, request.args.get("cursor"))
    evidence = found.evidence(session, [term["id"] for term in terms])
    for term in terms:
        term |= {"found": evidence.get(term["id"]), "credited": found_page.spotter(session, evidence.get(term["id"]))}
    words = found_page.waiting(session, web.current_account().id, request.args.get("word"))
    further = web.url_with("species.terms", cursor=after) if after else None
    return web.render(
        "species/terms.html",
        status,
        form=form,
        terms=terms,
        next_url=further,
        words=words,
        forms={word["id"]: _found_form(word) for word in words},
        me_id=web.current_account().id,
    )


def _found_form(word: dict[str, Any]) -> FoundForm:
    """The form of one found word: with what its ads suggest alone, where it does not stand alone on the page."""
    taxon = word["taxon"]
    data = {"language": word["language"], "taxon": taxon["id"] if taxon else ""}
    form = FoundForm(formdata=None, data=data)
    few = [(taxon["id"], taxon["common_name"] or taxon["scientific_name"])] if taxon else []
    _choices(form, None if request.args.get("word") else few)
    return form
