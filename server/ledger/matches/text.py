"""Whether two ads have the same text: shingles, the bands they are found by, and how alike two texts are. Pure.

A text is folded (Unicode NFKC, case, look-alike letters and accents as `folding.latin` reads them; invisible characters
dropped; runs of figures read as 0, so that another price changes nothing; signs and emoji read as one space) and cut into
shingles of 5 characters. Shingles that many ads have in common ("free shipping", "please message me") are left out: they
say nothing of what is offered. What is left is compared by the Jaccard index, the share of shingles in common.

To find texts without comparing all: MinHash (Broder 1997) of 80 permutations in 20 bands of 4. Two texts with a Jaccard
index of .5 share a band with a probability of .73, of .6 with .94, of .7 with .997.
"""

import hashlib
import operator
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.core import folding

Hashes = NDArray[np.uint64]

VERSION = 1  # of what a sketch is: another number makes the worker recompute the stored ones
SHINGLE = 5  # characters
BANDS, ROWS = 20, 4
PERMUTATIONS = BANDS * ROWS
CLAIMED = 0.45  # Jaccard index of two texts that are called the same
FEW = 60  # shingles: a text with fewer has to agree better, by chance alone short ads are alike
CLAIMED_OF_FEW = 0.7
CLAIMED_WITHOUT_TITLE = 0.7  # where neither title stands in the other text: what they share may be a shop's own words
TITLE_STANDS, TITLE_MISSING = 0.5, 0.25  # shares of a title's shingles in the other text
SHORTEST = 24  # shingles; a shorter text, such as "ivory bracelet, old", is many people's
LONGEST = 21_000  # characters read of a text: a title and a description at their limits

_FIGURES = re.compile(r"\d+(?: \d+)*")  # 1 250 and 1250 alike
# Signs of which two or three make a word: written twice, so that a shingle spans a word there too.
_DENSE = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff])")


def _numbers(name: str, count: int) -> Hashes:
    """So many numbers that look random and stay the same for ever, for kept sketches must mean the same."""
    digests = (hashlib.sha256(f"{name} {place}".encode()).digest() for place in range(count))
    return np.array([int.from_bytes(digest[:8], "little") for digest in digests], np.uint64)


_FACTORS, _TERMS = _numbers("factor", PERMUTATIONS)[:, None] | np.uint64(1), _numbers("term", PERMUTATIONS)[:, None]
_BAND_FACTORS = tuple(_numbers("band", ROWS) | np.uint64(1))
_MIX = tuple(np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_S27, _S31, _S32 = np.uint64(27), np.uint64(31), np.uint64(32)
NO_HASHES: Hashes = np.empty(0, np.uint64)


class Sketch(NamedTuple):
    """What is kept of a text: the values of its bands (signed, 32 bits), and one byte of each of its 80 minima."""

    bands: tuple[int, ...]
    minima: bytes


class _Signs(dict[int, str]):
    """A translation table: letters, figures and the marks of a script as folded, everything else is a space.

    Sign by sign: what is written in one sign or with a mark of its own folds to the same.
    """

    def __missing__(self, code: int) -> str:
        folded = folding.latin(chr(code))
        self[code] = kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
        return kept


_SIGNS = _Signs()


def folded(text: str) -> str:
    """`text` as it is cut into shingles."""
    words = " ".join(text[:LONGEST].translate(_SIGNS).split())
    words = _FIGURES.sub("0", words)
    return words if words.isascii() else _DENSE.sub(r"\1\1", words)


def hashes(text: str) -> Hashes:
    """The hashes of all shingles of a folded text, sorted, each once."""
    signs = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(signs) < SHINGLE + 1:
        return NO_HASHES
    last = len(signs) - SHINGLE + 1
    mixed = signs[:last].copy()
    for place in range(
        1, SHINGLE
    ):  # 21 bits hold any character: the first three fill the word, the others are mixed in
        mixed *= _MIX[0]
        mixed ^= signs[place : last + place]
    mixed ^= mixed >> _S31
    mixed *= _MIX[1]
    mixed ^= mixed >> _S27
    mixed *= _MIX[2]
    mixed ^= mixed >> _S31
    return _each_once(mixed)


def _each_once(values: Hashes) -> Hashes:
    values.sort()
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new]


