"""Who waits for whom inside a process: intake is served one request at a time.

Intake is many short calls of the database, and threads that share the interpreter over them spend more on handing it to
each other than on the work. Figures: docs/decisions/0008.
"""

import contextlib
import threading

from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge

ONE_AT_A_TIME = {"reports_api.create"}
_turn = threading.Lock()


def init_app(app: Flask) -> None:
    """Before the gate, so that the look at the token is in the turn too."""
    app.before_request(_take)
    app.teardown_request(_give)


def _take() -> None:
    """Wait for the whole body first, so that a slow line holds up nobody else, then for our turn."""
    if request.endpoint in ONE_AT_A_TIME and request.method == "POST":
        with contextlib.suppress(RequestEntityTooLarge):  # said in its place, after the token
            request.get_data()
        _turn.acquire()
        g.in_turn = True


def _give(_error: BaseException | None) -> None:
    """Whatever became of the request."""
    if g.pop("in_turn", False):
        _turn.release()
