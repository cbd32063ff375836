"""Every word of a dictionary that a text holds, with the boundaries that its script sets. Pure.

One pass of an Aho-Corasick automaton: the time is linear in the text whatever the size of the dictionary. A node of
pyahocorasick looks through its children one by one, so words of thousands of signs are spelt in the bytes of UTF-8: no node
has more than 256 children, and no word is found in the middle of a sign.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum, auto
from typing import Generic, TypeVar

import ahocorasick

Entry = TypeVar("Entry")

PLURAL = 4  # letters; a shorter word has no plural in -s or -es

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_RUN_ON = re.compile(r"\w*")
_GAP = frozenset(("", " ", ".", ",", "\n"))  # what most often follows a word


class Edge(IntEnum):
    """Where a word may end."""

    ANYWHERE = auto()
    NO_KATAKANA = auto()  # a word in katakana is not part of a longer one
    PARTICLE = auto()  # Korean particles follow the word
    WORD = auto()
    MANY = auto()  # or in a plural


_ANYWHERE, _NO_KATAKANA = Edge.ANYWHERE, Edge.NO_KATAKANA


_Word = tuple[int, bool, Edge, tuple[tuple[Entry, bool], ...]]  # letters, whether it must stand apart, where it may end


class Dictionary(Generic[Entry]):
    """Words with what each stands for. It never changes, so threads may share it."""

    def __init__(self, words: Mapping[str, Sequence[tuple[Entry, bool]]]) -> None:
        """`words`: by each word as texts are folded, what it stands for and whether it may run on (`elfenbein*`)."""
        self._automaton = ahocorasick.Automaton()
        self._spelt = not all(word.isascii() for word in words)
        for word, entries in words.items():
            self._automaton.add_word(_spelt(word) if self._spelt else word, (len(word), *_edges(word), tuple(entries)))
        self._empty = not words
        if words:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, Entry]]:
        """Start, end and entry of each word that stands in `text` as one of its own, by where they end."""
        found = []
        for last, (length, apart, edge, entries) in self._places(text):
            end = last + 1
            start = end - length
            if apart and start and text[start - 1].isalnum():
                continue
            ends_here = edge is _ANYWHERE or (
                edge is not _NO_KATAKANA and ((follows := text[end : end + 1]) in _GAP or not _goes_on(follows))
            )
            for entry, runs_on in entries:
                stop = end if ends_here and not runs_on else _stop(text, start, end, edge, runs_on)
                if stop:
                    found.append((start, stop, entry))
        return found

    def anywhere(self, text: str) -> list[tuple[int, int, Entry]]:
        """The same without asking for boundaries."""
        return [(last + 1 - word[0], last + 1, entry) for last, word in self._places(text) for entry, _ in word[-1]]

    def _places(self, text: str) -> Iterable[tuple[int, _Word[Entry]]]:
        """Each word with the place of its last letter, whatever stands beside it."""
        if self._empty or not text:
            return ()
        if not self._spelt or text.isascii():
            places: Iterable[tuple[int, _Word[Entry]]] = self._automaton.iter(text)
            return places
        raw = text.encode("utf-8", "surrogatepass")
        counted, at = 0, -1
        found = []
        for last, word in self._automaton.iter(raw.decode("latin-1")):
            if last >= counted:
                at += len(raw[counted : last + 1].decode("utf-8", "surrogatepass"))
                counted = last + 1
            found.append((at, word))
        return found


def _spelt(word: str) -> str:
    return word.encode("utf-8", "surrogatepass").decode("latin-1")


def _edges(word: str) -> tuple[bool, Edge]:
    """Whether a word must not follow a letter or figure, and where it may end.

    Chinese, Japanese and Thai are written without spaces: there no boundary can be asked for, save in katakana.
    """
    first, last = word[0], word[-1]
    if _KATAKANA.match(first) and _KATAKANA.match(last):
        return False, Edge.NO_KATAKANA
    if _UNSPACED.match(first) or not first.isalnum():  # an emoji
        return False, Edge.ANYWHERE
    if _HANGUL.match(last):
        return True, Edge.PARTICLE
    return True, Edge.MANY if len(word) >= PLURAL and "a" <= last <= "z" else Edge.WORD


def _stop(text: str, start: int, end: int, edge: Edge, runs_on: bool) -> int | None:
    """Where the word from `start` to `end` ends, with its plural; None when it is only part of another word."""
    if edge is _ANYWHERE:
        return end
    if edge is _NO_KATAKANA:
        return None if _KATAKANA.match(text[start - 1 : start]) or _KATAKANA.match(text, end) else end
    if edge is Edge.PARTICLE:
        return end
    if runs_on:
        run = _RUN_ON.match(text, end)
        return run.end() if run else end
    if not _goes_on(text[end : end + 1]):
        return end
    if edge is Edge.MANY:
        for suffix in ("s", "es"):
            if text.startswith(suffix, end) and not _goes_on(text[end + len(suffix) : end + len(suffix) + 1]):
                return end + len(suffix)
    return None


def _goes_on(char: str) -> bool:
    """Whether the word goes on. An Indic vowel sign is no letter by itself; a danda (।) ends a sentence."""
    return char.isalnum() or ("\u0900" <= char <= "\u0dff" and char not in "\u0964\u0965")
