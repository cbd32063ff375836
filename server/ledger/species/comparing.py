"""What an export of Species+ says of the lexicon's own taxa: it confirms what was from memory, or says that it differs. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked

CITATION = {"key": "S+", "name": "Species+ / CITES Checklist (UNEP-WCMC)", "address": "https://speciesplus.net"}
NARROW = (TaxonRank.SPECIES, TaxonRank.SUBSPECIES)


class ExportSays(NamedTuple):
    """The appendices of a taxon in the newest export that names it."""

    appendices: frozenset[str]
    as_of: date


def plain(name: str) -> str:
    """A scientific name as it is compared."""
    return " ".join(name.split()).casefold()


def of_names(names: Iterable[str], exported: Mapping[str, ExportSays]) -> ExportSays | None:
    """What is said of a taxon by its scientific names: the newest, of several that are as new all together."""
    said = [exported[name] for name in map(plain, names) if name in exported]
    if not said:
        return None
    newest = max(each.as_of for each in said)
    return ExportSays(frozenset().union(*(each.appendices for each in said if each.as_of == newest)), newest)


def compared(
    listings: Iterable[Mapping[str, Any]], rank: str | None, said: ExportSays
) -> tuple[list[dict[str, Any]], bool]:
    """The listings, those from memory confirmed where the export agrees, and whether it does.

    It agrees when it has the same appendices on its day. A genus, family or order has in an export also those of the members
    that are listed by themselves: there it agrees when it has ours. It knows neither populations nor first days.
    """
    rows = [dict(row) for row in listings]
    then = [row for row in rows if row["source"] == "CITES" and _in_force(row, said.as_of)]
    ours = {row["appendix"] for row in then}
    agrees = (
        ours == said.appendices if rank in NARROW else ours <= said.appendices and bool(ours) == bool(said.appendices)
    )
    if agrees:
        for row in then:
            if not row["confirmed"]:
                source = CITATION | {"name": f"{CITATION['name']}, export of {said.as_of.isoformat()}"}
                row |= {"checked": Checked.READ.value, "confirmed": True, "citations": [*row["citations"], source]}
    return rows, agrees


def _in_force(row: Mapping[str, Any], day: date) -> bool:
    return bool((row["effective_from"] or day) <= day <= (row["until"] or day))
