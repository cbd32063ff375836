"""Disputes of companies' answers: what must be sent first, and one dispute with what comes next. A GET changes nothing."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import problems, web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.report import disputing
from server.ledger.disputes import dispute_words, states, store
from server.ledger.disputes.states import DisputeMove
from server.pages.disputes.forms import (
    DisputeBodyForm,
    DisputeCloseForm,
    DisputeForm,
    DisputeHeardForm,
    DisputeSentForm,
)
from server.reads import disputes

pages = Blueprint("disputes", __name__)


@pages.get("/disputes")
def index() -> Response:
    """The disputes of one tab; those to be sent by what runs out next."""
    asked, q = request.args.get("tab", ""), request.args.get("q", "").strip()
    tab = asked if asked in store.TABS else "open"
    rows, counts, after = disputes.listed(db.session(), tab, q, request.args.get("cursor"))
    tabs = [
        {
            "name": dispute_words.TABS[each], "count": counts[each], "current": each == tab,
            "url": web.url_with("disputes.index", tab=each, q=q or None),
        }
        for each in store.TABS
    ]  # fmt: skip
    next_url = web.url_with("disputes.index", tab=tab, q=q or None, cursor=after) if after else None
    return web.render("disputes/index.html", rows=rows, tabs=tabs, tab=tab, q=q, next_url=next_url, said=dispute_words)


@pages.get("/cases/<case_id>/dispute")
def new(case_id: str) -> Response:
    """The form that disputes the newest answer to a case's notice; the dispute, where one stands."""
    return _new(case_id, None)


def _new(case_id: str, form: DisputeForm | None, status: int = 200) -> Response:
    page = disputes.start(db.session(), case_id)
    if page is None:
        nothing = Refused("conflict", disputing.NOTHING)
        raise form.with_typed(nothing) if form else nothing
    if form is None and page["standing"]:
        return redirect(url_for("disputes.show", dispute_id=page["standing"].id))
    if form is None and page["ground"].settled:
        raise Refused("conflict", disputing.SETTLED)
    if form is None:
        form = DisputeForm(formdata=None, answer=page["ground"].answer.id, told=page["ground"].told_on)
    form.answer.data = page["ground"].answer.id  # a refused text stays, about the answer that is shown
    return web.render("disputes/new.html", status, **page, form=form, said=dispute_words)


@pages.post("/cases/<case_id>/dispute")
def begin(case_id: str) -> Response:
    """We dispute it. We send nothing: a person does."""
    form = DisputeForm()
    if not form.validate():
        return _new(case_id, form, 422)
    try:
        dispute_id = disputing.begin(
            case_id, web.current_account().id,
            answer_id=form.answer.data or "", text=form.text.data or "", told=form.told.data,
        )  # fmt: skip
    except Refused as refusal:
        form.say(refusal)
        return _new(case_id, form, problems.STATUS[refusal.kind])
    flash(translated(sentence("Recorded. Nothing has been sent: send it through the company’s own channel.")), "done")
    return redirect(url_for("disputes.show", dispute_id=dispute_id))


@pages.get("/disputes/<dispute_id>")
def show(dispute_id: str) -> Response:
    """One dispute: the text to send, what became of it, and what can be recorded next."""
    return _show(dispute_id)


def _show(dispute_id: str, status: int = 200, **forms: Form) -> Response:
    page = disputes.page(db.session(), dispute_id)
    dispute = page["dispute"]
    may = {move: web.can("cases.decide") and states.possible(dispute.state, move) for move in DisputeMove}
    shown: dict[str, Any] = {
        "sent_form": DisputeSentForm(formdata=None, text=dispute.text),
        "heard_form": DisputeHeardForm(formdata=None),
        "body_form": DisputeBodyForm(formdata=None),
        "close_form": DisputeCloseForm(formdata=None),
    } | forms
    shown["heard_form"].offer(states.outcomes(dispute.state))
    shown["close_form"].offer(states.endings(dispute.state, overdue=page["overdue"]))
    return web.render("disputes/show.html", status, **page, **shown, may=may, said=dispute_words)


def _record(dispute_id: str, name: str, form: Form, journey: Callable[[], None], done: Sentence) -> Response:
    """What a form says is recorded, or the page comes back with what is wrong at its field."""
    if form.validate():
        try:
            journey()
            flash(translated(done), "done")
            return redirect(url_for("disputes.show", dispute_id=dispute_id))
        except Refused as refusal:
            form.say(refusal)
            return _show(dispute_id, problems.STATUS[refusal.kind], **{name: form})
    return _show(dispute_id, 422, **{name: form})


@pages.post("/disputes/<dispute_id>/sent")
def send(dispute_id: str) -> Response:
    """A person has sent it."""
    form = DisputeSentForm()
    values = {name: form[name].data or "" for name in ("text", "via", "receipt")}
    return _record(
        dispute_id, "sent_form", form,
        lambda: disputing.send(dispute_id, web.current_account().id, day=form.day.data, **values),
        sentence("Recorded. It waits for the company."),
    )  # fmt: skip


@pages.post("/disputes/<dispute_id>/outcome")
def hear(dispute_id: str) -> Response:
    """What the company made of it."""
    form = DisputeHeardForm()
    return _record(
        dispute_id, "heard_form", form,
        lambda: disputing.hear(
            dispute_id, web.current_account().id, outcome=form.outcome.data or "", day=form.day.data
        ),
        sentence("Recorded."),
    )  # fmt: skip


@pages.post("/disputes/<dispute_id>/body")
def take_to_body(dispute_id: str) -> Response:
    """It is before a dispute settlement body."""
    form = DisputeBodyForm()
    return _record(
        dispute_id, "body_form", form,
        lambda: disputing.take_to_body(
            dispute_id, web.current_account().id, body=form.body.data or "", day=form.day.data
        ),
        sentence("Recorded."),
    )  # fmt: skip


@pages.post("/disputes/<dispute_id>/close")
def close(dispute_id: str) -> Response:
    """It is over."""
    form = DisputeCloseForm()
    return _record(
        dispute_id, "close_form", form,
        lambda: disputing.close(dispute_id, web.current_account().id, form.ending.data or ""),
        sentence("Closed."),
    )  # fmt: skip
