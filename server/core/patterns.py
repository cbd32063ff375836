"""Listing patterns, which find a listing's number in an address. RE2: linear in the length of the address whatever an
operator writes (https://github.com/google/re2/wiki/Syntax). Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from server.core.sentences import sentence
from server.core.words import Refused

MAX_PATTERN = 300  # characters of a listing pattern
MAX_NUMBER = 100  # characters; a longer match is not a listing number: the pattern matches too much
ANY_CASE = "(?i)"
HOST = "^//"
_MANY = 3  # from so many patterns on, one search that tells which of them match is faster than each by itself
_LARGE = 20_000  # instructions; RE2 compiles no set that exceeds its memory, and one that nearly does gains nothing


@dataclass(frozen=True, slots=True)
class ListingPattern:
    """A compiled pattern. Searched is ASCII in bytes: an address has its escapes written out."""

    compiled: Any
    parts: tuple[int, ...]  # the groups id and id2
    more: tuple[int, ...]  # the other named groups, in their order
    names_host: bool
    any_case: bool

    def number(self, text: bytes) -> str | None:
        """The number in a text, or None."""
        match = self.compiled.search(text)
        if not match:
            return None
        parts = [match[group] for group in self.parts]
        if not all(parts):
            return None
        parts += [part for group in self.more if (part := match[group])]
        joined = b"-".join(parts).decode()
        if len(joined) > MAX_NUMBER:
            return None
        return joined.lower() if self.any_case else joined

    def places(self, text: bytes) -> list[int]:
        """Where its named groups begin in a text, -1 for one that found nothing; empty when the pattern does not match."""
        match = self.compiled.search(text)
        return [match.start(group) for group in (*self.parts, *self.more)] if match else []


@lru_cache(maxsize=4096)
def pattern(text: str) -> ListingPattern:
    """The listing pattern `text`, compiled. Its named group `id` is the listing's number; a number in two parts has
    its second in `id2` (Shopee counts within a shop). Any other named group is part of the number where the address has
    it: `seller`, one of many who sell what `id` names (Amazon), or `comment`, below what `id` names (Telegram).

    One that begins with `^//` is searched in //host/path?query, where the host says what the path means (youtu.be). One
    that begins with `(?i)` finds a number whose case means nothing: it is kept in lower case (names on Telegram).

    Raises Refused("invalid") with one sentence when RE2 does not know it or it could not name a listing.
    """
    if len(text) > MAX_PATTERN:
        raise _refused(sentence("A listing pattern may have at most %(most)s characters.", most=MAX_PATTERN))
    try:
        compiled = re2.compile(text, _quiet())
    except re2.error as problem:
        raise _refused(
            sentence(
                "RE2 does not accept the listing pattern %(pattern)s: %(reason)s.",
                pattern=repr(text),
                reason=problem.args[0].decode(errors="replace"),
            )
        ) from None
    groups = compiled.groupindex
    if "id" not in groups:
        raise _refused(
            sentence("The listing pattern %(pattern)s has no group (?P<id>…) for the number.", pattern=repr(text))
        )
    names_host = text.removeprefix(ANY_CASE).startswith(HOST)
    if compiled.search("//www.example.com/" if names_host else "/"):
        raise _refused(
            sentence(
                "The listing pattern %(pattern)s finds a number where there is none: in the path /.", pattern=repr(text)
            )
        )
    return ListingPattern(
        compiled,
        parts=tuple(groups[name] for name in ("id", "id2") if name in groups),
        more=tuple(sorted(group for name, group in groups.items() if name not in ("id", "id2"))),
        names_host=names_host,
        any_case=text.startswith(ANY_CASE),
    )


class Patterns:
    """A platform's patterns, in their order."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.each = [pattern(text) for text in texts]
        self._by_path = [index for index, each in enumerate(self.each) if not each.names_host]
        self._by_host = [index for index, each in enumerate(self.each) if each.names_host]
        self._set = None
        size = sum(self.each[index].compiled.programsize for index in self._by_path)
        if len(self._by_path) >= _MANY and size < _LARGE:
            self._set = re2.Set.SearchSet(_quiet())
            for index in self._by_path:
                self._set.Add(texts[index])
            self._set.Compile()

    def number(self, host: str, path_and_query: str) -> str | None:
        """The number by the first pattern that finds one, or None."""
        text = path_and_query.encode("ascii")
        by_path = self._by_path if self._set is None else [self._by_path[i] for i in self._set.Match(text) or ()]
        for index in sorted(by_path + self._by_host):
            each = self.each[index]
            number = each.number(b"//" + host.encode("ascii") + text if each.names_host else text)
            if number is not None:
                return number
        return None


@lru_cache(maxsize=1024)
def patterns(texts: tuple[str, ...]) -> Patterns:
    """A platform's patterns, compiled once."""
    return Patterns(texts)


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options


def _refused(sentence: str) -> Refused:
    return Refused("invalid", sentence)
