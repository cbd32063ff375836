"""What a page or a job asks of the database: how many statements, and how many steps SQLite takes for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event

from server.core.database import db

GRAIN = 20  # steps of SQLite's own machine between two counts; every row that is looked at takes several


@dataclass
class Asked:
    """Statements in the order in which they were sent, and the steps they took, about."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    def step(self) -> None:
        """Count; SQLite goes on when it hears None."""
        self.steps += GRAIN


@contextmanager
def asked() -> Iterator[Asked]:
    """Everything asked of the database meanwhile, by anybody."""
    seen, connections = Asked(), set()
    sqlite = db.engine.dialect.name == "sqlite"

    def note(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        seen.statements.append(statement)
        if sqlite:
            cursor.connection.set_progress_handler(seen.step, GRAIN)
            connections.add(cursor.connection)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        for connection in connections:
            connection.set_progress_handler(None, 0)


def plan(statement: str) -> list[str]:
    """How SQLite goes about a statement, step by step, whatever its values are."""
    values = ("2026-08-31 00:00:00.000000",) * statement.count("?")
    with db.engine.connect() as connection:
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]


def only_on_sqlite() -> None:
    """Skip a test that counts steps: PostgreSQL reads a small table as a whole whatever indexes it has."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only: PostgreSQL does not count its steps")
