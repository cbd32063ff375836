"""What a model reads of an ad's text: its words, its pairs of words, and pieces of words, each a bucket of a fixed table. Pure.

The buckets are hashes (the hashing trick: Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"), so a
model keeps weights and no words; which word a weight belongs to is found again in the ad at hand. Pieces of three to five
letters, within a word and its edges, carry inflections and misspellings, and the languages that put no space between words.

Everything is made for many texts at once, in a few passes of numpy over their code points.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.core import folding

READ = 1000  # characters of a text: a title, and what a description begins with
LONGEST = 40  # characters of a word; a longer one is no word
LONGEST_FIGURES = 4  # digits of a word; with more it is the number of something
PIECES = (3, 4, 5)
WORD_BUCKETS, PIECE_BUCKETS = 1 << 17, 1 << 18
BUCKETS = WORD_BUCKETS + PIECE_BUCKETS  # words and pairs of words stand first, pieces behind
CHUNK = 4096  # texts worked on at once
COUNTED = 1 << 20  # features counted at once: numpy makes 64 bits of each first

Integers = NDArray[np.uint64]
# Letters and figures, with the marks that Arabic, Devanagari and their like write beside them; or a run without spaces.
_MARKS = r"\u0300-\u036f\u064b-\u0670\u0900-\u0dff"
_WORD = re.compile(rf"[{folding.UNSPACED}]+|(?:[^\W_{folding.UNSPACED}]|[{_MARKS}])+")
_UNSPACED = re.compile(f"[{folding.UNSPACED}]")
_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_PAIR, _MIX = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xFF51AFD7ED558CCD)
_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place of every feature, for the texts in their order. The arrays have one entry for each occurrence."""

    words: list[list[str]]  # of each text
    text: NDArray[np.int64]  # which text
    word: NDArray[np.int64]  # which word of it; of a pair the first
    bucket: NDArray[np.int64]
    paired: NDArray[np.bool_]  # it is a pair of that word and the next


@dataclass(frozen=True, slots=True)
class Features:
    """The different buckets of each text, ascending: those of text i are `bucket[start[i] : start[i + 1]]`.

    middle[i]: where among them its pieces begin.
    """

    bucket: NDArray[np.uint32]
    start: NDArray[np.int64]
    middle: NDArray[np.int64]


def frequencies(features: Features) -> NDArray[np.int64]:
    """How many of the texts have each bucket."""
    counts = np.zeros(BUCKETS, np.int64)
    for start in range(0, len(features.bucket), COUNTED):
        counts += np.bincount(features.bucket[start : start + COUNTED], minlength=BUCKETS)
    return counts


def words(text: str) -> list[str]:
    """The words of a text as a model reads them, in their order. Of a script without spaces, every two signs are one."""
    folded = unicodedata.normalize("NFKC", text[:READ]).casefold()
    found: list[str] = []
    for match in _WORD.finditer(folded):
        word = match.group()
        if _UNSPACED.match(word):
            found += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        elif len(word) <= LONGEST and sum(sign.isdigit() for sign in word) <= LONGEST_FIGURES:
            found.append(word)
    return found


def occurrences(texts: Sequence[str]) -> Occurrences:
    """Where each feature of each text stands."""
    read = [words(text) for text in texts]
    counts = np.fromiter((len(each) for each in read), np.int64, len(read))
    text_of = np.repeat(np.arange(len(read)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    number = np.arange(len(text_of)) - first
    joined = "".join(f" {' '.join(each)} " for each in read if each)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    space = codes == _SPACE
    starts = np.flatnonzero(space[:-1] & ~space[1:]) + 1
    whole = _hashes(codes, space, starts)
    pairs = np.flatnonzero(text_of[1:] == text_of[:-1]) if len(text_of) else np.zeros(0, np.int64)
    found = [
        (np.arange(len(text_of)), _bucket(whole, WORD_BUCKETS)),
        (pairs, _bucket(whole[pairs] * _PAIR + whole[pairs + 1], WORD_BUCKETS)),
    ]
    word_at = np.cumsum(np.concatenate(([False], space[:-1] & ~space[1:]))) - 1
    for length in PIECES:
        at, hashed = _pieces(codes, space, length)
        found.append((word_at[at + 1], _bucket(hashed, PIECE_BUCKETS) + WORD_BUCKETS))
    which = np.concatenate([word for word, _ in found])
    paired = np.zeros(len(which), np.bool_)
    paired[len(text_of) : len(text_of) + len(pairs)] = True
    return Occurrences(read, text_of[which], number[which], np.concatenate([b for _, b in found]), paired)


def _hashes(codes: Integers, space: NDArray[np.bool_], starts: NDArray[np.int64]) -> Integers:
    """A hash of each word, from sums of its code points weighted by powers that grow along all the texts."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    inside = np.where(space, np.uint64(0), codes)
    begin = np.zeros(len(codes), np.int64)
    begin[starts] = starts
    place = np.arange(len(codes)) - np.maximum.accumulate(begin)
    powers = np.multiply.accumulate(np.full(LONGEST + 3, _BASE, np.uint64))
    weighted = inside * powers[np.minimum(place, LONGEST + 2)]
    return np.add.reduceat(weighted, starts)


def _pieces(codes: Integers, space: NDArray[np.bool_], length: int) -> tuple[NDArray[np.int64], Integers]:
    """Where the pieces of this length begin, and their hashes. A space stands only at their edges: they keep to one word."""
    places = len(codes) - length + 1
    if places <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    hashed = np.full(places, np.uint64(length), np.uint64)
    good = np.ones(places, np.bool_)
    for offset in range(length):
        hashed = hashed * _BASE + codes[offset : offset + places]
        if 0 < offset < length - 1:
            good &= ~space[offset : offset + places]
    at = np.flatnonzero(good)
    return at, hashed[at]


def _bucket(hashed: Integers, buckets: int) -> NDArray[np.int64]:
    mixed = hashed ^ (hashed >> np.uint64(33))
    mixed = mixed * _MIX
    mixed ^= mixed >> np.uint64(33)
    return (mixed & np.uint64(buckets - 1)).astype(np.int64)


def features(texts: Sequence[str]) -> Features:
    """The different features of each text."""
    buckets, starts, middles, base = [], [np.zeros(1, np.int64)], [], 0
    for begin in range(0, len(texts), CHUNK):
        chunk = texts[begin : begin + CHUNK]
        there = occurrences(chunk)
        keys = np.sort((there.text * BUCKETS + there.bucket).astype(np.uint32))
        if len(keys):
            keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        edges = np.arange(len(chunk) + 1, dtype=np.int64) * BUCKETS
        start = np.searchsorted(keys, edges.astype(np.uint64))
        middles.append(base + np.searchsorted(keys, (edges[:-1] + WORD_BUCKETS).astype(np.uint64)))
        starts.append(base + start[1:])
        buckets.append(keys % np.uint32(BUCKETS))
        base += len(keys)
    empty = np.zeros(0, np.uint32)
    return Features(
        np.concatenate(buckets or [empty]), np.concatenate(starts), np.concatenate(middles or [np.zeros(0, np.int64)])
    )
