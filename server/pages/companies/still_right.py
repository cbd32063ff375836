"""The page behind the link that asks a SPOC once a quarter whether it is still right. Opening it changes nothing: a button does."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from server.core import clock, web
from server.core.database import db
from server.core.forms import Form, Length
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import reconfirming
from server.ledger.companies import reconfirm_link, reconfirm_store
from server.ledger.companies.models import Company, Spoc
from server.reads import notifying

pages = Blueprint("still_right", __name__, url_prefix="/contacts/still-right")


class StillRightForm(Form):
    """The answer. right: 1 or 0, the button that was pressed."""

    right = StringField()
    note = TextAreaField(
        sentence("Who is the right contact now?"),
        [Length(max=reconfirming.LONGEST, message=reconfirming.TOO_LONG)],
        description=sentence("A name, a team or an address. One of us then asks there; nothing changes automatically."),
    )


@pages.get("/<token>")
def show(token: str) -> Response:
    """The question, and what was answered."""
    return _page(token, StillRightForm(formdata=None))


@pages.post("/<token>")
def answer(token: str) -> Response:
    """Still right (right=1), or somebody else (right=0)."""
    form = StillRightForm()
    if not form.validate() or form.right.data not in ("1", "0"):
        return _page(token, form, 422)
    try:
        reconfirming.answer(token, form.right.data == "1", form.note.data or "")
    except Refused as refusal:
        if refusal.kind != "conflict" or form.note.data:
            raise form.with_typed(refusal) from None
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("still_right.show", token=token))


def _page(token: str, form: StillRightForm, status: int = 200) -> Response:
    session = db.session()
    row = reconfirm_store.get(session, reconfirm_link.read(token))
    spoc = session.get_one(Spoc, row.spoc_id)
    company = session.get_one(Company, spoc.company_id).name
    is_open = reconfirm_store.is_open(row, spoc, clock.now())
    return web.render(
        "companies/still_right.html", status, company=company, email=row.email, answer=row.answer, note=row.note,
        is_open=is_open, form=form,
        notifier=notifying.of_company(session, spoc.company_id),
    )  # fmt: skip
