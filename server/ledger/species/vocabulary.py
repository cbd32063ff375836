"""What others look for by the lexicon: the extension in pages, spotters in the platforms' own searches."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.ledger.species import matching, store
from server.ledger.species.entries import NAME, Origin
from server.ledger.species.models import FoundTerm, Import, LexiconTerm, Taxon, TaxonName
from server.ledger.species.terms import About, Term, TermKind, TermReach

FORMAT = 2  # of what is made here: an extension that knows only older ones refuses it
USUAL = {"kind": TermKind.TAXON.value, "weight": NAME}  # of a row of words, where it does not say
INFORMING = (About.NEWS, About.TEACHING)  # words of context that the extension judges by
SEARCHED = 0.25  # a word below this finds too much else
PUT_TOGETHER = "MP"  # the source of phrases of a thing and what it is of: thousands, for reading ads alone
BY_SCIENTIFIC_NAME = frozenset({"plant", "timber", "reptile", "amphibian", "invertebrate"})  # keepers and collectors


def vocabulary(session: Session) -> dict[str, Any]:
    """The lexicon for the extension, in plain JSON: `version`, `as_of`, `taxa` with what is in force today, `terms`.

    `terms` are for a person to find a taxon by, without what is `PUT_TOGETHER`. `words` is all that the matcher looks for,
    innocent uses too, so that the extension judges a text as the server does; `endings` tells the forms of its texts (see
    `searched_for`). A row of `words` names its taxa by their `places` in `taxa`: their ids would take 120 kB more.
    The version stays as long as nothing of it changes: a day on which no listing begins or ends makes no new one.
    """
    ready, today = store.ready(session), clock.now().date()
    document = ready.vocabularies.get(today)
    if document is None:
        ours = (
            LexiconTerm.kind != TermKind.AGAINST.value,
            LexiconTerm.about.is_(None),
            LexiconTerm.source != PUT_TOGETHER,
        )
        shipped = session.scalars(select(LexiconTerm).where(*ours).order_by(LexiconTerm.id))
        words = searched_for(store.terms(session))
        document = {
            "format": FORMAT,
            "taxa": [_plain(store.in_force(taxon, today)) for taxon in ready.taxa.values()],
            "terms": [
                {"text": term.text.removesuffix("*"), "language": term.language, "kind": term.kind, "taxa": term.taxa}
                for term in shipped
            ]
            + [
                {"text": term.text, "language": term.language, "kind": TermKind.TRADE.value, "taxa": term.taxa}
                for term in store.added_terms(session)
            ],
            "words": _placed(words["words"], ready.taxa),
            "endings": words["endings"],
        }
        digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
        as_of = session.scalar(select(Import.as_of).where(Import.name == Origin.LEXICON.value))
        document = {"version": digest[:16], "as_of": as_of.isoformat() if as_of else None} | document
        ready.vocabularies.clear()
        ready.vocabularies[today] = document
    return document


def _placed(words: Iterable[dict[str, Any]], taxa: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of words with the `places` of their taxa among `taxa`, or with the ids where not all are there."""
    place = {taxon: number for number, taxon in enumerate(taxa)}
    rows = []
    for row in words:
        named = row.get("taxa", ())
        if named and place.keys() >= set(named):
            row = {name: value for name, value in row.items() if name != "taxa"}
            row["places"] = [place[taxon] for taxon in named]
        rows.append(row)
    return rows


def searched_for(terms: Iterable[Term]) -> dict[str, list[Any]]:
    """What the matcher looks for: `words`, rows in its order, and `endings`.

    Neighbours that differ in their text and language alone share a row: `languages` are those of all its texts, or `spoken` has
    those of each, between spaces ("en fr+es -"). `forms` has for each text the place in `endings` of how its other forms are
    made: many words are inflected alike, so that this takes a fraction of the forms themselves.
    """
    rows: list[dict[str, Any]] = []
    endings: dict[tuple[str, ...], int] = {(): 0}
    last: dict[str, Any] | None = None
    for term in terms:
        if term.kind is TermKind.CONTEXT and term.about not in INFORMING:  # the desk's alone
            continue
        entry: dict[str, Any] = {"kind": term.kind.value, "weight": term.weight}
        entry |= {"taxa": list(term.taxa)} if term.taxa else {}
        entry |= {"about": term.about.value} if term.about else {}
        entry |= {} if term.reach is TermReach.PHRASE else {"reach": term.reach.value}
        if entry != last:
            rows.append(entry | {"texts": [], "spoken": [], "forms": []})
            last = entry
        spoken = term.languages if matching.in_latin_letters(term.text) else ()  # other scripts say it by themselves
        made = tuple(_made(form, term.text) for form in term.forms)
        rows[-1]["texts"].append(term.text)
        rows[-1]["spoken"].append("+".join(spoken) or "-")
        rows[-1]["forms"].append(endings.setdefault(made, len(endings)))
    return {"words": [_row(**row) for row in rows], "endings": [list(made) for made in endings]}


