"""Pages on which two people take away the second factor of who has lost it."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import clock, languages, web
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import factor_reset
from server.pages.people import views
from server.pages.people.forms import WhyForm
from server.people.accounts import factors, second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

pages = Blueprint("factor_resets", __name__, url_prefix="/people")


@pages.get("/second-factors")
def index() -> Response:
    """Resets that wait for a second person."""
    return web.render("people/factor_resets.html", resets=_waiting(db.session()))


def _waiting(session: Session) -> list[dict[str, Any]]:
    at, me_id = clock.now(), web.current_account().id
    resets = factors.waiting_resets(session, at)
    ids = {id_ for reset in resets for id_ in (reset.account_id, reset.asked_by_id)}
    people = {account.id: account for account in session.scalars(select(Account).where(Account.id.in_(ids)))}
    able = accounts.people_at_work(session, "people.confirm_factor_reset")
    settled = [account for account in able if not second_person.counts_from(account, at)]
    return [
        {
            "id": reset.account_id, "name": people[reset.account_id].name, "email": people[reset.account_id].email,
            "role": people[reset.account_id].role, "by": people[reset.asked_by_id].name, "why": reset.why,
            "at": reset.asked_at, "until": reset.asked_at + factors.RESET_LASTS,
            "own": me_id in (reset.asked_by_id, reset.account_id),
            "others": [each.name for each in settled if each.id not in (me_id, reset.asked_by_id, reset.account_id)]
            if people[reset.asked_by_id] in settled else [],
        }
        for reset in resets
    ]  # fmt: skip


@pages.post("/<account_id>/second-factor/reset")
def ask(account_id: str) -> Response:
    """Ask for a reset, with a reason."""
    form = WhyForm()
    if not form.validate():
        return views.page(account_id, 422, factor_form=form, opened="factor_form")
    try:
        name = factor_reset.ask_reset(account_id, web.current_account().id, form.why.data)
    except Refused as refusal:
        if refusal.kind == "not-found":
            raise form.with_typed(refusal) from None
        flash(languages.translated(refusal.detail), "problem")
        return redirect(url_for("people.show", account_id=account_id))
    asked = sentence("Requested. Another coordinator or administrator confirms the reset for %(name)s here.", name=name)
    flash(languages.translated(asked), "done")
    return redirect(url_for("factor_resets.index"))


@pages.post("/<account_id>/second-factor/confirm")
def confirm(account_id: str) -> Response:
    """Agree, as the second person."""
    try:
        name = factor_reset.confirm_reset(account_id, web.current_account().id)
    except Refused as refusal:
        return _refused(refusal)
    done = sentence(
        "The second factor of %(name)s is removed. Their sessions have ended, and we email them.", name=name
    )
    flash(languages.translated(done), "done")
    return redirect(url_for("factor_resets.index"))


@pages.post("/<account_id>/second-factor/withdraw")
def withdraw(account_id: str) -> Response:
    """The factor stays."""
    try:
        factor_reset.withdraw_reset(account_id, web.current_account().id)
    except Refused as refusal:
        return _refused(refusal)
    flash(languages.translated(sentence("The second factor stays.")), "done")
    return redirect(url_for("factor_resets.index"))


def _refused(refusal: Refused) -> Response:
    """Somebody was faster, or it takes another person: said on the list as it is now."""
    if refusal.kind != "conflict":
        raise refusal
    flash(languages.translated(refusal.detail), "problem")
    return web.render("people/factor_resets.html", 409, resets=_waiting(db.session()))