def common(phrases: Iterable[str]) -> Hashes:
    """The shingles of phrases that any ad may have: what `shingles` leaves out."""
    every = [hashes(folded(phrase)) for phrase in phrases]
    return _each_once(np.concatenate(every)) if every else NO_HASHES


def shingles(text: str, left_out: Hashes) -> Hashes:
    """The shingles of a text that say something, by their hashes, sorted."""
    return without(hashes(folded(text)), left_out)


def without(values: Hashes, left_out: Hashes) -> Hashes:
    """Those of `values` that are not in `left_out`; both sorted."""
    if not len(left_out) or not len(values):
        return values
    beside = left_out.take(left_out.searchsorted(values), mode="clip")
    kept: Hashes = values[beside != values]
    return kept


def sketch(values: Hashes) -> Sketch | None:
    """What the text with these shingles is found by. None: it is too short to be told from another."""
    if len(values) < SHORTEST:
        return None
    permuted = _FACTORS * values
    permuted += _TERMS
    minima = permuted.min(axis=1)
    minima >>= _S32
    mixed = np.zeros(BANDS, np.uint64)
    for row, factor in zip(minima.reshape(BANDS, ROWS).T, _BAND_FACTORS, strict=True):
        mixed ^= row
        mixed *= factor
        mixed ^= mixed >> _S31
    bands = (mixed >> _S32).astype(np.uint32).view(np.int32)
    return Sketch(tuple(bands.tolist()), minima.astype(np.uint8).tobytes())


def estimate(minima: bytes, other: bytes) -> float:
    """What two sketches say of the Jaccard index of their texts: right to about .06, one in 256 agrees by chance."""
    agreeing: int = sum(map(operator.eq, minima, other))
    return agreeing / PERMUTATIONS


def jaccard(first: Hashes, second: Hashes) -> float:
    """The share of the shingles of both that they have in common, 0 to 1."""
    shared = _shared(first, second)
    every = len(first) + len(second) - shared
    return shared / every if every else 0.0


def _shared(first: Hashes, second: Hashes) -> int:
    return len(first) - len(without(first, second)) if len(second) else 0


class Text(NamedTuple):
    """A text to compare: its shingles, and those of its title (its first line, where it has more than one)."""

    shingles: Hashes
    title: Hashes


def read(text: str, left_out: Hashes) -> Text:
    """A text as it is compared."""
    title, _, rest = text.partition("\n")
    return Text(shingles(text, left_out), shingles(title, left_out) if rest.strip() else NO_HASHES)


def distance(first: Text, second: Text) -> float | None:
    """How far the two are from having the same text: 1 less their Jaccard index. None: they have not.

    A short text has to agree better. So have two whose titles do not stand in the other text: one shop's ads for different
    goods share its conditions, in words that no list has.
    """
    if min(len(first.shingles), len(second.shingles)) < SHORTEST:
        return None
    index = jaccard(first.shingles, second.shingles)
    needed = CLAIMED if min(len(first.shingles), len(second.shingles)) >= FEW else CLAIMED_OF_FEW
    if needed <= index < CLAIMED_WITHOUT_TITLE and len(first.title) and len(second.title):
        stands = (_in(first.title, second.shingles) + _in(second.title, first.shingles)) / 2
        missing = (TITLE_STANDS - stands) / (TITLE_STANDS - TITLE_MISSING)
        needed += (CLAIMED_WITHOUT_TITLE - needed) * missing
    return round(1 - index, 4) if index >= needed else None


def _in(part: Hashes, whole: Hashes) -> float:
    """The share of `part` that is in `whole`."""
    return _shared(part, whole) / len(part)
