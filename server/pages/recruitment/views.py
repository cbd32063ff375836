"""The application page, and the waiting list on the desk."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.words import Refused
from server.journeys.spotter import applying
from server.pages.recruitment import waiting_list
from server.pages.recruitment.forms import ApplyForm, InviteApplicantForm, apply_form
from server.people.recruitment import store

pages = Blueprint("recruitment", __name__)


@pages.get("/apply")
def apply() -> Response:
    """The application form; where there is none, the way in that there is."""
    way_in = web.settings().way_in
    if way_in != "/apply":
        return redirect(way_in) if way_in else web.render("recruitment/closed.html")
    return _apply(apply_form(store.questions())(formdata=None))


@pages.post("/apply")
def send() -> Response:
    """Keep an application. The answer is the same whether the address is known or not, and to programs."""
    if web.settings().way_in != "/apply":
        raise Refused("gone", "Applications are not open.")
    questions = store.questions()
    form = apply_form(questions)()
    if form.website.data:  # nobody sees this field: a program filled it in
        return web.render("recruitment/applied.html", email=form.email.data)
    if not form.validate():
        return _apply(form, 422)
    answers = {one.name: form[f"question_{one.name}"].data for one in questions}
    try:
        applying.apply(
            form.email.data, form.name.data, languages=form.languages.data, hours=int(form.hours.data),
            why=form.why.data.strip(), heard=form.heard.data,
            answers={name: int(place) for name, place in answers.items() if place},
        )  # fmt: skip
    except Refused as refusal:
        form.say(refusal)
        return _apply(form, 422)
    return web.render("recruitment/applied.html", email=form.email.data)


@pages.get("/apply/withdraw/<token>")
def ask_withdraw(token: str) -> Response:
    """The link of the mail: what taking it back means."""
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
    """Who waits for a place, in the order worth looking at them, with the reasons."""
    shown = waiting_list.waiting(db.session(), request.args.get("language", ""), web.page_number())
    return web.render("recruitment/waiting.html", form=InviteApplicantForm(formdata=None), refused={}, **shown)


@pages.post("/people/applications/<application_id>/invite")
def invite(application_id: str) -> Response:
    """Give them a place."""
    form = InviteApplicantForm()
    if not form.validate():
        shown, blank = waiting_list.waiting(db.session(), holding=application_id), InviteApplicantForm(formdata=None)
        return web.render("recruitment/waiting.html", 422, form=blank, refused={application_id: form}, **shown)
    name = applying.invite_applicant(application_id, web.current_account().id, form.cohort.data or "")
    flash(f"{name} gets a mail with the way in. Another coordinator than you accredits them.", "done")
    return redirect(url_for("recruitment.waiting"))


@pages.post("/people/applications/<application_id>/decline")
def decline(application_id: str) -> Response:
    """Say no, kindly."""
    name = applying.decline_applicant(application_id, web.current_account().id)
    flash(
        f"{name} gets a kind mail. What they wrote is erased now, the rest in {store.DECLINED_KEPT.days} days.", "done"
    )
    return redirect(url_for("recruitment.waiting"))


def _apply(form: ApplyForm, status: int = 200) -> Response:
    return web.render(
        "recruitment/apply.html", status, form=form, questions=[f"question_{one.name}" for one in store.questions()],
        waiting_days=store.WAITING_KEPT.days, declined_days=store.DECLINED_KEPT.days,
    )  # fmt: skip
