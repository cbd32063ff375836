"""One person's names and address taken out of texts, however they are written: the one place that knows how. Pure.

In the person's own rows a name counts as they write it, whatever word it is. In texts of others and in ads it counts in any
case, with or without accents, in one piece or with signs between its parts; but a name that is nothing but an everyday word
("Rosa") is left there, for it names nobody alone.
"""

import json
import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from urllib.parse import quote

from server.core import folding, name_patterns, urls
from server.core.words import Refused

STRUCK = "[erased]"
_APART = r"(?:[\W_]|%20){0,3}"  # between the parts of a name: "Ana Souza", ana_souza, Ana%20Souza
_LETTER = r"[^\W\d_]"
_SITE = re.compile(r" *https?:/*[^/?#]*", re.IGNORECASE)  # scheme, host and port of an address


class Striking:
    """Takes one person out of texts. `everyday`: words that alone name nobody, folded as texts are."""

    def __init__(self, names: Collection[str], address: str, everyday: Collection[str] = ()) -> None:
        self.address = address
        self.names = {name.strip() for name in names if name_patterns.named([name])}  # those too short would tear holes
        self.telling = {name for name in self.names if not {folding.latin(name), folding.native(name)} & set(everyday)}
        address_ = re.escape(folding.latin(address)).replace("@", "(?:@|%40)")
        self._address = re.compile(rf"(?<![\w.+-]){address_}(?![\w-])")
        self._written = name_patterns.named(self.names)
        self._everywhere = self._found({name for name in self.telling if len(_parts(name)) > 1})
        self._near = self._found(self.telling)

    def own(self, text: str) -> str:
        """A text that belongs to the person: every name counts, as it is written."""
        text = re.sub(re.escape(self.address), STRUCK, text, flags=re.IGNORECASE)
        for pattern in self._written:
            text = pattern.sub(STRUCK, text)
        return self.near(text)

    def near(self, text: str) -> str:
        """A text where a name of one word is likely to mean this person: others' words, and ads that they reported."""
        return self._without(text, self._near)

    def anywhere(self, text: str) -> str:
        """An ad that they had nothing to do with: only their address and a name of several parts are theirs there."""
        return self._without(text, self._everywhere)

    def needles(self) -> set[str]:
        """A text that could name them holds one of these, in lower case, also as JSON and addresses write it."""
        words = {self.address, quote(self.address)}
        for name in self.telling:
            part = max(_parts(name) or [name], key=len)
            words |= {part, part.upper(), part.title(), folding.latin(part), quote(part)}
        return {written.lower() for word in words for written in (word, json.dumps(word)[1:-1])}

    def _found(self, names: Collection[str]) -> list[re.Pattern[str]]:
        patterns = [
            rf"(?<!{_LETTER}){_APART.join(map(re.escape, _parts(folded)))}(?!{_LETTER})"
            for name in names
            for folded in {folding.latin(name), folding.native(name), quote(name).lower()}
            if len(name) >= name_patterns.SHORTEST and _parts(folded)
        ]
        found = [re.compile(pattern) for pattern in sorted(patterns, key=len, reverse=True)]
        return [self._address, *found, *name_patterns.named(map(folding.native, names))]

    def _without(self, text: str, patterns: list[re.Pattern[str]]) -> str:
        folded = folding.fold(text)
        spans = {
            view.span(*found.span())
            for view in (folded.latin, folded.native)
            for pattern in patterns
            for found in pattern.finditer(view.text)
        }
        end, pieces = 0, []
        for start, until in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= end:
                pieces += [text[end:start], STRUCK]
            end = max(end, until)
        return "".join([*pieces, text[end:]])


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", name) if part]


def struck(value: Any, strike: Callable[[str], str]) -> Any:
    """A value of a column, text or JSON, with every text in it struck."""
    if isinstance(value, str):
        return strike(value)
    if isinstance(value, list):
        return [struck(item, strike) for item in value]
    if isinstance(value, dict):
        return {strike(key): struck(item, strike) for key, item in value.items()}
    return value


def kept_open(strike: Callable[[str], str]) -> Callable[[str], str]:
    """The same, but a text that is an address stays one, of the same site: only path, query and fragment are struck."""

    def struck_(text: str) -> str:
        site = _SITE.match(text)
        if not site or not _opens(text):
            return strike(text)
        left = site[0] + strike(text[site.end() :])
        return left if _opens(left) else f"{site[0]}/{STRUCK}"

    return struck_


def _opens(address: str) -> bool:
    try:
        urls.read(address)
    except Refused:
        return False
    return True


def moved(places: Iterable[Sequence[Any]], text: str, left: str) -> list[list[Any]]:
    """Places in a text, [start, end, …], where they stand in what is left of it; those that were struck are left out."""
    runs, at, to = [(0, 0, 0)], 0, 0  # start and end of what stayed, and by how much it moved
    for piece in left.split(STRUCK):
        start = text.find(piece, at)
        if start >= 0:  # else an encoded piece, which is read anew
            at = start + len(piece)
            runs.append((start, at, to - start))
        to += len(piece) + len(STRUCK)
    starts = [run[0] for run in runs]
    within = ((place, *runs[bisect(starts, place[0]) - 1]) for place in places)
    return [[place[0] + by, place[1] + by, *place[2:]] for place, _, end, by in within if place[1] <= end]
