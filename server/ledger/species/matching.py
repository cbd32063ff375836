"""Which of the lexicon's words an ad uses, and where. Pure.

Each folded view (see `server/core/folding.py`) is searched for all of them at once (`dictionary.py`): the time is linear in
the text whatever the size of the lexicon. What the words amount to is for `judging.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from server.core import folding, unmasking
from server.core.folding import Folded, View
from server.ledger.species import languages
from server.ledger.species.dictionary import Dictionary
from server.ledger.species.terms import POSITIVE, Match, Term, TermKind, TermReach

LONG = (
    5  # letters; a shorter word is matched neither unmasked nor without its accents, and counts in its language alone
)
CLEAR = 7  # letters; from here on a word that speaks for no taxon means the same wherever it stands
MAX_MATCHES = 2000  # in one text; what repeats beyond that adds nothing


class Doubt(IntEnum):
    """When a term that is found may as well be a word of another language."""

    NEVER = 0
    BARE = 1  # where its accents are left out
    ALWAYS = 2


_JOINTS = "-\u2010\u2011\u2012\u2013\u2014_'\u2019`/\t\n\r\x0b\x0c\u2028\u2029"
_SPACES = str.maketrans(dict.fromkeys(_JOINTS, " "))
_GAP = re.compile("  +")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_ACCENTED = re.compile(r"[\u00df-\u024f\u1e00-\u1eff]")
_A_TO_Z = re.compile(r"[a-z]")
_FOREIGN = re.compile(r"[\u0370-\u1dff]")


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


class _Entry:
    """A term, with what each search needs to know of it."""

    __slots__ = (
        "ascii", "doubt", "doubtful", "forms", "kind", "languages", "named", "point", "positive", "tail", "text", "weight",
    )  # fmt: skip

    def __init__(self, term: Term, named: int) -> None:
        self.text, self.forms, self.languages = term.text, term.forms, term.languages
        self.tail = (term.text, term.kind, term.taxa, term.weight, term.about, term.reach)
        self.kind, self.positive = term.kind, term.kind in POSITIVE
        self.weight = -term.weight
        self.ascii = term.text[0].isascii()
        self.doubt = _doubt(term)
        self.doubtful = self.doubt is not Doubt.NEVER  # in a text of ASCII letters alone
        self.named = named  # the number of its text and what it says: twice at one place it is said once
        # What it says of the ad's language; another script says by itself which ones it may be.
        telling = term.languages and term.kind is not TermKind.CONTEXT and in_latin_letters(term.text)
        self.point = (term.text, term.kind is TermKind.TAXON, term.languages) if telling else None


_Found = tuple[int, int, bool, _Entry]  # start, end, whether it is masked
# A term found, as it sorts: start, -end, masked, -weight, number, entry, whether its language is in doubt.
_Hit = tuple[int, int, bool, float, int, _Entry, bool]


class Matcher:
    """The lexicon, ready to search. Safe to share between threads: it never changes once made."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._words: tuple[_Keys, _Keys, _Keys] = ({}, {}, {})
        for term in terms:
            for text in (term.text.removesuffix("*"), *term.forms):
                self._add(text, term)
        numbers: dict[object, int] = {}
        self._native, self._latin, self._masked = (_dictionary(keys, numbers) for keys in self._words)
        del self._words

    def _add(self, text: str, term: Term) -> None:
        as_written, as_latin, masked = self._words
        folded = folding.fold(text)
        native = _plain(folded.native.text)
        latin = native if folded.latin is folded.native else _plain(folded.latin.text)
        if _natively(native, latin):
            _merge(as_written, native, term)
            if _ARABIC.match(native) and not native.startswith("ال"):
                _merge(as_written, "ال" + native, term)
        elif latin != native and len(latin) < LONG:
            _merge(as_written, native, term)
        else:
            _merge(as_latin, latin, term)
            bare = unmasking.letters(folded.latin.text)
            if len(bare) >= LONG and (term.kind in POSITIVE or _is_phrase(term)):
                _merge(masked, bare, term)

    def find(self, text: str, stated: str | None = None, of_platform: Iterable[str] = ()) -> list[Match]:
        """Every term in `text`, in order; of two positive words one inside the other, the longer.

        A word that could be one of another language counts where its own is possible: `stated` is the language that the
        page says it is in, `of_platform` are those of its platform's ads.
        """
        return _matches(text, _longest(self._hits(text, stated, of_platform)))

    def read(
        self, text: str, stated: str | None = None, of_platform: Iterable[str] = ()
    ) -> tuple[list[Match], list[Match]]:
        """What `find` finds, and every term in `text`, shorter ones inside longer ones too."""
        hits = self._hits(text, stated, of_platform)
        return _matches(text, _longest(hits)), _matches(text, hits)

    def _hits(self, text: str, stated: str | None, of_platform: Iterable[str]) -> list[_Hit]:
        folded = folding.fold(text)
        if text.isascii():
            words = _stood(_spaced(folded.latin), self._latin)[:MAX_MATCHES]
            hits: list[_Hit] = [
                (start, -end, False, entry.weight, number, entry, entry.doubtful)
                for number, (start, end, entry) in enumerate(words)
            ]
        else:
            hits = _hits_of(text, self._beyond_ascii(text, folded)[:MAX_MATCHES])
        hits += _hits_of(text, islice(self._unmasked(text, folded), MAX_MATCHES - len(hits)), len(hits))
        if any(hit[6] for hit in hits):
            clear = {hit[5].point for hit in hits if not hit[6] and not hit[2]}
            points = [(languages.SHARED if point[1] else languages.ALONE, point[2]) for point in clear if point]
            possible = languages.possible(folded.native.text, points, stated, of_platform)
            if possible is not None:
                hits = [hit for hit in hits if not hit[6] or not possible.isdisjoint(hit[5].languages)]
        return hits

    def _beyond_ascii(self, text: str, folded: Folded) -> list[_Found]:
        found = [
            (start, end, entry.ascii and _mimics(text[start:end], entry), entry)
            for start, end, entry in _stood(_spaced(folded.native), self._native)
        ]
        for start, end, entry in _stood(_spaced(folded.latin), self._latin):
            stood = text[start:end]
            if stood.isascii() or _spelt_as(stood, entry.text, entry.forms):
                found.append((start, end, _mimics(stood, entry), entry))
        unspaced = unmasking.unwedged(folded.native)
        if unspaced:
            for start, end, entry in self._native.find(unspaced.text):
                first, last = unspaced.span(start, end)
                if last - first > end - start:  # else it was found without taking anything out
                    hidden = len("".join(text[first:last].split())) > end - start  # a space hides nothing
                    found.append((first, last, hidden, entry))
        return found

    def _unmasked(self, text: str, folded: Folded) -> Iterator[_Found]:
        for piece in unmasking.pieces(folded.latin):
            length = len(piece.view.text)
            for start, end, entry in self._masked.anywhere(piece.view.text):
                if (
                    not entry.positive and not piece.tag
                ):  # an innocent phrase is run together in a tag, and hidden nowhere
                    continue
                if piece.spelled or (start == 0 and end >= length - 1) or (piece.tag and (start == 0 or end == length)):
                    first, last = piece.view.span(start, end)
                    stood = text[first:last]
                    if stood.isascii() or not _FOREIGN.search(stood) or _A_TO_Z.search(stood.lower()):
                        hidden = not piece.tag and _disguised(text, piece.view)
                        yield first, last, hidden or _mimics(stood, entry), entry


