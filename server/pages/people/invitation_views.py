"""Inviting many people at once, by a list that is checked first."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import languages, web
from server.core.database import db
from server.core.mailed import mailed
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.spotter import alias, applying
from server.pages.people.forms import ListForm
from server.people.accounts import invitees, store
from server.people.rounds import store as rounds

pages = Blueprint("invitations", __name__, url_prefix="/people/invitations")


@pages.get("")
def show() -> Response:
    """Invite many people from a list."""
    return _list(ListForm(formdata=None, round=request.args.get("round", "")))


@pages.post("")
def check() -> Response:
    """Check a list: who would be invited to what, and what is wrong in which line. Nobody is invited yet."""
    form = _choices(ListForm())
    if not form.validate():
        return _list(form, 422)
    try:
        people = invitees.read(
            form.content, alias.fitness(), lambda emails: store.known(db.session(), emails),
            pasted=bool((form.pasted.data or "").strip()),
        )  # fmt: skip
    except Refused as refusal:
        (form.pasted if (form.pasted.data or "").strip() else form.people).errors = [refusal.detail]
        return _list(form, 422)
    people = invitees.in_group(people, form.group.data or "")
    round_ = rounds.open_for(db.session(), form.round.data) if form.round.data else None
    return web.render(
        "people/invitations_checked.html", invitees=people.invitees, rejected=people.rejected, group=form.group.data,
        round=round_, again=invitees.written(people.invitees),
    )  # fmt: skip


@pages.post("/send")
def send() -> Response:
    """Invite the people on a checked list; it is checked again."""
    content, round_id = request.form.get("people", "").encode(), request.form.get("round") or None
    invited, joined, rejected = applying.invite_all(content, web.current_account().id, round_id)
    sent = counted(
        "Invitation sent to %(number)s person. Another coordinator accredits them.",
        "Invitations sent to %(number)s people. Another coordinator accredits them.",
        invited,
    )
    flash(languages.translated(mailed(sent, number=invited) if invited else sent), "done")
    if joined:
        skipped = counted(
            "%(number)s row was left out because the person has joined in the meantime.",
            "%(number)s rows were left out because the people have joined in the meantime.",
            joined,
        )
        flash(languages.translated(skipped), "done")
    if rejected:
        skipped = counted(
            "%(number)s row was left out because its name can no longer be used. Check the list again.",
            "%(number)s rows were left out because their names can no longer be used. Check the list again.",
            rejected,
        )
        flash(languages.translated(skipped), "problem")
    return redirect(url_for("people.index"))


def _choices(form: ListForm) -> ListForm:
    open_rounds = rounds.all_open(db.session())
    form.round.choices = [("", sentence("No round")), *((round_.id, round_.name) for round_ in open_rounds)]
    return form


def _list(form: ListForm, status: int = 200) -> Response:
    return web.render("people/invitations.html", status, form=_choices(form))
