"""One text folding for everyone: what a text says once its disguises are taken off, with the way back to the original.

Sellers mask words: other alphabets' look-alikes (Cyrillic `і` in `іvory`), full-width or circled letters, invisible
characters. No single folding undoes them all without harm, for the table of look-alikes turns honest Cyrillic into
nonsense. So a text has two views:

- `native`: compatibility forms and case folded (Unicode NFKC, UAX #15), format characters dropped, and the accents of Greek.
  For any script.
- `latin`: besides, look-alikes read as the Latin letter they imitate (Unicode TS #39) and accents dropped.

A view keeps, for each of its characters, where that stood in the original (offsets in code points). Views are made in
time linear in the length of the text, whatever it holds. Figures for letters (`1v0ry`) and signs between letters
(`i.v.o.r.y`) are read in the views by `core/unmasking.py`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data

# A base with more marks than any language writes is cut here, as in Unicode's Stream-Safe Text Format (UAX #15, 13):
# ordering the marks of one endless base takes quadratic time.
MAX_MARKS = 30

# Characters that can change the letter before them: accents, kana voicing, Arabic hamza, two-part Indic vowels, Hangul.
_JOINING = (
    r"\u0300-\u036f\u0483-\u0487\u0653-\u0655\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57"
    r"\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
# Runs of characters that stand alone, and one with what joins it.
_RUNS = re.compile(rf"((?:[^{_JOINING}](?![{_JOINING}]))+)|(.?[{_JOINING}]{{1,{MAX_MARKS}}})", re.DOTALL)
_JOINS = re.compile(f"[{_JOINING}]")

# Scripts written without spaces between words: Thai, Lao, Burmese and Khmer, kana, Chinese signs and marks that repeat one.
UNSPACED = (
    r"\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9f\U00020000-\U0003ffff"
)

# What no reader sees: white space, control and format characters, fillers and selectors, the blank of braille.
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)


def is_blank(text: str | None) -> bool:
    """Whether a text says nothing: it is missing, empty, or of characters alone that nobody sees."""
    return not text or _UNSEEN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class View:
    """A folded text and the way back. `starts` is None where the view is the original letter for letter, `ends` where each
    of its characters comes of one character."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stood in the original, in code points."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.ends[end - 1] if self.ends else self.starts[end - 1] + 1

    def part(self, text: str, keep: list[int]) -> "View":
        """A view that reads `text`, each of whose characters comes of the one of this view at the place in `keep`."""
        if self.starts is None:
            return View(text, keep)
        return View(text, [self.starts[i] for i in keep], [self.ends[i] for i in keep] if self.ends else None)


@dataclass(frozen=True, slots=True)
class Folded:
    """Both views of one text."""

    native: View
    latin: View


def fold(text: str) -> Folded:
    """The views of `text`. Never fails: lone surrogates and NUL are characters like others."""
    if text.isascii():
        view = View(text.lower())
        return Folded(view, view)
    if _JOINS.search(text):
        return _joined(text)
    unsettled, unread = _unsettled()
    native = _swapped(View(text), unsettled, _NATIVE)
    return Folded(native, _swapped(native, unread, _READ))


def _swapped(view: View, which: re.Pattern[str], table: dict[str, str]) -> View:
    """`view` with each character that `which` finds folded as `table` has it: most are swapped for one other."""
    text, wide = view.text, ""
    changed = {char: folded for char in set(which.findall(text)) if (folded := table[char]) != char}
    for char, folded in changed.items():
        if len(folded) != 1 or folded in changed:
            wide += char
        else:
            text = text.replace(char, folded)
    if not wide:
        return View(text, view.starts, view.ends)
    parts: list[str] = []
    keep: list[int] = []
    last = 0
    for match in re.finditer(f"[{re.escape(wide)}]", view.text):
        at, folded = match.start(), table[match.group()]
        parts += (text[last:at], folded)
        keep += range(last, at)
        keep += [at] * len(folded)
        last = at + 1
    keep += range(last, len(text))
    return view.part("".join((*parts, text[last:])), keep)


def _joined(text: str) -> Folded:
    """The views of a text in which characters join what stands before them."""
    native, latin = _Builder(), _Builder()
    for match in _RUNS.finditer(text):
        alone, joined = match.groups()
        if alone:
            native.extend([_NATIVE[c] for c in alone], match.start())
            latin.extend([_LATIN[c] for c in alone], match.start())
        else:
            folded = _native(joined)
            native.add(folded, *match.span())
            latin.add("".join(map(_latin, folded)), *match.span())
    return Folded(native.view(), latin.view())


