"""The lexicon's files, read and checked: parsed documents in, `entries` out. Pure.

What is wrong in them is told all at once, a line each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from server.core import folding
from server.core.words import Category
from server.ledger.species import lineage, notes
from server.ledger.species.entries import NAME, Group, Lexicon, LexiconTaxon, Name, Provision, Word, term_of
from server.ledger.species.lineage import TaxonRank, rank_of
from server.ledger.species.listed import Checked, Citation, read_listing
from server.ledger.species.terms import About, TermKind, TermReach

PARTS = {  # of a lexicon file; `groups` holds lists that its other parts refer to
    "all", "as_of", "groups", "kin", "kind", "language", "listings", "names", "not_matched", "provisions", "sources", "taxa", "terms",
}  # fmt: skip


def parse(documents: Iterable[Mapping[str, Any]]) -> Lexicon:
    """The lexicon in `documents`, one a file. Raises ValueError with one line for each thing that is wrong."""
    documents = list(documents)
    wrong = [f"{key}: no part of a lexicon file" for document in documents for key in document.keys() - PARTS]
    citations = {
        key: Citation(key, entry["name"], entry.get("address"), Checked(entry["checked"]))
        for document in documents
        for key, entry in document.get("sources", {}).items()
    }
    lexicon = Lexicon(max(document["as_of"] for document in documents))
    more, listings = _more_names(documents), _more_listings(documents)
    for document in documents:
        for entry in document.get("taxa", ()):
            try:
                its = (more.pop(entry["id"], ()), listings.pop(entry["id"], ()))
                lexicon.taxa.append(_taxon(entry, *its, citations))
            except (KeyError, ValueError, TypeError) as error:
                wrong.append(f"{entry.get('id')}: {error!r}")
    kin, unknown = lineage.members(
        {group: of for document in documents for group, of in document.get("kin", {}).items()}, lexicon.taxa
    )
    wrong += unknown
    for document in documents:
        for entry in document.get("terms", ()):
            try:
                lexicon.words += _words(entry, document["kind"], citations, kin)
            except (KeyError, ValueError, TypeError) as error:
                wrong.append(f"{document['kind']} {entry.get('words', entry.get('stem'))}: {error!r}")
        for entry in document.get("provisions", ()):
            try:
                lexicon.provisions.append(_provision(entry, citations))
            except (KeyError, ValueError, TypeError) as error:
                wrong.append(f"{entry.get('id')}: {error!r}")
    wrong += [f"{taxon}: named, and no taxon" for taxon in more]
    wrong += [f"{taxon}: listed, and no taxon" for taxon in listings] + _doubts(lexicon)
    if not wrong:
        lexicon.taxa, wrong = lineage.inherit(lexicon.taxa)
    if wrong:
        raise ValueError("\n".join(wrong))
    return lexicon


NameEntry = tuple[str, str, str, bool]  # language, source, text, whether it is looked for


def _more_names(documents: Iterable[Mapping[str, Any]]) -> dict[str, list[NameEntry]]:
    """The names that stand in a file of their language, by taxon."""
    more: dict[str, list[NameEntry]] = defaultdict(list)
    for document in documents:
        quiet = set(document.get("not_matched", ()))
        for taxon, by_source in document.get("names", {}).items():
            more[taxon] += [
                (document["language"], source, text, text not in quiet)
                for source, texts in by_source.items()
                for text in texts
            ]
    return more


def _more_listings(documents: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The listings that stand in a file of their source (EU, national), by taxon; what all of a file share stands at its
    top."""
    more: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in documents:
        for taxon, rows in document.get("listings", {}).items():
            more[taxon] += [{**document["all"], **row} for row in rows]
    return more