def compile(terms: Iterable[Term]) -> Matcher:
    """A matcher for `terms`. 40,000 terms and their forms take two seconds; make it once and keep it."""
    return Matcher(terms)


_Keys = dict[str, list[Term]]


def _merge(words: _Keys, key: str, term: Term) -> None:
    """Add a term. Terms that fold alike are one: their taxa together, the heavier weight."""
    same = words.setdefault(key, [])
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


def _dictionary(words: _Keys, numbers: dict[object, int]) -> Dictionary[_Entry]:
    made: dict[int, tuple[_Entry, bool]] = {}  # by the term itself: all its spellings share an entry

    def entry(term: Term) -> tuple[_Entry, bool]:
        if id(term) not in made:
            said = (term.text, term.kind, term.taxa, term.about)
            made[id(term)] = _Entry(term, numbers.setdefault(said, len(numbers))), term.text.endswith("*")
        return made[id(term)]

    return Dictionary({key: [entry(term) for term in terms] for key, terms in words.items()})


def _plain(text: str) -> str:
    return " ".join(text.translate(_SPACES).split())


def _spaced(view: View) -> View:
    """`view` with every gap between words one space, so that "rhino-horn" and "rhino  horn" are alike."""
    text = view.text
    for joint in _JOINTS:
        text = text.replace(joint, " ")
    if "  " not in text:
        return View(text, view.starts, view.ends)
    keep: list[int] = []
    last = 0
    for gap in _GAP.finditer(text):
        keep += range(last, gap.start() + 1)
        last = gap.end()
    keep += range(last, len(text))
    return view.part(_GAP.sub(" ", text), keep)


