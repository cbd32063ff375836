"""Past work, row by row: the worker checks, imports and undoes a sheet in small transactions, each with its place in the sheet.

Killed in the middle, it continues where it was, and no row is lost or imported twice.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import alone, read, write
from server.core.words import Refused
from server.journeys.oversight import past_unsaid
from server.ledger.cases import past_store
from server.ledger.companies import store as companies
from server.ledger.companies.routing import Directory
from server.ledger.complaints import store as complaints
from server.ledger.listings import store as listings
from server.ledger.listings.key import listing_key
from server.ledger.matches import store as matches
from server.ledger.past import columns, dates, rows, sheet, store
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder, DatesProblem
from server.ledger.past.models import PastCase, PastImport
from server.ledger.past.rows import PastRow, RowProblem, Wrong
from server.ledger.past.states import PastState
from server.ledger.species import names
from server.ledger.species import store as species

BATCH = 250  # rows in one transaction
SLICE = timedelta(seconds=10)  # then other work has its turn
LIKELY = 0.5  # how likely a species that a sheet names is: a person wrote it, nobody here has looked


class _Overtaken(Exception):
    """Somebody has asked for something else meanwhile, or another worker was faster: their work goes on with it."""


@work.handler("past_work", low_priority=True)
def carry_on(import_id: str) -> None:
    """Check, import or undo for a while, from where it was left. Raises work.Retry while rows are left."""
    until = clock.now() + SLICE
    with read() as session:
        row = store.get(session, import_id, file=True)
    step = {PastState.CHECKING: _check, PastState.IMPORTING: _import, PastState.UNDOING: _undo}.get(
        PastState(row.state)
    )
    if step is None:
        return
    try:
        for _ in step(row):
            if clock.now() >= until:
                raise work.Retry("more rows are left", after=0, counts=False)
    except _Overtaken:
        return


def _locked(session: Session, row: PastImport, done: int) -> PastImport:
    """The import as it is now, locked, if it is still where this work left it."""
    now = store.get(session, row.id, lock=True)
    if (now.version, now.state, now.done) != (row.version, row.state, done):
        raise _Overtaken
    return now


def _data(row: PastImport) -> bytes:
    if row.data is None:
        raise work.PermanentFailure("the file is gone")
    return row.data


def _batches(data: bytes, start: int) -> Iterator[list[sheet.Row]]:
    left = islice(sheet.rows(data), 1 + start, None)  # 1: the header
    while batch := list(islice(left, BATCH)):
        yield batch


@dataclass(frozen=True)
class _Reading:
    """How the rows of a sheet are read."""

    mapping: Mapping[str, int]
    written: DateOrder
    directory: Directory
    platforms: Mapping[str, str]

    def row(self, number: int, cells: list[str] | None) -> tuple[PastRow, str]:
        """What a row says, and its listing's key. Raises Wrong."""
        read_row = rows.read(number, cells, self.mapping, self.written, clock.now().date(), self.platforms)
        return read_row, listing_key(read_row.address, self.directory.route(read_row.address))[0]


def _reading(row: PastImport, data: bytes) -> _Reading | DatesProblem:
    written = DateOrder(row.date_order) if row.date_order else _order(row, data)
    if isinstance(written, DatesProblem):
        return written
    with read() as session:
        directory = companies.directory(session)
        species.ready(session)  # what is built while writing is not cached, and each batch would build it again
    platforms = {sheet.folded(word): each.slug for each in directory.platforms for word in (each.slug, each.name)}
    return _Reading(row.mapping, written, directory, platforms)


def _order(row: PastImport, data: bytes) -> DateOrder | DatesProblem:
    place = row.mapping[Column.DATE]
    cells = (cells for _, cells in islice(sheet.rows(data), 1, None) if cells is not None)
    return dates.order(each[place] for each in cells if place < len(each))


