"""What the lexicon holds: taxa with their names and listings, words, and provisions of law. Pure; `parsing` reads the files.

Every fact keeps its source and how far it was checked (`read` in the source, seen as an `excerpt`, from `memory`). A
listing is an appendix for one population, with its annotation and dates; nothing is merged into "the" appendix of a
taxon, for that is often false.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from server.ledger.species import inflection, languages
from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked, Citation, LexiconListing
from server.ledger.species.terms import About, Term, TermKind, TermReach

EVERYWHERE = ("und", "la")
NAME, SCIENTIFIC = 0.25, 0.4  # how far a name goes alone, where the file does not say; a scientific name adds to it


class Group(StrEnum):
    """The picker's shelves."""

    MAMMAL = "mammal"
    BIRD = "bird"
    REPTILE = "reptile"
    AMPHIBIAN = "amphibian"
    FISH = "fish"
    INVERTEBRATE = "invertebrate"
    PLANT = "plant"
    TIMBER = "timber"


class Origin(StrEnum):
    """Where a taxon came from."""

    LEXICON = "lexicon"  # the files shipped with this version
    SPECIES_PLUS = "species_plus"  # an export of speciesplus.net


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a taxon. `matched`: whether it is looked for in ads; some names mean too much else."""

    language: str  # ISO 639-1; "la" for scientific names
    text: str
    citation: Citation
    matched: bool


@dataclass(frozen=True, slots=True)
class LexiconTaxon:
    """What is traded and protected: a species, or the genus, family or order that is listed as one."""

    id: str
    scientific_name: str
    rank: TaxonRank
    parent: str | None  # the id of the higher taxon under which it is listed
    group: Group
    weight: float
    names: tuple[Name, ...]
    products: tuple[str, ...]
    look_alikes: str
    listings: tuple[LexiconListing, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A term with its language, source and how far it was checked."""

    term: Term
    language: str  # ISO 639-1; "und" for signs
    citation: Citation


@dataclass(frozen=True, slots=True)
class Provision:
    """What makes an offer unlawful under one law, dated and sourced. It covers `taxa`, or what stands in an annex."""

    id: str
    jurisdiction: str  # ISO 3166, or EU
    provision: str
    taxa: frozenset[str]
    annex: tuple[str, str] | None  # source and appendix of a listing
    categories: frozenset[str]  # of what is offered; empty: any
    effective_from: date
    exceptions: str
    citations: tuple[Citation, ...]
    checked: Checked
    date_checked: Checked

    @property
    def source(self) -> str:
        """Where it was found, in words."""
        return "; ".join(", ".join(filter(None, (each.name, each.address))) for each in self.citations)

    def covers(self, taxon: Mapping[str, Any], category: str) -> bool:
        """Whether it covers what is offered of a taxon (as `store.taxa_for` gives it, with the listings of that day).

        Only a confirmed listing whose first day is known counts.
        """
        return self.names(taxon) and (not self.categories or category in self.categories)

    def names(self, taxon: Mapping[str, Any]) -> bool:
        """Whether it covers something of a taxon, as `covers` says of one category."""
        counting = (row for row in taxon["listings"] if row["effective_from"] and row["confirmed"])
        listed = ((row["source"], row["appendix"]) for row in counting)
        return taxon["id"] in self.taxa or any(row == self.annex for row in listed)


@dataclass(slots=True)
class Lexicon:
    """All the files together."""

    as_of: date
    taxa: list[LexiconTaxon] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)

    def terms(self) -> list[Term]:
        """What the matcher looks for: the words, and the names of the taxa."""
        names = [
            name_term(name.text, name.language, taxon.id, taxon.weight)
            for taxon in self.taxa
            for name in taxon.names
            if name.matched
        ]
        return [word.term for word in self.words] + names


def name_term(text: str, language: str, taxon_id: str, weight: float) -> Term:
    """A taxon's name as a term. The scientific one says more: nobody gives it to a handbag by chance."""
    weight = max(weight, SCIENTIFIC) if language == "la" else weight
    return term_of(text, language, TermKind.TAXON, weight, (taxon_id,))


def term_of(
    text: str,
    language: str,
    kind: TermKind,
    weight: float,
    taxa: tuple[str, ...] = (),
    about: About | None = None,
    reach: TermReach = TermReach.PHRASE,
) -> Term:
    """A word of one language as a term. Signs and scientific names are of every language."""
    spoken = (languages.known(language),) if language not in EVERYWHERE else ()
    return Term(text, kind, weight, taxa, about, reach, spoken, inflection.forms(text, language))


def everyday_words(text: str, scientific: bool) -> list[str]:
    """The words of a name or term, without those that come from a person: "Hermann" of "Hermann's tortoise".

    These have a capital inside a longer name, or a genitive. (So have German nouns: a longer German name gives its others.)
    """
    words = text.replace("*", " ").split()
    if scientific or len(words) < 2:
        return words
    return [word for word in words if not word[0].isupper() and not re.search(r"['’]s?$", word)]
