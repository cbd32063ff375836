"""The webhooks of a company: its managers see how they do, rotate their secrets, test them, and have messages sent again."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import DateTimeLocalField
from wtforms.validators import InputRequired

from server.core import languages, web
from server.core.database import db
from server.core.forms import DAY_AND_TIME, Form
from server.core.sentences import Sentence, counted, sentence
from server.core.words import Refused
from server.journeys.company import webhooks
from server.pages.team import webhooks_page

pages = Blueprint("team_webhooks", __name__, url_prefix="/team/webhooks")


class ReplayForm(Form):
    """From when until when."""

    since = DateTimeLocalField(
        sentence("From (UTC)"), [InputRequired(sentence("Enter a date and time."))], format=DAY_AND_TIME
    )
    until = DateTimeLocalField(
        sentence("Until (UTC)"), [InputRequired(sentence("Enter a date and time."))], format=DAY_AND_TIME
    )


@pages.get("")
def index() -> Response:
    """The company's webhooks, and how they do."""
    return _page()


@pages.post("/<spoc_id>/secrets")
def make_secret(spoc_id: str) -> Response:
    """A new secret, shown this once: in the answer itself, which no browser keeps."""
    secret = webhooks.make_secret(web.owner(), spoc_id, web.current_account().id)
    db.session.rollback()  # what this request has read so far is from before the secret
    return _page(secret_of=spoc_id, secret=secret)


@pages.post("/<spoc_id>/secrets/<fingerprint>/retire")
def retire_secret(spoc_id: str, fingerprint: str) -> Response:
    """Retire one of two."""
    webhooks.retire_secret(web.owner(), spoc_id, fingerprint, web.current_account().id)
    return _done(sentence("Secret %(fingerprint)s no longer signs.", fingerprint=fingerprint), spoc_id)


@pages.post("/answers/secrets")
def make_answer_secret() -> Response:
    """A new secret to sign answers with, shown this once."""
    secret = webhooks.make_answer_secret(web.owner(), web.current_account().id)
    db.session.rollback()  # what this request has read so far is from before the secret
    return _page(answer_secret=secret)


@pages.post("/answers/secrets/<fingerprint>/retire")
def retire_answer_secret(fingerprint: str) -> Response:
    """Retire one, also the last: then no answer comes in this way."""
    webhooks.retire_answer_secret(web.owner(), fingerprint, web.current_account().id)
    flash(
        languages.translated(sentence("Secret %(fingerprint)s is no longer accepted.", fingerprint=fingerprint)), "done"
    )
    return redirect(url_for("team_webhooks.index", _anchor="answers"))


@pages.post("/<spoc_id>/test")
def test(spoc_id: str) -> Response:
    """Ask for a test event; the worker sends it."""
    try:
        webhooks.ask_test(web.owner(), spoc_id, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "too-many":
            raise
        return _done(refusal.detail, spoc_id, "problem")
    return _done(sentence("The test is on its way. Reload this page to see the result."), spoc_id)


@pages.post("/<spoc_id>/replay")
def replay(spoc_id: str) -> Response:
    """Ask for what was delivered in a span of time to be sent again."""
    form, company_id = ReplayForm(), web.owner()
    if not form.validate():
        return _page(422, wrong_of=spoc_id, form=form)
    since, until = (_utc(field.data) for field in (form.since, form.until))
    try:
        count = webhooks.ask_replay(company_id, spoc_id, web.current_account().id, since, until)
    except Refused as refusal:
        form.say(refusal)
        return _page(422, wrong_of=spoc_id, form=form)
    text = counted("%(number)s message is sent again.", "%(number)s messages are sent again.", count)
    return _done(text, spoc_id)


def _utc(at: datetime | None) -> datetime:
    if at is None:
        raise LookupError("a form that was checked has its times")
    return at.replace(tzinfo=UTC)


def _done(text: Sentence | str, spoc_id: str, kind: str = "done") -> Response:
    flash(languages.translated(text), kind)
    return redirect(url_for("team_webhooks.index", _anchor=f"w-{spoc_id}"))


def _page(
    status: int = 200,
    *,
    secret_of: str = "",
    secret: str = "",
    wrong_of: str = "",
    form: ReplayForm | None = None,
    answer_secret: str | None = None,
) -> Response:
    company_id = web.owner()
    shown = webhooks_page.shown(db.session(), company_id)
    if wrong_of and all(hook["id"] != wrong_of for hook in shown):
        raise Refused("not-found", sentence("There is no such webhook."))
    for hook in shown:
        hook["secret"] = secret if hook["id"] == secret_of else None
        hook["form"] = form if form and hook["id"] == wrong_of else ReplayForm(formdata=None, prefix="")
    answering = webhooks_page.answering(db.session(), company_id)
    answering["secret"] = answer_secret
    answering["command"] = webhooks_page.try_it(answer_secret, answering["address"]) if answer_secret else None
    return web.render(
        "team/webhooks.html", status, webhooks=shown, waiting=webhooks_page.waiting(db.session(), company_id),
        answering=answering, api_url=url_for("site_api.described"),
    )  # fmt: skip
