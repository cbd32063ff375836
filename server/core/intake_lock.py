"""Who waits for whom inside a process: intake is served one request at a time.

Intake is many short calls of the database, and threads that share the interpreter over them spend more on handing it to
each other than on the work. Figures: docs/decisions/0008.
"""

import contextlib
import threading
from collections.abc import Iterator

from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from server.core.sentences import sentence
from server.core.words import Refused

ONE_AT_A_TIME = {"reports_api.create"}
PATIENCE = 5.0  # seconds that a key waits for its own first sending (contract: 409)
_turn, _book = threading.Lock(), threading.Condition()
_coming: set[tuple[str, str]] = set()  # keys in flight here, each with the token that sent it


def init_app(app: Flask) -> None:
    """Before the gate, so that the look at the token is in the turn too."""
    app.before_request(_take)
    app.teardown_request(_give)


def _take() -> None:
    """Wait for the whole body first, so that a slow line holds up nobody else, then for our turn."""
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
    """Let others have the turn meanwhile: for waiting on another machine."""
    if not g.pop("in_turn", False):  # not in a request for intake
        yield
        return
    _turn.release()
    yield  # what is refused here needs no turn again
    _turn.acquire()
    g.in_turn = True


def _give(_error: BaseException | None) -> None:
    """Whatever became of the request."""
    if g.pop("in_turn", False):
        _turn.release()
    if key := g.pop("key", None):
        with _book:
            _coming.remove(key)
            _book.notify_all()


def in_flight() -> Refused:
    """What the second sending of a key is told while the first is still being kept."""
    return Refused("in-flight", sentence("This report is being saved right now. Try again."), retry_after=5)
