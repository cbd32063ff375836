"""A spotter's questions to the lead who is their contact."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import asking_lead
from server.ledger.reports import store as reports
from server.pages.leads.forms import QuestionForm
from server.people.leads import store
from server.reads import named_contact, team_questions

pages = Blueprint("questions", __name__, url_prefix="/questions")
PAGE = 20


@pages.get("")
def index() -> Response:
    """What I asked my lead, and the form; `report`: about which of my reports."""
    return _index(QuestionForm(formdata=None, report=request.args.get("report", "")))


@pages.post("")
def ask() -> Response:
    """Ask my lead."""
    form = QuestionForm()
    if not form.validate():
        return _index(form, 422)
    try:
        asking_lead.ask(web.current_account().id, form.text.data, form.report.data or "")
    except Refused as refusal:
        if refusal.kind != "too-many":
            raise form.with_typed(refusal) from None
        form.text.errors = [refusal.detail]
        return _index(form, 429)
    flash(translated(sentence("Sent. The answer will come by email and appear here.")), "done")
    return redirect(url_for("questions.index"))


def _index(form: QuestionForm, status: int = 200) -> Response:
    session, account_id = db.session(), web.current_account().id
    about = reports.own(session, account_id, form.report.data) if form.report.data else None
    contact, number = named_contact.of(session, account_id), web.page_number()
    asked = store.own_questions(session, account_id, (number - 1) * PAGE, PAGE + 1)
    return web.render(
        "leads/questions.html", status, form=form, about=about, leads=contact is not None and not contact.email,
        questions=team_questions.shown(session, asked[:PAGE]),
        first_url=url_for("questions.index") if number > 1 else None,
        next_url=url_for("questions.index", page=number + 1) if len(asked) > PAGE else None,
    )  # fmt: skip
