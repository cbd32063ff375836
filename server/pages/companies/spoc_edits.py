"""A SPOC's name and what it is for, and that somebody has confirmed it. Its address is changed by two people (`contacts`)."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.company import directory_edits
from server.ledger.companies import entries, exporting
from server.pages.companies import entry_forms, form_entries

pages = Blueprint("spoc_edit", __name__, url_prefix="/companies/<slug>/contacts/<spoc_id>")


@pages.get("/edit")
def edit(slug: str, spoc_id: str) -> Response:
    """The form of a SPOC."""
    form = _form(slug, spoc_id)
    _mark(slug, spoc_id, form)
    return _page(slug, spoc_id, form)


@pages.post("/edit")
def save(slug: str, spoc_id: str) -> Response:
    """Change what was written."""
    form = _form(slug, spoc_id)
    if not form.validate():
        return _page(slug, spoc_id, form, 422)
    try:
        fields = directory_edits.change_spoc(
            slug, spoc_id, form_entries.of_spoc(form), form.seen.data or "", web.current_account().id
        )
    except Refused as refusal:
        if refusal.kind == "stale":
            return _stale(slug, spoc_id, form)
        form.say_places(refusal)
        return _page(slug, spoc_id, form, 422)
    return _done(slug, sentence("Saved.") if fields else sentence("Nothing has changed."))


@pages.post("/confirm")
def confirm(slug: str, spoc_id: str) -> Response:
    """Somebody has asked the company: the contact is right."""
    directory_edits.confirm(slug, spoc_id, web.current_account().id)
    return _done(slug, sentence("Confirmed today."))


def _stale(slug: str, spoc_id: str, form: entry_forms.SpocForm) -> Response:
    db.session.rollback()  # what was read before
    now = _form(slug, spoc_id, sent=False)
    _mark(slug, spoc_id, form)
    return _page(slug, spoc_id, form, 409, form_entries.now_otherwise(form, now))


def _form(slug: str, spoc_id: str, *, sent: bool = True) -> entry_forms.SpocForm:
    company = entries.company(db.session(), slug)
    platforms = [(each.slug, each.name) for each in company.platforms if not each.retired_at]
    spoc = entries.spoc(company, spoc_id)
    return entry_forms.spoc_form(exporting.spoc_entry(spoc), entries.channels(spoc), platforms, sent=sent)


def _mark(slug: str, spoc_id: str, form: entry_forms.SpocForm) -> None:
    entry = exporting.spoc_entry(entries.spoc(entries.company(db.session(), slug), spoc_id))
    form_entries.marked(entry, entries.OF_SPOC, form)


def _done(slug: str, text: Sentence) -> Response:
    flash(translated(text), "done")
    return redirect(url_for("contacts.show", slug=slug))


def _page(
    slug: str, spoc_id: str, form: entry_forms.SpocForm, status: int = 200, now: list[tuple[str, str]] | None = None
) -> Response:
    company = entries.company(db.session(), slug)
    spoc = entries.spoc(company, spoc_id)
    return web.render(
        "companies/spoc.html", status, company=company.name, slug=slug, spoc_id=spoc_id, name=spoc.name,
        form=form, now_is=now,
    )  # fmt: skip
