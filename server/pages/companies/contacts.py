"""The SPOCs of a company: their addresses, what changes of them wait for, and what changed before. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from server.core import web
from server.core.database import db
from server.core.forms import Form, Length
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.company import addresses, webhook_proofs
from server.ledger.companies import store as companies
from server.ledger.companies.address_states import WAYS
from server.ledger.companies.models import Company
from server.pages.companies import contacts_page, new_addresses

pages = Blueprint("contacts", __name__, url_prefix="/companies/<slug>/contacts")


class ProposalForm(Form):
    """Another address, or a SPOC that is to be added."""

    name = new_addresses.name()
    channel = new_addresses.channel()
    address = new_addresses.address([DataRequired(sentence("Enter an address."))])
    secret = new_addresses.secret()
    why = TextAreaField(
        sentence("How did you learn of it?"),
        [DataRequired(addresses.SAY_HOW), Length(max=addresses.LONGEST, message=addresses.SAY_HOW)],
        description=sentence("The second person reads it here. Companies never do."),
    )


@pages.get("")
def show(slug: str) -> Response:
    """Who is written to, what waits, and the history."""
    return page(slug)


@pages.post("")
def propose(slug: str) -> Response:
    """Propose another address for a SPOC, or one more SPOC."""
    company_id, form, spoc_id = _company(slug).id, ProposalForm(), request.form.get("spoc_id") or None
    form.validate()
    to = new_addresses.read(form.channel, form.address, form.secret)
    try:
        proposed = addresses.propose(
            company_id, spoc_id, form.name.data or "", to, form.why.data or "", web.current_account().id, form.errors
        )
    except Refused as refusal:
        form.say(refusal)
        return page(slug, 422, form, spoc_id)
    return proposed_page(slug, to, proposed)


def proposed_page(slug: str, to: addresses.NewAddress, proposed: addresses.Proposed) -> Response:
    """A secret that we made is shown this once, in the answer itself, which no browser keeps."""
    if proposed.secret:
        db.session.rollback()  # what this request has read so far is from before the change
        return page(slug, secret=proposed.secret)
    return _done(slug, new_addresses.proposed(to))


@pages.post("/<change_id>/test")
def test(slug: str, change_id: str) -> Response:
    """Ask for a test of a new webhook; the worker sends it."""
    try:
        webhook_proofs.ask(_company(slug).id, change_id, web.current_account().id)
    except Refused as refusal:
        return _refused(slug, refusal)
    return _done(slug, sentence("The test is on its way. Reload this page to see the result."))


@pages.post("/<change_id>/approve")
def approve(slug: str, change_id: str) -> Response:
    """Approve, as the second person, who states of a form what it is."""
    stated = request.form.get("opened")
    statement = addresses.FormStatement(stated) if stated in set(addresses.FormStatement) else None
    try:
        addresses.approve(_company(slug).id, change_id, web.current_account().id, statement)
    except Refused as refusal:
        return _refused(slug, refusal)
    return _done(slug, sentence("Approved. It is not in force yet: the date on which it will be is shown below."))


@pages.post("/<change_id>/refuse")
def refuse(slug: str, change_id: str) -> Response:
    """The address stays."""
    try:
        addresses.refuse(_company(slug).id, change_id, web.current_account().id)
    except Refused as refusal:
        return _refused(slug, refusal)
    return _done(slug, sentence("Stopped. The directory stays as it was."))


def _refused(slug: str, refusal: Refused) -> Response:
    if refusal.kind not in ("conflict", "too-many"):
        raise refusal
    flash(translated(refusal.detail), "problem")
    return redirect(url_for("contacts.show", slug=slug))


def _done(slug: str, text: Sentence) -> Response:
    flash(translated(text), "done")
    return redirect(url_for("contacts.show", slug=slug))


def page(
    slug: str,
    status: int = 200,
    form: ProposalForm | None = None,
    spoc_id: str | None = None,
    secret: str | None = None,
) -> Response:
    """The page; secret: that was made just now."""
    company = _company(slug)
    blanks = {each: ProposalForm(None, data={"channel": each}) for each in WAYS}
    return web.render(
        "companies/contacts.html", status, company=company.name, slug=company.slug, form=form, spoc_id=spoc_id,
        blanks=blanks, secret=secret, **contacts_page.shown(db.session(), company, web.current_account().id),
    )  # fmt: skip


def _company(slug: str) -> Company:
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    return company
