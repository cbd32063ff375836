"""Ranks, higher taxa and kin: a species without a listing of its own is listed as the genus, family or order that CITES names,
and words against a suspicion speak of whole groups. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from server.core import capitals
from server.ledger.species.listed import LexiconListing

if TYPE_CHECKING:
    from server.ledger.species.entries import LexiconTaxon

DAY = timedelta(days=1)
# Sources in `lexicon/sources.yaml`: labels of single species, also where they are kept for a whole family or for several; and
# names that are said there to be of one species in a wider taxon.
LABELS_OF_KINDS, OF_A_KIND = "B", ("BK", "MK")


class TaxonRank(StrEnum):
    """How wide a taxon is. `several`: a few species or genera that share their names and their listing."""

    ORDER = "order"
    FAMILY = "family"
    SUBFAMILY = "subfamily"
    GENUS = "genus"
    SPECIES = "species"
    SUBSPECIES = "subspecies"
    SEVERAL = "several"


def rank_of(scientific_name: str) -> TaxonRank:
    """The rank that a scientific name shows by its form; the few orders that end otherwise are said in the files. Pure."""
    words = scientific_name.split()
    if re.search(r"[,()]| and ", scientific_name):
        return TaxonRank.SEVERAL
    if len(words) > 1:
        return TaxonRank.SPECIES if len(words) == 2 else TaxonRank.SUBSPECIES
    endings = {
        "formes": TaxonRank.ORDER,
        "idae": TaxonRank.FAMILY,
        "aceae": TaxonRank.FAMILY,
        "inae": TaxonRank.SUBFAMILY,
    }
    return next((rank for ending, rank in endings.items() if scientific_name.endswith(ending)), TaxonRank.GENUS)


def is_wide(rank: str | None) -> bool:
    """Whether a taxon of this rank holds species, each with a name. Pure."""
    return rank not in (None, TaxonRank.SPECIES, TaxonRank.SUBSPECIES)


def is_of_kind(source: str, rank: str | None) -> bool:
    """Whether a taxon's name from this source is that of a species in it, and is not shown as its own. Pure."""
    return source in OF_A_KIND or (source == LABELS_OF_KINDS and is_wide(rank))


def called(names: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The name to show of a taxon, by language: its first. Pure.

    Not one `of_kind`, of a species in it: Falconidae are not the Amur falcon, nor are several macaws the scarlet one.
    """
    shown: dict[str, str] = {}
    for name in names:
        if not name.get("of_kind"):
            shown.setdefault(name["language"], name["text"])
    return shown


def name_in(taxon: Mapping[str, Any], language: str) -> str | None:
    """What a taxon is called in a language, with its capital; else in English. None: it has neither. Pure.

    A taxon of the lexicon has `called`; one of a notice only the name that was sent with it.
    """
    own: str = taxon.get("called", {}).get(language, "")
    english: str | None = taxon["common_name"]
    return capitals.initial(own, language) or english


def inherit(taxa: Iterable["LexiconTaxon"]) -> tuple[list["LexiconTaxon"], list[str]]:
    """The taxa with what they inherit after what is their own, and what is wrong, a line each."""
    taxa = list(taxa)
    own = {taxon.id: taxon for taxon in taxa}
    done: dict[str, LexiconTaxon] = {}
    wrong: list[str] = []

    def resolved(taxon: "LexiconTaxon", below: tuple[str, ...] = ()) -> "LexiconTaxon":
        if taxon.id in done or taxon.parent is None:
            return done.setdefault(taxon.id, taxon)
        if taxon.parent in (*below, taxon.id) or taxon.parent not in own:
            wrong.append(f"{taxon.id}: no taxon to stand under: {taxon.parent}")
            return done.setdefault(taxon.id, taxon)
        parent = resolved(own[taxon.parent], (*below, taxon.id))
        above = [row for row in parent.listings if row.for_members]
        taken = tuple(taken_over(taxon.listings, above, parent.scientific_name))
        if not taxon.listings and not taken:
            wrong.append(f"{taxon.id}: {taxon.parent} has no listing that is its members'")
        return done.setdefault(taxon.id, replace(taxon, listings=taxon.listings + taken))

    return [resolved(taxon) for taxon in taxa], wrong


def taken_over(own: Iterable[LexiconListing], above: Iterable[LexiconListing], higher: str) -> Iterator[LexiconListing]:
    """Those listings of a higher taxon that are also a member's: of each list until the member's own in it begin.

    Own ones whose first day is not known stand alone from the beginning.
    """
    own = list(own)
    for row in above:
        starts = [mine.effective_from or date.min for mine in own if _list(mine) == _list(row)]
        last = min([row.until or date.max, *((start - DAY if start > date.min else start) for start in starts)])
        if last < (row.effective_from or row.in_force_by or date.min):
            continue
        under = row.under or higher
        yield replace(row, population="all", under=under, until=None if last == date.max else last)


def _list(listing: LexiconListing) -> tuple[str, str | None]:
    return listing.source, listing.jurisdiction


def members(
    kin: Mapping[str, Iterable[str]], taxa: Iterable["LexiconTaxon"]
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The ids of each group of `kin`, in the order of `taxa`, and what is wrong, a line each.

    A group names scientific names, with a capital: each taxon whose name holds it; other groups; and ids of taxa. What stands
    under a member is one.
    """
    taxa = list(taxa)
    names = {taxon.id: taxon.scientific_name for taxon in taxa}
    parents = {taxon.id: taxon.parent for taxon in taxa}
    wrong: list[str] = []

    def named(name: str, above: tuple[str, ...]) -> set[str]:
        if name[0].isupper():
            held = re.compile(rf"\b{re.escape(name)}\b")
            return {taxon for taxon, scientific in names.items() if held.search(scientific)}
        if name in kin and name not in above:
            return set().union(*(named(each, (*above, name)) for each in kin[name]))
        if name not in names:
            wrong.append(f"{above[-1]}: no group and no taxon {name}")
        return {name}

    def stands_under(taxon: str | None, chosen: set[str]) -> bool:
        seen = set()
        while taxon and taxon not in chosen and taxon not in seen:
            seen.add(taxon)
            taxon = parents.get(taxon)
        return taxon in chosen

    chosen = {group: set().union(*(named(name, (group,)) for name in of)) for group, of in kin.items()}
    wrong += [f"{group}: of no taxon" for group, ids in chosen.items() if not ids & names.keys()]
    return {group: tuple(taxon for taxon in names if stands_under(taxon, ids)) for group, ids in chosen.items()}, wrong
