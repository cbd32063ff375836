"""Pages of a lead: what their team asks, and what it reports on probation. For everybody else they do not exist."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import confirming
from server.journeys.spotter import asking_lead
from server.pages.leads import team_page
from server.pages.leads.forms import ConfirmationForm, LeadAnswerForm
from server.reads import team_reports

pages = Blueprint("leads", __name__, url_prefix="/lead")


@pages.app_template_global()
def my_team() -> team_page.TeamWaiting | None:
    """What waits for the spotter who reads a page, as a lead; None for who is none."""
    return team_page.waiting(db.session(), web.current_account().id) if web.can("leads.lead") else None


@pages.get("")
def index() -> Response:
    """What my team asks, and what it reports on probation."""
    return _index()


def _index(status: int = 200, wrong: tuple[str, LeadAnswerForm] | None = None) -> Response:
    """wrong: the question whose answer was refused, and its form."""
    lead_id = web.owner()
    page = team_page.page(db.session(), lead_id, web.page_number(), request.args.get("after"))
    wrong_id, form = wrong or ("", None)
    return web.render(
        "leads/index.html", status, form=LeadAnswerForm(formdata=None), wrong_id=wrong_id, wrong=form, **page
    )


@pages.post("/questions/<question_id>/answer")
def answer(question_id: str) -> Response:
    """Answer a question of my team."""
    lead_id, form = web.owner(), LeadAnswerForm()
    if not form.validate():
        return _index(422, (question_id, form))
    try:
        asking_lead.answer(question_id, lead_id, form.answer.data)
    except Refused as refusal:
        raise form.with_typed(refusal) from None
    flash(translated(sentence("Sent. The spotter is told by email.")), "done")
    return redirect(url_for("leads.index"))


@pages.get("/reports/<report_id>")
def report(report_id: str) -> Response:
    """One report that my team sent on probation."""
    return _report(report_id, web.owner())


def _report(report_id: str, lead_id: str, status: int = 200, form: ConfirmationForm | None = None) -> Response:
    shown = team_reports.get(db.session(), report_id, lead_id, request.args.get("look"))
    return web.render("leads/report.html", status, form=form or ConfirmationForm(formdata=None), **shown)


@pages.post("/reports/<report_id>/confirmation")
def confirm(report_id: str) -> Response:
    """Say that I would report it, too, or why I doubt it."""
    lead_id, form = web.owner(), ConfirmationForm()
    if not form.validate():
        return _report(report_id, lead_id, 422, form)
    try:
        confirming.confirm(report_id, lead_id, form.said.data, form.because.data or "")
    except Refused as refusal:
        if refusal.kind == "invalid":
            form.say(refusal)
            return _report(report_id, lead_id, 422, form)
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
    else:
        flash(translated(sentence("Thank you. The coordinators see what you said.")), "done")
    return redirect(url_for("leads.index"))


@pages.post("/reports/<report_id>/confirmation/undo")
def take_back(report_id: str) -> Response:
    """Take back what I said."""
    try:
        confirming.take_back(report_id, web.owner())
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
        return redirect(url_for("leads.index"))
    flash(translated(sentence("Taken back. The report waits for you again.")), "done")
    return redirect(url_for("leads.report", report_id=report_id))


@pages.get("/reports/<report_id>/photos/<photo_id>")
def photo(report_id: str, photo_id: str) -> Response:
    """The worker's copy of a photo of the goods, blurred unless asked for."""
    kept = team_reports.photo(db.session(), report_id, photo_id, web.owner())
    return web.picture(kept.copy_sha256 if request.args.get("look") else kept.blurred_sha256)
