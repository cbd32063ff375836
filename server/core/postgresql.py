"""A PostgreSQL server that falls silent in the middle of a statement is given up; one that only takes long is waited for.

No bound on statements could tell the two apart: exports, migrations and the worker's large pieces take as long as they take. So
while a statement waits, the server is asked on a connection of its own whether it still answers. What the network itself
notices, such as a machine that is gone, the kernel tells (`KEEPALIVES`).
"""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

ASKED_AFTER = 3.0  # seconds without a byte, and again after as many
TRIES = 2  # unanswered in a row, each as long as connecting may take: the server is silent
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}

T = TypeVar("T")


class Connection(psycopg.Connection[Any]):
    """A connection whose statements end with an OperationalError when the server has fallen silent."""

    given: dict[str, Any]  # what it was made with

    def wait(self, gen: Generator[Any, Any, T], *more: Any, **named: Any) -> T:
        """As psycopg waits, for every answer of the server."""
        return super().wait(self._unless_silent(gen), *more, **named)

    def _unless_silent(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        ready, heard = None, time.monotonic()
        while True:
            try:
                state = gen.send(ready)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            ready = yield state  # nothing: it is asked again and again whether there is something
            if ready:
                heard = time.monotonic()
            elif time.monotonic() - heard > ASKED_AFTER:
                if not self._answers():
                    self.close()
                    raise psycopg.OperationalError("The server has fallen silent in the middle of a statement.")
                heard = time.monotonic()

    def _answers(self) -> bool:
        """Whether it answers somebody else; a refusal, such as for too many connections, is an answer."""
        for _ in range(TRIES):
            try:
                psycopg.connect(**self.given).close()
            except psycopg.errors.ConnectionTimeout:
                continue
            except psycopg.Error:
                pass
            return True
        return False


def connect(_dialect: Any, _record: Any, _arguments: Any, given: dict[str, Any]) -> Connection:
    """How SQLAlchemy comes by a connection (`do_connect`)."""
    connection = Connection.connect(**given)
    connection.given = given
    return connection
