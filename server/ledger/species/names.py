"""Taxa by their names: those that a person or a program names, and a search for the one that is meant."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from server.core.conditions import ESCAPE, holding
from server.ledger.species import store
from server.ledger.species.entries import Origin
from server.ledger.species.models import LexiconTerm, Taxon, TaxonName
from server.ledger.species.terms import TermKind

MOST = 12  # found by one search
PAGE = 50


def plain(name: str) -> str:
    """A scientific name as it is compared. Pure."""
    return " ".join(name.split()).casefold()


def known(session: Session, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The taxa with these scientific names, synonyms included, as `store.taxa_for` gives them; unknown names are left out.

    Of two taxa with one name (the lexicon's and that of a Species+ export) the lexicon's.
    """
    wanted = {name: plain(name) for name in names}
    if not wanted:
        return {}
    ids = {name: taxon_id for name, taxon_id in _lexicon(session).items() if name in wanted.values()}
    others = [form for said, name in wanted.items() if name not in ids for form in (said, name.capitalize())]
    if others:
        rows = select(Taxon.scientific_name, Taxon.id).where(Taxon.scientific_name.in_(others)).order_by(Taxon.id)
        for scientific_name, taxon_id in session.execute(rows):
            ids.setdefault(plain(scientific_name), taxon_id)
    taxa = store.taxa_for(session, ids.values())
    return {said: taxa[ids[name]] for said, name in wanted.items() if name in ids}


def _lexicon(session: Session) -> dict[str, str]:
    """The ids of the lexicon's taxa by scientific name; a name of its own goes before somebody's synonym."""
    ids: dict[str, str] = {}
    for taxon in store.ready(session).taxa.values():
        ids.setdefault(plain(taxon["scientific_name"]), taxon["id"])
    for taxon in store.ready(session).taxa.values():
        for name in taxon["names"]:
            if name["language"] == "la":
                ids.setdefault(plain(name["text"]), taxon["id"])
    return ids


def resolve(session: Session, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """A taxon for each name: a known one, else one that has nothing but the name, kept as it was said."""
    names = list(names)
    taxa = known(session, names)
    return {name: taxa.get(name) or unknown(name) for name in names}


def unknown(name: str) -> dict[str, Any]:
    """A taxon that the lexicon does not have, in the shape of `store.taxa_for`. Pure."""
    return {
        "id": None,
        "scientific_name": name,
        "common_name": None,
        "names": [],
        "called": {},
        "group": None,
        "listings": [],
        "export": None,
    }


def in_languages(session: Session, taxon_id: str) -> dict[str, list[TaxonName]]:
    """A taxon's names by language, each language's in the order of the lexicon; scientific ones under `la`."""
    found: dict[str, list[TaxonName]] = {}
    for name in session.scalars(select(TaxonName).where(TaxonName.taxon_id == taxon_id).order_by(TaxonName.id)):
        found.setdefault(name.language, []).append(name)
    return found


def higher(session: Session, taxon: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lexicon's higher taxa that a taxon stands under, the nearest first."""
    taxa, above = store.ready(session).taxa, []
    while (parent := taxa.get(taxon["parent_id"] or "")) and parent not in above:
        above.append(parent)
        taxon = parent
    return above


def members(session: Session, taxon_id: str) -> list[dict[str, Any]]:
    """The lexicon's taxa that stand directly under a taxon, by scientific name."""
    under = (taxon for taxon in store.ready(session).taxa.values() if taxon["parent_id"] == taxon_id)
    return sorted(under, key=lambda taxon: str(taxon["scientific_name"]))


def listed(
    session: Session, text: str = "", after: str | None = None, group: str | None = None, also: Collection[str] = ()
) -> tuple[list[dict[str, Any]], str | None]:
    """Taxa by scientific name, a page at a time, and the next cursor: the lexicon's and those of Species+ exports, all of
    them, those of a group, or those with a name like `text`. also: ids of others that are wanted then."""
    chosen = select(Taxon.id, Taxon.scientific_name).order_by(Taxon.scientific_name, Taxon.id).limit(PAGE + 1)
    if group:
        chosen = chosen.where(Taxon.taxon_group == group)
    if wanted := store.search_key(text):
        like = TaxonName.folded.like(holding(wanted), escape=ESCAPE)
        chosen = chosen.where(Taxon.id.in_(select(TaxonName.taxon_id).where(like)) | Taxon.id.in_(also))
    if last := session.get(Taxon, after) if after else None:
        row = tuple_(Taxon.scientific_name, Taxon.id)
        chosen = chosen.where(Taxon.scientific_name >= last.scientific_name, row > (last.scientific_name, last.id))
    ids = [taxon_id for taxon_id, _ in session.execute(chosen)]
    return list(store.taxa_for(session, ids[:PAGE]).values()), ids[PAGE - 1] if len(ids) > PAGE else None


def of_terms(session: Session, terms: Collection[tuple[str, str]]) -> set[str]:
    """The ids of the taxa that these of the lexicon's words of the trade stand for; each word with its language."""
    texts = [form for text, _ in terms for form in (text, f"{text}*")]
    rows = select(LexiconTerm.text, LexiconTerm.language, LexiconTerm.taxa)
    rows = rows.where(LexiconTerm.kind == TermKind.TRADE.value, LexiconTerm.text.in_(texts))
    return {
        taxon_id
        for text, language, taxa in session.execute(rows)
        if (text.removesuffix("*"), language) in terms
        for taxon_id in taxa
    }


def search(session: Session, text: str) -> list[dict[str, Any]]:
    """The lexicon's taxa with a name like `text`, scientific or common in any of its languages; each with `also`,
    the names by which it was found. Those whose name begins with it come first."""
    wanted = store.search_key(text)
    if not wanted:
        return []
    like = holding(wanted)
    rows = session.execute(
        select(TaxonName.taxon_id, TaxonName.text, TaxonName.folded)
        .join(Taxon)
        .where(Taxon.origin == Origin.LEXICON.value, TaxonName.folded.like(like, escape=ESCAPE))
        .order_by(TaxonName.id)
    ).all()
    found: dict[str, list[str]] = {}
    for taxon_id, name, _ in sorted(rows, key=lambda row: (not row[2].startswith(wanted), len(row[2]))):
        found.setdefault(taxon_id, []).append(name)
    first = list(found)[:MOST]
    return [taxon | {"also": found[taxon_id]} for taxon_id, taxon in store.taxa_for(session, first).items()]
