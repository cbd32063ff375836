"""Notices for companies' programs: the company's own only."""

from typing import Any

from flask import Blueprint

from server import journey, web
from server.database import db
from server.notices import store
from server.notices.models import GivenAnswer
from server.notices.schemas import AnswerOut, AnswerSchema, NoticeOut, NoticeQuery, NoticesOut
from server.overview import notices as overview
from server.words import Via

api = Blueprint("notices_api", __name__, url_prefix="/api/v1")


def _company_id() -> str:
    return web.current_account().company_id or ""


@api.get("/notices")
@web.endpoint(summary="Your notices, due first", query=NoticeQuery, reply=NoticesOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """A page of the inbox."""
    found, after = store.inbox(db.session(), _company_id(), query["q"], query["cursor"])
    return {"items": overview.leaving(db.session(), found), "next": after}


@api.get("/notices/<notice_id>")
@web.endpoint(summary="One notice", reply=NoticeOut)
def show(notice_id: str) -> dict[str, Any]:
    """One notice."""
    return overview.leaving(db.session(), [store.one(db.session(), _company_id(), notice_id)])[0]


@api.post("/notices/<notice_id>/answers")
@web.endpoint(summary="Answer a notice", body=AnswerSchema, reply=AnswerOut, status=201)
def answer(notice_id: str, data: dict[str, Any]) -> GivenAnswer:
    """One answer; the newest counts."""
    journey.answer_notice(notice_id, data, Via.API, web.current_account().id, _company_id())
    db.session.rollback()  # what this request has read so far is from before the answer
    return store.answers_of(db.session(), notice_id)[-1]
