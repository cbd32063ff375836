"""The desk's pages about people: who is accredited, who waits, who is stopped."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from server import journey, overview, web
from server.accounts.forms import AccreditForm, WhyForm
from server.database import db
from server.words import Level, Refused

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
def index() -> Response:
    """Spotters and their standing, newest first."""
    found, after = overview.people(db.session, request.args.get("q", ""), request.args.get("cursor"))
    return web.render("people/index.html", people=found, next=after, q=request.args.get("q", ""))


@pages.get("/<account_id>")
def show(account_id: str) -> Response:
    """One spotter: training, accreditation, and what was decided about them."""
    return _page(account_id, AccreditForm(), WhyForm())


@pages.post("/<account_id>/accredit")
def accredit(account_id: str) -> Response:
    """Accredit a spotter, who passed the exam, as another person."""
    form = AccreditForm()
    if form.validate():
        try:
            journey.accredit(account_id, web.current_account().id, form.why.data, Level(form.level.data))
        except Refused as refusal:
            form.why.errors = [refusal.detail]
        else:
            return redirect(url_for("people.show", account_id=account_id))
    return _page(account_id, form, WhyForm(formdata=None), 422)


@pages.post("/<account_id>/suspend")
def suspend(account_id: str) -> Response:
    """Stop a spotter's reports, with a reason."""
    return _standing(account_id, journey.suspend)


@pages.post("/<account_id>/reinstate")
def reinstate(account_id: str) -> Response:
    """Let a suspended spotter report again, with a reason."""
    return _standing(account_id, journey.reinstate)


def _standing(account_id: str, change: object) -> Response:
    form = WhyForm()
    if form.validate():
        try:
            change(account_id, web.current_account().id, form.why.data)  # type: ignore[operator]
        except Refused as refusal:
            form.why.errors = [refusal.detail]
        else:
            return redirect(url_for("people.show", account_id=account_id))
    return _page(account_id, AccreditForm(formdata=None), form, 422)


def _page(account_id: str, accredit_form: AccreditForm, why_form: WhyForm, status: int = 200) -> Response:
    person = overview.person(db.session, account_id)
    return web.render("people/show.html", status, person=person, accredit_form=accredit_form, why_form=why_form)
