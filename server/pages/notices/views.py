"""A company’s inbox."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, outcome, payloads, web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import Answer, NoticeState, Refused
from server.journeys.oversight import list_export
from server.journeys.report import answering_in_portal, replying
from server.journeys.report.answering_in_portal import Became
from server.ledger.notices import answer_store, inbox_store, pending_store, reply_store, standing, store
from server.ledger.notices.models import Notice
from server.ledger.notices.schemas import NoticeQuery
from server.pages.notices import inbox_filters, inbox_rows, life
from server.pages.notices.forms import AnswerForm, CompanyReplyForm, ManyForm, keep
from server.reads import list_rows, outgoing, withheld

pages = Blueprint("notices", __name__)


def undoable(company_id: str, batch_id: str | None = None) -> list[dict[str, Any]]:
    """What was answered and can still be undone, with the seconds left; or this batch of it."""
    now = clock.now()
    batches = pending_store.batches(db.session(), company_id, now, batch_id)
    return [{"batch": batch, "seconds": math.ceil((batch.due_at - now).total_seconds())} for batch in batches]


# --- The inbox -------------------------------------------------------------------------------------------------------


@pages.get("/notices")
def inbox() -> Response:
    """The company's own notices, due first."""
    return _inbox(ManyForm(formdata=None))


@pages.post("/notices")
def answer_many() -> Response:
    """One answer to every notice that is ticked. The place in the list stays."""
    form, account = ManyForm(), web.current_account()
    notices = [_own(notice_id) for notice_id in dict.fromkeys(request.form.getlist("notice")[: inbox_store.PAGE])]
    if not notices:
        form.blame({"answer": [sentence("Select the notices this answers.")]})
        return _inbox(form, 422)
    became, stale, batch = list[Became](), list[str](), answering_in_portal.begin(web.owner(), account.id)

    def take(notice_id: str, values: dict[str, Any]) -> None:
        became.append(answering_in_portal.answer(batch, notice_id, values, request.form.get(f"seen-{notice_id}")))

    for notice in notices:
        try:
            if keep(form, partial(take, notice.id)):
                return _inbox(form, 422)  # the same words for all: the first one says it
        except Refused as refusal:
            if refusal.kind == "stale":
                stale.append(notice.id)
            # else it was withdrawn or replaced since the page was opened, or answered too often
    # Of what can still be undone, the page itself says so.
    _tell(became.count(Became.COUNTS), became.count(Became.SAME), len(notices) - len(became) - len(stale))
    if stale:
        text = counted(
            "%(number)s notice was answered meanwhile and is still ticked. Look again, and send your answer once more if it is "
            "to replace that one.",
            "%(number)s notices were answered meanwhile and are still ticked. Look again, and send your answer once more if it "
            "is to replace those.",
            len(stale),
        )
        form.blame({"answer": [text]})
    if stale or not became:
        db.session.rollback()  # what was read before
        return _inbox(form, 409, stale)  # what was written is still there
    return redirect(_here())


def _tell(answered: int, already: int, refused: int) -> None:
    """Say what became of so many notices that were answered at once."""
    if answered:
        text = counted("%(number)s notice answered. Thank you.", "%(number)s notices answered. Thank you.", answered)
        flash(translated(text), "done")
    if already:
        text = counted(
            "%(number)s notice has this answer already.", "%(number)s notices have this answer already.", already
        )
        flash(translated(text), "done")
    if refused:
        text = counted(
            "%(number)s notice was not answered: it was withdrawn, replaced, or answered too often within an hour.",
            "%(number)s notices were not answered: they were withdrawn, replaced, or answered too often within an hour.",
            refused,
        )
        flash(translated(text), "problem")


@pages.post("/notices/undo")
def undo() -> Response:
    """Take back what was answered at once. From the page of its one notice, back to there."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    try:
        undone = answering_in_portal.undo(request.form.get("batch", ""), web.current_account().id, web.owner())
    except Refused as refusal:
        flash(translated(refusal.detail), "problem")
    else:
        text = counted(
            "Undone: %(number)s answer. Nobody was told.", "Undone: %(number)s answers. Nobody was told.", undone
        )
        flash(translated(text), "done")
    notice_id = request.form.get("notice")
    return redirect(url_for("notices.show", notice_id=notice_id) if notice_id else _here())


def _here() -> str:
    """The inbox, at the tab, search and filters that the request's address names."""
    return web.url_with("notices.inbox", **{name: request.args.get(name) for name in inbox_filters.KEPT})


def _asked(narrowed: inbox_store.Narrowed) -> dict[str, Any]:
    """What this request's address asks the inbox for, as `inbox_store.inbox` takes it."""
    tab = request.args.get("tab")
    state = NoticeState(tab) if tab in set(NoticeState) else NoticeState.OPEN
    named = {name: request.args[name] for name in ("q", "cursor") if request.args.get(name)}
    query: dict[str, Any] = payloads.load(NoticeQuery, named)
    return query | {"state": state, "narrowed": narrowed}


