"""The place in the queue that a case was opened from: it stays in the address of all that is done on the case."""

from collections.abc import Mapping
from typing import Any

from flask import has_request_context, request

from server.core import web
from server.core.database import db
from server.core.sentences import sentence
from server.journeys.report.decision import MOST_AT_ONCE
from server.people.desk import store as desk
from server.reads import queue, queue_filters
from server.reads.queue_filters import Filters

KEPT = ("tab", "q", "cursor", *queue_filters.NAMES)  # of the queue's own address
KEEPING = frozenset(
    (
        "many.choose", "many.decide", "many.undo", "claims.claim", "claims.let_go", "claims.hand_over", "claims.claim_many",
        "claims.hand_over_many",
        "cases.show", "cases.decide", "cases.record_answer", "cases.reply",
        "cases.form_sent", "cases.withdraw", "cases.ask_check", "cases.look", "cases.attach_reports", "cases.mark_clean",
    )
)  # fmt: skip


def asked() -> dict[str, str]:
    """The place that this request's address names."""
    args = request.args.to_dict()  # every address on the page asks, and a MultiDict is slow to say that it has none
    return {name: args[name] for name in KEPT if args.get(name)}


def keep(endpoint: str, values: dict[str, Any]) -> None:
    """Put the place into every address that a page of the queue or of a case gives for work on a case."""
    if endpoint in KEEPING and has_request_context() and request.endpoint in KEEPING | {"cases.queue"}:
        for name, value in asked().items():
            values.setdefault(name, value)


def named() -> dict[str, str]:
    """The place that this request's address names, as it can be saved: without its page, and the first tab is none."""
    place = {name: value for name, value in asked().items() if name != "cursor"}
    if place.get("tab") not in queue.TABS or place["tab"] == "waiting":
        place.pop("tab", None)
    return place


def here() -> queue.QueuePlace:
    """The place that this request's address names; an unknown tab is the first."""
    return at(asked())


def at(place: Mapping[str, str]) -> queue.QueuePlace:
    """A place by the names of its parameters; what has another name is left out."""
    filters = Filters(**{name: place[name] for name in queue_filters.NAMES if name in place})
    tab = place.get("tab", "")
    return queue.QueuePlace(tab if tab in queue.TABS else "waiting", place.get("q", ""), place.get("cursor"), filters)


def listing() -> dict[str, Any]:
    """The queue as this request's address asks for it."""
    listing = queue.queue(db.session(), here())
    undoable = queue.undoable(db.session(), web.current_account().id)
    return listing | {"kept": asked(), "undoable": undoable, "found": _offered(listing)} | _saved()


def of_one(case_id: str) -> dict[str, Any]:
    """What a case says of its place where the queue is on the page already (docs/decisions/0056)."""
    place = here()
    return {"queue": {"here_url": place.url(cursor=place.cursor)}, "place": queue.place(db.session(), case_id)}


def found() -> dict[str, int]:
    """All cases that the queue lists here and that can be decided on at once: the id of each, with its version."""
    return queue.decidable(db.session(), here(), MOST_AT_ONCE)


def _offered(listing: dict[str, Any]) -> str | None:
    """What ticks them all, in words; None where this page can tick them, or this person none."""
    more = listing["next_url"] or here().cursor
    if not (more and web.can("cases.decide")):
        return None
    number = len(queue.decidable(db.session(), here(), MOST_AT_ONCE + 1))
    if number > MOST_AT_ONCE:
        return sentence("The first %(number)s found", number=MOST_AT_ONCE)
    return sentence("All %(number)s found", number=number) if number > 1 else None


def _saved() -> dict[str, Any]:
    """One's own saved filters as tabs, and where the place that is shown could be saved; None where it is one of them."""
    if not web.can("cases.decide"):
        return {"saved": [], "save_url": None}
    place = named()
    saved = [
        {
            "name": row.name,
            "url": web.url_with("cases.queue", **row.place),
            "count": None,
            "current": row.place == place,
        }
        for row in desk.saved_filters(db.session(), web.current_account().id)
    ]
    there = not place or any(each["current"] for each in saved)
    return {"saved": saved, "save_url": None if there else web.url_with("saved.index", **place)}


def following(case_id: str) -> str:
    """The address of the case after this one, in the same place of the queue; of the queue, where it was the last."""
    next_id, cursor = queue.following(db.session(), case_id, here())
    if next_id is None:
        return here().url()
    return web.url_with("cases.show", case_id=next_id, **(asked() | {"cursor": cursor}))
