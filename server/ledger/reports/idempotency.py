"""The keys by which a report that is sent twice gets the same answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server.core import clock, intake_lock
from server.core.database import INSERT, connection
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.reports.models import IdempotencyKey

# Made once: they run with every report.
_KEYS = cast("Table", IdempotencyKey.__table__)
_KEPT = select(_KEYS.c.content, _KEYS.c.answer).where(
    IdempotencyKey.account_id == bindparam("account_id"), IdempotencyKey.key == bindparam("key")
)
_CLAIM = {  # the count of rows is asked for: else PostgreSQL's is lost (-1), and every claim looks won
    name: made(_KEYS).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, made in INSERT.items()
}


def first_answer(session: Session, account_id: str, key: str, content: str) -> dict[str, Any] | None:
    """The answer first given for this key, or None when it is new.

    Raises Refused("invalid") when the key was used for something else.
    """
    kept = connection(session).execute(_KEPT, {"account_id": account_id, "key": key}).first()
    if kept is None:
        return None
    if kept.content != content:
        raise Refused("invalid", sentence("This Idempotency-Key was used for another report. Use a new one for each report."),
                      errors={"Idempotency-Key": ["Used for another report."]})  # fmt: skip
    answer: dict[str, Any] = kept.answer
    return answer


def claim(session: Session, account_id: str, key: str, content: str, answer: dict[str, Any]) -> bool:
    """Use up a key in the report's own transaction; False when somebody else just did.

    Raises Refused("in-flight") when another process has been keeping the same key's report for as long as one waits.
    """
    row = {"account_id": account_id, "key": key, "content": content, "answer": answer, "created_at": clock.now()}
    dialect = connection(session).dialect.name
    if dialect == "postgresql":  # there the second insert waits for the first; on SQLite whole transactions do
        connection(session).execute(text(f"SET LOCAL lock_timeout = {int(intake_lock.PATIENCE * 1000)}"))
    try:
        return connection(session).execute(_CLAIM[dialect], row).rowcount == 1
    except OperationalError as problem:
        if "lock timeout" in str(problem.orig):
            raise intake_lock.in_flight() from None
        raise


def old(session: Session, before: datetime) -> list[tuple[str, str]]:
    """The account and name of each idempotency key from before that moment. Reads all keys: an index would cost every report."""
    chosen = select(IdempotencyKey.account_id, IdempotencyKey.key).where(IdempotencyKey.created_at < before)
    return [(account_id, key) for account_id, key in session.execute(chosen)]


def forget(session: Session, keys: Sequence[tuple[str, str]]) -> None:
    """Delete these keys."""
    mine = delete(_KEYS).where(_KEYS.c.account_id == bindparam("of"), _KEYS.c.key == bindparam("name"))
    session.connection().execute(mine, [{"of": account_id, "name": key} for account_id, key in keys])
