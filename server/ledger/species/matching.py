"""Which of the lexicon's words an ad uses, and where. Pure.

One pass of an Aho-Corasick automaton over each folded view (see `server/folding.py`), then a word-boundary check: the
time is linear in the text whatever the size of the lexicon. What the words amount to is for `judging.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import ahocorasick

from server.core import folding
from server.core.folding import View
from server.ledger.species import languages

LONG = (
    5  # letters; a shorter word is matched neither unmasked nor without its accents, and counts in its language alone
)
CLEAR = 7  # letters; from here on a word that names no taxon means the same wherever it stands
MAX_MATCHES = 2000  # in one text; what repeats beyond that adds nothing


class TermKind(StrEnum):
    """What a term says: the name of a taxon, a trader's word, a use that is innocent, or what kind of text it stands in."""

    TAXON = "taxon"
    TRADE = "trade"
    AGAINST = "against"
    CONTEXT = "context"


POSITIVE = frozenset({TermKind.TAXON, TermKind.TRADE})


class About(StrEnum):
    """What a word that names no taxon is about. Alone it says nothing."""

    # A trader's word
    GOODS = "goods"  # skull, tusk, skin
    LIVE = "live"  # cub, hatchling
    OFFER = "offer"  # for sale, price
    REAL = "real"  # genuine, not a replica
    # A word of context (see context.py)
    WANTED = "wanted"  # looking for
    NEWS = "news"  # seized, poaching
    TEACHING = "teaching"  # did you know
    FAKE = "fake"  # faux, resin
    PAPERS = "papers"  # certificate
    CITES = "cites"
    NO_PAPERS = "no_paper"  # without papers
    ANTIQUE = "antique"
    PRE_CONVENTION = "preconv"  # pre-ban
    CAPTIVE_BRED = "bred"
    LEGAL = "legal"


class TermReach(StrEnum):
    """How far an against-term speaks."""

    PHRASE = "phrase"  # only against words inside it: "tiger balm"
    NEAR = "near"  # against words beside it: "dress" beside "ivory"
    AD = "ad"  # against the whole ad: "postage stamp"


