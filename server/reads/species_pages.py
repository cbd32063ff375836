"""The page of the species guide for each species that a notice names."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.core import web
from server.ledger.species import names


def named_in(session: Session, notices: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The whole address of each page, by the scientific name in these notices (as they leave). A species that the lexicon
    does not have has no page, and is left out."""
    said = [taxon["scientific_name"] for notice in notices for taxon in notice["suspicion"]["taxa"]]
    return {name: page(taxon) for name, taxon in names.known(session, said).items()}


def page(taxon: Mapping[str, Any]) -> str:
    """The whole address of one taxon's page."""
    return web.absolute("guide.taxon", taxon_id=taxon["id"])


def guide(taxa: Iterable[Mapping[str, Any]]) -> str:
    """Where a notice about these taxa sends its reader: the page of the first that has one, else the guide's first page."""
    return next((page(taxon) for taxon in taxa if taxon["id"]), web.absolute("guide.index"))
