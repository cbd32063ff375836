"""The embedded server as an operator starts it, killed without warning, and clients that send reports meanwhile."""

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from server.core.config import Settings
from server.core.database import db
from tests import postgresql
from tests.conftest import People
from tests.few_words import leave_few_words
from tests.sending import multipart, png

ROOT = Path(__file__).parents[2]
CLIENTS = 4
Make = Callable[..., dict[str, Any]]
Receipt = dict[str, Any]

# Acknowledge first, commit a moment later in another thread: what a queue in memory would do.
HASTY = textwrap.dedent("""
    import threading, time
    from server.journeys.report import intake
    honest = intake.receive_report
    from server.ledger.reports import store
    from server.core import clock
    from flask import current_app
    def hasty(account_id, key, stated, data, parts):
        app = current_app._get_current_object()
        def later():
            time.sleep(0.3)
            with app.app_context():
                honest(account_id, key, stated, data, parts)
        threading.Thread(target=later, daemon=True).start()
        return store.new_receipt(clock.now()), True
    intake.receive_report = hasty
""")


class Server:
    """The embedded server as an operator starts it, killed without warning."""

    def __init__(self, settings: Settings, mutation: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.settings, self.mutation = settings, mutation  # Python that runs before the server does

    def start(self) -> None:
        environment = os.environ | {
            "SPOTTER_DATA_DIR": str(self.settings.data_dir),
            "SPOTTER_DATABASE_URL": self.settings.database_url,
            "SPOTTER_SECRET_KEY": self.settings.secret_key,
            "SPOTTER_PORT": str(self.port),
            "SPOTTER_REPORTS_PER_MINUTE": "0",
            "SPOTTER_VAULT_URL": self.settings.vault_url,
            "AWS_ACCESS_KEY_ID": self.settings.vault_key_id,
            "AWS_SECRET_ACCESS_KEY": self.settings.vault_secret,
        }
        if self.settings.vault_url.startswith("s3:"):
            environment["SPOTTER_AUDIT_KEY"] = "a1" * 32
        start = f"{self.mutation}\nfrom server.__main__ import main\nmain()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1).read()
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Reporters:
    """Clients that send reports as fast as they are taken, each listing by all of them at once."""

    def __init__(self, server: Server, headers: dict[str, str], make: Make) -> None:
        self.server, self.headers, self.make = server, headers, make
        self.receipts: list[Receipt] = []  # of every complete 201
        self.refused: Counter[int] = Counter()  # answers by status
        self.slowest = 0.0  # seconds until an answer
        self.unanswered = 0  # by a server that was there and said nothing for a minute
        self._listing = 10**9

    def post(self, report: dict[str, Any], picture: bytes) -> Receipt | None:
        """The receipt when a complete 201 was read, else None."""
        body, kind = multipart(report, picture)
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.port}/api/v1/reports",
            data=body,
            headers=self.headers | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": kind},
        )
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer) if answer.status == 201 else None
        except urllib.error.HTTPError as refused:
            assert refused.code >= 500, refused.read()
            self.refused[refused.code] += 1
            return None
        except TimeoutError:
            self.unanswered += 1
            return None
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)

    def send(self, listing: int, which: int = 0) -> Receipt | None:
        """One report of a listing, with a picture of its own."""
        picture = png((20 + listing % 50, 20 + which))
        entry = {"name": "screenshot", "sha256": hashlib.sha256(picture).hexdigest()}
        report = self.make(url=f"https://mercado.test/itm/{listing}", evidence=[entry])
        if receipt := self.post(report, picture):
            self.receipts.append(receipt | {"sha256": entry["sha256"]})
        return receipt

    @contextlib.contextmanager
    def sending(self) -> Iterator[None]:
        """All of them send until the block ends."""
        stop, begin = threading.Event(), self._listing

        def client(which: int) -> None:
            listing = begin
            while not stop.is_set():
                listing += 1
                self._listing = max(self._listing, listing)
                self.send(listing, which)

        clients = [threading.Thread(target=client, args=(which,)) for which in range(CLIENTS)]
        for thread in clients:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in clients:
                thread.join()

    def wait_for(self, more: int, status: int = 201) -> float:
        """Until so many more reports are acknowledged, or refused with this status; the seconds until the first was."""
        before, began, first = self._count(status), time.monotonic(), 0.0
        while (came := self._count(status) - before) < more and time.monotonic() < began + 60:
            first = first or (time.monotonic() - began if came else 0.0)
            time.sleep(0.003)
        return first or time.monotonic() - began

    def _count(self, status: int) -> int:
        return len(self.receipts) if status == 201 else self.refused[status]


def lost(settings: Settings, receipts: list[Receipt]) -> list[str]:
    """References of receipts whose report or file is not there. The database is read as a stranger would.

    Each listing has one case, and each report that is there its file, whether its receipt was read or not.
    """
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        kept = set(connection.scalars(text("SELECT id FROM reports")))
        files = set(connection.scalars(text("SELECT sha256 FROM evidence")))
        several = text(
            "SELECT url FROM listings JOIN cases ON listing_id = listings.id GROUP BY url HAVING count(*) > 1"
        )
        assert not connection.scalars(several).all(), "a listing has two cases"
    assert all(_is_whole(settings, sha256) for sha256 in files)
    return [
        receipt["reference"]
        for receipt in receipts
        if receipt["id"] not in kept or not _is_whole(settings, receipt["sha256"])
    ]


def _is_whole(settings: Settings, sha256: str) -> bool:
    path = settings.data_dir / "evidence" / sha256[:2] / sha256[2:4] / sha256
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


@pytest.fixture
def ready(app: Flask, people: People, request: pytest.FixtureRequest) -> dict[str, str]:
    """Ana's token; our own handle on the database is closed, the server's is the only one."""
    if request.config.getoption("--postgresql"):
        pytest.skip(
            "SQLite only: the rig reads its file; PostgreSQL has on the disk what it has committed (synchronous_commit)"
        )
    token = people.token("ana")
    db.session.remove()
    db.engine.dispose()
    leave_few_words(app.config["SPOTTER"].database_url)
    return token


OwnDatabase = Callable[..., contextlib.AbstractContextManager[tuple[Settings, postgresql.Cluster, dict[str, str]]]]


@pytest.fixture
def own_database(app: Flask, people: People, settings: Settings, request: pytest.FixtureRequest) -> OwnDatabase:
    """Makes a PostgreSQL server of the test's own, with a copy of its database; Ana's token."""
    if not request.config.getoption("--postgresql"):
        pytest.skip("PostgreSQL only (--postgresql): the test has a database server of its own")
    token = people.token("ana")
    db.session.remove()
    db.engine.dispose()
    leave_few_words(settings.database_url)

    @contextlib.contextmanager
    def make(
        options: str = "", folder: Path | None = None
    ) -> Iterator[tuple[Settings, postgresql.Cluster, dict[str, str]]]:
        with postgresql.cluster(options, folder) as cluster:
            yield replace(settings, database_url=postgresql.move(settings.database_url, cluster)), cluster, token

    return make
