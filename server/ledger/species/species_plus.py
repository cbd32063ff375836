"""Taking in an export of Species+ (speciesplus.net, UNEP-WCMC): all that CITES lists, beside our own lexicon.

The export knows the appendices of a taxon but not which population each is for, and no dates. So a split listing such
as "I/II" becomes one row for each appendix with the population left unknown, in force by the day of the export; and a
taxon that our lexicon knows is left as the lexicon has it.
"""

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from server.core import wording
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.ledger.species import store
from server.ledger.species.entries import Group, Origin
from server.ledger.species.listed import Checked
from server.ledger.species.models import Import, Taxon, TaxonListing, TaxonName

NEEDED = ("TaxonId", "FullName", "CurrentListing")
NAMES = {"en": "EnglishNames", "es": "SpanishNames", "fr": "FrenchNames"}
CLASSES = {
    "Mammalia": Group.MAMMAL,
    "Aves": Group.BIRD,
    "Reptilia": Group.REPTILE,
    "Amphibia": Group.AMPHIBIAN,
    "Actinopterygii": Group.FISH,
    "Elasmobranchii": Group.FISH,
    "Coelacanthi": Group.FISH,
    "Dipneusti": Group.FISH,
}
CITATION = {"key": "S+", "name": "Species+ / CITES Checklist (UNEP-WCMC)", "address": "https://speciesplus.net"}
AT_ONCE = 5000  # rows an insert
MAX_ERRORS = 5

_TAG = re.compile(r"<[^<>]*>")
_APPENDIX = re.compile(r"^Appendix [IVX]+:\s*")


@dataclass(frozen=True)
class SpeciesExport:
    """A file read and checked."""

    sha256: str
    as_of: date
    rows: list[dict[str, str]]


def read(path: Path, as_of: date) -> SpeciesExport:
    """The rows of an export, .csv or .csv.gz. Raises Refused("invalid") saying what is wrong and in which line."""
    data = path.read_bytes()
    try:
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        text = data.decode("utf-8-sig")
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused(
            "invalid", sentence("This is not a CSV file in UTF-8: %(problem)s.", problem=str(error))
        ) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        rows = _rows(reader)
    except csv.Error as error:
        raise Refused(
            "invalid",
            sentence(
                "This is not a valid CSV file: %(problem)s, in or after line %(line)s.",
                problem=str(error),
                line=reader.line_num,
            ),
        ) from None
    return SpeciesExport(hashlib.sha256(as_of.isoformat().encode() + data).hexdigest(), as_of, rows)


def _rows(reader: "csv.DictReader[str]") -> list[dict[str, str]]:
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise Refused(
            "invalid",
            sentence("This is not a Species+ export: columns are missing: %(columns)s.", columns=", ".join(missing)),
        )
    kept = {*NEEDED, *NAMES.values(), "Kingdom", "Class", "AnnotationEnglish", "#AnnotationSymbol"}
    rows: list[dict[str, str]] = []
    wrong: list[Sentence] = []
    for row in reader:
        problem = _problem(row)
        if problem and len(wrong) < MAX_ERRORS:
            wrong.append(sentence("line %(line)s: %(problem)s", line=reader.line_num, problem=problem))
        rows.append({name: (row.get(name) or "").strip() for name in kept})
    if wrong:
        raise Refused("invalid", sentence("The export has errors: %(errors)s.", errors=wording.series(wrong)))
    return rows


