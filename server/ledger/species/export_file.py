"""An export of Species+ (speciesplus.net, UNEP-WCMC) as a file: read a row at a time, however long it is, and checked whole
before anything of it is taken in.

Such files reach us straight from the site, packed, or saved again by a spreadsheet: in UTF-8 or UTF-16, with commas,
semicolons or tabs, in an order of columns of its own. The full list has 38,000 rows and 98 MB.
"""

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from rich.console import Console
from rich.progress import track

from server.core import wording
from server.core.sentences import Sentence, sentence
from server.core.words import Refused

NEEDED = ("TaxonId", "FullName", "CurrentListing")
NAMES = {"en": "EnglishNames", "es": "SpanishNames", "fr": "FrenchNames"}
KEPT = (*NEEDED, *NAMES.values(), "Kingdom", "Class", "RankName", "AnnotationEnglish", "#AnnotationSymbol")
LISTED = frozenset(("I", "II", "III", "NC", ""))  # NC: some population is not covered
MAX_BYTES = 1 << 30  # unpacked; the list of 2017 has 98 MB
MAX_ERRORS = 10  # shown
BLOCK = 1 << 20

_TAG = re.compile(r"<[^<>]*>")
_PARTS = re.compile(r"[^A-Z/]")

Row = dict[str, str]
Item = TypeVar("Item")


@dataclass(frozen=True)
class SpeciesExport:
    """A file that was read once and checked."""

    sha256: str
    as_of: date
    count: int  # of its rows
    repeated: frozenset[str]  # ids that stand in several rows
    path: Path = field(compare=False)

    def rows(self) -> Iterator[Row]:
        """Its rows, one at a time."""
        with _opened(self.path) as text:
            for _, row, _ in _read(text):
                yield row


def read(path: Path, as_of: date) -> SpeciesExport:
    """A file of an export, .csv or .csv.gz. Raises Refused("invalid") saying what is wrong and in which lines."""
    line = 1
    try:
        digest = _digest(path, as_of)
        ids: Counter[str] = Counter()
        wrong: list[Sentence] = []
        count = errors = 0
        with _opened(path) as text:
            for line, row, problem in following(_read(text), None, "Reading"):
                count += 1
                ids[row["TaxonId"]] += 1
                if problem:
                    errors += 1
                    if len(wrong) < MAX_ERRORS:
                        wrong.append(sentence("line %(line)s: %(problem)s", line=line, problem=problem))
    except UnicodeError as error:
        detail = sentence(
            "This is not a CSV file in UTF-8: %(problem)s, in or after line %(line)s. Save it again as “CSV UTF-8”.",
            problem=str(error), line=line,
        )  # fmt: skip
        raise Refused("invalid", detail) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused("invalid", sentence("This file is damaged: %(problem)s.", problem=str(error))) from None
    except csv.Error as error:
        detail = sentence(
            "This is not a valid CSV file: %(problem)s, in or after line %(line)s.", problem=str(error), line=line
        )
        raise Refused("invalid", detail) from None
    if wrong:
        if errors > len(wrong):
            wrong.append(sentence("and %(number)s more", number=errors - len(wrong)))
        raise Refused("invalid", sentence("The export has errors: %(errors)s.", errors=wording.series(wrong)))
    if not count:
        raise Refused("invalid", sentence("There is no taxon in this file: the export was cut off, or found nothing."))
    repeated = frozenset(taxon_id for taxon_id, times in ids.items() if times > 1)
    return SpeciesExport(digest, as_of, count, repeated, path)


def appendices(current: str) -> tuple[str, ...]:
    """The appendices in a CurrentListing such as "I/II/NC"; none where a listing was deleted. Pure."""
    return tuple(part for part in ("I", "II", "III") if part in current.split("/"))


def merged(rows: Iterable[Row]) -> Row:
    """Rows of one id as one: what all of them say, each thing once. Pure."""
    rows = list(rows)
    whole = dict(rows[-1])
    for column in ("EnglishNames", "SpanishNames", "FrenchNames"):
        whole[column] = ", ".join(dict.fromkeys(row[column] for row in rows if row[column]))
    whole["AnnotationEnglish"] = " ".join(
        dict.fromkeys(row["AnnotationEnglish"] for row in rows if row["AnnotationEnglish"])
    )
    said = {part for row in rows for part in row["CurrentListing"].split("/")}
    whole["CurrentListing"] = "/".join(part for part in ("I", "II", "III", "NC") if part in said)
    return whole


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, the last one shorter."""
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


def following(items: Iterable[Item], total: int | None, what: str) -> Iterable[Item]:
    """The items, with a bar on a terminal."""
    console = Console(stderr=True)
    return track(items, what, total=total, console=console, disable=not console.is_terminal, transient=True)


def _digest(path: Path, as_of: date) -> str:
    digest, size = hashlib.sha256(as_of.isoformat().encode()), 0
    with _binary(path) as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
            if size > MAX_BYTES:
                raise Refused("invalid", sentence("The file is larger than %(number)s MB.", number=MAX_BYTES >> 20))
    return digest.hexdigest()


@contextmanager
def _binary(path: Path) -> Iterator[BinaryIO]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield cast(BinaryIO, file)


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOWrapper]:
    with _binary(path) as file:
        start = file.read(2)
        file.seek(0)
        encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        yield io.TextIOWrapper(file, encoding=encoding, newline="")


def _read(text: io.TextIOWrapper) -> Iterator[tuple[int, Row, Sentence | None]]:
    """Line, row and what is wrong with it. Raises Refused("invalid") for columns that are missing."""
    first = text.readline()
    delimiter = max(",;\t", key=first.count)
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    at = {_plain(name): index for index, name in reversed(list(enumerate(header)))}
    missing = [name for name in NEEDED if _plain(name) not in at]
    if missing:
        detail = sentence(
            "This is not a Species+ export: columns are missing: %(columns)s.", columns=", ".join(missing)
        )
        raise Refused("invalid", detail)
    places = [(name, at.get(_plain(name))) for name in KEPT]
    reader = csv.reader(text, delimiter=delimiter)
    for cells in reader:
        if not any(cells):
            continue
        row = {name: _clean(cells[place]) if place is not None and place < len(cells) else "" for name, place in places}
        row["CurrentListing"] = _PARTS.sub("", row["CurrentListing"].upper().removeprefix("APPENDIX"))
        told = cells[at["currentlisting"]] if at["currentlisting"] < len(cells) else ""
        yield reader.line_num + 1, row, _problem(row, told, len(cells), len(header))


def _plain(column: str) -> str:
    """A column's name as it is compared: a spreadsheet may have changed its spaces and capitals."""
    return "".join(column.split()).replace("_", "").casefold()


def _clean(cell: str) -> str:
    return " ".join(_TAG.sub("", cell).split())  # no-break spaces too


def _problem(row: Row, told: str, found: int, wanted: int) -> Sentence | None:
    if found < wanted:
        return sentence("there are %(found)s of %(wanted)s columns", found=found, wanted=wanted)
    if not (row["TaxonId"].isascii() and row["TaxonId"].isdigit()):
        return sentence("TaxonId “%(value)s” is not a number", value=row["TaxonId"])
    if not row["FullName"]:
        return sentence("FullName is missing")
    unknown = set(row["CurrentListing"].split("/")) - LISTED
    return sentence("CurrentListing “%(value)s” is unknown", value=" ".join(told.split())) if unknown else None
