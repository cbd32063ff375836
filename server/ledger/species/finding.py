"""Which words the lexicon lacks: those that over-appear in ads that were confirmed, against ads that were dismissed. Pure.

A seller counts once for each word, however many ads they have: a shop's own phrase is not a trade term. A word is
proposed when, of the sellers whose ads were confirmed, more use it than chance explains: Fisher's exact test, one-sided,
with the false discovery rate of Benjamini and Hochberg (1995) over all the words tried: of those proposed, one in twenty is
there by chance.

What says who somebody is never becomes a word: addresses, numbers and the seller's own name are taken out of an ad before
it comes here, figures make no word, and neither does what is only ever written with a capital letter, as names are.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, lgamma
from typing import NamedTuple

from server.core import folding
from server.ledger.species import languages, matching
from server.ledger.species.matching import Matcher
from server.ledger.species.terms import TermKind

CASES = 5  # confirmed cases with the word
SELLERS = 3  # different sellers among them
BY_CHANCE = 0.05  # of the words proposed
TIMES = 3.0  # as common among confirmed ads as among dismissed ones, at least
EXAMPLES = 3
MOST = 50  # proposed by one run
WORDS = 3  # in a phrase
SHORTEST = 3  # letters of a word that has spaces around it
SIGNS = {"th": (4, 10)}  # signs of a word that is written without spaces, by script; else 2 to 4
LONGER = 0.8  # of the cases of a word also have the phrase that holds it: then the phrase is the word


class FoundState(StrEnum):
    """Where a word stands that was found."""

    PROPOSED = "proposed"
    APPROVED = "approved"  # by two coordinators: it is in the lexicon
    DECLINED = "declined"


class DecidedAd(NamedTuple):
    """An ad whose case was decided. `text` is without addresses, numbers and the seller's name; `seller`: a key, or ""."""

    case_id: str
    text: str
    confirmed: bool
    seller: str
    taxon: str | None


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word to propose, with its evidence. `chance`: how likely it is without any cause, before the correction."""

    text: str
    key: str
    language: str  # ISO 639-1; "und": a sign, or nothing is known
    taxon: str | None  # the most frequent one of the ads that have it
    confirmed: int  # cases
    dismissed: int
    sellers: int  # of the confirmed ones
    chance: float
    first: str  # the oldest confirmed case
    examples: tuple[str, ...]  # the newest ones, each of another seller as far as there are


@dataclass(slots=True)
class _Seen:
    """Where a word was seen."""

    confirmed: dict[str, str] = field(default_factory=dict)  # case -> seller
    dismissed: dict[str, str] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    lower: bool = False  # ever written without a capital


def find(ads: Sequence[DecidedAd], matcher: Matcher, never: Collection[str] = ()) -> list[FoundWord]:
    """The words to propose, the least likely to be chance first.

    never: keys (`matching.key`) of what is not to be proposed, nor a part of it, nor a phrase with it.
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    spoken: dict[str, str] = {}
    taxa: dict[str, str | None] = {}
    for ad in ads:
        spoken[ad.case_id], taxa[ad.case_id] = _language(ad.text), ad.taxon
        for word in set(_candidates(ad.text, matcher)):
            here = seen[matching.key(word)]
            (here.confirmed if ad.confirmed else here.dismissed)[ad.case_id] = ad.seller or ad.case_id
            here.written[word] += 1
            here.lower = here.lower or word == word.lower()
    whole = [len({ad.seller or ad.case_id for ad in ads if ad.confirmed is verdict}) for verdict in (True, False)]
    tried = {
        key: here
        for key, here in seen.items()
        if key and here.lower
        and len(here.confirmed) >= CASES and _sellers(here.confirmed) >= SELLERS
        and not _known(min(here.written), matcher)
        and not any(_holds(key, other) or _holds(other, key) for other in never)
    }  # fmt: skip
    found = []
    for key, here in tried.items():
        few, many = len(set(here.confirmed.values())), len(set(here.dismissed.values()))
        if few * whole[1] >= TIMES * many * whole[0]:
            chance = fisher(few, whole[0], many, whole[1])
            found.append(_found(key, here, chance, spoken, taxa))
    found = _beyond_chance(found, len(tried))
    return sorted(_whole_phrases(found, tried), key=lambda each: (each.chance, -each.confirmed, each.key))[:MOST]


def _beyond_chance(found: Iterable[FoundWord], tried: int) -> list[FoundWord]:
    """The likeliest of them, so many that `BY_CHANCE` of them are there by chance (Benjamini and Hochberg)."""
    ordered = sorted(found, key=lambda each: each.chance)
    last = max((rank for rank, each in enumerate(ordered, 1) if each.chance * tried <= BY_CHANCE * rank), default=0)
    return ordered[:last]


def fisher(few: int, confirmed: int, many: int, dismissed: int) -> float:
    """How likely at least `few` of `confirmed` have a word by chance, given that `few + many` of all have it.

    The upper tail of the hypergeometric distribution, 0 to 1.
    """
    having, everybody = few + many, confirmed + dismissed
    ways = _choose(everybody, having)
    tail = (
        exp(_choose(confirmed, number) + _choose(dismissed, having - number) - ways)
        for number in range(few, min(confirmed, having) + 1)
        if having - number <= dismissed
    )
    return min(1.0, sum(tail))


def _choose(of: int, number: int) -> float:
    return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)


