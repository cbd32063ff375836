"""Reads and writes of imports of past work and of what their rows say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, undefer

from server.core import audit, clock
from server.core.database import changed, insert, new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder
from server.ledger.past.models import PastCase, PastImport
from server.ledger.past.states import PastOutcome, PastState

PAGE = 50
MOST_PROBLEMS = 500  # kept of an import; they are counted beyond
FILE_KEPT = timedelta(days=30)
WORKING = (PastState.CHECKING, PastState.IMPORTING, PastState.UNDOING)


def add(session: Session, name: str, data: bytes, header: list[str], mapping: Mapping[Column, int], by_id: str) -> str:
    """Keep a sheet; nothing of its rows is read yet. header: empty for a file that the worker reads."""
    at, identifier = clock.now(), new_id()
    row = {
        "id": identifier, "name": name, "data": data, "header": header, "mapping": _by_name(mapping), "date_order": None,
        "state": PastState.MAPPING, "version": 1, "total": None, "done": 0, "counts": {}, "problems": [],
        "account_id": by_id, "created_at": at, "changed_at": at, "imported_at": None,
    }  # fmt: skip
    insert(session, PastImport, row)
    audit.record(session, by_id, "past_work_uploaded", "past_import", identifier)
    return identifier


def get(session: Session, import_id: str, *, lock: bool = False, file: bool = False) -> PastImport:
    """An import, with its file when that is asked for. Raises Refused("not-found")."""
    chosen = select(PastImport).where(PastImport.id == import_id)
    chosen = chosen.options(undefer(PastImport.data)) if file else chosen
    chosen = chosen.with_for_update() if lock else chosen
    row = session.scalars(chosen.execution_options(populate_existing=True)).first()
    if row is None:
        raise Refused("not-found", sentence("There is no such import."))
    return row


def listed(session: Session, cursor: str | None) -> tuple[list[PastImport], str | None]:
    """Imports, newest first, a page at a time, and the next cursor."""
    chosen = select(PastImport).order_by(PastImport.id.desc()).limit(PAGE + 1)
    rows = list(session.scalars(chosen.where(PastImport.id < cursor) if cursor else chosen))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def _by_name(mapping: Mapping[Column, int]) -> dict[str, int]:
    return {column.value: place for column, place in mapping.items()}


def map_columns(row: PastImport, mapping: Mapping[Column, int], written: DateOrder | None) -> None:
    """Which column holds what, and how days are written (None: to be found)."""
    row.mapping, row.date_order = _by_name(mapping), written


def begin(session: Session, row: PastImport, state: PastState, by_id: str) -> None:
    """A person has the worker check, import or undo. Work for what was asked before stops."""
    audit.record(session, by_id, f"past_work_{state}", "past_import", row.id, before=row.state)
    row.state, row.version, row.done, row.changed_at = state, row.version + 1, 0, clock.now()
    if state is PastState.CHECKING:
        row.total, row.counts, row.problems = None, {}, []
    elif state is PastState.IMPORTING:
        row.counts, row.imported_at = row.counts | {"added": 0, "opened": 0, "there": 0}, row.changed_at
    elif state is PastState.UNDOING:
        row.total = count(session, row.id)


def read_in(row: PastImport, data: bytes, header: list[str], mapping: Mapping[Column, int], state: PastState) -> None:
    """The worker has read a large file: its text takes its place, and it is checked, or waits for its columns."""
    row.data, row.header, row.mapping, row.state, row.done, row.changed_at = (
        data, header, _by_name(mapping), state, 0, clock.now(),
    )  # fmt: skip


def count_rows(row: PastImport, total: int) -> None:
    """How many rows there are to go through."""
    row.total = total


def go_on(row: PastImport, rows: int, counts: Mapping[str, int], problems: Sequence[Sequence[Any]] = ()) -> None:
    """So many more rows are through, with what they add to the counts."""
    row.done += rows
    row.counts = row.counts | {name: row.counts.get(name, 0) + number for name, number in counts.items()}
    if problems:
        row.problems = [*row.problems, *map(list, problems)][:MOST_PROBLEMS]
    row.changed_at = clock.now()


def finish(session: Session, row: PastImport, state: PastState) -> None:
    """The worker is through. What is imported or undone needs its file no more."""
    row.state, row.changed_at = state, clock.now()
    if state is not PastState.CHECKED:
        row.data = None
        audit.record(session, None, f"past_work_{state}", "past_import", row.id, rows=row.done)


def forget_files(session: Session, before: datetime) -> int:
    """Undo, with their files, what nobody has imported since then; how many."""
    idle = PastImport.state.in_((PastState.MAPPING, PastState.CHECKED)) & (PastImport.changed_at < before)
    return changed(session, update(PastImport).where(idle).values(data=None, state=PastState.UNDONE))


# --- What rows say ---------------------------------------------------------------------------------------------------


def known(session: Session, case_ids: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """What is stated of these cases already: case and statement, with the imports that state it."""
    rows = select(PastCase.case_id, PastCase.statement, PastCase.import_id).where(PastCase.case_id.in_(case_ids))
    stated: dict[tuple[str, str], set[str]] = {}
    for case_id, statement, import_id in session.execute(rows):
        stated.setdefault((case_id, statement), set()).add(import_id)
    return stated


def add_cases(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what rows say, of cases that are there."""
    insert(session, PastCase, *({"id": new_id()} | row for row in rows))


