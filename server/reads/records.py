"""One person's record, for themself or a coordinator to take away: account, training, accreditation, rounds, reports, audit.

Each table declares whether its rows are given and what in them is not (`core/keeping.py`). What others wrote about the
person comes along (the reasons of decisions are theirs to read); who wrote it does not, and no secret does: of passwords,
tokens and codes not even the hash.
"""

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


def record(session: Session, account_id: str) -> dict[str, Any]:
    """What is kept about a person in the tables that declare it for export. Raises Refused("not-found")."""
    account = session.get(Account, account_id)
    if account is None:
        raise Refused("not-found", sentence("There is no such account."))
    person = Person(account.id, account.email)
    tables = {
        table.name: _rows(session, table, keeping, person)
        for table, keeping in personal.tables().items()
        if keeping.export is Export.ROWS
    }
    for row in tables["feedback"]:  # codes would say nothing to the person who takes it away
        row["text"] = languages.translated(feedback_words.words(Entry(row["code"], row["params"], row["text"])))
    for row in tables["step_downs"]:
        row["why"] = languages.translated(deciding.why_stepped_down(row["params"], row["why"]))
    [own] = tables.pop(Account.__tablename__)
    return {"made_at": clock.now().isoformat(), "account": own, **tables, "audit": _audit(session, account_id)}


def _rows(session: Session, table: Table, keeping: Keeping, person: Person) -> list[dict[str, Any]]:
    theirs = select(table).where(personal.rows(table, person)).order_by(*table.primary_key)
    if keeping.exported_once:
        column = table.c[keeping.whose or ""]
        [key] = column.foreign_keys
        ready = select(key.column).where(key.column.table.c[keeping.exported_once].is_not(None))
        theirs = theirs.where(column.in_(ready))
    return [_given(row, keeping, person) for row in session.execute(theirs).mappings()]


def _given(row: RowMapping, keeping: Keeping, person: Person) -> dict[str, Any]:
    """A row without what is kept back."""
    plain = {}
    for name, value in row.items():
        rule = keeping.field_of(name).given
        if rule is Given.ALWAYS or (rule is Given.IF_ONESELF and value == person.id):
            plain[name] = value.isoformat() if isinstance(value, datetime | date) else value
    return plain


def _audit(session: Session, account_id: str) -> list[dict[str, Any]]:
    """When and what was done by or to the person; who else did it stays untold."""
    rows = select(AuditRow).where(or_(AuditRow.actor_id == account_id, AuditRow.object_id == account_id))
    return [
        {"at": row.at.isoformat(), "action": row.action, "kind": row.kind, "by_oneself": row.actor_id == account_id}
        for row in session.scalars(rows.order_by(AuditRow.seq))
    ]
