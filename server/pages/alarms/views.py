"""The desk's page of alarms: many new accounts against one seller. A GET changes nothing."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.report import ring
from server.journeys.spotter import accrediting
from server.pages.alarms import alarm_page
from server.pages.alarms.forms import CloseForm

pages = Blueprint("alarms", __name__)


@pages.get("/alarms", endpoint="index")
def show() -> Response:
    """The alarms, those that wait first."""
    return _page()


@pages.post("/alarms/<alarm_id>/withdraw")
def withdraw(alarm_id: str) -> Response:
    """It is a ring: everything undecided by its accounts is set aside; if asked for, they are suspended."""
    form = CloseForm()
    if not form.validate():
        return _page(422, alarm_id, form)
    try:
        members = ring.withdraw(alarm_id, web.current_account().id, form.why.data)
    except Refused as refusal:
        return _refused(refusal, form)
    flash(translated(sentence("Set aside: all their undecided reports. You can undo this.")), "done")
    if form.suspend.data:
        _suspend(members, form.why.data)
    return redirect(url_for("alarms.index"))


@pages.post("/alarms/<alarm_id>/clear")
def clear(alarm_id: str) -> Response:
    """It is no ring."""
    form = CloseForm()
    if not form.validate():
        return _page(422, alarm_id, form)
    try:
        ring.clear(alarm_id, web.current_account().id, form.why.data)
    except Refused as refusal:
        return _refused(refusal, form)
    flash(translated(sentence("Cleared. The cases have their full priority again.")), "done")
    return redirect(url_for("alarms.index"))


@pages.post("/alarms/<alarm_id>/undo")
def undo(alarm_id: str) -> Response:
    """Take the withdrawal back."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    try:
        ring.undo(alarm_id, web.current_account().id)
    except Refused as refusal:
        return _refused(refusal)
    flash(translated(sentence("Undone. The reports count again. Suspended accounts stay suspended.")), "done")
    return redirect(url_for("alarms.index"))


def _page(status: int = 200, alarm_id: str = "", form: CloseForm | None = None) -> Response:
    """The alarms; with a form that needs fixing at the alarm that it was sent for."""
    alarms, blank = alarm_page.listed(db.session()), CloseForm(formdata=None)
    return web.render("alarms/index.html", status, alarms=alarms, blank=blank, sent=form, sent_for=alarm_id)


def _refused(refusal: Refused, form: Form | None = None) -> Response:
    if refusal.kind != "conflict":
        raise form.with_typed(refusal) if form else refusal
    flash(translated(refusal.detail), "problem")
    return redirect(url_for("alarms.index"))


def _suspend(members: list[str], why: str) -> None:
    """Suspend each account, as on the person's own page; say how many could not be."""
    refused = 0
    for account_id in members:
        try:
            accrediting.suspend(account_id, web.current_account().id, why)
        except Refused:
            refused += 1
    done = len(members) - refused
    if done:
        flash(
            translated(counted("%(number)s account is suspended.", "%(number)s accounts are suspended.", done)), "done"
        )
    if refused:
        text = counted(
            "%(number)s account could not be suspended: see its page.",
            "%(number)s accounts could not be suspended: see their pages.",
            refused,
        )
        flash(translated(text), "problem")
