"""Complaints of people a report is about: by their clock, each answered once by a second person. A GET changes nothing."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, languages, problems, web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.mailed import mailed
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import complaining, correcting
from server.ledger.complaints import drafts, states
from server.ledger.complaints.states import ComplaintOutcome, ComplaintState
from server.pages.complaints import wordings
from server.pages.complaints.forms import CloseComplaintForm, ComplaintAnswerForm, ComplaintCaseForm, WriteDownForm
from server.reads import complaints

pages = Blueprint("complaints", __name__, url_prefix="/complaints")


@pages.get("")
def index() -> Response:
    """The complaints of one state: open ones by the date of their answer."""
    asked, q = request.args.get("state", ""), request.args.get("q", "").strip()
    state = ComplaintState(asked) if asked in set(ComplaintState) else ComplaintState.OPEN
    rows, counts, after = complaints.listed(db.session(), state, q, request.args.get("cursor"))
    tabs = [
        {
            "name": wordings.TABS[each], "count": counts[each], "current": each is state,
            "url": web.url_with("complaints.index", state=each.value, q=q or None),
        }
        for each in ComplaintState
    ]  # fmt: skip
    next_url = web.url_with("complaints.index", state=state.value, q=q or None, cursor=after) if after else None
    return web.render(
        "complaints/index.html",
        rows=rows,
        tabs=tabs,
        q=q,
        state=state,
        next_url=next_url,
        now=clock.now(),
        said=wordings,
    )


@pages.get("/new")
def new() -> Response:
    """The form for one that came by telephone or letter."""
    return _write(WriteDownForm(formdata=None, language=languages.current()))


@pages.post("/new")
def write_down() -> Response:
    """Keep what somebody said or wrote, as if they had filled in the form."""
    form = WriteDownForm()
    if not form.validate():
        return _write(form, 422)
    said = {name: form[name].data for name in ("about", "text", "email", "language")}
    complaint_id = complaining.write_down(web.current_account().id, **said)
    flash(
        translated(sentence("Saved. Give them the reference number. We also confirm it by email, at most once a day.")),
        "done",
    )
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


def _write(form: WriteDownForm, status: int = 200) -> Response:
    return web.render("complaints/new.html", status, form=form, days=states.KEPT.days)


@pages.get("/<complaint_id>")
def show(complaint_id: str) -> Response:
    """One complaint; with ?outcome= the panel of its answer, with the draft of that outcome."""
    return _show(complaint_id)


def _show(complaint_id: str, status: int = 200, **forms: Any) -> Response:
    page = complaints.page(db.session(), complaint_id, web.current_account().id)
    complaint = page["complaint"]
    asked = forms["form"].outcome.data if "form" in forms else request.args.get("outcome", "")
    panel = ComplaintOutcome(asked) if asked in set(ComplaintOutcome) else None
    mine = complaint.worker_id in (None, web.current_account().id)
    kept_from = page["had_part"] or page["wrote_down"] or page["opened"]
    may = complaint.state == ComplaintState.OPEN and web.can("complaints.answer") and not kept_from
    shows_panel = (
        panel is not None and may and ("form" in forms or (mine and not page["found"]))
    )  # what was typed stays, whoever has it now
    if panel and may:
        form = forms.setdefault("form", ComplaintAnswerForm(formdata=None))
        stands = page["notice"] is not None
        if not form.is_submitted() or not form.outcome.data:
            with languages.speaking(complaint.language):
                form.answer.data = "\n\n".join(translated(part) for part in drafts.draft(panel, notice_stands=stands))
        form.outcome.data = panel.value
        form.seen.data = page["notice"].id if stands else ""
        form.offer(states.corrections(panel, notice_stands=stands))
    typed = forms["form"].typed if status != 200 and "form" in forms and not shows_panel else []
    return web.render(
        "complaints/show.html", status, **page, panel=panel if shows_panel else None, may=may, mine=mine, typed=typed,
        now=clock.now(), said=wordings, days=states.KEPT.days, needs_case=states.needs_case,
        **{"case_form": ComplaintCaseForm(formdata=None), "close_form": CloseComplaintForm(formdata=None), "form": None} | forms,
    )  # fmt: skip


@pages.post("/<complaint_id>/take")
def take(complaint_id: str) -> Response:
    """This complaint is mine; with `take_over` also if somebody else has it."""
    _guard()
    correcting.take(complaint_id, web.current_account().id, take_over=bool(request.form.get("take_over")))
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/let-go")
def let_go(complaint_id: str) -> Response:
    """Somebody else may answer it."""
    _guard()
    correcting.let_go(complaint_id, web.current_account().id)
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/case")
def choose_case(complaint_id: str) -> Response:
    """The case it is about."""
    _guard()
    form = ComplaintCaseForm()
    try:
        reference = correcting.choose_case(complaint_id, web.current_account().id, form.case.data or "")
    except Refused as refusal:
        if "case" not in refusal.errors:
            raise
        form.say(refusal)
        return _show(complaint_id, 422, case_form=form)
    flash(translated(sentence("It is about case %(reference)s.", reference=reference)), "done")
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/answer")
def answer(complaint_id: str) -> Response:
    """The answer, once, with what reaches the company."""
    form = ComplaintAnswerForm()
    if not form.validate():
        return _show(complaint_id, 422, form=form)
    said = {name: form[name].data or "" for name in ("outcome", "answer", "correction", "words", "seen")}
    try:
        correcting.answer(complaint_id, web.current_account().id, **said)
    except Refused as refusal:
        if refusal.kind == "not-found":
            raise
        if not refusal.errors or any(name not in form for name in refusal.errors):
            flash(translated(refusal.detail), "problem")
        for name, errors in refusal.errors.items():
            field: Any = (
                form["words" if name in ("reason", "text") else name] if name in (*said, "reason", "text") else None
            )
            if field is not None:
                field.errors = [*field.errors, *errors]
        return _show(complaint_id, problems.STATUS[refusal.kind], form=form)
    flash(translated(mailed(sentence("Answered. The email is being sent."))), "done")
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/send-again")
def send_again(complaint_id: str) -> Response:
    """The answer that could not be delivered, once more."""
    _guard()
    complaining.send_answer_again(complaint_id, web.current_account().id)
    flash(translated(mailed(sentence("The email is being sent again."))), "done")
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/close")
def close(complaint_id: str) -> Response:
    """It needs no answer from here."""
    _guard()
    form = CloseComplaintForm()
    try:
        correcting.close(complaint_id, web.current_account().id, form.why.data or "")
    except Refused as refusal:
        if "why" not in refusal.errors:
            raise
        form.say(refusal)
        return _show(complaint_id, 422, close_form=form)
    flash(translated(sentence("Closed. Nothing was sent.")), "done")
    return redirect(url_for("complaints.index"))


@pages.post("/<complaint_id>/erase")
def erase(complaint_id: str) -> Response:
    """The complainant wants their data deleted."""
    _guard()
    correcting.erase(complaint_id, web.current_account().id)
    flash(translated(sentence("Deleted. Number, outcome and dates stay.")), "done")
    return redirect(url_for("complaints.show", complaint_id=complaint_id))


@pages.post("/<complaint_id>/copy")
def copy(complaint_id: str) -> Response:
    """What is kept of the complainant, as a file for them."""
    _guard()
    reference, kept = correcting.copy(complaint_id, web.current_account().id)
    return web.download(kept, f"{reference}.json")


def _guard() -> None:
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
