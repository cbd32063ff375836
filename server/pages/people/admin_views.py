"""The administrator's desk: accounts of every role, without a shell."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import clock, languages, web, wording
from server.core.database import db
from server.core.mailed import mailed
from server.core.sentences import sentence
from server.core.words import Refused, Role
from server.journeys.spotter import alias, joining
from server.ledger.companies.models import Company
from server.pages.people.forms import StaffForm
from server.people.accounts import account_list, factors
from server.people.accounts.account_list import AccountFilter, Row

pages = Blueprint("admin", __name__, url_prefix="/admin")

PAGE = 50
ONLY = {
    AccountFilter.NO_FACTOR: sentence("Without a second factor"),
    AccountFilter.NO_PASSWORD: sentence("No password yet"),
    AccountFilter.CLOSED: sentence("Account closed"),
}
Word = TypeVar("Word", bound=StrEnum)


@pages.get("")
def accounts() -> Response:
    """Everybody who has an account."""
    return _accounts(StaffForm(formdata=None))


@pages.post("/invite")
def invite() -> Response:
    """Open a coordinator's or an administrator's account; they get a link by mail."""
    form = StaffForm()
    if not form.validate():
        return _accounts(form, 422)
    try:
        alias.refuse_unfit(form.email.data, form.name.data)
        joining.add_staff(form.email.data, form.name.data, Role(form.role.data), web.current_account().id)
    except Refused as refusal:
        form.say(refusal)
        return _accounts(form, 422)
    flash(
        languages.translated(mailed(sentence("Invitation sent to %(email)s.", email=form.email.data), form.email.data)),
        "done",
    )
    return redirect(url_for("admin.accounts"))


@pages.post("/accounts/<account_id>/link")
def send_link(account_id: str) -> Response:
    """Send somebody a link to choose a password."""
    try:
        name = joining.send_link(account_id, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(languages.translated(refusal.detail), "problem")
    else:
        flash(languages.translated(mailed(sentence("Email sent to %(name)s.", name=name), name)), "done")
    return redirect(url_for("people.show", account_id=account_id))


def _accounts(form: StaffForm, status: int = 200) -> Response:
    q, cursor = request.args.get("q", "").strip(), request.args.get("cursor")
    role, only = _chosen("role", Role), _chosen("only", AccountFilter)
    rows = account_list.found(db.session(), q, role, only, cursor, PAGE + 1)
    after = rows[PAGE - 1][0].id if len(rows) > PAGE else None
    return web.render(
        "admin/accounts.html", status, people=_shown(db.session(), rows[:PAGE]), q=q, role=role or "", only=only or "",
        roles=[(role.value, wording.ROLE[role]) for role in Role], onlys=ONLY, staff_form=form,
        resets=len(factors.waiting_resets(db.session(), clock.now())), filtered=bool(q or role or only),
        next_url=web.url_with("admin.accounts", q=q, role=role, only=only, cursor=after) if after else None,
    )  # fmt: skip


def _chosen(name: str, words: type[Word]) -> Word | None:
    """The word a filter has; None for none, and for what is no such word."""
    value = request.args.get(name, "")
    return words(value) if value in set(words) else None


def _shown(session: Session, rows: list[Row]) -> list[dict[str, Any]]:
    ids = {account.company_id for account, _ in rows if account.company_id}
    companies = {
        each.id: (each.slug, each.name) for each in session.scalars(select(Company).where(Company.id.in_(ids)))
    }
    return [
        {
            "id": account.id, "name": account.name, "email": account.email, "role": account.role, "factor": factor,
            "company": companies.get(account.company_id or ""), "closed_at": account.disabled_at,
            "no_password": account.password_hash is None,
        }
        for account, factor in rows
    ]  # fmt: skip