def native(text: str) -> str:
    """`text` as its native view reads."""
    return fold(text).native.text


def latin(text: str) -> str:
    """`text` as its Latin view reads. Honest Cyrillic, Greek and the like come out mangled: compare those natively."""
    return fold(text).latin.text


class _Builder:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def extend(self, parts: list[str], start: int) -> None:
        """Each of `parts` is what one character, the first at `start`, was folded to."""
        text = "".join(parts)
        self.parts.append(text)
        if len(text) == len(parts) and all(parts):  # one for each
            self.starts += range(start, start + len(parts))
            self.ends += range(start + 1, start + 1 + len(parts))
        else:
            starts = [offset for offset, part in enumerate(parts, start) for _ in part]
            self.starts += starts
            self.ends += [offset + 1 for offset in starts]

    def add(self, part: str, start: int, end: int) -> None:
        self.parts.append(part)
        self.starts.extend([start] * len(part))
        self.ends.extend([end] * len(part))

    def view(self) -> View:
        return View("".join(self.parts), self.starts, self.ends)


class _Table(dict[str, str]):
    """What each character folds to, found out once."""

    def __init__(self, fold_one: Callable[[str], str]) -> None:
        self.fold_one = fold_one

    def __missing__(self, char: str) -> str:
        self[char] = folded = self.fold_one(char)
        return folded


def cased(text: str) -> str:
    """Without its case. Greek capitals have no accent and Romanian ș and ț mostly a cedilla: each is spelt one way."""
    return text.translate(_ONE_SPELLING).casefold()


def _native(cluster: str) -> str:
    """One character with what joins it, folded natively."""
    folded = unicodedata.normalize("NFKC", cased(unicodedata.normalize("NFKC", cluster)))
    return "".join(c for c in folded if unicodedata.category(c) != "Cf" and not _SILENT.match(c))


def _latin(char: str) -> str:
    """One natively folded character, read as Latin."""
    if char.isascii():
        return char
    letter = _SPELLED_OUT.get(char) or _look_alikes().get(char)
    if letter:
        return letter
    base = unicodedata.normalize("NFD", char)
    if len(base) > 1:
        return "".join(_latin(c) for c in base)
    if re.match(f"[{_JOINING}]", char):
        return ""
    # By sound, for the few that look like one letter: small capitals, squared and regional letters. Emoji and the
    # scripts no one mistakes for Latin stay as they are.
    sound = anyascii(char).lower()
    return sound if len(sound) == 1 and sound.isalnum() and unicodedata.category(char) in ("So", "Ll", "Lm") else char


_ONE_SPELLING = str.maketrans("ΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰȘȚșț", "ΑΕΗΙΟΥΩΙΥαεηιουωιυιυŞŢşţ")
# Variation selectors, the Arabic stretching stroke and vowel signs carry no word.
_SILENT = re.compile(r"[\ufe00-\ufe0f\u0640\u064b-\u0652]")
_SPELLED_OUT = {"ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ø": "o", "ł": "l", "ı": "i"}


@cache
def _look_alikes() -> dict[str, str]:
    """Characters that look like one ASCII letter or figure (Unicode confusables, by confusable-homoglyphs)."""
    table = {}
    for char, likes in confusables_data.items():
        if len(char) == 1 and not char.isascii():
            letter = next((like["c"].lower() for like in likes if like["c"].isascii() and like["c"].isalnum()), "")
            if letter and len(letter) <= 2:
                table[char] = letter
    return table


_NATIVE = _Table(_native)
_LATIN = _Table(lambda char: "".join(map(_latin, _native(char))))
_READ = _Table(_latin)


# What folds to itself, so that most of a text need not be looked at one by one. Each character of the scripts that ads are in
# is asked for once; Chinese signs and Korean syllables fold natively to themselves (Unicode's stability policy).
_ASKED = range(0x80, 0x3100)
_CJK, _SYLLABLES = "\u3400-\u4dbf\u4e00-\u9fff", "\uac00-\ud7a3"


@cache
def _unsettled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the characters that may fold natively to something else, and those that may read otherwise in Latin."""
    asked = [*map(chr, _ASKED)]
    native = "".join(char for char in asked if _NATIVE[char] == char)
    read = "".join(char for char in asked if _READ[char] == char)
    likes = "".join(char for char in _look_alikes() if re.match(f"[{_CJK}]", char))
    return (
        re.compile(f"[^\x00-@\\[-\x7f{_CJK}{_SYLLABLES}{native}]"),
        re.compile(f"[^\x00-\x7f{_CJK}{read}]" + (f"|[{likes}]" if likes else "")),
    )
