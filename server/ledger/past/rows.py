"""One row of a sheet as it is read: what it says of a listing, or what is wrong with it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from server.core import urls
from server.core.redirects import destination
from server.core.words import Refused
from server.ledger.past import columns, dates
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder
from server.ledger.past.sheet import folded
from server.ledger.past.states import PastOutcome

MOST_TITLE = 1000  # characters, as of a report
MOST_SPECIES = 200
_ERRORS = frozenset(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))


class RowProblem(StrEnum):
    """Why a row is left out."""

    UNREADABLE = "unreadable"
    QUOTE = "quote"  # and no row after it is read
    ADDRESS = "address"
    NO_ADDRESS = "no_address"
    DATE = "date"
    NO_DATE = "no_date"
    FUTURE = "future"
    OUTCOME = "outcome"
    PLATFORM = "platform"
    GROUP = "group"
    TOO_LONG = "too_long"
    ERROR = "error"  # of a formula


@dataclass(frozen=True, slots=True)
class PastRow:
    """What a row says."""

    number: int
    address: urls.Address
    year: int
    day: date | None
    outcome: PastOutcome
    title: str | None
    species: str | None
    group: str | None


class Wrong(Exception):
    """A row that is left out: why, and what stands in its cell."""

    def __init__(self, problem: RowProblem, shown: str = "") -> None:
        super().__init__(problem)
        self.problem, self.shown = problem, shown[:200]


def read(
    number: int,
    cells: Sequence[str] | None,
    mapping: Mapping[str, int],
    written: DateOrder,
    today: date,
    platforms: Mapping[str, str],
) -> PastRow:
    """A row by its mapping. `platforms`: slugs and names, folded, that a sheet may name. Raises Wrong."""
    if cells is None:
        raise Wrong(RowProblem.UNREADABLE)
    if not cells:
        raise Wrong(RowProblem.QUOTE)

    def cell(column: Column) -> str:
        place = mapping.get(column)
        text = cells[place] if place is not None and place < len(cells) else ""
        if text in _ERRORS:
            raise Wrong(RowProblem.ERROR, text)
        return text

    address = _address(cell(Column.URL))
    year, day = _day(cell(Column.DATE), written, today)
    outcome = columns.outcome(cell(Column.OUTCOME))
    if outcome is None:
        raise Wrong(RowProblem.OUTCOME, cell(Column.OUTCOME))
    if (platform := cell(Column.PLATFORM)) and folded(platform) not in platforms:
        raise Wrong(RowProblem.PLATFORM, platform)
    group = columns.group(cell(Column.GROUP)) if cell(Column.GROUP) else None
    if cell(Column.GROUP) and group is None:
        raise Wrong(RowProblem.GROUP, cell(Column.GROUP))
    title, species = cell(Column.TITLE), cell(Column.SPECIES)
    if len(title) > MOST_TITLE or len(species) > MOST_SPECIES:
        raise Wrong(RowProblem.TOO_LONG, title if len(title) > MOST_TITLE else species)
    return PastRow(number, address, year, day, outcome, title or None, species or None, group)


def _address(text: str) -> urls.Address:
    if not text:
        raise Wrong(RowProblem.NO_ADDRESS)
    try:
        return destination(urls.read(text if "://" in text else f"https://{text}"))
    except Refused:
        raise Wrong(RowProblem.ADDRESS, text) from None


def _day(text: str, written: DateOrder, today: date) -> tuple[int, date | None]:
    if not text:
        raise Wrong(RowProblem.NO_DATE)
    try:
        year, day = dates.read(text, written)
    except ValueError:
        raise Wrong(RowProblem.DATE, text) from None
    if (day or date(year, 1, 1)) > today:
        raise Wrong(RowProblem.FUTURE, text)
    return year, day


def statement(row: PastRow) -> str:
    """What a row states of its listing: the same day and outcome are one statement, whichever file says it."""
    return f"{row.day or row.year}:{row.outcome}"