def take_in(session: Session, export: SpeciesExport) -> dict[str, int] | None:
    """Take in what the export says, in place of what an earlier one said of the same taxa; how many of each.

    None when this very file was already taken in. An export may come in parts (animals, plants): what it does not name
    stays, dated as it was. Raises Refused("conflict") for an export older than one we have.
    """
    name = f"{Origin.SPECIES_PLUS}-{export.sha256[:16]}"
    if session.get(Import, name):
        return None
    newest = session.scalar(select(func.max(Import.as_of)).where(Import.name.startswith(Origin.SPECIES_PLUS.value)))
    if newest and newest > export.as_of:
        raise Refused(
            "conflict",
            sentence(
                "The export of %(newest)s is already imported and is newer than this one of %(date)s.",
                newest=str(newest),
                date=str(export.as_of),
            ),
        )
    better = set(
        session.scalars(
            select(TaxonName.text).join(Taxon).where(TaxonName.language == "la", Taxon.origin == Origin.LEXICON.value)
        )
    )
    rows = {row["TaxonId"]: row for row in export.rows if row["FullName"] not in better}
    counts = {"taxa": 0, "names": 0, "listings": 0}
    chunks = list(_chunks(list(rows.values())))
    for chunk in track(chunks, "Taking in", console=Console(stderr=True), disable=not Console(stderr=True).is_terminal):
        store.forget(session, [_id(row) for row in chunk])
        for kind, table, added in (
            ("taxa", Taxon, [_taxon(row) for row in chunk]),
            ("names", TaxonName, [name for row in chunk for name in _names(row)]),
            ("listings", TaxonListing, [listing for row in chunk for listing in _listings(row, export.as_of)]),
        ):
            if added:
                session.execute(insert(table), added)
            counts[kind] += len(added)
    store.remember(session, name, export.sha256, export.as_of)
    return counts | {"left to the lexicon": len(export.rows) - len(rows)}


def appendices(current: str) -> tuple[str, ...]:
    """The appendices in a CurrentListing such as "I/II/NC". NC says that some population is not covered."""
    return tuple(part for part in current.split("/") if part in ("I", "II", "III"))


def _problem(row: dict[str, Any]) -> Sentence | None:
    if not (row["TaxonId"] or "").strip().isdigit():
        return sentence("TaxonId “%(value)s” is not a number", value=row["TaxonId"] or "")
    if not (row["FullName"] or "").strip():
        return sentence("FullName is missing")
    unknown = set((row["CurrentListing"] or "").strip().split("/")) - {"I", "II", "III", "NC", ""}
    listing = row["CurrentListing"] or ""
    return sentence("CurrentListing “%(value)s” is unknown", value=listing) if unknown else None


def _id(row: dict[str, str]) -> str:
    return f"cites-{row['TaxonId']}"


def _taxon(row: dict[str, str]) -> dict[str, Any]:
    plant = row["Kingdom"] == "Plantae"
    group = Group.PLANT if plant else CLASSES.get(row["Class"], Group.INVERTEBRATE)
    return {
        "id": _id(row),
        "scientific_name": row["FullName"],
        "taxon_group": group.value,
        "origin": Origin.SPECIES_PLUS.value,
        "weight": 0.0,
        "products": [],
        "look_alikes": "",
    }


def _names(row: dict[str, str]) -> Iterator[dict[str, Any]]:
    yield store.name_row(_id(row), "la", row["FullName"], CITATION["key"], Checked.READ, False)
    for language, column in NAMES.items():
        for text in dict.fromkeys(name.strip() for name in row[column].split(",")):
            if text:
                yield store.name_row(_id(row), language, text, CITATION["key"], Checked.READ, False)


def _listings(row: dict[str, str], as_of: date) -> Iterator[dict[str, Any]]:
    note = _APPENDIX.sub("", _TAG.sub("", row["AnnotationEnglish"])).strip()
    annotation = " ".join(filter(None, (row["#AnnotationSymbol"], note))) or None
    for appendix in appendices(row["CurrentListing"]):
        yield {
            "taxon_id": _id(row),
            "source": "CITES",
            "appendix": appendix,
            "population": None,
            "annotation": annotation,
            "effective_from": None,
            "in_force_by": as_of,
            "until": None,
            "citations": [CITATION],
            "checked": Checked.READ.value,
            "date_checked": None,
        }


def _chunks(rows: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