def _sellers(cases: dict[str, str]) -> int:
    """Different sellers, those that nobody knows left out."""
    return len({seller for case, seller in cases.items() if seller != case})


def _found(key: str, word: _Seen, chance: float, spoken: dict[str, str], taxa: dict[str, str | None]) -> FoundWord:
    cases = word.confirmed
    text = min(word.written, key=lambda written: (written != written.lower(), -word.written[written], written))
    signs = all(not sign.isalnum() for sign in text)
    said = Counter(spoken[case] for case in cases if spoken[case] != "und")
    meant = Counter(taxon for case in cases if (taxon := taxa[case]))
    return FoundWord(
        text,
        key,
        max(said, key=said.__getitem__) if said and not signs else "und",
        max(meant, key=meant.__getitem__, default=None),
        len(cases),
        len(word.dismissed),
        _sellers(cases),
        chance,
        min(cases),
        tuple(_examples(cases)),
    )


def _examples(cases: dict[str, str]) -> Iterator[str]:
    """The newest cases, those of other sellers first."""
    newest = sorted(cases, reverse=True)
    first = {cases[case]: case for case in reversed(newest)}
    yield from [*first.values(), *(case for case in newest if case not in first.values())][:EXAMPLES]


def _whole_phrases(found: Iterable[FoundWord], tried: dict[str, _Seen]) -> Iterator[FoundWord]:
    """Of a word and a phrase that holds it, one: the phrase where the word is nearly always part of it."""
    found = list(found)
    dropped = set()
    for short in found:
        for long in found:
            if short.key != long.key and _holds(long.key, short.key):
                part = len(tried[long.key].confirmed) >= LONGER * len(tried[short.key].confirmed)
                dropped.add(short.key if part else long.key)
    return (each for each in found if each.key not in dropped)


def _holds(long: str, short: str) -> bool:
    """Whether a key is the other, or a phrase with it."""
    return f" {short} " in f" {long} " or (bool(_UNSPACED.match(short)) and short in long)


# --- The words of a text ---------------------------------------------------------------------------------------------

_LINE = re.compile(
    r"[^\n\r.!?;:,()\[\]{}<>|/\\\"“”«»•…،؛؟。！？、，；：]+"
)  # words on two sides of a sign are no phrase
_UNSPACED = re.compile(rf"[{folding.UNSPACED}]+")
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff"
_WORD = re.compile(rf"(?:[^\W\d_{folding.UNSPACED}]|[{_MARKS}])+(?:['’-](?:[^\W\d_{folding.UNSPACED}]|[{_MARKS}])+)*")
_COMMON = frozenset(word for words in languages.COMMON.values() for word in words.split())
_THAI = re.compile(r"[\u0e00-\u0e7f]+")


def _known(word: str, matcher: Matcher) -> bool:
    """Whether a word is made of the lexicon's words alone: "tame", "price", "tame baby"."""
    at = 0
    for match in sorted(matcher.find(word), key=lambda match: match.start):
        if word[at : match.start].strip():
            return False
        at = max(at, match.end)
    return not word[at:].strip()


def _candidates(text: str, matcher: Matcher) -> Iterator[str]:
    """What could be a trade term: all but what the lexicon knows to stand for a taxon or to be an innocent use, and
    but the parts of its other words: "hand" of "hand reared"."""
    matches = matcher.find(text)
    parts = [(match.start, match.end) for match in matches]
    at = 0
    ends = sorted((match.start, match.end) for match in matches if match.taxa or match.kind is TermKind.AGAINST)
    for start, end in [*ends, (len(text), len(text))]:
        if start > at:
            for first, last in _pieces(text[at:start]):
                if not any(begin <= at + first and at + last <= stop for begin, stop in parts):
                    yield " ".join(text[at + first : at + last].split())
        at = max(at, end)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where words, phrases, pieces of what has no spaces, and emoji begin and end."""
    for line in _LINE.finditer(text):
        words = list(_WORD.finditer(text, *line.span()))
        for at, first in enumerate(words):
            for number, last in enumerate(words[at : at + WORDS], 1):
                phrase = text[first.start() : last.end()].split()
                if len(phrase) == number and _says(phrase):
                    yield first.start(), last.end()
        for run in _UNSPACED.finditer(text, *line.span()):
            least, most = SIGNS["th"] if _THAI.match(run[0]) else (2, 4)
            for start in range(run.start(), run.end()):
                if unicodedata.category(text[start])[0] != "M":  # no sign begins with its mark
                    yield from ((start, start + size) for size in range(least, most + 1) if start + size <= run.end())
        for at in range(*line.span()):
            if unicodedata.category(text[at]) == "So":
                yield at, at + 1


def _says(phrase: Sequence[str]) -> bool:
    """Whether a phrase can be a trade term: it neither begins nor ends with a word of any grammar."""
    ends = {folding.native(phrase[0]), folding.native(phrase[-1])}
    return not ends & _COMMON and all(len(word) >= SHORTEST for word in (phrase[0], phrase[-1]))


def _language(text: str) -> str:
    """The language a text is in, as far as its words tell, or "und"."""
    native = folding.native(text)
    for language, letters in languages.SCRIPTS.items():
        if len(re.findall(f"[{letters}]", native)) * 3 > len(native):
            return language
    possible = languages.possible(native) or frozenset()
    return next(iter(possible)) if len(possible) == 1 else "und"