def count(session: Session, import_id: str) -> int:
    """How many statements an import has brought."""
    return session.scalar(select(func.count()).where(PastCase.import_id == import_id)) or 0


def first_of(session: Session, import_id: str, number: int) -> list[PastCase]:
    """Some of an import's, to take out."""
    chosen = select(PastCase).where(PastCase.import_id == import_id).order_by(PastCase.id).limit(number)
    return list(session.scalars(chosen))


def drop(session: Session, ids: Collection[str]) -> None:
    """Take out what these rows say."""
    session.execute(delete(PastCase).where(PastCase.id.in_(ids)))


def spoken_of(session: Session, case_ids: Collection[str], other_than: Collection[str]) -> set[str]:
    """Those of these cases of which other rows than these say something, too."""
    chosen = select(PastCase.case_id).where(PastCase.case_id.in_(case_ids), PastCase.id.not_in(other_than))
    return set(session.scalars(chosen))


def case_ids(import_id: str) -> Any:
    """A select of the cases that an import speaks of."""
    return select(PastCase.case_id).where(PastCase.import_id == import_id)


def of_cases(session: Session, case_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """What is known of earlier years of each case that has such: `{source, year, day, outcome}`, the newest first.

    What several imports state is said once, by the first of them.
    """
    rows = select(PastCase, PastImport.name).join(PastImport, PastImport.id == PastCase.import_id)
    rows = rows.where(PastCase.case_id.in_(case_ids)).order_by(
        PastCase.year.desc(), PastCase.day.desc().nulls_last(), PastCase.id
    )
    past: dict[str, list[dict[str, Any]]] = {}
    stated: set[tuple[str, str]] = set()
    for row, name in session.execute(rows):
        if (row.case_id, row.statement) in stated:
            continue
        stated.add((row.case_id, row.statement))
        entry = {"source": name, "year": row.year, "day": row.day, "outcome": PastOutcome(row.outcome)}
        past.setdefault(row.case_id, []).append(entry)
    return past


def species_of(session: Session, case_id: str) -> set[str]:
    """The species that a case is said to have offered in earlier years."""
    said = select(PastCase.species).where(PastCase.case_id == case_id, PastCase.species.is_not(None))
    return {name for name in session.scalars(said) if name}


def last_outcome(session: Session, case_id: str) -> PastOutcome | None:
    """What became of the listing when it was last found in earlier years; None: nothing is known."""
    past = of_cases(session, [case_id]).get(case_id)
    return past[0]["outcome"] if past else None
