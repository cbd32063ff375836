"""The place in the queue that a case was opened from: it stays in the address of all that is done on the case."""

from typing import Any

from flask import has_request_context, request

from server.core import web
from server.core.database import db
from server.reads import queue

KEPT = ("tab", "q", "cursor")  # of the queue's own address
KEEPING = frozenset(
    f"cases.{name}"
    for name in ("show", "decide", "undo", "record_answer", "reply", "form_sent", "withdraw", "ask_check", "look",
                 "attach_reports", "mark_clean")
)  # fmt: skip


def asked() -> dict[str, str]:
    """The place that this request's address names."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def keep(endpoint: str, values: dict[str, Any]) -> None:
    """Put the place into every address that a page of the queue or of a case gives for work on a case."""
    if endpoint in KEEPING and has_request_context() and request.endpoint in KEEPING | {"cases.queue"}:
        for name, value in asked().items():
            values.setdefault(name, value)


def listing() -> dict[str, Any]:
    """The queue as this request's address asks for it."""
    place = asked()
    listing = queue.queue(db.session(), place.get("tab", "waiting"), place.get("q", ""), place.get("cursor"))
    return listing | {"undoable": queue.undoable(db.session(), web.current_account().id)}


def following(case_id: str) -> str:
    """The address of the case after this one, in the same place of the queue; of the queue, where it was the last."""
    place = asked()
    next_id, cursor = queue.following(
        db.session(), case_id, place.get("tab", "waiting"), place.get("q", ""), place.get("cursor")
    )
    if next_id is None:
        return web.url_with("cases.queue", tab=place.get("tab"), q=place.get("q"))
    return web.url_with("cases.show", case_id=next_id, **(place | {"cursor": cursor}))