def _read_file(row: PastImport) -> None:
    """Read a large file, and keep its text in its place. Killed in the middle, it begins again; the file is there until then."""
    done = row.done

    def told(number: int) -> None:
        nonlocal done
        if number > done:  # another worker may have come further
            with write() as session:
                store.go_on(_locked(session, row, done), number - done, {})
            done = number

    try:
        data = sheet.as_text(_data(row), sheet.MOST_BYTES, told)
        header = sheet.header_of(data)
    except Refused as refusal:
        with write() as session:
            now = _locked(session, row, done)
            store.go_on(now, 0, {sheet.problem(refusal).value: 1})
            store.finish(session, now, PastState.UNDONE)
        raise _Overtaken from None
    mapping = columns.guess(header)
    state = PastState.CHECKING if mapping.keys() >= set(columns.REQUIRED) else PastState.MAPPING
    with write() as session:
        store.read_in(_locked(session, row, done), data, header, mapping, state)
    raise work.Retry("its rows are left", after=0, counts=False)


def _check(row: PastImport) -> Iterator[None]:
    """Read every row and keep none: how many are good, new, there already, and what is wrong with which."""
    if not row.header:
        _read_file(row)
    data = _data(row)
    reading, total = _reading(row, data), sum(1 for _ in islice(sheet.rows(data), 1, None))
    with write() as session:
        now = _locked(session, row, row.done)
        store.count_rows(now, total)
        if isinstance(reading, DatesProblem):
            store.go_on(now, 0, {reading.value: 1})
            store.finish(session, now, PastState.CHECKED)
            return
    done, key = row.done, (row.id, row.version)
    before, seen = _stated.pop(key, (0, set()))
    if before != done:  # another process continued it, or this one started again
        seen = _seen(reading, data, done)
    for batch in _batches(data, done):
        _stated.pop(key, None)
        good, wrong = _read(reading, batch)
        with read() as session:
            there = _there(session, [key for _, key in good])
        counts: Counter[str] = Counter(wrong=len(wrong))
        if any(problem == RowProblem.QUOTE for _, problem, _ in wrong):
            counts["broken"] = 1
        for read_row, known_as in good:
            said = rows.statement(read_row)
            twice = (known_as, said) in seen or said in there.get(known_as, ())
            counts["there" if twice else "good"] += 1
            counts["known"] += not twice and known_as in there
            seen.add((known_as, said))
        with write() as session:
            store.go_on(_locked(session, row, done), len(batch), counts, wrong)
        done += len(batch)
        _stated.clear()  # of one import at a time
        _stated[key] = done, seen
        yield
    _stated.pop(key, None)
    with write() as session:
        store.finish(session, _locked(session, row, done), PastState.CHECKED)


# What the rows of an import up to a place state, by its id and version: kept between two turns, so that no row is read twice.
_stated: dict[tuple[str, int], tuple[int, set[tuple[str, str]]]] = {}


def _seen(reading: _Reading, data: bytes, until: int) -> set[tuple[str, str]]:
    """What the rows before this one state: the same again is no new statement."""
    before = islice(sheet.rows(data), 1, 1 + until)
    return {(key, rows.statement(read_row)) for read_row, key in _read(reading, list(before))[0]}


def _read(reading: _Reading, batch: list[sheet.Row]) -> tuple[list[tuple[PastRow, str]], list[list[Any]]]:
    """The good rows with their listing's key, and what is wrong with the others."""
    good, wrong = [], list[list[Any]]()
    for number, cells in batch:
        try:
            good.append(reading.row(number, cells))
        except Wrong as reason:
            wrong.append([number, reason.problem.value, reason.shown])
    return good, wrong


def _there(session: Session, keys: list[str]) -> dict[str, set[str]]:
    """Of the listings that are known, by key: what is stated of earlier years."""
    ids = listings.ids_of(session, keys)
    by_listing = past_store.of_listings(session, list(ids.values()))
    stated: dict[str, set[str]] = {}
    for case_id, said in store.known(session, list(by_listing.values())):
        stated.setdefault(case_id, set()).add(said)
    return {
        key: stated.get(by_listing[listing_id], set()) for key, listing_id in ids.items() if listing_id in by_listing
    }


