"""Past work: a spreadsheet of earlier years becomes closed cases. Nothing is sent to anybody, and all of it can be undone.

What a coordinator does is here; the worker does the rest (`past_rows`).
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from server.core import clock, recurring, work
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.cases import past_store
from server.ledger.past import columns, sheet, store
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder
from server.ledger.past.models import PastImport
from server.ledger.past.states import PastState

MOST_NAME = 100
MOST_BYTES = sheet.MOST_BYTES

Act = Callable[[str, str], None]
"""What a coordinator does with an import: its id, theirs."""


def upload(name: str, data: bytes, by_id: str) -> str:
    """Keep a sheet. A small one is read now, and where address and date are found checked at once; a large one by the worker.

    Raises Refused("invalid").
    """
    if len(data) > MOST_BYTES:
        raise Refused("invalid", sheet.TOO_LARGE, errors={"file": [sheet.TOO_LARGE]})
    header, small = list[str](), sheet.is_small(data)
    if small:
        data = sheet.as_text(data, MOST_BYTES)  # a workbook is read once
        header = sheet.header_of(data)
    mapping = columns.guess(header)
    with write() as session:
        import_id = store.add(session, " ".join(name.split())[:MOST_NAME], data, header, mapping, by_id)
        if not small or mapping.keys() >= set(columns.REQUIRED):
            _begin(session, store.get(session, import_id, lock=True), PastState.CHECKING, by_id)
    return import_id


def map_columns(import_id: str, mapping: Mapping[Column, int], written: DateOrder | None, by_id: str) -> None:
    """Say which column holds what, and check again. Raises Refused("conflict") once it is imported."""
    with write() as session:
        row = _in_state(session, import_id, PastState.MAPPING, PastState.CHECKING, PastState.CHECKED)
        store.map_columns(row, mapping, written)
        _begin(session, row, PastState.CHECKING, by_id)


BROKEN = sentence(
    "A quotation mark is out of place: the rows after it were not read. Fix the file and choose it again."
)


def start(import_id: str, by_id: str) -> None:
    """Import what was checked. Raises Refused("conflict") for what was not, has no row to import, or was not read to its end."""
    with write() as session:
        row = _in_state(session, import_id, PastState.CHECKED)
        if row.counts.get("broken"):
            raise Refused("conflict", BROKEN)
        if not row.counts.get("good"):
            raise Refused("conflict", sentence("There is nothing in it to import."))
        _begin(session, row, PastState.IMPORTING, by_id)


def undo(import_id: str, by_id: str) -> None:
    """Take all of an import out again, or drop one that was not made. Raises Refused("conflict") once something was decided."""
    with write() as session:
        row = _in_state(session, import_id, *(state for state in PastState if state != PastState.UNDONE))
        if row.imported_at and past_store.decided_among(session, store.case_ids(import_id), row.imported_at):
            words = sentence("A case of this import has been decided since, so the import can no longer be undone.")
            raise Refused("conflict", words)
        _begin(session, row, PastState.UNDOING, by_id)


def _in_state(session: Session, import_id: str, *states: PastState) -> PastImport:
    row = store.get(session, import_id, lock=True)
    if row.state not in states:
        raise Refused("conflict", sentence("This import has changed since you opened it. Check it again."))
    return row


def _begin(session: Session, row: PastImport, state: PastState, by_id: str) -> None:
    store.begin(session, row, state, by_id)
    work.enqueue(session, "past_work", row.id)


@recurring.every(24 * 3600, "forget_past_files")
def forget_files() -> None:
    """Delete the files of sheets that nobody has imported within 30 days."""
    with write() as session:
        store.forget_files(session, clock.now() - store.FILE_KEPT)
