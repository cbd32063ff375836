"""A company added to the directory, and its own fields changed. A GET changes nothing."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import directory_edits
from server.ledger.companies import entries, exporting
from server.pages.companies import contacts, entry_forms, form_entries, new_addresses

pages = Blueprint("company_edit", __name__, url_prefix="/companies")


@pages.get("/new")
def new() -> Response:
    """The form of a company that is added."""
    return _new(entry_forms.new_company_form())


@pages.post("/new")
def add() -> Response:
    """Add it, and propose its first SPOC."""
    form = entry_forms.new_company_form()
    name, why = form.spoc_name.data or "", form.spoc_why.data or ""
    form.validate()
    entry, to = (
        form_entries.of_new_company(form),
        new_addresses.read(form.spoc_channel, form.spoc_address, form.spoc_secret),
    )
    spoc = directory_edits.FirstSpoc(name, to, why) if (name + to.address + to.secret + why).strip() else None
    try:
        proposed = directory_edits.add_company(entry, spoc, web.current_account().id, form.errors)
    except Refused as refusal:
        form.say_places(refusal)
        return _new(form, 422)
    flash(translated(sentence("Added.")), "done")
    if proposed:
        return contacts.proposed_page(entry["slug"], to, proposed)
    return redirect(url_for("contacts.show", slug=entry["slug"]))


@pages.get("/<slug>/edit")
def edit(slug: str) -> Response:
    """The form of a company's own fields, and its platforms."""
    company = entries.company(db.session(), slug)
    entry = exporting.company_entry(company)
    form = entry_forms.company_form(entry)
    form_entries.marked(entry, entries.OF_COMPANY, form)
    return _edit(slug, form)


@pages.post("/<slug>/edit")
def save(slug: str) -> Response:
    """Change what was written."""
    entry = exporting.company_entry(entries.company(db.session(), slug))
    form = entry_forms.company_form(entry)
    if not form.validate():
        return _edit(slug, form, 422)
    try:
        fields = directory_edits.change_company(
            slug, form_entries.of_company(form), form.seen.data or "", web.current_account().id
        )
    except Refused as refusal:
        if refusal.kind == "stale":
            return _stale(slug, form)
        form.say_places(refusal, [each["name"] for each in entry.get("platforms", [])])
        return _edit(slug, form, 422)
    flash(translated(sentence("Saved.") if fields else sentence("Nothing has changed.")), "done")
    return redirect(url_for("company_edit.edit", slug=slug))


def _stale(slug: str, form: entry_forms.CompanyForm) -> Response:
    """Somebody else was faster: what they wrote is shown beside what was written here."""
    db.session.rollback()  # what was read before
    entry = exporting.company_entry(entries.company(db.session(), slug))
    now = entry_forms.company_form(entry, sent=False)
    form_entries.marked(entry, entries.OF_COMPANY, form)
    return _edit(slug, form, 409, form_entries.now_otherwise(form, now))


def _new(form: entry_forms.CompanyForm, status: int = 200) -> Response:
    return web.render("companies/new.html", status, form=form, rows=entry_forms.numbers(form, "platform"))


def _edit(
    slug: str, form: entry_forms.CompanyForm, status: int = 200, now: list[tuple[str, str]] | None = None
) -> Response:
    company = entries.company(db.session(), slug)
    platforms = [(each.slug, each.name) for each in company.platforms if not each.retired_at]
    rows = entry_forms.numbers(form, "clause")
    return web.render(
        "companies/edit.html", status, company=company.name, slug=slug, form=form, rows=rows, platforms=platforms, now_is=now
    )  # fmt: skip
