"""One person's record, for themself or a coordinator to take away: account, training, accreditation, rounds, reports, audit.

Each table declares whether its rows are given and what in them is not (`core/keeping.py`). What others wrote about the
person comes along (the reasons of decisions are theirs to read); who wrote it does not, and no secret does: of passwords,
tokens and codes not even the hash.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Table, or_, select
from sqlalchemy.orm import Session

from server.core import clock, languages, personal
from server.core.audit import AuditRow
from server.core.keeping import Export, Given, Keeping
from server.core.personal import Person
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.reports import feedback_words
from server.ledger.reports.feedback_words import Entry
from server.people.accounts.models import Account
from server.people.accreditation import deciding

MANY = 500  # rows read at a time


def record(session: Session, account_id: str) -> dict[str, Any]:
    """What is kept about a person in the tables that declare it for export, each an iterator of its rows.

    Raises Refused("not-found").
    """
    account = session.get(Account, account_id)
    if account is None:
        raise Refused("not-found", sentence("There is no such account."))
    person = Person(account.id, account.email)
    tables = {
        table.name: _rows(session, table, keeping, person)
        for table, keeping in personal.tables().items()
        if keeping.export is Export.ROWS
    }
    tables["feedback"] = map(_worded, tables["feedback"])
    tables["step_downs"] = map(_explained, tables["step_downs"])
    [own] = tables.pop(Account.__tablename__)
    return {"made_at": clock.now().isoformat(), "account": own, **tables, "audit": _audit(session, account_id)}


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    """Feedback in words: codes would say nothing to the person who takes it away."""
    return row | {"text": languages.translated(feedback_words.words(Entry(row["code"], row["params"], row["text"])))}


def _explained(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"why": languages.translated(deciding.why_stepped_down(row["params"], row["why"]))}


def _rows(session: Session, table: Table, keeping: Keeping, person: Person) -> Iterator[dict[str, Any]]:
    theirs = select(table).where(personal.rows(table, person)).order_by(*table.primary_key)
    if keeping.exported_once:
        column = table.c[keeping.whose or ""]
        [key] = column.foreign_keys
        ready = select(key.column).where(key.column.table.c[keeping.exported_once].is_not(None))
        theirs = theirs.where(column.in_(ready))
    rules = {column.name: keeping.field_of(column.name).given for column in table.columns}
    for row in session.execute(theirs.execution_options(yield_per=MANY)).mappings():
        yield _given(row, rules, person)


def _given(row: RowMapping, rules: Mapping[str, Given], person: Person) -> dict[str, Any]:
    """A row without what is kept back."""
    plain = {}
    for name, value in row.items():
        if rules[name] is Given.ALWAYS or (rules[name] is Given.IF_ONESELF and value == person.id):
            plain[name] = value.isoformat() if isinstance(value, datetime | date) else value
    return plain


def _audit(session: Session, account_id: str) -> Iterator[dict[str, Any]]:
    """When and what was done by or to the person; who else did it stays untold."""
    columns = select(AuditRow.at, AuditRow.action, AuditRow.kind, AuditRow.actor_id)
    rows = columns.where(or_(AuditRow.actor_id == account_id, AuditRow.object_id == account_id)).order_by(AuditRow.seq)
    for at, action, kind, actor_id in session.execute(rows.execution_options(yield_per=MANY)):
        yield {"at": at.isoformat(), "action": action, "kind": kind, "by_oneself": actor_id == account_id}
