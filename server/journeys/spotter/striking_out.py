"""An erased person's names and address leave every table, whoever wrote them there, as the tables declare (`core/keeping.py`)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    cast,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import everyday, personal
from server.core.conditions import ESCAPE, holding
from server.core.keeping import Field
from server.core.personal import Person
from server.core.striking import kept_open, moved, struck
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.notices import names
from server.ledger.notices.models import Notice
from server.ledger.notices.striking_names import StrikingOut
from server.ledger.reports.models import Report
from server.ledger.species import store as species


def of(session: Session, person: Person, known_by: set[str]) -> StrikingOut:
    """What takes this person, known by these names, out of texts."""
    return StrikingOut(known_by, person.email, names.everyday(everyday.words() | species.words(session)))


def strike_out(session: Session, person: Person, striking: StrikingOut) -> None:
    """Take them out of every text of every table. Notices stay as they left: before they leave, they are checked for names."""
    for table, keeping in personal.tables().items():
        fields = {name: field for name, field in keeping.fields.items() if field.struck}
        if not fields:
            continue
        own = personal.rows(table, person) if keeping.whose else false()
        near = _of_their_cases(table, person.id)
        named = or_(own, near, _holding(table, fields, striking.needles()))
        flags = [case((condition, 1), else_=0).label(label) for label, condition in (("own_", own), ("near_", near))]
        columns = [*table.primary_key.columns, *(table.c[name] for name in fields if not table.c[name].primary_key)]
        columns += [table.c.matches] if table is Case.__table__ else []
        # Locked: what somebody else is writing now is struck as they leave it, and not written over.
        held = select(*columns, *flags).where(named).order_by(*table.primary_key.columns).with_for_update()
        for row in session.execute(held).mappings().all():
            left = {name: _left(name, field, row, striking) for name, field in fields.items()}
            _move_places(row, left)
            _move_places(row.get("snapshot") or {}, left.get("snapshot") or {})
            changed = {name: _fitting(table, name, value) for name, value in left.items() if value != row[name]}
            if changed:
                _update(session, table, row, changed)


def _holding(table: Table, fields: Iterable[str], needles: set[str]) -> ColumnElement[bool]:
    columns = [func.lower(cast(table.c[name], Text)) for name in fields]
    return or_(*(column.like(holding(needle), escape=ESCAPE) for column in columns for needle in needles))


def _fitting(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    return value[: kind.length] if isinstance(kind, String) and isinstance(value, str) else value


def _left(name: str, field: Field, row: RowMapping, striking: StrikingOut) -> Any:
    if not field.quoted:
        return struck(row[name], striking.own if row["own_"] else kept_open(striking.near))
    # An ad: its own words are not the person's, not even in their own report.
    strike = kept_open(striking.near if row["own_"] or row["near_"] else striking.anywhere)
    return _key(row[name], row["number"], strike) if name == "key" else struck(row[name], strike)


def _move_places(held: Mapping[str, Any] | RowMapping, left: dict[str, Any]) -> None:
    """Let the places of marked words, of a case or of its snapshot, follow the text in which they stand."""
    if "matches" in held and held["text"] != left["text"]:
        left["matches"] = moved(held["matches"], held["text"], left["text"])


def _key(key: str, number: str | None, strike: Callable[[str], str]) -> str:
    """A listing's key with its address or number struck, never what says on which platform it is."""
    if key.startswith("url:sha256:"):
        return key
    known = "url:" if key.startswith("url:") else key[: -len(number)] if number and key.endswith(number) else ""
    return known + strike(key[len(known) :])


def _update(session: Session, table: Table, row: RowMapping, changed: dict[str, Any]) -> None:
    keys = list(table.primary_key.columns)
    where = [key == row[key.name] for key in keys]
    try:
        with session.begin_nested():
            session.execute(table.update().where(*where).values(changed))
    except IntegrityError:  # two that only the name told apart: the row's own key does so now
        own_key = " " + "-".join(str(row[key.name]) for key in keys)
        for name in _unique(table) & changed.keys():
            room = getattr(table.c[name].type, "length", None)
            changed[name] = changed[name][: room and room - len(own_key)] + own_key
        session.execute(table.update().where(*where).values(changed))


def _unique(table: Table) -> set[str]:
    """The columns of texts that tell rows apart."""
    rules: list[Any] = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    rules += [index for index in table.indexes if index.unique]
    return {column.name for rule in rules for column in rule.columns if isinstance(column.type, String)}


def _of_their_cases(table: Table, account_id: str) -> ColumnElement[bool]:
    """Which rows are about a case that they reported on."""
    cases = select(Report.case_id).where(Report.account_id == account_id)
    if table is Case.__table__:
        return table.c.id.in_(cases)
    if table is Listing.__table__:
        return table.c.id.in_(select(Case.listing_id).where(Case.id.in_(cases)))
    if "case_id" in table.c:
        return table.c.case_id.in_(cases)
    if "report_id" in table.c:
        return table.c.report_id.in_(select(Report.id).where(Report.case_id.in_(cases)))
    if "notice_id" in table.c:
        return table.c.notice_id.in_(select(Notice.id).where(Notice.case_id.in_(cases)))
    return false()
