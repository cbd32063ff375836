"""A platform of a company added, or changed. A GET changes nothing."""

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

pages = Blueprint("platform_edit", __name__, url_prefix="/companies/<slug>/platforms")


@pages.get("/new")
def new(slug: str) -> Response:
    """The form of a platform that is added."""
    return _page(slug, None, entry_forms.platform_form())


@pages.post("/new")
def add(slug: str) -> Response:
    """Add it."""
    entries.company(db.session(), slug)
    form = entry_forms.platform_form()
    if not form.validate():
        return _page(slug, None, form, 422)
    try:
        directory_edits.add_platform(slug, form_entries.of_platform(form), web.current_account().id)
    except Refused as refusal:
        form.say_places(refusal)
        return _page(slug, None, form, 422)
    return _done(slug, sentence("Added."))


@pages.get("/<platform>/edit")
def edit(slug: str, platform: str) -> Response:
    """The form of a platform."""
    entry = _entry(slug, platform)
    form = entry_forms.platform_form(entry)
    form_entries.marked(entry, entries.OF_PLATFORM, form)
    return _page(slug, platform, form)


@pages.post("/<platform>/edit")
def save(slug: str, platform: str) -> Response:
    """Change what was written."""
    form = entry_forms.platform_form(_entry(slug, platform))
    if not form.validate():
        return _page(slug, platform, form, 422)
    try:
        fields = directory_edits.change_platform(
            slug, platform, form_entries.of_platform(form), form.seen.data or "", web.current_account().id
        )
    except Refused as refusal:
        if refusal.kind == "stale":
            return _stale(slug, platform, form)
        form.say_places(refusal)
        return _page(slug, platform, form, 422)
    return _done(slug, sentence("Saved.") if fields else sentence("Nothing has changed."))


def _stale(slug: str, platform: str, form: entry_forms.PlatformForm) -> Response:
    db.session.rollback()  # what was read before
    entry = _entry(slug, platform)
    now = entry_forms.platform_form(entry, sent=False)
    form_entries.marked(entry, entries.OF_PLATFORM, form)
    return _page(slug, platform, form, 409, form_entries.now_otherwise(form, now))


def _entry(slug: str, platform: str) -> dict[str, object]:
    return exporting.platform_entry(entries.platform(entries.company(db.session(), slug), platform))


def _done(slug: str, text: Sentence) -> Response:
    flash(translated(text), "done")
    return redirect(url_for("company_edit.edit", slug=slug))


def _page(
    slug: str, platform: str | None, form: entry_forms.PlatformForm, status: int = 200,
    now: list[tuple[str, str]] | None = None,
) -> Response:  # fmt: skip
    company = entries.company(db.session(), slug)
    name = entries.platform(company, platform).name if platform else None
    return web.render(
        "companies/platform.html", status, company=company.name, slug=slug, platform=name, platform_slug=platform,
        form=form, now_is=now,
    )  # fmt: skip