class Doubt(IntEnum):
    """When a term that is found may as well be a word of another language."""

    NEVER = 0
    BARE = 1  # where its accents are left out
    ALWAYS = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for. A text ending in * may run on (`elfenbein*`). `weight` 0 to 1: how far it goes alone,
    or for an against-term how much it takes away. `taxa` of an against-term: what it speaks against, or anything.
    `languages`: those it is a word of; none for signs and scientific names, which are of all. `forms`: how else it is
    written, in the plural and in its cases."""

    text: str
    kind: TermKind
    weight: float
    taxa: tuple[str, ...] = ()
    about: About | None = None
    reach: TermReach = TermReach.PHRASE
    languages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    doubt: Doubt = Doubt.NEVER  # the matcher's own


class Match(NamedTuple):
    """A term found. `text` is how it stood in the ad, at `start` to `end` in code points."""

    start: int
    end: int
    text: str
    term: str
    kind: TermKind
    taxa: tuple[str, ...]
    weight: float
    about: About | None = None
    reach: TermReach = TermReach.PHRASE
    masked: bool = False
    languages: tuple[str, ...] = ()  # those it is a word of


_JOINTS = {ord(c): " " for c in "-\u2010\u2011\u2012\u2013\u2014_'\u2019`/\t\n\r\x0b\x0c\u2028\u2029"}
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ACCENTED = re.compile(r"[\u00df-\u024f\u1e00-\u1eff]")
_A_TO_Z = re.compile(r"[a-z]")
_FOREIGN = re.compile(r"[\u0370-\u1dff]")
_RUN_ON = re.compile(r"\w*")


def key(text: str) -> str:
    """What a term is known by: two texts with the same key are one word to the matcher."""
    native, latin = (_plain(fold(text.removesuffix("*"))) for fold in (folding.native, folding.latin))
    return native if _natively(native, latin) or (latin != native and len(latin) < LONG) else latin


def _natively(native: str, latin: str) -> bool:
    """Whether a term is looked for as it is written: also where each of its letters looks like a Latin one (`сова`)."""
    return not latin.isascii() or bool(_FOREIGN.match(native))


def in_latin_letters(text: str) -> bool:
    """Whether a term begins with a Latin letter: such words many languages could have."""
    return bool(_LATIN.match(text))


class Matcher:
    """The lexicon, ready to search. Safe to share between threads: it never changes once made."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._native = _Words()
        self._latin = _Words()
        self._masked = _Words()
        for term in terms:
            for text in (term.text.removesuffix("*"), *term.forms):
                self._add(text, term)
        for words in (self._native, self._latin, self._masked):
            words.freeze()

    def _add(self, text: str, term: Term) -> None:
        native, latin = _plain(folding.native(text)), _plain(folding.latin(text))
        if _natively(native, latin):
            self._native.add(native, term)
            if _ARABIC.match(native) and not native.startswith("ال"):
                self._native.add("ال" + native, term)
        elif latin != native and len(latin) < LONG:
            self._native.add(native, term)
        else:
            self._latin.add(latin, term)
            bare = folding.skeleton(text)
            if len(bare) >= LONG and term.kind in POSITIVE:
                self._masked.add(bare, term)

    def find(self, text: str, stated: str | None = None, of_platform: Iterable[str] = ()) -> list[Match]:
        """Every term in `text`, in order; of two positive words one inside the other, the longer."""
        return longest(self.every(text, stated, of_platform))

    def every(self, text: str, stated: str | None = None, of_platform: Iterable[str] = ()) -> list[Match]:
        """Every term in `text`, shorter ones inside longer ones too.

        A word that could be one of another language counts where its own is possible: `stated` is the language that the
        page says it is in, `of_platform` are those of its platform's ads.
        """
        folded = folding.fold(text)
        found = list(islice(self._all(text, folded), MAX_MATCHES))
        doubts = [_doubtful(match, term.doubt) for match, term in found]
        if any(doubts):
            clear = {
                (term.text, term.kind is TermKind.TAXON, term.languages)
                for (match, term), doubtful in zip(found, doubts, strict=True)
                if term.languages
                and not doubtful
                and not match.masked
                and term.kind is not TermKind.CONTEXT
                and in_latin_letters(term.text)  # another script says by itself which languages it may be
            }
            points = [(languages.SHARED if name else languages.ALONE, spoken) for _, name, spoken in clear]
            possible = languages.possible(folded.native.text, points, stated, of_platform)
            if possible is not None:
                found = [
                    (match, term)
                    for (match, term), doubtful in zip(found, doubts, strict=True)
                    if not doubtful or not possible.isdisjoint(term.languages)
                ]
        return [match for match, _ in found]

    def _all(self, text: str, folded: folding.Folded) -> Iterator[tuple[Match, Term]]:
        for words, view in ((self._native, folded.native), (self._latin, folded.latin)):
            if words is self._native and text.isascii():
                continue
            view = _spaced(view)
            for start, end, term in words.find(view.text):
                match = _match(text, view, start, end, term, masked=False)
                if words is self._native or match.text.isascii() or _spelt_as(match.text, term.text):
                    yield match, term
        unspaced = folded.unspaced()
        if unspaced:
            for start, end, term in self._native.find(unspaced.text):
                match = _match(text, unspaced, start, end, term, masked=False)
                if len(match.text) > end - start:  # else it was found without taking anything out
                    hidden = len("".join(match.text.split())) > end - start  # a space hides nothing
                    yield match._replace(masked=hidden), term
        for piece in folded.unmasked():
            length = len(piece.view.text)
            for start, end, term in self._masked.search(piece.view.text):
                whole = start == 0 and end >= length - 1
                if whole or piece.spelled or (piece.tag and (start == 0 or end == length)):
                    hidden = not piece.tag and _disguised(text, piece.view)
                    match = _match(text, piece.view, start, end, term, hidden)
                    if match.text.isascii() or not _FOREIGN.search(match.text) or _A_TO_Z.search(match.text.lower()):
                        yield match, term


def compile(terms: Iterable[Term]) -> Matcher:
    """A matcher for `terms`. 20,000 terms take about a tenth of a second; make it once and keep it."""
    return Matcher(terms)


class _Words:
    """One automaton. Terms that fold alike are one: their taxa together, the heavier weight."""

    def __init__(self) -> None:
        self._terms: dict[str, list[Term]] = {}
        self._automaton = ahocorasick.Automaton()

    def add(self, key: str, term: Term) -> None:
        same = self._terms.setdefault(key, [])
        for i, other in enumerate(same):
            alike = (other.kind, other.about, other.reach) == (term.kind, term.about, term.reach)
            alike = alike and other.text.endswith("*") == term.text.endswith("*")
            if alike and bool(other.taxa) == bool(term.taxa):
                taxa = tuple(dict.fromkeys(other.taxa + term.taxa))
                spoken = tuple(dict.fromkeys(other.languages + term.languages))
                if not other.languages or not term.languages:
                    spoken = ()
                plainest = min(other, term, key=lambda each: not each.text.isascii())  # "leopard" of "léopard"
                weight = max(other.weight, term.weight)
                same[i] = replace(plainest, taxa=taxa, weight=weight, languages=spoken)
                return
        same.append(term)

    def freeze(self) -> None:
        for key, terms in self._terms.items():
            self._automaton.add_word(key, (len(key), [replace(term, doubt=_doubt(term)) for term in terms]))
        if self._terms:
            self._automaton.make_automaton()

    def search(self, text: str) -> Iterator[tuple[int, int, Term]]:
        if self._terms and text:
            for last, (length, terms) in self._automaton.iter(text):
                for term in terms:
                    yield last + 1 - length, last + 1, term

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for start, end, term in self.search(text):
            bounded = _bounded(text, start, end, term.text.endswith("*"))
            if bounded:
                yield start, bounded, term


def _plain(text: str) -> str:
    return " ".join(text.translate(_JOINTS).split())


