"""The SQL statements that a block of code sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from server.core.database import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile, without the values."""
    texts: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        texts.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield texts
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
