"""`python -m server` while many connections are held open: whose headers never end, whose bodies never come whole."""

import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from flask import Flask

from tests.faults.killed import Server, ready  # noqa: F401

HEADERS = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100000\r\n\r\n{"
)
CONNECTIONS = 500  # waitress takes 100 unless told otherwise


@contextmanager
def held(port: int, beginning: bytes, count: int) -> Iterator[list[socket.socket]]:
    """So many connections, each with the beginning of a request."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(count)]
        for connection in sockets:
            connection.sendall(beginning)
        yield sockets


def answers(port: int, patience: float = 20) -> bool:
    try:
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=patience).status == 200)
    except OSError:
        return False


def closed(connection: socket.socket, patience: float) -> bool:
    """Whether the server closes a connection that goes on sending a byte now and then."""
    until = time.monotonic() + patience
    connection.settimeout(0.5)
    while time.monotonic() < until:
        try:
            connection.sendall(b"x")
            if connection.recv(1) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


WAITRESS_AS_IT_COMES = "import server.__main__ as m; m.room_for_connections = lambda: 100"
NO_DEADLINE = "import server.__main__ as m; m.HEADERS_WITHIN = 10_000"
SHORT_DEADLINE = "import server.__main__ as m; m.HEADERS_WITHIN = 2"


@contextmanager
def running(app: Flask, mutation: str = "") -> Iterator[Server]:
    server = Server(app.config["SPOTTER"], mutation)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def test_others_are_served_while_many_connections_are_slow(app: Flask, ready: dict[str, str]) -> None:
    with running(app) as server:
        for beginning in (HEADERS, BODY):
            with held(server.port, beginning, CONNECTIONS):
                assert answers(server.port)


@pytest.mark.mutation
def test_with_the_limit_of_waitress_nobody_else_is_served(app: Flask, ready: dict[str, str]) -> None:
    """The mutation that makes the test above fail."""
    with running(app, WAITRESS_AS_IT_COMES) as server, held(server.port, HEADERS, CONNECTIONS):
        assert not answers(server.port, patience=3)


def test_headers_that_come_a_byte_at_a_time_have_an_end(app: Flask, ready: dict[str, str]) -> None:
    with running(app, SHORT_DEADLINE) as server, held(server.port, HEADERS, 1) as (slow,):
        assert closed(slow, patience=60)
    with running(app, NO_DEADLINE) as server, held(server.port, HEADERS, 1) as (slow,):
        assert not closed(slow, patience=4)