def _spaced(view: View) -> View:
    """`view` with every gap between words one space, so that "rhino-horn" and "rhino  horn" are alike."""
    text = view.text.translate(_JOINTS)
    if "  " not in text:
        return View(text, view.starts, view.ends)
    keep = [i for i, char in enumerate(text) if char != " " or text[i - 1 : i] != " "]
    starts = keep if view.starts is None else [view.starts[i] for i in keep]
    ends = [i + 1 for i in keep] if view.ends is None else [view.ends[i] for i in keep]
    return View("".join(text[i] for i in keep), starts, ends)


def _bounded(text: str, start: int, end: int, runs_on: bool) -> int | None:
    """Where the word that starts at `start` ends, or None when it is only part of another word.

    Chinese, Japanese and Thai are written without spaces: there no boundary can be asked for, save that a word in
    katakana is not part of a longer one. Korean particles follow the word.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not first.isascii() or not first.isalnum():
        if not first.isalnum() and not _UNSPACED.match(first):
            return end  # an emoji
        if _KATAKANA.match(first) and _KATAKANA.match(last):
            return None if _KATAKANA.match(before) or _KATAKANA.match(after) else end
        if _UNSPACED.match(first):
            return end
    if before.isalnum():
        return None
    if not last.isascii() and _HANGUL.match(last):
        return end
    if runs_on:
        run = _RUN_ON.match(text, end)
        return run.end() if run else end
    if not _goes_on(after):
        return end
    if end - start >= 4 and "a" <= last <= "z":  # a plural
        for suffix in ("s", "es"):
            if text.startswith(suffix, end) and not _goes_on(text[end + len(suffix) : end + len(suffix) + 1]):
                return end + len(suffix)
    return None


def _goes_on(char: str) -> bool:
    return char.isalnum() or "\u0900" <= char <= "\u0dff"  # an Indic vowel sign is no letter by itself


def _match(text: str, view: View, start: int, end: int, term: Term, masked: bool) -> Match:
    where = view.span(start, end)
    words = text[slice(*where)]
    # Look-alike letters of another alphabet inside a word of Latin letters.
    hidden = masked or bool(not words.isascii() and term.text[0].isascii() and _FOREIGN.search(words))
    return Match(
        *where, words, term.text, term.kind, term.taxa, term.weight, term.about, term.reach, hidden, term.languages
    )


def _disguised(text: str, view: View) -> bool:
    """Whether the piece hides a word, rather than joining two with a hyphen."""
    start, end = view.span(0, len(view.text))
    return not all(c.isalpha() or c in "-/'_" for c in text[start:end])


def _doubt(term: Term) -> Doubt:
    """A short word is doubtful, and any single word that names no taxon. What is of another script than Latin letters is
    nobody's by chance."""
    letters = len(term.text.removesuffix("*"))
    if not term.languages or not in_latin_letters(term.text):
        return Doubt.NEVER
    if letters < LONG or (letters < CLEAR and " " not in term.text and not term.taxa):
        return Doubt.ALWAYS
    return Doubt.NEVER if " " in term.text or term.text.isascii() else Doubt.BARE


def _doubtful(match: Match, doubt: Doubt) -> bool:
    return doubt is not Doubt.NEVER and not match.masked and (doubt is Doubt.ALWAYS or match.text.isascii())


@lru_cache(maxsize=4096)
def _spelt_as(text: str, term: str) -> bool:
    """Whether a text with letters beyond ASCII can be `term`: look-alikes among Latin letters can be, a word written wholly
    in another alphabet is one of that alphabet's; accents of a short word, or other accents than those of `term`, make it
    another."""
    written, meant = folding.native(text), folding.native(term.removesuffix("*"))
    if not _ACCENTED.search(written):
        return not (_FOREIGN.search(written) and not _A_TO_Z.search(written))
    if len(written) < LONG:
        return False
    return len(written) != len(meant) or not any(
        a != b and _ACCENTED.match(a) and _ACCENTED.match(b) for a, b in zip(written, meant, strict=True)
    )


def longest(matches: list[Match]) -> list[Match]:
    """`matches` in order; of two positive words one inside the other, the longer alone."""
    matches = sorted(matches, key=lambda m: (m.start, -m.end, m.masked, -m.weight))
    kept: list[Match] = []
    seen: set[tuple[object, ...]] = set()
    reached = -1
    for match in matches:
        key = (match.start, match.end, match.term, match.kind, match.taxa, match.about)
        if key in seen or (match.kind in POSITIVE and match.end <= reached and not _same_span(match, kept)):
            continue
        seen.add(key)
        kept.append(match)
        if match.kind in POSITIVE:
            reached = max(reached, match.end)
    return kept


def _same_span(match: Match, kept: list[Match]) -> bool:
    """Whether the last word kept is this very one (a name of a taxon that is also a cue)."""
    last = next((m for m in reversed(kept) if m.kind in POSITIVE), None)
    return last is not None and (last.start, last.end) == (match.start, match.end) and last.kind is not match.kind
