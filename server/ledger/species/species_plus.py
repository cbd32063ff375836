"""Importing an export of Species+: all that CITES lists, beside our own lexicon.

The export knows the appendices of a taxon but not which population each is for, and no dates. So a split listing such
as "I/II" becomes one row for each appendix with the population left unknown, in force by the day of the export. A taxon
that our lexicon knows is left as the lexicon has it; what the export says of it confirms or contradicts it (`comparing`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from server.core.database import alone
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.species import taking_in
from server.ledger.species.comparing import CITATION, plain
from server.ledger.species.entries import Group, Origin
from server.ledger.species.export_file import NAMES, Row, SpeciesExport, appendices, batches, following, merged
from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked
from server.ledger.species.models import ExportedListing, Import, Taxon, TaxonListing, TaxonName

CLASSES = {
    "Mammalia": Group.MAMMAL,
    "Aves": Group.BIRD,
    "Reptilia": Group.REPTILE,
    "Amphibia": Group.AMPHIBIAN,
    "Actinopterygii": Group.FISH,
    "Actinopteri": Group.FISH,
    "Elasmobranchii": Group.FISH,
    "Coelacanthi": Group.FISH,
    "Dipneusti": Group.FISH,
    "Dipneusti / Sarcopterygii": Group.FISH,
}
RANKS = {rank.value.upper(): rank.value for rank in TaxonRank if rank is not TaxonRank.SEVERAL}
AT_ONCE = 2000  # rows an insert: what is in memory at one time

_APPENDIX = re.compile(r"Appendix [IVX]+:\s*")


def take_in(session: Session, export: SpeciesExport) -> dict[str, int] | None:
    """Take in what the export says, in place of what an earlier one said of the same taxa; how many of each.

    None when this very file was already taken in. An export may come in parts (animals, plants): what it does not name
    stays, dated as it was. Raises Refused("conflict") for an export older than one we have.
    """
    name = f"{Origin.SPECIES_PLUS}-{export.sha256[:16]}"
    alone(session, "lexicon")  # two imports, or an import and a new version's lexicon, write the same taxa
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
    lexicon = select(TaxonName.text).join(Taxon).where(TaxonName.language == "la", Taxon.origin == Origin.LEXICON.value)
    known = {plain(text) for text in session.scalars(lexicon)}
    counts = {"taxa": 0, "names": 0, "listings": 0}
    left = 0
    later: dict[str, list[Row]] = defaultdict(list)
    for chunk in batches(following(export.rows(), export.count, "Importing"), AT_ONCE):
        for row in chunk:
            if row["TaxonId"] in export.repeated:
                later[row["TaxonId"]].append(row)
        left += _put(
            session, export.as_of, known, [row for row in chunk if row["TaxonId"] not in export.repeated], counts
        )
    for chunk in batches(map(merged, later.values()), AT_ONCE):
        left += _put(session, export.as_of, known, chunk, counts)
    taking_in.remember(session, name, export.sha256, export.as_of)
    return counts | {"left to the lexicon": left}


def _put(session: Session, as_of: date, known: set[str], rows: Iterable[Row], counts: dict[str, int]) -> int:
    """Write some rows, each id once; how many of them are the lexicon's own taxa."""
    rows = list(rows)
    ours = [row for row in rows if plain(row["FullName"]) in known]
    theirs = [row for row in rows if plain(row["FullName"]) not in known]
    if ours:
        said = {plain(row["FullName"]): "/".join(appendices(row["CurrentListing"])) for row in ours}
        session.execute(delete(ExportedListing).where(ExportedListing.scientific_name.in_(said)))
        session.execute(
            insert(ExportedListing),
            [{"scientific_name": name, "appendices": listed, "as_of": as_of} for name, listed in said.items()],
        )
    if not rows:
        return 0
    taking_in.forget(session, [_id(row) for row in rows])  # what became ours since the last export too
    for kind, table, added in (
        ("taxa", Taxon, [_taxon(row) for row in theirs]),
        ("names", TaxonName, [name for row in theirs for name in _names(row)]),
        ("listings", TaxonListing, [listing for row in theirs for listing in _listings(row, as_of)]),
    ):
        if added:
            session.execute(insert(table), added)
        counts[kind] += len(added)
    return len(ours)


def _id(row: Row) -> str:
    return f"cites-{row['TaxonId']}"


def _taxon(row: Row) -> dict[str, Any]:
    plant = row["Kingdom"] == "Plantae"
    group = Group.PLANT if plant else CLASSES.get(row["Class"], Group.INVERTEBRATE)
    return {
        "id": _id(row),
        "scientific_name": row["FullName"],
        "rank": RANKS.get(row["RankName"].upper()),
        "taxon_group": group.value,
        "origin": Origin.SPECIES_PLUS.value,
        "weight": 0.0,
        "products": [],
        "look_alikes": "",
    }


def _names(row: Row) -> Iterator[dict[str, Any]]:
    yield taking_in.name_row(_id(row), "la", row["FullName"], CITATION["key"], Checked.READ, False)
    for language, column in NAMES.items():
        for text in dict.fromkeys(name.strip() for name in row[column].split(",")):
            if text:
                yield taking_in.name_row(_id(row), language, text, CITATION["key"], Checked.READ, False)


def _listings(row: Row, as_of: date) -> Iterator[dict[str, Any]]:
    note = _APPENDIX.sub("", row["AnnotationEnglish"]).strip()
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
