"""Notices for companies' programs: the company's own only."""

from typing import Any

from flask import Blueprint

from server.core import payloads, web
from server.core.database import db
from server.core.words import Via
from server.journeys.report import answering, replying
from server.ledger.notices import answer_store, inbox_store, reply_store, store, thread
from server.ledger.notices.models import GivenAnswer
from server.ledger.notices.schemas import (
    MOST_ANSWERS,
    AnswerOut,
    AnswerResults,
    AnswerSchema,
    EntryOut,
    NewReply,
    NoticeQuery,
    NoticesOut,
    NoticeWithThread,
    OneOfManyAnswers,
)
from server.reads import outgoing, withheld

api = Blueprint("notices_api", __name__, url_prefix="/api/v1")


@api.get("/notices")
@payloads.endpoint(summary="Your notices, due first", query=NoticeQuery, reply=NoticesOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """A page of the inbox."""
    unseen = withheld.found_unseen(db.session(), web.owner(), query["q"])
    notices, after = inbox_store.inbox(db.session(), web.owner(), **query, without=unseen)
    return {"items": outgoing.documents(db.session(), notices), "next": after}


@api.get("/notices/<notice_id>")
@payloads.endpoint(summary="One notice, with its thread", reply=NoticeWithThread)
def show(notice_id: str) -> dict[str, Any]:
    """One notice."""
    return outgoing.with_thread(db.session(), store.get(db.session(), web.owner(), notice_id))


@api.post("/notices/<notice_id>/answers")
@payloads.endpoint(summary="Answer a notice", body=AnswerSchema, reply=AnswerOut, status=201)
def answer(notice_id: str, data: dict[str, Any]) -> GivenAnswer:
    """One answer; the newest counts. What is returned is this one, also where a colleague has given another meanwhile."""
    answering.answer_notice(notice_id, data, Via.API, web.current_account().id, web.owner())
    db.session.rollback()  # what this request has read so far is from before the answer
    given = reversed(answer_store.answers_of(db.session(), notice_id))
    return next(each for each in given if answer_store.is_same(each, data))


@api.post("/notices/answers")
@payloads.endpoint(summary="Answer many notices", body=OneOfManyAnswers, reply=AnswerResults, each=MOST_ANSWERS)
def answer_many(data: list[Any]) -> dict[str, Any]:
    """Each by itself: one that is refused keeps back no other. The same array again answers nothing twice, but what we have
    replied to since, or whose listing was reported again, or found there though the answer denies that.
    """
    company_id, account_id = web.owner(), web.current_account().id
    return {"items": answering.answer_each(data, Via.API, account_id, company_id)}


@api.post("/notices/<notice_id>/replies")
@payloads.endpoint(summary="Write in a notice's thread", body=NewReply, reply=EntryOut, status=201)
def reply(notice_id: str, data: dict[str, Any]) -> thread.ThreadEntry:
    """The company writes to us; a coordinator replies to the company."""
    company_id, account_id = web.owner_or_everybody(), web.current_account().id
    if company_id is None:
        reply_id = replying.reply_to_company(notice_id, account_id, data["text"])
    else:
        reply_id = replying.reply_from_company(notice_id, account_id, data["text"], company_id)
    db.session.rollback()  # what this request has read so far is from before the reply
    return reply_store.entry(db.session(), reply_id)
