"""The application page, and the waiting list on the desk."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import languages, web
from server.core.database import db
from server.core.mailed import mailed
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.spotter import alias, applying
from server.pages.recruitment import waiting_list
from server.pages.recruitment.forms import ApplyForm, DeclineForm, InviteApplicantForm, apply_form
from server.people.recruitment import store

pages = Blueprint("recruitment", __name__)


@pages.get("/apply")
def apply() -> Response:
    """The application form; if there is none, the other way to join."""
    join_path = web.settings().join_path
    if join_path != "/apply":
        return redirect(join_path) if join_path else web.render("recruitment/closed.html")
    return _apply(apply_form(store.questions())(formdata=None))


@pages.post("/apply")
def send() -> Response:
    """Keep an application. The answer is the same whether the address is known or not, and to programs."""
    if web.settings().join_path != "/apply":
        raise Refused("gone", sentence("Applications are closed."))
    questions = store.questions()
    form = apply_form(questions)()
    if form.website.data:  # people do not see this field: a program filled it in
        return web.render("recruitment/applied.html", email=form.email.data)
    if not form.validate():
        return _apply(form, 422)
    answers = {question.name: form[f"question_{question.name}"].data for question in questions}
    try:
        alias.refuse_unfit(form.email.data, form.name.data, stranger=True)
        applying.apply(
            form.email.data, form.name.data, languages=form.languages.data, language=languages.current(), hours=int(form.hours.data),
            why=form.why.data.strip(), heard=form.heard.data,
            answers={name: int(place) for name, place in answers.items() if place},
        )  # fmt: skip
    except Refused as refusal:
        form.say(refusal)
        return _apply(form, 422)
    return web.render("recruitment/applied.html", email=form.email.data)


@pages.get("/apply/withdraw/<token>")
def ask_withdraw(token: str) -> Response:
    """The link in the mail: confirm the withdrawal."""
    applying.application_of(token)
    return web.render("recruitment/withdraw.html", done=False)


@pages.post("/apply/withdraw/<token>")
def withdraw(token: str) -> Response:
    """Erase the application."""
    applying.withdraw_application(token)
    return web.render("recruitment/withdraw.html", done=True)


# --- The desk --------------------------------------------------------------------------------------------------------


@pages.get("/people/applications")
def waiting() -> Response:
    """The waiting list, in the suggested order, with the reasons."""
    return _waiting(waiting_list.waiting(db.session(), request.args.get("language", ""), web.page_number()))


@pages.post("/people/applications/<application_id>/invite")
def invite(application_id: str) -> Response:
    """Give them a place."""
    form = InviteApplicantForm()
    if not form.validate():
        page = waiting_list.waiting(db.session(), holding=application_id)
        return _waiting(page, 422, refused={application_id: form})
    try:
        name = applying.invite_applicant(application_id, web.current_account().id, form.cohort.data or "")
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(languages.translated(refusal.detail), "problem")
        return redirect(url_for("recruitment.waiting"))
    invited = sentence("Invitation sent to %(name)s. A coordinator other than you accredits them.", name=name)
    flash(languages.translated(mailed(invited, name)), "done")
    return redirect(url_for("recruitment.waiting"))


@pages.post("/people/applications/<application_id>/decline")
def decline(application_id: str) -> Response:
    """Decline an application; the mail about it is sent in ten minutes, unless this is undone."""
    form = DeclineForm()
    if not form.validate():
        page = waiting_list.waiting(db.session(), holding=application_id)
        return _waiting(page, 422, not_declined={application_id: form})
    name = applying.decline_applicant(application_id, web.current_account().id, form.note.data or "")
    declined = counted(
        "%(name)s will be emailed in %(number)s minute. Until then you can undo it below.",
        "%(name)s will be emailed in %(number)s minutes. Until then you can undo it below.",
        store.UNDO.seconds // 60,
        name=name,
    )
    flash(languages.translated(declined), "done")
    return redirect(url_for("recruitment.waiting"))


@pages.post("/people/applications/<application_id>/undo")
def undo_decline(application_id: str) -> Response:
    """Take a decline back, before it is mailed."""
    try:
        name = applying.undo_decline(application_id, web.current_account().id)
    except Refused as refusal:
        flash(languages.translated(refusal.detail), "problem")
    else:
        flash(languages.translated(sentence("Undone. %(name)s is on the waiting list again.", name=name)), "done")
    return redirect(url_for("recruitment.waiting"))


def _waiting(page: dict[str, Any], status: int = 200, **context: Any) -> Response:
    forms = {each["id"]: DeclineForm(formdata=None, note=each["note"]) for each in page["applications"]}
    forms |= context.pop("not_declined", {})
    form = InviteApplicantForm(formdata=None)
    return web.render(
        "recruitment/waiting.html", status, form=form, decline_forms=forms, **{"refused": {}} | context, **page
    )


def _apply(form: ApplyForm, status: int = 200) -> Response:
    return web.render(
        "recruitment/apply.html", status, form=form, questions=[f"question_{question.name}" for question in store.questions()],
        waiting_days=store.WAITING_KEPT.days, declined_days=store.DECLINED_KEPT.days,
    )  # fmt: skip