def _stood(view: View, words: Dictionary[_Entry]) -> list[tuple[int, int, _Entry]]:
    """What `view` holds of `words`, with the places in the original."""
    found = words.find(view.text)
    return found if view.starts is None else [(*view.span(start, end), entry) for start, end, entry in found]


def _is_phrase(term: Term) -> bool:
    return term.kind is TermKind.AGAINST and term.reach is TermReach.PHRASE


def _matches(text: str, hits: list[_Hit]) -> list[Match]:
    new = tuple.__new__  # twice as fast as Match(…)
    tags = "#" in text
    return [
        new(
            Match,
            (
                start,
                -end,
                text[start:-end],
                *entry.tail,
                masked,
                entry.languages,
                tags and text[start - 1 : start] == "#",
            ),
        )
        for start, end, masked, _, _, entry, _ in hits
    ]


def _hits_of(text: str, found: Iterable[_Found], first: int = 0) -> list[_Hit]:
    return [
        (start, -end, masked, entry.weight, number, entry, entry.doubtful and _doubtful(entry, text[start:end], masked))
        for number, (start, end, masked, entry) in enumerate(found, first)
    ]


def _doubtful(entry: _Entry, stood: str, masked: bool) -> bool:
    return not masked and (entry.doubt is Doubt.ALWAYS or stood.isascii())


def _mimics(stood: str, entry: _Entry) -> bool:
    """Whether look-alike letters of another alphabet stand inside a word of Latin letters."""
    return entry.ascii and not stood.isascii() and bool(_FOREIGN.search(stood))


def _disguised(text: str, view: View) -> bool:
    """Whether the piece hides a word, rather than joining two with a hyphen."""
    start, end = view.span(0, len(view.text))
    return not all(c.isalpha() or c in "-/'_" for c in text[start:end])


def _doubt(term: Term) -> Doubt:
    """A short word is doubtful, and any word of up to six letters that speaks for no taxon: Spanish "mantel" is no table
    cloth beside an English clock. What is of another script than Latin letters is nobody's by chance."""
    letters = len(term.text.removesuffix("*"))
    if not term.languages or not in_latin_letters(term.text):
        return Doubt.NEVER
    speaks = bool(term.taxa) and term.kind is not TermKind.AGAINST
    if letters < LONG or (letters < CLEAR and " " not in term.text and not speaks):
        return Doubt.ALWAYS
    return Doubt.NEVER if " " in term.text or term.text.isascii() else Doubt.BARE


@lru_cache(maxsize=4096)
def _spelt_as(text: str, term: str, forms: tuple[str, ...]) -> bool:
    """Whether a text with letters beyond ASCII can be `term`: look-alikes among Latin letters can be, a word written wholly
    in another alphabet is one of that alphabet's; accents of a short word, or other accents than those of `term` and of its
    forms, make it another."""
    written, meant = folding.native(text), folding.native(term.removesuffix("*"))
    if not _ACCENTED.search(written):
        return not (_FOREIGN.search(written) and not _A_TO_Z.search(written))
    if len(written) < LONG:
        return False
    if len(written) != len(meant) or not any(
        a != b and _ACCENTED.match(a) and _ACCENTED.match(b) for a, b in zip(written, meant, strict=True)
    ):
        return True
    return any(folding.native(form) == written for form in forms)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """`hits` in order; of two positive words one inside the other, the longer."""
    kept: list[_Hit] = []
    at, stop = -1, 0  # the place of the last word, and what was kept there
    named: list[int] = []
    reached = -1
    last: tuple[int, int, TermKind] | None = None  # the last positive word kept
    for hit in sorted(hits):
        start, end, _, _, _, entry, _ = hit
        if start != at or end != stop:
            at, stop, named = start, end, []
        elif entry.named in named:
            continue
        if entry.positive:
            # One that is this very word stands beside it: a name of a taxon that is also a trade term.
            same = last is not None and last[0] == start and last[1] == end and last[2] is not entry.kind
            if -end <= reached and not same:
                continue
            reached, last = max(reached, -end), (start, end, entry.kind)
        named.append(entry.named)
        kept.append(hit)
    return kept
