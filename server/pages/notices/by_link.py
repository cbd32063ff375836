"""The pages behind an answer link: no account, no cookie, no forgery token."""

from datetime import datetime
from functools import partial

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, languages, reader, web
from server.core.database import db
from server.core.words import Answer, Via
from server.journeys.report import answering
from server.ledger.companies import store as companies
from server.ledger.notices import answer_store, inbox_store, link, store
from server.ledger.notices.answers import REVISABLE, decided_at, open_by_link
from server.ledger.notices.models import GivenAnswer, Notice
from server.pages.notices import life
from server.pages.notices.forms import AnswerForm, keep
from server.reads import outgoing

pages = Blueprint("answers", __name__)


def _behind(token: str) -> Notice:
    """The notice behind a link. From here on the page is in its company's language, unless its reader has chosen one."""
    notice = store.get(db.session(), None, link.read(token))
    spoc = companies.spoc(db.session(), notice.spoc_id) if notice.spoc_id else None
    reader.speak(languages.of_company(spoc.languages if spoc else ()))
    return notice


@pages.get("/answers/<token>")
def show(token: str) -> Response:
    """The notice and the choices. Changes nothing, however often and by whatever it is opened."""
    notice = _behind(token)
    return _closed(notice) or _choices(notice, AnswerForm(formdata=None, meta={"csrf": False}))


@pages.post("/answers/<token>")
def answer(token: str) -> Response:
    """A person has chosen and submitted."""
    notice = _behind(token)
    form = AnswerForm(meta={"csrf": False})
    if closed := _closed(notice, form):
        return closed
    if status := keep(form, partial(answering.answer_notice, notice.id, via=Via.LINK, seen=form.seen.data)):
        return _choices(notice, form, status)
    db.session.rollback()  # what this request has read so far is from before the answer
    earlier = answer_store.answers_of(db.session(), notice.id)
    decided, standing = _decided_at(earlier) or earlier[-1].at, answer_store.effective(earlier)[-1]
    changeable = store.stands(notice) and open_by_link(decided, clock.now())
    next_url, left = outgoing.next_by_link(db.session(), notice)
    upcoming = None if next_url else inbox_store.following(db.session(), notice)
    return web.render(
        "answers/done.html",
        trail=life.trail(notice, standing),
        next_url=next_url,
        left=left,
        sign_in_url=url_for("notices.show", notice_id=upcoming) if upcoming else None,
        given=earlier[-1],
        standing=standing if standing.id != earlier[-1].id else None,
        until=decided + REVISABLE if changeable else None,
        change=request.path,
        **outgoing.page(db.session(), notice, None),
    )


@pages.get("/answers/<token>/screenshot", endpoint="screenshot")
@pages.get("/answers/<token>/pictures/<name>", endpoint="picture")
def picture(token: str, name: str | None = None) -> Response:
    """The screenshot, or a later picture, that a person has marked clean, blurred unless asked for. Not found before."""
    notice = store.get(db.session(), None, link.read(token))
    file = outgoing.picture(db.session(), notice, name)
    return web.picture(file.copy_sha256 if request.args.get("look") else file.blurred_sha256)


def _decided_at(answers: list[GivenAnswer]) -> datetime | None:
    return decided_at((Answer(row.answer), row.at) for row in answers)


def _choices(notice: Notice, form: AnswerForm, status: int = 200) -> Response:
    life.mark_form(form, notice)
    answers = answer_store.answers_of(db.session(), notice.id)
    decided, standing = _decided_at(answers), answer_store.effective(answers)
    return web.render(
        "answers/show.html",
        status,
        form=form,
        given=standing[-1] if standing else None,
        trail=life.trail(notice, standing[-1]) if standing else [],
        until=decided + REVISABLE if decided else None,
        **life.thread(notice),
        **outgoing.page(db.session(), notice, request.args.get("look")),
    )


def _closed(notice: Notice, form: AnswerForm | None = None) -> Response | None:
    """The page of a link that takes no answer any more, or None. A listing may be reinstated at any time."""
    answers = answer_store.answers_of(db.session(), notice.id)
    asked = Answer(form.answer.data) if form and form.answer.data in set(Answer) else None
    if asked is Answer.REINSTATED:
        return None
    if notice.withdrawn_at:
        kind = "withdrawn"
    elif notice.replaced_at:
        kind = "replaced"
    elif not open_by_link(_decided_at(answers), clock.now(), asked):
        kind = "late"
    else:
        return None
    shown = outgoing.page(db.session(), notice, None)["notice"]
    newer = outgoing.newer(db.session(), notice) if kind == "replaced" else None
    status = 200 if kind == "late" and request.method != "POST" else 410  # one answer is still possible
    return web.render(
        "answers/expired.html",
        status,
        kind=kind,
        recalled=store.is_recalled(notice),
        notice=shown,
        newer_url=link.answer_url(newer.id) if newer else None,
        given=answers[-1] if answers else None,
        seen=life.mark(notice),
        typed=[form.reason.data] if form and form.reason.data else [],
        **life.thread(notice),
    )
