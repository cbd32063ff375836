"""A worker dies, is slow, or is stopped for long: another goes on with what it had in hand, and nobody does it twice.

What a watcher counts is moved on by hand (`Watch`); workers that die or stop are processes of their own.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from server.core import clock, lease, work
from server.core.config import Settings
from server.core.database import db, read, write
from server.core.outbox import Work
from server.core.words import CaseState, DeliveryState
from server.ledger.cases.models import Case
from tests import killed_workers
from tests.conftest import People, settings_for
from tests.messages import attempts_at, message_of
from tests.smtp_rig import MailServer, mail_server
from tests.story import notify

Make = Callable[..., dict[str, Any]]
PIECES = 3
PROMISED = 90  # seconds
SPOC = "spoc@mercado.test"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, server: MailServer) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)


class Watch:
    """The clock that only runs on, as this process sees it: it runs when told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(lease, "time", SimpleNamespace(monotonic=lambda: self.now))
        monkeypatch.setattr(lease, "_watched", {})

    def goes_on(self, seconds: float) -> None:
        """Look now, and do all that is due so many seconds later."""
        while work._run_batch(watching=True):
            pass
        self.now += seconds
        while work._run_batch(watching=True):
            pass


@pytest.fixture
def watch(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def only(kind: str, pieces: int = 0) -> None:
    """Nothing else is to be done; so many new pieces of this kind are."""
    with write() as session:
        session.execute(delete(Work).where(Work.kind != kind))
        for number in range(pieces):
            work.enqueue(session, kind, str(number), due_at=clock.now() - timedelta(days=1))
    db.session.remove()


# --- Dead ------------------------------------------------------------------------------------------------------------

DIES = """
import os, signal
from server import create_app
from server.core import recurring, work
with create_app().app_context():
    work._handlers["tell"] = lambda subject: os.kill(os.getpid(), signal.SIGKILL)
    work.run_due()
"""


@pytest.mark.parametrize(
    ("clock_set", "mutation"),
    [(0, False), (1, False), (-1, False), (0, True)],
    ids=["", "its clock set forward", "its clock set back", "a longer lease"],
)
def test_what_a_dead_worker_had_in_hand_goes_on_within_90_seconds_however_its_clock_is_set(
    app: Flask, watch: Watch, monkeypatch: pytest.MonkeyPatch, clock_set: int, mutation: bool
) -> None:
    only("tell", PIECES)
    assert killed_workers.start(app.config["SPOTTER"], DIES, killed_workers.NEVER).wait(timeout=250) == -9
    done: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", done.append)
    honest = clock.now
    monkeypatch.setattr(clock, "now", lambda: honest() + timedelta(hours=clock_set))
    if mutation:
        monkeypatch.setattr(lease, "LEASE", 10 * lease.LEASE)
    watch.goes_on(PROMISED / 2)
    assert done == [], "it may be alive"
    watch.goes_on(PROMISED / 2)
    assert (sorted(done) == [str(number) for number in range(PIECES)]) == (not mutation)


def _by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = lease.free
    monkeypatch.setattr(lease, "free", lambda session, watching: honest(session, watching=False))


@pytest.mark.parametrize("mutation", [False, True])
def test_a_clock_that_is_set_forward_takes_nothing_from_a_worker_that_is_alive(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, mutation: bool
) -> None:
    only("tell", 1)
    done: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", done.append)
    work.claim()  # by another worker
    honest = clock.now
    monkeypatch.setattr(clock, "now", lambda: honest() + timedelta(hours=1))
    if mutation:
        _by_the_clock(monkeypatch)
    watch.goes_on(1)
    assert bool(done) == mutation


@pytest.mark.parametrize("mutation", [False, True], ids=["", "going by the clock alone"])
def test_what_was_asked_for_before_the_clock_was_set_back_is_done_at_once_and_what_was_to_wait_waits(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, mutation: bool
) -> None:
    only("tell")
    done: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", done.append)
    with write() as session:
        work.enqueue(session, "tell", "now")
        work.enqueue(session, "tell", "tomorrow", due_at=clock.now() + timedelta(days=1))
    honest = clock.now
    monkeypatch.setattr(clock, "now", lambda: honest() - timedelta(hours=1))
    if mutation:
        monkeypatch.setattr(work, "_asked_ahead", lambda *_: [])
    watch.goes_on(1)
    assert done == ([] if mutation else ["now"])


# --- Slow ------------------------------------------------------------------------------------------------------------

SLOW = """
import os, time
from server import create_app
from server.core import lease, recurring, work
lease.LEASE, lease.RENEWED = 1.5, {renewed}
def slow(subject):
    with open(os.environ["SPOTTER_DATA_DIR"] + "/done", "a") as file:
        file.write(subject)
    time.sleep(4)
with create_app().app_context():
    recurring.jobs.clear()
    work._handlers["tell"] = slow
    begun = time.monotonic()
    work.run(lambda: time.monotonic() - begun > 6, every_seconds=0.1)
"""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("renewed", [0.3, 100])
def test_what_takes_longer_than_a_lease_is_done_once(app: Flask, renewed: float) -> None:
    only("tell", 1)
    settings = app.config["SPOTTER"]
    script = SLOW.format(renewed=renewed)
    workers = [killed_workers.start(settings, script, killed_workers.NEVER) for _ in range(2)]
    assert [worker.wait(timeout=50) for worker in workers] == [0, 0]
    times = (settings.data_dir / "done").read_text()
    with read() as session:
        (row,) = session.scalars(select(Work).where(Work.kind == "tell"))
    if renewed < lease.LEASE:
        assert times == "0" and row.done_at and row.leased_by is None
    else:  # the mutation: each takes it from the other, and whose end counts is chance
        assert times != "0"


def test_a_renewal_that_fails_fails_no_piece(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only("tell", 1)
    tried: list[str] = []

    def busy(held: lease.Lease) -> bool:
        tried.append(held.piece_id)
        raise OperationalError("UPDATE", None, Exception("database is locked"))

    monkeypatch.setattr(lease.Lease, "renew", busy)
    monkeypatch.setattr(lease, "RENEWED", 0.01)
    monkeypatch.setitem(work._handlers, "tell", lambda _: time.sleep(0.2))
    work.run_due()
    with read() as session:
        (row,) = session.scalars(select(Work).where(Work.kind == "tell"))
        assert row.done_at and len(tried) > 1


# --- Stopped for longer than its lease, then continued ---------------------------------------------------------------

STOPS = {
    "before the attempt": "delivery._start = stopping(delivery._start)",
    "before it is sent": "message_to_send.plain_message = stopping(message_to_send.plain_message)",
    "while it connects": "Mailer.connect = stopping(Mailer.connect)",
    "after it is sent": "delivery._finish = stopping(delivery._finish)",
    "and is refused": "Mailer.connect = stopping(refused)",
}
STOPPED = """
import os, signal
from server import create_app
from server.commands import worker
from server.core import lease, post, recurring, work
from server.core.mail_connection import Mailer
from server.journeys.report import delivery, message_to_send
lease.LEASE, lease.RENEWED = 1.0, 0.3
def stopping(honest):
    def stops(*given, **more):
        os.kill(os.getpid(), signal.SIGSTOP)
        return honest(*given, **more)
    return stops
def refused(*given):
    raise post.AddressRefused("550 no such mailbox")
with create_app().app_context():
    worker.prepare()
    {stop}
    {mutation}
    work._run_batch()
"""
NO_FENCE = "lease.confirm = lambda: None"


@contextlib.contextmanager
def stopped(settings: Settings, stop: str, mutation: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has stopped itself there; at the end of the block it goes on, and then to its own end."""
    script = STOPPED.format(stop=STOPS[stop], mutation=mutation or "pass")
    process = killed_workers.start(settings, script, killed_workers.NEVER)
    assert os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1])
    yield process
    time.sleep(1.1)  # by its own clock its lease has lapsed
    process.send_signal(signal.SIGCONT)
    assert process.wait(timeout=60) == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("stop", "mutation"),
    [*((stop, "") for stop in STOPS), ("while it connects", NO_FENCE), ("and is refused", NO_FENCE)],
)
def test_a_worker_that_was_stopped_leaves_alone_what_another_has_taken_up(
    stop: str,
    mutation: str,
    server: MailServer,
    people: People,
    report_json: Make,
    settings: Settings,
    watch: Watch,
) -> None:
    notice_id = notify(people, report_json())
    only("deliver_notice")
    with write() as session:
        session.execute(update(Work).values(due_at=clock.now()))
    with stopped(settings, stop, mutation):
        watch.goes_on(PROMISED)
        delivered = message_of(notice_id).delivered_at
        assert message_of(notice_id).state == DeliveryState.DELIVERED
    message = message_of(notice_id)
    with read() as session:
        (case,) = session.scalars(select(Case.state))
    copies = len(server.to(SPOC))
    if mutation:
        assert copies == 2 or case != CaseState.NOTIFIED
        return
    assert copies == (2 if stop == "after it is sent" else 1)
    assert (message.state, message.delivered_at, message.last_error) == (DeliveryState.DELIVERED, delivered, None)
    assert case == CaseState.NOTIFIED
    assert len(attempts_at(notice_id)) <= 2
    with read() as session:
        (row,) = session.scalars(select(Work).where(Work.kind == "deliver_notice"))
        assert row.done_at and not row.dead_lettered_at
