"""PostgreSQL falls silent in the middle of a statement, behind a connection that stays open; a long statement does not."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from flask import Flask
from psycopg.pq import abc
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server import create_app
from server.core import postgresql
from server.core.config import Settings
from server.core.database import read
from tests.conftest import People
from tests.silent_proxy import SilentProxy, silent_proxy

NEVER = 1e9


@pytest.fixture
def proxy(app: Flask, settings: Settings, request: pytest.FixtureRequest) -> Iterator[SilentProxy]:
    if not request.config.getoption("--postgresql"):
        pytest.skip("PostgreSQL only")
    url = make_url(settings.database_url)
    with silent_proxy(url.host or "127.0.0.1", url.port or 5432) as running:
        yield running


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> list[postgresql.Server]:
    """All that are made in the test."""
    made: list[postgresql.Server] = []

    class Noted(postgresql.Server):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(postgresql, "Server", Noted)
    return made


@pytest.fixture
def behind(servers: list[postgresql.Server], proxy: SilentProxy, settings: Settings) -> Flask:
    """The application, with the proxy between it and its database."""
    url = make_url(settings.database_url).set(host="127.0.0.1", port=proxy.port)
    return create_app(replace(settings, database_url=url.render_as_string(hide_password=False)))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", ["request", "command"])
@pytest.mark.parametrize("mutation", [False, True], ids=["", "nobody asks"])
def test_a_statement_that_a_silent_server_does_not_answer_is_given_up(
    proxy: SilentProxy, behind: Flask, monkeypatch: pytest.MonkeyPatch, place: str, mutation: bool
) -> None:
    monkeypatch.setattr(postgresql, "LONG_PATIENCE", 3.0)
    if mutation:
        monkeypatch.setattr(postgresql.Server, "ask", lambda _: None)
    begun, ended = threading.Event(), threading.Event()

    def wait() -> None:
        with behind.test_request_context() if place == "request" else behind.app_context(), read() as session:
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
    for _ in range(3):
        began = time.monotonic()
        answer = client.get("/api/v1/reports", headers=token)
        print(f"\n503 after {time.monotonic() - began:.2f} s")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    proxy.silent.clear()
    began = time.monotonic()
    while client.get("/api/v1/reports", headers=token).status_code != 200:
        time.sleep(0.1)
    print(f"\n200 after {time.monotonic() - began:.2f} s")


# --- A server that is only slow --------------------------------------------------------------------------------------


def kept(server: postgresql.Server) -> abc.PGconn:
    """The connection that is kept for asking, once it is open."""
    for _ in range(3000):
        if server._kept:
            break
        time.sleep(0.01)
    assert server._kept
    return server._kept


def is_done(session: Session) -> bool:
    """Whether a slow statement comes to its end."""
    try:
        return session.scalar(text("SELECT 'done' FROM pg_sleep(4)")) == "done"
    except OperationalError:
        return False


@pytest.mark.timeout(120)
@pytest.mark.parametrize("mutation", [False, True], ids=["", "asked on new connections alone"])
def test_a_slow_statement_of_a_request_is_waited_for_while_connecting_takes_too_long(
    proxy: SilentProxy,
    behind: Flask,
    servers: list[postgresql.Server],
    monkeypatch: pytest.MonkeyPatch,
    mutation: bool,
) -> None:
    if mutation:
        monkeypatch.setattr(postgresql.Server, "_own", lambda _: None)
    with behind.test_request_context(), read() as session:
        session.execute(text("SELECT 1"))
        kept(servers[-1])
        proxy.full.set()
        assert is_done(session) == (not mutation)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("mutation", [False, True], ids=["", "asked on the kept connection alone"])
def test_a_slow_statement_of_a_request_is_waited_for_while_the_connection_kept_for_asking_is_dead(
    proxy: SilentProxy,
    behind: Flask,
    servers: list[postgresql.Server],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    mutation: bool,
) -> None:
    if mutation:
        monkeypatch.setattr(postgresql, "ANEW_AFTER", NEVER)
    url = make_url(settings.database_url)
    with (
        silent_proxy(url.host or "127.0.0.1", url.port or 5432) as other,
        behind.test_request_context(),
        read() as session,
    ):
        session.execute(text("SELECT 1"))
        kept(servers[-1])
        plain = url.set(drivername="postgresql", host="127.0.0.1", port=other.port)
        servers[-1]._kept = psycopg.connect(plain.render_as_string(hide_password=False)).pgconn
        other.silent.set()
        assert is_done(session) == (not mutation)
