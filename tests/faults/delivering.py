"""A SPOC's mail server that is told what to say, a company's webhook, and the worker between them."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from server.core import clock, database, outbound, work
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.core.words import Channel
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import resting, webhook
from tests.conftest import settings_for
from tests.messages import set_message
from tests.smtp_rig import MailServer, mail_server

ROOT = Path(__file__).parents[2]
SPOC = "spoc@mercado.test"
Make = Callable[..., dict[str, Any]]
Mutate = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        running.scripted = SPOC
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, server: MailServer) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)


@pytest.fixture(autouse=True)
def nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "_until", {})


@contextlib.contextmanager
def caught(mutation: Mutate | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As it is, the scenario holds; mutated, it must not."""
    if mutation is None:
        yield
    else:
        mutation(monkeypatch)
        with pytest.raises(AssertionError):
            yield


def run_now() -> None:
    """The worker, when the pauses are over."""
    with database.write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    resting._until.clear()
    work.run_due()


def piece(notice_id: str) -> Work:
    """The piece of work that delivers a notice."""
    with read() as session:
        return session.scalars(select(Work).where(Work.subject_id == notice_id)).one()


class Hook(BaseHTTPRequestHandler):
    """A company's webhook, real HTTP on loopback. `script` holds the next answers; then 204."""

    script: list[tuple[int, dict[str, str]]] = []
    taken: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        status, headers = self.script.pop(0) if self.script else (204, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The webhook's address; the one port is opened for the worker."""
    listening = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setattr(Hook, "script", [])
    monkeypatch.setattr(Hook, "taken", [])
    monkeypatch.setattr(webhook, "client", outbound.HttpClient(loopback_port=listening.server_port))
    yield f"http://127.0.0.1:{listening.server_port}/hook"
    listening.shutdown()
    thread.join()
    listening.server_close()


SECRET = "whsec_" + "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMgYXQgbGVhc3Q="


def by_webhook(notice_id: str, address: str) -> None:
    """This notice's SPOC is reached by webhook."""
    from server.ledger.notices.models import Notice

    set_message(notice_id, channel=Channel.WEBHOOK, address=address)
    with database.write() as session:
        spoc_id = session.get_one(Notice, notice_id).spoc_id
        hook = {"channel": Channel.WEBHOOK, "webhook_url": address, "webhook_secrets": [SECRET]}
        session.execute(update(Spoc).where(Spoc.id == spoc_id).values(hook))
        companies.new_version(session)


# --- Our own worker, in a process of its own -------------------------------------------------------------------------

PREPARED = """
import os
from server import create_app
from server.commands import worker
from server.core import post, work
from server.journeys.report import delivery, following_up, gathering, message_to_send
from server.ledger.delivery import digest_store, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import AttemptOutcome
slots.is_working_day = slots.is_open = lambda *_: True
with create_app().app_context():
    worker.prepare()
"""
# Mutation: that it arrived is recorded before it is sent.
RECORD_FIRST = """
honest = message_to_send.plain_message
def hasty(attempt):
    delivery._finish(attempt, AttemptOutcome.SENT)
    return honest(attempt)
message_to_send.plain_message = hasty
"""


def worker_dies(settings: Settings, crash: str, does: str = "work.run_due()") -> None:
    """A worker does this, and dies where `crash`, statements that run before, says so."""
    code = PREPARED + "".join(f"    {line}\n" for line in [*crash.strip().splitlines(), does])
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_MAIL_URL": settings.mail_url,
        "SPOTTER_BASE_URL": settings.base_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
    }
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert killed.returncode == 9, killed.stderr.decode()
