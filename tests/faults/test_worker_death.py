"""A worker dies: what it had claimed is taken up by another. Time is moved."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from server.core import clock, work
from server.core.database import db, write
from server.core.outbox import Work
from tests import killed_workers

PIECES = 3
PROMISED = timedelta(seconds=90)

DIES = """
import os, signal
from server import create_app
from server.core import work
with create_app().app_context():
    work._handlers["tell"] = lambda subject: os.kill(os.getpid(), signal.SIGKILL)
    work.run_due()
"""


@pytest.mark.parametrize("mutation", ["", "work.LEASE *= 10"])
def test_what_a_dead_worker_had_not_begun_goes_on_within_90_seconds_and_the_piece_at_hand_within_three_minutes(
    app: Flask, monkeypatch: pytest.MonkeyPatch, mutation: str
) -> None:
    with write() as session:
        session.execute(delete(Work))
        for number in range(PIECES):
            work.enqueue(session, "tell", str(number))
    db.session.remove()
    script = DIES.replace("with", f"{mutation}\nwith", 1)
    assert killed_workers.start(app.config["SPOTTER"], script, killed_workers.NEVER).wait(timeout=250) == -9
    done: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", done.append)
    died = clock.now()

    def after(passed: timedelta) -> int:
        """How many pieces are done by another worker by then."""
        monkeypatch.setattr(clock, "now", lambda: died + passed)
        work.run_due()
        return len(done)

    assert after(timedelta()) == 0, "its lease holds"
    assert (after(PROMISED) == PIECES - 1) == (not mutation)
    if not mutation:
        assert after(work.RUNNING_LEASE + timedelta(seconds=1)) == PIECES, "a mail server may be as slow as that"
