"""The SPOCs of a company: their addresses, what changes of them wait for, and what changed before. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.web import EMAIL, Form
from server.core.words import Refused
from server.journeys.company import addresses
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company
from server.pages.companies import contacts_page

pages = Blueprint("contacts", __name__, url_prefix="/companies/<slug>/contacts")


class ProposalForm(Form):
    """Another address, or a SPOC that is to be added."""

    name = StringField(sentence("Name, or what the team is called"))
    email = EmailField(
        sentence("New email address"), [DataRequired(sentence("Enter a valid email address.")), Length(max=254), EMAIL]
    )
    why = TextAreaField(
        sentence("How do you know of it?"),
        [DataRequired(addresses.SAY_HOW), Length(max=addresses.LONGEST, message=addresses.SAY_HOW)],
        description=sentence("The second person reads it here. Companies never do."),
    )


@pages.get("")
def show(slug: str) -> Response:
    """Who is written to, what waits, and the history."""
    return _page(slug)


@pages.post("")
def propose(slug: str) -> Response:
    """Propose another address for a SPOC, or one more SPOC."""
    company_id, form, spoc_id = _company(slug).id, ProposalForm(), request.form.get("spoc_id") or None
    if form.validate():
        try:
            addresses.propose(
                company_id, spoc_id, form.name.data or "", form.email.data, form.why.data, web.current_account().id
            )
        except Refused as refusal:
            form.say(refusal)
        else:
            text = sentence("Proposed. We email %(email)s a link to confirm it.", email=form.email.data)
            return _done(slug, text)
    return _page(slug, 422, form, spoc_id)


@pages.post("/<change_id>/approve")
def approve(slug: str, change_id: str) -> Response:
    """Approve, as the second person."""
    try:
        addresses.approve(_company(slug).id, change_id, web.current_account().id)
    except Refused as refusal:
        return _refused(slug, refusal)
    return _done(slug, sentence("Approved. It is not in force yet: see below from when on."))


@pages.post("/<change_id>/refuse")
def refuse(slug: str, change_id: str) -> Response:
    """The address stays."""
    try:
        addresses.refuse(_company(slug).id, change_id, web.current_account().id)
    except Refused as refusal:
        return _refused(slug, refusal)
    return _done(slug, sentence("Stopped. The directory stays as it was."))


def _refused(slug: str, refusal: Refused) -> Response:
    if refusal.kind != "conflict":
        raise refusal
    flash(translated(refusal.detail), "problem")
    return redirect(url_for("contacts.show", slug=slug))


def _done(slug: str, text: Sentence) -> Response:
    flash(translated(text), "done")
    return redirect(url_for("contacts.show", slug=slug))


def _page(slug: str, status: int = 200, form: ProposalForm | None = None, spoc_id: str | None = None) -> Response:
    company = _company(slug)
    return web.render(
        "companies/contacts.html", status, company=company.name, slug=company.slug, form=form, spoc_id=spoc_id,
        blank=ProposalForm(formdata=None), **contacts_page.shown(db.session(), company, web.current_account().id),
    )  # fmt: skip


def _company(slug: str) -> Company:
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    return company
