"""The form for anybody a report is about: works without an account."""

from datetime import date

from flask import Blueprint, Response, request

from server.core import languages, web
from server.journeys.report import complaining
from server.ledger.complaints import states
from server.pages.complaints.complaint_form import ComplaintForm

pages = Blueprint("complaint", __name__, url_prefix="/complaint")

CHANGED = date(2026, 11, 28)  # the day on which what the page tells people about their data last changed


@pages.get("")
def write() -> Response:
    """The form, and what happens next."""
    return _page(ComplaintForm(about=request.args.get("about", "")))


@pages.post("")
def send() -> Response:
    """A complaint, kept and read by a person who did not decide."""
    form = ComplaintForm()
    if not form.validate():
        return _page(form, 422)
    said = (form.about.data, form.text.data, form.email.data)
    reference = complaining.complain(*said, languages.current())
    return web.render("complaints/received.html", reference=reference, email=form.email.data)


def _page(form: ComplaintForm, status: int = 200) -> Response:
    return web.render("complaints/write.html", status, form=form, changed=CHANGED, days=states.KEPT.days)
