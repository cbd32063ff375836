"""Importing the shipped lexicon into the database, once for each version."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import case, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import alone, read, write
from server.ledger.species import entries, parsing
from server.ledger.species.entries import Origin
from server.ledger.species.listed import Checked, LexiconListing
from server.ledger.species.models import Import, LexiconTerm, Taxon, TaxonListing, TaxonName
from server.ledger.species.store import SHIPPED_VERSION, changed, search_key

SHIPPED = Path(__file__).with_name("lexicon")
FORM = b"2"  # changes when the same files are to be read otherwise


def bring_up_to_date() -> dict[str, int] | None:
    """`load_lexicon` in a transaction of its own. The files are parsed first: on SQLite, others cannot write during it."""
    files = _read(SHIPPED)
    with read() as session:
        if session.scalar(SHIPPED_VERSION) == _version(files):
            return None
    _parsed(files)
    with write() as session:
        return load_lexicon(session)


def load_lexicon(session: Session) -> dict[str, int] | None:
    """Make the database say what the shipped lexicon says; how many of each, or None when it already did."""
    files = _read(SHIPPED)
    version = _version(files)
    if session.scalar(SHIPPED_VERSION) == version:
        return None
    lexicon = _parsed(files)
    alone(session, "lexicon")  # several workers of a new version start together
    if session.scalar(SHIPPED_VERSION) == version:
        return None
    forget(session, select(Taxon.id).where(Taxon.origin == Origin.LEXICON.value))
    session.execute(delete(LexiconTerm))
    ours = {name.text: taxon.id for taxon in lexicon.taxa for name in taxon.names if name.language == "la"}
    theirs = session.execute(select(Taxon.id, Taxon.scientific_name).where(Taxon.scientific_name.in_(ours))).all()
    _call_by(session, {row.id: ours[row.scientific_name] for row in theirs})
    forget(session, [row.id for row in theirs])
    session.execute(insert(Taxon), [_taxon_row(taxon) for taxon in lexicon.taxa])
    names = [
        name_row(taxon.id, name.language, name.text, name.citation.key, name.citation.checked, name.matched)
        for taxon in lexicon.taxa
        for name in taxon.names
    ]
    session.execute(insert(TaxonName), names)
    listings = [_listing_row(taxon.id, listing) for taxon in lexicon.taxa for listing in taxon.listings]
    session.execute(insert(TaxonListing), listings)
    session.execute(insert(LexiconTerm), [_term_row(word) for word in lexicon.words])
    remember(session, Origin.LEXICON.value, version, lexicon.as_of)
    return {"taxa": len(lexicon.taxa), "names": len(names), "listings": len(listings), "terms": len(lexicon.words)}


def _call_by(session: Session, new: Mapping[str, str]) -> None:
    """Let everything that names an export's taxon (a case, a report, a term) name the lexicon's own. new: ids by those before."""
    if not new:
        return
    for table in Taxon.metadata.sorted_tables:
        named = table.c.get("taxon_id")
        if named is None or named.foreign_keys:  # its names and listings go with a taxon
            continue
        ours = case(dict(new), value=named)
        renamed = update(table).where(named.in_(list(new)))
        if named.primary_key:  # a case that names both keeps ours
            same = table.alias()
            others = [same.c[key.name] == key for key in table.primary_key if key is not named]
            renamed = renamed.where(~exists().where(same.c.taxon_id == ours, *others))
        session.execute(renamed.values(taxon_id=ours))


def forget(session: Session, which: Any) -> None:
    """Delete the taxa whose ids `which` gives (a list or a select), with their names and listings."""
    for table, column in ((TaxonName, TaxonName.taxon_id), (TaxonListing, TaxonListing.taxon_id), (Taxon, Taxon.id)):
        statement = delete(table).where(column.in_(which))
        session.execute(statement, execution_options={"synchronize_session": False})


def remember(session: Session, name: str, sha256: str, as_of: date) -> None:
    """Write down what has just been taken in."""
    session.merge(Import(name=name, sha256=sha256, as_of=as_of, at=clock.now()))
    changed(session)


def name_row(taxon_id: str, language: str, text: str, source: str, checked: Checked, matched: bool) -> dict[str, Any]:
    """A row of `taxon_names`."""
    row = {"taxon_id": taxon_id, "language": language, "text": text, "folded": search_key(text)}
    return row | {"matched": matched, "source": source, "checked": checked.value}


def _taxon_row(taxon: entries.LexiconTaxon) -> dict[str, Any]:
    names = ("id", "scientific_name", "weight", "look_alikes")
    more = {
        "rank": taxon.rank.value,
        "parent_id": taxon.parent,
        "taxon_group": taxon.group.value,
        "origin": Origin.LEXICON.value,
        "products": list(taxon.products),
    }
    return {name: getattr(taxon, name) for name in names} | more


def _listing_row(taxon_id: str, listing: LexiconListing) -> dict[str, Any]:
    names = ("source", "appendix", "jurisdiction", "under", "population", "effective_from", "in_force_by", "until")
    return {name: getattr(listing, name) for name in names} | {
        "taxon_id": taxon_id,
        "annotation": listing.annotation or None,
        "citations": [{"key": c.key, "name": c.name, "address": c.address} for c in listing.citations],
        "checked": listing.checked.value,
        "date_checked": listing.date_checked.value if listing.date_checked else None,
    }


def _term_row(word: entries.Word) -> dict[str, Any]:
    term = word.term
    return {
        "text": term.text,
        "language": word.language,
        "kind": term.kind.value,
        "about": term.about.value if term.about else None,
        "reach": term.reach.value,
        "weight": term.weight,
        "taxa": list(term.taxa),
        "source": word.citation.key,
        "checked": word.citation.checked.value,
    }


def _version(files: tuple[bytes, ...]) -> str:
    return hashlib.sha256(FORM + b"\0".join(files)).hexdigest()


def _read(folder: Path) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.yaml")))


@lru_cache(maxsize=2)
def _parsed(files: tuple[bytes, ...]) -> entries.Lexicon:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return parsing.parse(yaml.load(file, Loader=loader) for file in files)  # noqa: S506 - both are safe loaders


def shipped() -> entries.Lexicon:
    """What the files of this version say."""
    return _parsed(_read(SHIPPED))
