"""The store of evidence answers nothing: reports without files and pages go on, and so does the worker.

The server is the embedded one, with its four threads. The store holds every request for the whole test and patience is
long, so what is answered did not wait for it.
"""

import http.client
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from server.core import circuit, config, vault_bucket, work
from server.core.database import write
from server.core.outbox import Work
from tests.conftest import People, settings_for
from tests.faults.killed import Server, ready  # noqa: F401
from tests.gateway import KEY, SECRET, Gateway, Line, line, store  # noqa: F401
from tests.sending import multipart, png, send

Make = Callable[..., dict[str, Any]]
SENDERS = 8  # twice the server's threads
ANSWERED_WITHIN = 10  # seconds that a client waits before it counts as held up
PATIENT = "from server.core import vault_bucket\nvault_bucket.PATIENCE = 600\n"
MUTATIONS = {
    "as many calls at once as there are threads": "from server.core import vault\nvault.open_store.__wrapped__.__defaults__ = (100,)\n",
    "intake keeps its turn": "import contextlib\nfrom server.core import intake_lock\n"
    "intake_lock.aside = contextlib.nullcontext\n",
}


@pytest.fixture
def settings(database_url: str, tmp_path: Path, store: Gateway, line: Line) -> config.Settings:
    bucket = {"SPOTTER_VAULT_URL": store.url(uuid.uuid4().hex, line.port)}
    return settings_for(tmp_path, database_url, **bucket, AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET)


def post(port: int, token: dict[str, str], report: dict[str, Any], *pictures: bytes) -> int | None:
    """The status; None when there was no answer."""
    body, kind = multipart(report, *pictures)
    headers = token | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": kind}
    return asked(urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/reports", data=body, headers=headers))


def asked(request: urllib.request.Request | str) -> int | None:
    try:
        with urllib.request.urlopen(request, timeout=ANSWERED_WITHIN) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except (OSError, http.client.HTTPException):
        return None


def held_up(server: Server, line: Line, token: dict[str, str], make: Make) -> list[str]:
    """What is not answered while the store holds every upload."""
    server.start()
    try:
        with line.holding():
            uploads = [
                threading.Thread(
                    target=post,
                    args=(
                        server.port,
                        token,
                        make(url=f"https://mercado.test/itm/{800000000 + number}"),
                        png((40 + number, 30)),
                    ),
                )
                for number in range(SENDERS)
            ]
            for upload in uploads:
                upload.start()
            assert line.held.acquire(timeout=30), "no upload has come to the store: the rig proves nothing"
            answers = {
                "a report without files": post(server.port, token, make(url="https://mercado.test/itm/800000100")),
                "a page": asked(f"http://127.0.0.1:{server.port}/sign-in"),
                "its being alive": asked(f"http://127.0.0.1:{server.port}/healthz"),
            }
    finally:
        server.kill()
        for upload in uploads:
            upload.join()
    return [what for what, status in answers.items() if status not in (200, 201)]


def test_what_needs_no_evidence_does_not_wait_for_the_store(
    settings: config.Settings, line: Line, ready: dict[str, str], report_json: Make
) -> None:
    assert held_up(Server(settings, PATIENT), line, ready, report_json) == []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_that_waits_is_caught(
    settings: config.Settings,
    line: Line,
    ready: dict[str, str],
    report_json: Make,
    mutation: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.faults.test_store_that_is_slow.ANSWERED_WITHIN", 3)
    server = Server(settings, PATIENT + MUTATIONS[mutation])
    assert held_up(server, line, ready, report_json), "the rig does not notice who waits"


class Asked:
    """What the worker does with three pictures and something that needs no store, while the store holds every request."""

    def __init__(self, app: Flask, people: People, make: Make, line: Line) -> None:
        token, self.line = people.token("ana"), line
        for number in range(3):
            url = f"https://mercado.test/itm/{810000000 + number}"
            report = send(app.test_client(), token, make(url=url), screenshot=png((40 + number, 30)))
            assert report.status_code == 201

    def work(self, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
        """What else was done, and how many requests came to the store."""
        done: list[str] = []
        monkeypatch.setitem(work._handlers, "note", done.append)
        with write() as session:
            session.execute(delete(Work).where(Work.kind != "copy_picture"))
            work.enqueue(session, "note", "something else")
        monkeypatch.setattr(vault_bucket, "PATIENCE", 0.1)
        with self.line.holding():
            work.run_due()
        came = 0
        while self.line.held.acquire(blocking=False):
            came += 1
        return done, came


@pytest.fixture
def three_pictures(app: Flask, people: People, report_json: Make, line: Line) -> Asked:
    return Asked(app, people, report_json, line)


def test_the_worker_asks_a_store_that_is_away_once_and_goes_on(
    three_pictures: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit, "FIRST_PAUSE", 600.0)
    monkeypatch.setattr(circuit, "LONGEST_PAUSE", 600.0)
    assert three_pictures.work(monkeypatch) == (["something else"], 1)


@pytest.mark.mutation
def test_the_mutation_that_asks_for_each_picture_is_caught(
    three_pictures: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit, "LONGEST_PAUSE", 0.0)
    assert three_pictures.work(monkeypatch) == (["something else"], 3)
