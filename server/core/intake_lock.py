"""Intake handles one request at a time in each process.

Intake makes many short database calls. Threads that share the interpreter across them spend more time handing it to each other
than working. Figures: docs/decisions/0008.
"""

import contextlib
import threading
from collections.abc import Iterator

from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from server.core.sentences import sentence
from server.core.words import Refused

ONE_AT_A_TIME = {"reports_api.create"}
PATIENCE = 5.0  # seconds that a repeated key waits for the first request with it (contract: 409)
_turn, _book = threading.Lock(), threading.Condition()
_coming: set[tuple[str, str]] = set()  # keys in flight here, each with the token that sent it


def init_app(app: Flask) -> None:
    """Runs before the gate, so that checking the token is inside the turn, too."""
    app.before_request(_take)
    app.teardown_request(_give)


def _take() -> None:
    """Wait for the whole body first, so that a slow connection holds up nobody else, then take the turn."""
    if request.endpoint in ONE_AT_A_TIME and request.method == "POST":
        with contextlib.suppress(RequestEntityTooLarge):  # said in its place, after the token
            request.get_data()
        key = (request.headers.get("Authorization", ""), request.headers.get("Idempotency-Key", ""))
        with _book:
            if not _book.wait_for(lambda: key not in _coming, PATIENCE):
                raise in_flight()
            _coming.add(key)
        g.key = key
        _turn.acquire()
        g.in_turn = True


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Give up the turn while waiting for another machine."""
    if not g.pop("in_turn", False):  # not in a request for intake
        yield
        return
    _turn.release()
    yield  # what is refused here needs no turn again
    _turn.acquire()
    g.in_turn = True


def _give(_error: BaseException | None) -> None:
    """Give back the turn, whatever became of the request."""
    if g.pop("in_turn", False):
        _turn.release()
    if key := g.pop("key", None):
        with _book:
            _coming.remove(key)
            _book.notify_all()


def in_flight() -> Refused:
    """The refusal of a repeated key while the first request with it is still being saved."""
    return Refused("in-flight", sentence("This report is being saved right now. Try again."), retry_after=5)