def _inbox(form: ManyForm, status: int = 200, stale: Sequence[str] = ()) -> Response:
    """stale: what was ticked and has been answered meanwhile. It is listed first, wherever it stands now."""
    company_id = web.owner()
    filters = inbox_filters.chosen(db.session(), company_id)
    query = _asked(filters.narrowed)
    kept = {"tab": query["state"], "q": query["q"], **filters.values}
    unseen = withheld.found_unseen(db.session(), company_id, query["q"])
    notices, after = inbox_store.inbox(db.session(), company_id, **query, pending_answered=True, without=unseen)
    notices = [*map(_own, stale), *(notice for notice in notices if notice.id not in stale)]
    seen = standing.marks(db.session(), [notice.id for notice in notices])
    if status == 422:
        seen |= {name: request.form.get(f"seen-{name}", mark) for name, mark in seen.items()}
    threads = reply_store.threads(db.session(), notices)
    return web.render(
        "notices/inbox.html",
        status,
        form=form,
        undoable=undoable(company_id),
        place={name: request.args[name] for name in inbox_filters.KEPT if request.args.get(name)},
        ticked=stale or request.form.getlist("notice"),
        seen=seen,
        stale=stale,
        notices=notices,
        beside=inbox_rows.beside(db.session(), notices, threads),
        numbers=inbox_store.counts(db.session(), company_id),
        matches=inbox_store.counts(db.session(), company_id, filters.narrowed, query["q"], unseen)
        if query["q"]
        else {},
        tab=query["state"].value,
        q=query["q"],
        filters=filters.fields,
        filtered=filters.values,
        next_url=web.url_with("notices.inbox", **kept, cursor=after) if after else None,
        csv_url=web.url_with("notices.csv", **kept),
    )


@pages.post("/notices.csv")
def csv() -> Response:
    """All of the company's notices that its inbox lists there, for a spreadsheet. That it was taken is recorded."""
    company_id, account_id = web.owner(), web.current_account().id
    filters = inbox_filters.chosen(db.session(), company_id)
    query = _asked(filters.narrowed) | {"cursor": None, "pending_answered": True}
    by = [*(name for name in ("tab", "q") if request.args.get(name)), *filters.values]
    list_export.record_export(account_id, "notices_exported", "company", company_id, by)
    return web.table(list_rows.NOTICES, list_rows.of_notices(company_id, query), "notices")


@pages.get("/notices/<notice_id>")
def show(notice_id: str) -> Response:
    """One notice and its answers."""
    return _show(_own(notice_id), AnswerForm())


@pages.post("/notices/<notice_id>")
def answer(notice_id: str) -> Response:
    """Answer one notice."""
    form, notice = AnswerForm(), _own(notice_id)
    batch, became = answering_in_portal.begin(notice.company_id, web.current_account().id), list[Became]()

    def take(values: dict[str, Any]) -> None:
        became.append(answering_in_portal.answer(batch, notice_id, values, form.seen.data))

    if status := keep(form, take):
        return _show(notice, form, status)
    if became == [Became.COUNTS]:  # of what can still be undone, the page itself says so
        flash(translated(sentence("Recorded. Thank you.")), "done")
    elif became == [Became.SAME]:
        flash(translated(sentence("This notice has this answer already.")), "done")
    return redirect(url_for("notices.show", notice_id=notice_id))


@pages.post("/notices/<notice_id>/replies")
def reply(notice_id: str) -> Response:
    """Write to us in the notice's thread."""
    form, notice = CompanyReplyForm(), _own(notice_id)
    if not form.validate():
        return _show(notice, AnswerForm(formdata=None), 422, form)
    text, account = (form.text.data or "").strip(), web.current_account()
    try:
        replying.reply_from_company(notice_id, account.id, text, notice.company_id)
    except Refused as refusal:
        raise form.with_typed(refusal) from None
    flash(translated(sentence("Sent. A coordinator reads it.")), "done")
    return redirect(url_for("notices.show", notice_id=notice_id, _anchor="thread"))


def _own(notice_id: str) -> Notice:
    return store.get(db.session(), web.owner(), notice_id)


def _show(notice: Notice, form: AnswerForm, status: int = 200, reply_form: CompanyReplyForm | None = None) -> Response:
    state = {
        "withdrawn": notice.withdrawn_at is not None,
        "recalled": store.is_recalled(notice),
        "replaced": notice.replaced_at is not None,
    }
    life.mark_form(form, notice)
    newer = outgoing.newer(db.session(), notice) if state["replaced"] else None
    upcoming = None if any(state.values()) else inbox_store.following(db.session(), notice)
    effective = answer_store.effective(answer_store.answers_of(db.session(), notice.id))
    pending = pending_store.on(db.session(), [notice.id]).get(notice.id)
    said = Answer(pending.stated["answer"]) if pending else None
    return web.render(
        "notices/show.html",
        status,
        trail=life.trail(notice, effective[-1]) if effective and not any(state.values()) else [],
        answered=inbox_store.is_answered(notice.answer if said is None or said in outcome.WAITS else said),
        following_url=url_for("notices.show", notice_id=upcoming) if upcoming else None,
        newer_url=url_for("notices.show", notice_id=newer.id) if newer else None,
        state=state,
        undoable=undoable(notice.company_id, pending.batch_id) if pending else [],
        place={},
        pending=said,
        form=None if any(state.values()) else form,
        reply_form=reply_form or CompanyReplyForm(formdata=None),
        **life.thread(notice),
        **outgoing.page(db.session(), notice, request.args.get("look")),
    )
