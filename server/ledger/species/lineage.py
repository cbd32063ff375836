"""Ranks and higher taxa: a species without a listing of its own is listed as the genus, family or order that CITES names.
Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from server.ledger.species.listed import LexiconListing

if TYPE_CHECKING:
    from server.ledger.species.entries import LexiconTaxon

DAY = timedelta(days=1)


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
