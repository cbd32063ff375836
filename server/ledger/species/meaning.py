"""What the foreign words of an ad mean, for a reader who does not speak its language. Pure.

A word is said by its own meaning (`meanings.yaml`), else by those of the words inside it (象牙手镯: ivory, bracelet), else by
the name of the taxon it stands for. What speaks against a suspicion is said only by its own meaning: 仿象牙 is never "ivory".
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.ledger.species.terms import Match, TermKind, TermReach

ENGLISH, SCIENTIFIC = "en", "la"
MOST_NAMES = 2  # of a word that stands for several taxa
MOST_WORDS = 6  # of one text

Meanings = Mapping[tuple[str, str], Mapping[str, Sequence[str]]]  # by word (casefolded) and language


@dataclass(frozen=True, slots=True)
class Meant:
    """A meaning in words, and in which language they are."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word as it stands in the text, its language (None: a sign), and what it means."""

    word: str
    language: str | None
    means: tuple[Meant, ...]


def by_word(meanings: Mapping[str, Mapping[str, Sequence[str]]]) -> Meanings:
    """The meanings of a file, by the words that have them. The English one is its name there, whatever words it has."""
    return {
        (word.casefold(), language): dict(words) | {ENGLISH: (name,)}
        for name, words in meanings.items()
        for language, of_it in words.items()
        for word in of_it
    }


def glosses(
    found: tuple[Sequence[Match], Sequence[Match]],
    meanings: Meanings,
    taxa: Mapping[str, Mapping[str, Any]],
    reader: str,
    stated: Collection[str] = (),
) -> list[Gloss]:
    """The foreign words of one text, in its order and each once.

    found: as `Matcher.read` gives them. taxa: by id, as `store.taxa_for` gives them. reader: a language. stated: the scientific
    names in the notice; a word that stands for several is said by those.
    """
    matches, every = found
    spoken = Counter(language for match in matches for language in match.languages)
    against = [m for m in every if m.kind is TermKind.AGAINST and m.reach is TermReach.PHRASE]
    told: dict[str, Gloss] = {}
    for match in matches:
        language = _language(match, spoken)
        if reader in match.languages or any(_denied(match, phrase) for phrase in against):
            continue
        means = _own(match, meanings, reader)
        if not means and match.kind is not TermKind.AGAINST:
            means = _of_parts(match, every, meanings, reader) or ()
            if not any(_stands_for(part, match) for part in _parts(match, every, meanings)):
                means = (*_names(match, taxa, reader, stated), *means) if match.taxa else means
        means = tuple(dict.fromkeys(meant for meant in means if meant.text.casefold() != match.text.casefold()))
        if means:
            told.setdefault(match.text.casefold(), Gloss(match.text, language, means))
    return list(told.values())[:MOST_WORDS]


def _language(match: Match, spoken: Counter[str]) -> str | None:
    """Of a word of several languages the one that most words of the text are of."""
    if match.languages:
        return max(match.languages, key=lambda each: spoken[each])
    return SCIENTIFIC if match.kind is TermKind.TAXON else None


def _denied(match: Match, phrase: Match) -> bool:
    """Whether an innocent phrase takes a part of it: the ivory of 植物象牙. Of two such phrases the longer is told."""
    if match.kind is TermKind.AGAINST:
        return _inside(match, phrase) and phrase.end - phrase.start > match.end - match.start
    return phrase.start < match.end and match.start < phrase.end


def _inside(match: Match, other: Match) -> bool:
    return other.start <= match.start and match.end <= other.end


def _row(match: Match, meanings: Meanings) -> Mapping[str, Sequence[str]] | None:
    rows = (meanings.get((match.term.casefold(), language)) for language in match.languages)
    return next((row for row in rows if row), None)


def _own(match: Match, meanings: Meanings, reader: str) -> tuple[Meant, ...]:
    row = _row(match, meanings)
    return (_said(row, reader),) if row else ()


def _said(row: Mapping[str, Sequence[str]], reader: str) -> Meant:
    language = reader if reader in row else ENGLISH
    return Meant(row[language][0], language)


def _parts(match: Match, every: Iterable[Match], meanings: Meanings) -> list[Match]:
    """The words inside it that have a meaning, without those inside of these; none of another taxon than its own."""
    inner = [m for m in every if _inside(m, match) and m.end - m.start < match.end - match.start]
    inner = [
        m for m in inner if m.kind is not TermKind.AGAINST and set(m.taxa) <= set(match.taxa) and _row(m, meanings)
    ]
    parts: list[Match] = []
    for each in sorted(inner, key=lambda m: (m.start, -m.end)):
        if not parts or each.start >= parts[-1].end:
            parts.append(each)
    return parts


def _of_parts(match: Match, every: Iterable[Match], meanings: Meanings, reader: str) -> tuple[Meant, ...]:
    rows = (_row(part, meanings) for part in _parts(match, every, meanings))
    return tuple(_said(row, reader) for row in rows if row)


def _stands_for(part: Match, match: Match) -> bool:
    """Whether it says what the longer word is of: the ivory of an ivory bracelet, not the bracelet."""
    return bool(part.taxa) or not match.taxa


def _names(
    match: Match, taxa: Mapping[str, Mapping[str, Any]], reader: str, stated: Collection[str]
) -> tuple[Meant, ...]:
    """What the taxa are called that it stands for: those that the notice names, else the first ones."""
    known = [taxon for taxon in match.taxa if taxon in taxa]
    chosen = [taxon for taxon in known if taxa[taxon]["scientific_name"] in stated] or known
    return tuple(_name(taxa[taxon], reader) for taxon in chosen[:MOST_NAMES])


def _name(taxon: Mapping[str, Any], reader: str) -> Meant:
    own = taxon["called"].get(reader)
    if own:
        return Meant(own, reader)
    common = taxon["common_name"]
    return Meant(common, ENGLISH) if common else Meant(taxon["scientific_name"], SCIENTIFIC)
