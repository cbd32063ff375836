"""Notices for companies' programs: the company's own only."""

from typing import Any

from flask import Blueprint

from server.core import payloads, web
from server.core.database import db
from server.core.words import Via
from server.journeys.report import answering
from server.ledger.notices import store
from server.ledger.notices.models import GivenAnswer
from server.ledger.notices.schemas import AnswerOut, AnswerSchema, NoticeOut, NoticeQuery, NoticesOut
from server.reads import outgoing

api = Blueprint("notices_api", __name__, url_prefix="/api/v1")


@api.get("/notices")
@payloads.endpoint(summary="Your notices, due first", query=NoticeQuery, reply=NoticesOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """A page of the inbox."""
    notices, after = store.inbox(db.session(), web.owner(), query["q"], query["cursor"])
    return {"items": outgoing.leaving(db.session(), notices), "next": after}


@api.get("/notices/<notice_id>")
@payloads.endpoint(summary="One notice", reply=NoticeOut)
def show(notice_id: str) -> dict[str, Any]:
    """One notice."""
    return outgoing.leaving(db.session(), [store.get(db.session(), web.owner(), notice_id)])[0]


@api.post("/notices/<notice_id>/answers")
@payloads.endpoint(summary="Answer a notice", body=AnswerSchema, reply=AnswerOut, status=201)
def answer(notice_id: str, data: dict[str, Any]) -> GivenAnswer:
    """One answer; the newest counts."""
    answering.answer_notice(notice_id, data, Via.API, web.current_account().id, web.owner())
    db.session.rollback()  # what this request has read so far is from before the answer
    return store.answers_of(db.session(), notice_id)[-1]
