"""The desk's pages about people: who is accredited, who waits, who is stopped."""

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from server import membership, web
from server.accounts.forms import AccreditForm, WhyForm
from server.database import db
from server.overview import people as overview
from server.words import Level, Refused

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
def index() -> Response:
    """Spotters and their standing: first those who wait for a coordinator."""
    q, cursor = request.args.get("q", ""), request.args.get("cursor")
    return web.render("people/index.html", **overview.listed(db.session, q, cursor))


@pages.get("/<account_id>")
def show(account_id: str) -> Response:
    """One spotter: training, accreditation, and what was decided about them."""
    return _page(account_id, AccreditForm(formdata=None), WhyForm(formdata=None))


@pages.post("/<account_id>/accredit")
def accredit(account_id: str) -> Response:
    """Accredit a spotter, who passed the exam, as another person."""
    form = AccreditForm()
    return _decide(account_id, form, lambda *who: membership.accredit(*who, Level(form.level.data)))


@pages.post("/<account_id>/suspend")
def suspend(account_id: str) -> Response:
    """Stop a spotter's reports, with a reason."""
    return _decide(account_id, WhyForm(), membership.suspend)


@pages.post("/<account_id>/reinstate")
def reinstate(account_id: str) -> Response:
    """Let a suspended spotter report again, with a reason."""
    return _decide(account_id, WhyForm(), membership.reinstate)


def _decide(account_id: str, form: WhyForm, decide: Callable[[str, str, str], None]) -> Response:
    if form.validate():
        try:
            decide(account_id, web.current_account().id, form.why.data)
        except Refused as refusal:
            form.why.errors = [refusal.detail]
        else:
            return redirect(url_for("people.show", account_id=account_id))
    if isinstance(form, AccreditForm):
        return _page(account_id, form, WhyForm(formdata=None), 422)
    return _page(account_id, AccreditForm(formdata=None), form, 422)


def _page(account_id: str, accredit_form: AccreditForm, why_form: WhyForm, status: int = 200) -> Response:
    person = overview.one(db.session, account_id)
    return web.render("people/show.html", status, person=person, accredit_form=accredit_form, why_form=why_form)
