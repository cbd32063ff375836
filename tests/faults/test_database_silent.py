"""PostgreSQL falls silent in the middle of a statement, behind a connection that stays open; a long statement does not."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from server import create_app
from server.core import postgresql
from server.core.config import Settings
from server.core.database import read
from tests.conftest import People
from tests.silent_proxy import SilentProxy, silent_proxy


@pytest.fixture
def proxy(app: Flask, settings: Settings, request: pytest.FixtureRequest) -> Iterator[SilentProxy]:
    if not request.config.getoption("--postgresql"):
        pytest.skip("PostgreSQL only")
    url = make_url(settings.database_url)
    with silent_proxy(url.host or "127.0.0.1", url.port or 5432) as running:
        yield running


@pytest.fixture
def behind(proxy: SilentProxy, settings: Settings) -> Flask:
    """The application, with the proxy between it and its database."""
    url = make_url(settings.database_url).set(host="127.0.0.1", port=proxy.port)
    return create_app(replace(settings, database_url=url.render_as_string(hide_password=False)))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("mutation", [False, True], ids=["", "nobody asks"])
def test_a_statement_that_a_silent_server_does_not_answer_is_given_up(
    proxy: SilentProxy, behind: Flask, monkeypatch: pytest.MonkeyPatch, mutation: bool
) -> None:
    monkeypatch.setattr(postgresql, "ASKED_AFTER", 0.5)
    if mutation:
        monkeypatch.setattr(postgresql.Connection, "_answers", lambda _: True)
    begun, ended = threading.Event(), threading.Event()

    def wait() -> None:
        with behind.app_context(), read() as session:
            session.execute(text("SELECT 1"))
            begun.set()
            try:
                session.execute(text("SELECT pg_sleep(1)"))
            except OperationalError:
                ended.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert begun.wait(30)
    proxy.silent.set()
    assert ended.wait(15) == (not mutation)
    proxy.close()
    waiting.join(30)


@pytest.mark.timeout(120)
def test_requests_get_503_while_it_is_silent_and_are_answered_when_it_speaks(
    proxy: SilentProxy, behind: Flask, people: People
) -> None:
    client, token = behind.test_client(), people.token("ana")
    assert client.get("/api/v1/reports", headers=token).status_code == 200
    proxy.silent.set()
    for _ in range(2):
        began = time.monotonic()
        answer = client.get("/api/v1/reports", headers=token)
        print(f"\n503 after {time.monotonic() - began:.2f} s")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    proxy.silent.clear()
    assert client.get("/api/v1/reports", headers=token).status_code == 200


def test_a_statement_that_takes_long_is_waited_for_as_long_as_the_server_answers(
    behind: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[bool] = []
    honest = postgresql.Connection._answers

    def noted(connection: postgresql.Connection) -> bool:
        answers.append(honest(connection))
        return answers[-1]

    monkeypatch.setattr(postgresql, "ASKED_AFTER", 0.2)
    monkeypatch.setattr(postgresql.Connection, "_answers", noted)
    with behind.app_context(), read() as session:
        assert session.scalar(text("SELECT 'done' FROM pg_sleep(1.5)")) == "done"
    assert len(answers) > 1 and all(answers)
