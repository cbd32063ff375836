"""The lists of the desk, and accrediting several people at once."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import languages, web
from server.core.database import db
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.spotter import accrediting, asking_lead
from server.journeys.spotter.accrediting import ToAccredit
from server.pages.people import desk_lists
from server.pages.people.forms import DeskAnswerForm

pages = Blueprint("desk", __name__, url_prefix="/people/desk")
LONGEST_REASON = 2000


@pages.get("/accredit")
def to_accredit() -> Response:
    """Who passed and waits to be accredited or renewed."""
    return _to_accredit()


@pages.post("/accredit")
def accredit() -> Response:
    """Accredit those who are ticked, each by itself and with a reason of their own or the one for all."""
    common, ticked = request.form.get("why", "").strip(), list(dict.fromkeys(request.form.getlist("person")))
    asked = [
        ToAccredit(
            account_id,
            request.form.get(f"why-{account_id}", "").strip() or common,
            request.form.get(f"seen-{account_id}"),
        )
        for account_id in ticked[: desk_lists.PAGE]
    ]
    errors: dict[str, str] = {each.account_id: sentence("Enter a reason.") for each in asked if not each.why}
    errors |= {
        each.account_id: sentence("At most %(most)s characters.", most=LONGEST_REASON)
        for each in asked
        if len(each.why) > LONGEST_REASON
    }
    if not asked or errors:
        nobody = "" if asked else sentence("Tick at least one person.")
        return _to_accredit(422, errors=errors, nobody=nobody)
    refused = accrediting.accredit_each(asked, web.current_account().id, request.form.get("second", ""))
    done = sum(refusal is None for refusal in refused.values())
    if done:
        said = counted("%(number)s person is accredited.", "%(number)s people are accredited.", done)
        flash(languages.translated(said), "done")
    errors = {who: refusal.detail for who, refusal in refused.items() if refusal}
    if not errors:
        return redirect(url_for("desk.to_accredit"))
    return _to_accredit(409, errors=errors)


def _to_accredit(status: int = 200, **context: Any) -> Response:
    account_id = web.current_account().id
    page = desk_lists.to_accredit(db.session(), account_id, web.page_number())
    errors: dict[str, str] = context.pop("errors", {})
    elsewhere = set(errors) - {row["id"] for row in page["rows"]}  # decided meanwhile, or on another page by now
    names = desk_lists.names(db.session(), elsewhere)
    gone = [(names.get(who, ""), errors[who]) for who in elsewhere]
    alone = accrediting.decider(db.session(), account_id).alone if web.can("people.accredit") else False
    return _list("accredit", status, errors=errors, gone=gone, alone=alone, **({"nobody": ""} | context), **page)


@pages.get("/appeals")
def appeals() -> Response:
    """Appeals that wait."""
    return _list("appeals", **desk_lists.appeals(db.session(), web.current_account().id, web.page_number()))


@pages.get("/suspended")
def suspended() -> Response:
    """Who is suspended, and for whom nothing is decided yet."""
    return _list("suspended", **desk_lists.suspended(db.session(), web.page_number()))


@pages.get("/proposals")
def proposals() -> Response:
    """Level changes that the rules propose."""
    return _list("proposals", **desk_lists.proposals(db.session(), web.page_number()))


@pages.get("/questions")
def questions() -> Response:
    """Questions to leads that wait for three days, or whose lead is not there."""
    return _questions()


@pages.post("/questions/<question_id>/answer")
def answer_question(question_id: str) -> Response:
    """Answer one in the lead's stead."""
    form = DeskAnswerForm()
    if not form.validate():
        return _questions(422, wrong_id=question_id, wrong=form)
    try:
        asking_lead.answer_at_desk(question_id, web.current_account().id, form.answer.data)
    except Refused as refusal:
        raise form.with_typed(refusal) from None
    flash(languages.translated(sentence("Sent. The spotter is told by email.")), "done")
    return redirect(url_for("desk.questions"))


def _questions(status: int = 200, **wrong: Any) -> Response:
    page = desk_lists.questions(db.session(), web.page_number())
    return _list(
        "questions", status, form=DeskAnswerForm(formdata=None), **({"wrong_id": "", "wrong": None} | wrong), **page
    )


@pages.get("/ending")
def ending() -> Response:
    """A calendar of the accreditations that end within 60 days."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = None
    return _list("ending", **desk_lists.ending(db.session(), web.page_number(), day))


@pages.get("/changes")
def changes() -> Response:
    """Who has to go through something again that has changed."""
    return _list("changes", **desk_lists.changes(db.session(), web.page_number()))


def _list(name: str, status: int = 200, **page: Any) -> Response:
    return web.render(f"people/desk_{name}.html", status, counts_here=desk_lists.counts(db.session()), **page)
