"""Why a term is on the worklist: the species it may lead to, how that is listed, its drawing, and whether confirmed ads have it."""

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from server.core import languages
from server.ledger.species import lineage, names, store
from server.people.courses import catalogue, told_apart
from server.people.rounds.worklist import SearchTerm


@dataclass(frozen=True, slots=True)
class Drawing:
    """A lesson's drawing: of which module, in which language, and its file."""

    slug: str
    language: str
    file: str


@dataclass(frozen=True, slots=True)
class SearchReason:
    """The first species of a term by its name in the reader's language, of how many, its appendices of CITES, its drawing."""

    taxon_id: str
    called: str
    scientific: str
    more: int
    appendices: tuple[str, ...]
    drawing: Drawing | None
    found: bool = False


def of_terms(session: Session, terms: Collection[SearchTerm]) -> dict[SearchTerm, SearchReason]:
    """The reason for each of these terms; one whose species the lexicon has no more is left out."""
    taxa = store.taxa_for(session, [taxon for term in terms for taxon in term.taxa])
    reasons = {}
    for term in terms:
        known = [taxa[taxon] for taxon in term.taxa if taxon in taxa]
        if known:
            reasons[term] = _reason(session, known[0], len(known) - 1, term.found)
    return reasons


def _reason(session: Session, taxon: Mapping[str, Any], more: int, found: bool) -> SearchReason:
    above = names.higher(session, taxon)
    lines = store.taxa_for(session, [each["id"] for each in above])
    listed = (_appendices(each) for each in (taxon, *lines.values()))
    return SearchReason(
        taxon["id"], lineage.name_in(taxon, languages.current()) or "", taxon["scientific_name"], more,
        next(filter(None, listed), ()), _drawing([taxon, *above]), found,
    )  # fmt: skip


def _appendices(taxon: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of CITES that it stands in today, as `taxa_for` left them."""
    return tuple(sorted({row["appendix"] for row in taxon["listings"] if row["source"] == "CITES"}))


def _drawing(taxa: Collection[Mapping[str, Any]]) -> Drawing | None:
    """The first drawing of the lessons about a taxon or what it stands under."""
    scientific = tuple(taxon["scientific_name"] for taxon in taxa)
    return _drawn(catalogue.folder(), scientific, tuple(catalogue.languages()))


@functools.lru_cache(maxsize=4096)
def _drawn(_folder: Path, scientific: tuple[str, ...], spoken: tuple[str, ...]) -> Drawing | None:
    # First the modules about a group: others draw a species to make a point.
    for module in sorted(catalogue.modules().values(), key=lambda module: not module.one_of_groups):
        for name, about in module.tells_apart.items():
            if told_apart.is_about(about, scientific):
                read = module.read_in(spoken)
                pictures = told_apart.pictures(read, name)
                if pictures:
                    return Drawing(module.slug, read.language, pictures[0].file)
    return None