def _import(row: PastImport) -> Iterator[None]:
    """Take in the good rows, a batch in a transaction with its place."""
    data, done = _data(row), row.done
    reading = _reading(row, data)
    if isinstance(reading, DatesProblem):
        raise work.PermanentFailure(reading.value)
    for batch in _batches(data, done):
        good, _ = _read(reading, batch)
        with write() as session:
            now = _locked(session, row, done)
            alone(session, "past_work")
            store.go_on(now, len(batch), _take_in(session, now.id, reading.directory, good))
        done += len(batch)
        yield
    with write() as session:
        store.finish(session, _locked(session, row, done), PastState.IMPORTED)


def _take_in(session: Session, import_id: str, directory: Directory, good: list[tuple[PastRow, str]]) -> dict[str, int]:
    """Keep what these rows say, of the listing's case or of a new one that is closed; how many were added, opened, there."""
    first = {key: read_row for read_row, key in reversed(good)}
    made = listings.add_past(session, [_listing(key, each, directory) for key, each in first.items()]) if first else {}
    new = [(key, listing_id) for key, (listing_id, is_new) in made.items() if is_new]
    case_ids = past_store.add(session, [_case(listing_id, first[key], directory) for key, listing_id in new])
    opened = dict(zip((listing_id for _, listing_id in new), case_ids, strict=True))
    by_listing = past_store.of_listings(session, [listing_id for listing_id, _ in made.values()])
    taxa = names.known(session, {each.species for each in first.values() if each.species})
    suspected = ((opened[listing_id], taxa.get(first[key].species or "")) for key, listing_id in new)
    past_store.add_taxa(session, [(case_id, taxon["id"]) for case_id, taxon in suspected if taxon], LIKELY)
    stated = store.known(session, list(by_listing.values()))
    kept, added = [], 0
    for read_row, key in good:
        listing_id = made[key][0]
        statement = (by_listing[listing_id], rows.statement(read_row))
        said_by = stated.setdefault(statement, set())
        added += not said_by
        if import_id not in said_by:  # what only another one says would go with that when it is undone
            said_by.add(import_id)
            kept.append(_statement(import_id, statement, read_row))
    store.add_cases(session, kept)
    return {"added": added, "opened": len(opened), "there": len(good) - added}


def _listing(key: str, row: PastRow, directory: Directory) -> dict[str, Any]:
    platform = directory.route(row.address)
    return {
        "key": key, "platform_id": platform.id if platform else None, "number": listing_key(row.address, platform)[1],
        "url": row.address.href, "title": row.title,
        "first_seen_at": datetime.combine(row.day or datetime(row.year, 1, 1).date(), time(), UTC),
    }  # fmt: skip


def _case(listing_id: str, row: PastRow, directory: Directory) -> dict[str, Any]:
    platform = directory.route(row.address)
    company_id = platform.company.id if platform else None
    return {"listing_id": listing_id, "company_id": company_id, "host": row.address.host, "title": row.title}


def _statement(import_id: str, statement: tuple[str, str], row: PastRow) -> dict[str, Any]:
    return {
        "import_id": import_id, "case_id": statement[0], "statement": statement[1], "row": row.number, "year": row.year,
        "day": row.day, "outcome": row.outcome, "species": row.species, "taxon_group": row.group,
    }  # fmt: skip


def _undo(row: PastImport) -> Iterator[None]:
    """Take out what the rows said, and the cases they made that nobody has touched since."""
    done = row.done
    while True:
        with write() as session:
            now = _locked(session, row, done)
            some = store.first_of(session, row.id, BATCH)
            if not some:
                store.finish(session, now, PastState.UNDONE)
                return
            _take_out(session, some)
            store.go_on(now, len(some), {})
        done += len(some)
        yield


def _take_out(session: Session, some: list[PastCase]) -> None:
    ids, case_ids = [each.id for each in some], sorted({each.case_id for each in some})
    listings.lock(session, past_store.listings_of(session, case_ids))
    kept = store.spoken_of(session, case_ids, ids) | matches.linked_among(session, case_ids)
    kept |= past_store.decided_among(session, case_ids) | complaints.about_among(session, case_ids)
    store.drop(session, ids)
    past_unsaid.take_back(session, some)
    listings.drop(session, past_store.drop_unreported(session, [each for each in case_ids if each not in kept]))