def _taxon(
    entry: Mapping[str, Any],
    more: Iterable[NameEntry],
    elsewhere: Iterable[Mapping[str, Any]],
    citations: Mapping[str, Citation],
) -> LexiconTaxon:
    quiet = set(entry.get("not_matched", ()))
    own = (
        (language, source, text, text not in quiet)
        for language, by_source in entry["names"].items()
        for source, texts in by_source.items()
        for text in texts
    )
    names = tuple(Name(language, text, citations[source], matched) for language, source, text, matched in (*own, *more))
    unknown = quiet - {name.text for name in names}
    if unknown:
        raise ValueError(f"not_matched names what is no name: {sorted(unknown)}")
    rank = TaxonRank(entry["rank"]) if "rank" in entry else rank_of(entry["scientific_name"])
    missing = {"en", *(() if rank is TaxonRank.SEVERAL else ("la",))} - {name.language for name in names}
    if missing:
        raise ValueError(f"no name in {sorted(missing)}")
    listings = tuple(read_listing(listing, citations) for listing in (*entry.get("listings", ()), *elsewhere))
    if (bool(listings) or "parent" in entry) == bool(entry.get("unlisted")):
        raise ValueError("give its listings or its parent, or say under `unlisted` that it has none and why it is here")
    weight = float(entry.get("weight", NAME))
    return LexiconTaxon(
        entry["id"],
        entry["scientific_name"],
        rank,
        entry.get("parent"),
        Group(entry["group"]),
        weight,
        names,
        tuple(entry["products"]),
        notes.look_alikes(entry),
        listings,
    )


def _provision(entry: Mapping[str, Any], citations: Mapping[str, Citation]) -> Provision:
    covers = entry["covers"]
    if type(entry["effective_from"]) is not date:
        raise ValueError(f"effective_from is no day: {entry['effective_from']}")
    return Provision(
        entry["id"],
        entry["jurisdiction"],
        entry["provision"],
        taxa=frozenset(covers.get("taxa", ())),
        annex=(covers["source"], covers["appendix"]) if "source" in covers else None,
        categories=frozenset(Category(word).value for word in entry.get("categories", ())),
        effective_from=entry["effective_from"],
        exceptions=entry["exceptions"],
        citations=tuple(citations[key] for key in entry["citation"]),
        checked=Checked(entry["checked"]),
        date_checked=Checked(entry["date_checked"]),
    )


def _words(
    entry: Mapping[str, Any], kind: str, citations: Mapping[str, Citation], kin: Mapping[str, tuple[str, ...]]
) -> list[Word]:
    about = About(entry["about"]) if "about" in entry else None
    reach = TermReach(entry.get("reach", TermReach.PHRASE))
    weight = float(entry["weight"])
    if not 0 < weight <= 1:
        raise ValueError(f"weight {weight} is not between 0 and 1")
    several = entry["language"]
    taxa = tuple(dict.fromkeys(taxon for name in entry.get("taxa", ()) for taxon in kin.get(name, (name,))))
    return [
        Word(
            term_of(str(text), language, TermKind(kind), weight, taxa, about, reach),
            language,
            citations[entry["source"]],
        )
        for text in _texts(entry)
        for language in ([several] if isinstance(several, str) else several)
    ]


def _texts(entry: Mapping[str, Any]) -> list[Any]:
    """The words of an entry: its `words`, or its `stem`, or each of several, with each of its `parts`: as some languages make
    compounds, and all make phrases of a thing and what it is of."""
    if "words" in entry:
        return list(entry["words"])
    stems = [entry["stem"]] if isinstance(entry["stem"], str) else entry["stem"]
    return [stem + part for stem in stems for part in entry["parts"]]


def _doubts(lexicon: Lexicon) -> list[str]:
    """What is well formed and yet wrong: doubled ids, unknown taxa, one word with two meanings."""
    known = Counter(taxon.id for taxon in lexicon.taxa)
    wrong = [f"{taxon}: stands {count} times" for taxon, count in known.items() if count > 1]
    for provision in lexicon.provisions:
        wrong += [f"{provision.id}: no taxon {taxon}" for taxon in provision.taxa if taxon not in known]
        if not provision.taxa and not provision.annex:
            wrong.append(f"{provision.id}: covers nothing")
    seen: dict[tuple[object, ...], Word] = {}
    for word in lexicon.words:
        term = word.term
        wrong += [f"{term.text}: no taxon {taxon}" for taxon in term.taxa if taxon not in known]
        # A word may be a cue and name a taxon too (tusk), and be a word of two languages; it may not name two taxa.
        text = folding.native(term.text)
        against = term.taxa if term.kind is TermKind.AGAINST else ()
        if seen.setdefault((text, word.language, term.kind, term.reach, term.about, against), word) is not word:
            wrong.append(f"{term.text}: stands twice")
        if term.kind is TermKind.TRADE and term.taxa and seen.setdefault((text, "taxa"), word).term.taxa != term.taxa:
            wrong.append(f"{term.text}: stands for two things")
    return wrong