def _row(spoken: list[str], forms: list[int], **row: Any) -> dict[str, Any]:
    """A row without what goes without saying: most are names of a taxon."""
    row = {name: value for name, value in row.items() if USUAL.get(name) != value}
    alike = len(set(spoken)) == 1
    if alike and spoken[0] != "-":
        row["languages"] = spoken[0].split("+")
    if not alike:
        row["spoken"] = " ".join(spoken)
    return row | ({"forms": forms} if any(forms) else {})


def _made(form: str, text: str) -> str:
    """How `form` is made of `text`, word by word, between spaces. Of a word: how many letters (code points) are left out at
    its end, and what is put behind, between bars (`1|ами` of собака is собаками); before them, where there is a change at its
    start, what is put before, and how many letters are left out there; nothing of a word that stays. `=`: the form itself."""
    words, forms = text.split(" "), form.split(" ")
    if len(words) != len(forms):
        return f"={form}"
    return " ".join(_made_word(*pair) for pair in zip(forms, words, strict=True))


def _made_word(form: str, word: str) -> str:
    if form == word:
        return ""
    same = SequenceMatcher(None, word, form, autojunk=False).find_longest_match()
    before, behind = form[: same.b], form[same.b + same.size :]
    left = len(word) - same.a - same.size
    return f"{before}|{same.a}|{left}|{behind}" if before or same.a else f"{left}|{behind}"


def searched(session: Session) -> list[dict[str, Any]]:
    """What is looked up in a platform's own search: each {text, language, groups, taxa, found}, traders' words first, then names.

    `found`: it is one of the words that over-appear in confirmed ads, which two coordinators approved.

    Left out: words that say little alone (below `SEARCHED`), word stems, phrases that are `PUT_TOGETHER`, and what speaks
    against a suspicion. Scientific names only of groups that are sold under them; they and emoji are `und`, everybody's language.
    """
    ready = store.ready(session)
    if not ready.searched:
        groups = {taxon["id"]: taxon["group"] for taxon in ready.taxa.values()}
        ours = (
            LexiconTerm.kind == TermKind.TRADE.value,
            LexiconTerm.about.is_(None),
            LexiconTerm.weight >= SEARCHED,
            LexiconTerm.source != PUT_TOGETHER,
        )
        taxa_of: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        added = store.added_terms(session)
        for term in [*session.scalars(select(LexiconTerm).where(*ours).order_by(LexiconTerm.id)), *added]:
            if term.taxa and not term.text.endswith("*"):
                taxa_of[(term.text, term.language)] |= dict.fromkeys(taxon for taxon in term.taxa if taxon in groups)
        named = select(TaxonName.text, TaxonName.language, TaxonName.taxon_id).join(Taxon).order_by(TaxonName.id)
        for text, language, taxon in session.execute(
            named.where(TaxonName.matched, Taxon.origin == Origin.LEXICON.value)
        ):
            if language != "la" or groups[taxon] in BY_SCIENTIFIC_NAME:
                taxa_of[(text, "und" if language == "la" else language)][taxon] = None
        spelt: dict[
            tuple[str, str], dict[str, Any]
        ] = {}  # the first spelling stands for those that differ in case alone
        approved = set(session.scalars(select(FoundTerm.added_id).where(FoundTerm.added_id.is_not(None))))
        found = {(term.text, term.language) for term in added if term.id in approved}
        for (text, language), taxa in taxa_of.items():
            row = spelt.setdefault(
                (text.casefold(), language),
                {"text": text, "language": language, "groups": (), "taxa": (), "found": False},
            )
            row["groups"] = tuple(sorted({*row["groups"], *(groups[taxon] for taxon in taxa)}))
            row["taxa"] = tuple(dict.fromkeys((*row["taxa"], *taxa)))
            row["found"] = row["found"] or (text, language) in found
        ready.searched.extend(spelt.values())
    return ready.searched


def _plain(taxon: dict[str, Any]) -> dict[str, Any]:
    """A taxon as the picker needs it: JSON, without what only the desk reads (of its listings those of CITES).

    The first name of each language that is not `of_kind` is the one to show; `in_force_by` stands where the first day of a
    listing is not known, `look_alikes` where the lexicon tells of any.
    """
    listings = [
        {name: row[name] for name in ("source", "appendix", "population", "annotation")}
        | {"effective_from": row["effective_from"].isoformat() if row["effective_from"] else None}
        | ({"in_force_by": row["in_force_by"].isoformat()} if row["in_force_by"] else {})
        for row in taxon["listings"]
        if row["source"] == "CITES"
    ]
    kept = {name: taxon[name] for name in ("id", "scientific_name", "common_name", "group")}
    alike = {"look_alikes": taxon["look_alikes"]} if taxon["look_alikes"] else {}
    return kept | {"names": taxon["names"]} | alike | {"listings": listings}
