"""The lexicon's provisions: which make an offer unlawful, and what they add to a law that a coordinator names."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from server.ledger.species import taking_in
from server.ledger.species.entries import Provision


@cache
def every() -> tuple[Provision, ...]:
    """Those that ship with this version."""
    return tuple(taking_in.shipped().provisions)


def get(provision_id: str) -> Provision | None:
    """The provision with this id."""
    return next((provision for provision in every() if provision.id == provision_id), None)


def covering(taxa: Iterable[Mapping[str, Any]], category: str, on: date) -> list[Provision]:
    """Those in force that cover one of these taxa (as `store.taxa_for` gives them) and what is offered of it."""
    taxa = list(taxa)
    return [
        provision
        for provision in every()
        if provision.effective_from <= on and any(provision.covers(taxon, category) for taxon in taxa)
    ]


def of_taxon(taxon: Mapping[str, Any], on: date) -> list[Provision]:
    """Those in force that cover something of a taxon (as `store.taxa_for` gives it)."""
    return [provision for provision in every() if provision.effective_from <= on and provision.names(taxon)]


def from_memory(taxa: Iterable[Mapping[str, Any]]) -> list[str]:
    """The names of the listed ones of these taxa (as `store.taxa_for` gives them) where none has a confirmed listing. Pure."""
    listed = [taxon for taxon in taxa if taxon["listings"]]
    confirmed = any(row["confirmed"] for taxon in listed for row in taxon["listings"])
    return [] if confirmed else [taxon["scientific_name"] for taxon in listed]


def completed(law: Mapping[str, Any], taxa: Iterable[Mapping[str, Any]], category: str, on: date) -> dict[str, Any]:
    """A law with what the lexicon knows of it. Its source is the lexicon's where that says that it covers this offer."""
    named = (_plain(law["jurisdiction"]), _plain(law["provision"]))
    known = next((p for p in every() if (_plain(p.jurisdiction), _plain(p.provision)) == named), None)
    if known is None:
        return dict(law)
    source = known.source if known in covering(taxa, category, on) else None
    return dict(law) | {
        "effective_from": law.get("effective_from") or known.effective_from,
        "source": law.get("source") or source,
    }


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
