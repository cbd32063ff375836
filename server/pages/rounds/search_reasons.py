"""Why a term is on the worklist: the species it may lead to, how that is listed, its drawing, and whether confirmed ads have it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from server.core import languages
from server.ledger.species import drawings, lineage, names, store
from server.ledger.species.drawings import Drawing
from server.people.rounds.worklist import SearchTerm


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
        next(filter(None, listed), ()), drawings.of_taxon(taxon, above), found,
    )  # fmt: skip


def _appendices(taxon: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of CITES that it stands in today, as `taxa_for` left them."""
    return tuple(sorted({row["appendix"] for row in taxon["listings"] if row["source"] == "CITES"}))
