"""Gives up on a PostgreSQL server that falls silent in the middle of a statement, and waits for one that is only slow.

No bound on statements could tell the two apart: exports, migrations and the worker's large pieces take as long as they take. So
while a statement waits and nothing is heard from the server, on any connection of the process, the server is asked: on a connection
kept open for that, which needs nothing that a busy server is short of, and then by opening a new one. What the network itself
notices, such as a machine that is gone, the kernel tells (`KEEPALIVES`).
"""

import os
import select
import threading
from collections.abc import Generator
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

import psycopg
from flask import has_request_context
from psycopg.conninfo import make_conninfo
from psycopg.pq import ConnStatus, PGconn, PollingStatus, abc
from psycopg.waiting import Ready

# Seconds.
ASKED_AFTER = 0.4  # that a statement waits without a byte from the server
ANEW_AFTER = 0.3  # without an answer on the kept connection
PATIENCE = 1.3  # without any answer, while somebody waits for a page or the API: the server is silent
LONG_PATIENCE = 20.0  # of the worker, commands and migrations, which would lose more
KNOCK_WITHIN = 2.0  # for connecting, before it is tried again
TICK = 0.1
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}

T = TypeVar("T")


class Server:
    """What a process hears of an engine's server, whichever connection it comes by."""

    def __init__(self) -> None:
        self.heard = 0.0  # when, by the monotonic clock
        self.unanswered = 0.0  # seconds for which the question that is being asked has had no answer
        self._address = b""
        self._kept: abc.PGconn | None = None
        self._keeper = 0  # the process that opened it
        self._wanted = 0.0  # until when an answer is waited for
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def connect(self, _dialect: Any, _record: Any, _arguments: Any, given: dict[str, Any]) -> "Connection":
        """How SQLAlchemy gets a connection (`do_connect`)."""
        if self.unanswered > PATIENCE:
            raise psycopg.OperationalError("The server has fallen silent.")
        connection = Connection.connect(**given)
        connection.server = self
        self._address = _address(connection, given)
        return connection

    def checked_out(self, *_: Any) -> None:
        """A connection is going to be used: within a request, the one for asking is opened before it is needed."""
        if has_request_context() and not self._own():
            self.ask()

    def ask(self) -> None:
        """Let a thread ask the server until it answers; the thread continues for a second if nobody calls this again."""
        self._wanted = monotonic() + 1
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._ask, daemon=True)
                self._thread.start()

    def forget(self, *_: Any) -> None:
        """Close the kept connection."""
        self._kept = None

    def _own(self) -> abc.PGconn | None:
        """The kept connection, unless it was opened before this process was forked."""
        return self._kept if self._keeper == os.getpid() else None

    def _ask(self) -> None:
        asked, knock = monotonic(), None
        try:
            kept = self._question()
            while monotonic() < self._wanted:
                if self.heard >= asked:
                    if self._own():
                        break
                    asked, self.unanswered = monotonic(), 0.0  # it goes on until there is a connection to keep
                if knock is None and (kept is None or self.unanswered > ANEW_AFTER):
                    knock = _Knock(self._address)
                poll = select.poll()
                if kept:
                    poll.register(kept.socket, select.POLLIN)
                if knock and knock.waits_for:
                    poll.register(knock.pgconn.socket, knock.waits_for)
                ready = [number for number, _ in poll.poll(TICK * 1000)]
                if not ready:  # counted, not measured: a process that stood still was not waiting for the server
                    self.unanswered += TICK
                if kept and kept.socket in ready:
                    if _arrives(kept):
                        self.heard = monotonic()
                    else:
                        kept = self._kept = None
                if knock and knock.is_over(ready):
                    if knock.answered:
                        self.heard = monotonic()
                        if knock.pgconn.status == ConnStatus.OK:
                            self._kept, self._keeper = knock.pgconn, os.getpid()
                    knock = None
        finally:
            self.unanswered = 0.0

    def _question(self) -> abc.PGconn | None:
        """The kept connection with a question on its way: an empty statement. None: there is no such connection."""
        if kept := self._own():
            with suppress(psycopg.Error):
                while not kept.is_busy() and kept.get_result():
                    pass  # of the question before
                poll = select.poll()
                poll.register(kept.socket, select.POLLIN)
                if not poll.poll(0):  # what came unasked is not an answer: such as that the server has ended
                    kept.send_query(b"")
                    return kept
        self._kept = None
        return None


def _address(connection: psycopg.Connection[Any], given: dict[str, Any]) -> bytes:
    """Where this connection leads, as a number: to look up a name would keep the whole process waiting."""
    words = {name: value for name, value in given.items() if name != "context"}
    info = connection.info
    words |= {"host": info.host, "port": info.port}
    return make_conninfo(**words, hostaddr=info.hostaddr or None).encode()


def _arrives(kept: abc.PGconn) -> bool:
    try:
        kept.consume_input()
    except psycopg.Error:  # closed
        return False
    return True


class _Knock:
    """Opening a new connection, step by step, without waiting for it. A refusal, such as for too many connections, is an answer;
    that nobody listens there is none."""

    def __init__(self, address: bytes) -> None:
        self.answered = False
        self.pgconn = PGconn.connect_start(address)
        self.waits_for = select.POLLOUT if self.pgconn.status != ConnStatus.BAD else 0
        self._began = monotonic()

    def is_over(self, ready: list[int]) -> bool:
        """Take the next step, if the connection is among what is `ready`; whether there is none left."""
        if self.waits_for and self.pgconn.socket in ready:
            connected = self.pgconn.status not in (ConnStatus.STARTED, ConnStatus.MADE)
            step = self.pgconn.connect_poll()
            self.answered = step == PollingStatus.OK or (step == PollingStatus.FAILED and connected)
            if step in (PollingStatus.OK, PollingStatus.FAILED):
                return True
            self.waits_for = select.POLLIN if step == PollingStatus.READING else select.POLLOUT
        return monotonic() - self._began > KNOCK_WITHIN


class Connection(psycopg.Connection[Any]):
    """A connection whose statements end with an OperationalError when the server has fallen silent."""

    server: Server

    def wait(self, gen: Generator[Any, Any, T], *more: Any, **named: Any) -> T:
        """As psycopg waits, for every answer of the server."""
        return super().wait(self._unless_silent(gen), *more, **named)

    def _unless_silent(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        ready, began = None, monotonic()
        while True:
            try:
                state = gen.send(ready)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            ready = yield state  # nothing: it is asked again and again whether there is something
            if ready:
                if ready & Ready.R:
                    self.server.heard = monotonic()
            elif monotonic() - max(began, self.server.heard) > ASKED_AFTER:
                self.server.ask()
                if self.server.unanswered > (PATIENCE if has_request_context() else LONG_PATIENCE):
                    self.close()
                    raise psycopg.OperationalError("The server has fallen silent in the middle of a statement.")
