"""One person taken out of texts by all that the check of a notice would find of them. Pure."""

import json
from collections.abc import Collection
from string import ascii_letters, ascii_lowercase, ascii_uppercase
from urllib.parse import quote

from server.core import folding, unmasking
from server.core.striking import STRUCK, Striking
from server.ledger.notices import mentions, names


class StrikingOut(Striking):
    """Strikes, beside whole names, what the check of a notice would find: parts, other orders, disguises, handles.

    A part that is an everyday word goes with its whole name, after a title and where somebody is addressed.
    """

    def __init__(self, known_by: Collection[str], address: str, words: Collection[str] = ()) -> None:
        super().__init__(known_by, address, words)
        self._people = names.People.of([names.Identity(name, address) for name in self.names], words)
        self._whole = names.People.of([names.Identity(name, address) for name in self.names], words)
        for found in (self._whole.alone, self._whole.stems, self._whole.parts):
            found.clear()  # who is met in an ad that is none of theirs is somebody else of that name
        self._whole.masked = {unmasking.skeleton(word) for word in self._whole.whole}

    def near(self, text: str) -> str:
        return mentions.struck(super().near(text), self._people, STRUCK)

    def anywhere(self, text: str) -> str:
        return mentions.struck(super().anywhere(text), self._whole, STRUCK)

    def needles(self) -> set[str]:
        parts = {part for name in self.names for part in names.WORD.findall(name) if len(part) >= names.SHORTEST}
        parts |= {
            part for part in names.WORD.findall(self.address.partition("@")[0]) if len(part) >= names.SHORTEST_HANDLE
        }
        spelled = {mark.join(part) for part in parts for mark in (" ", ".", "-", "_")}
        wide = {form.translate(_WIDE) for part in parts for form in (part, part.lower(), part.upper(), part.title())}
        plain = {
            form for part in parts for form in (part, part.upper(), part.title(), folding.latin(part), quote(part))
        }
        written = {form for word in plain | spelled | wide for form in (word, json.dumps(word)[1:-1])}
        return super().needles() | {form.translate(_LOWER) for form in written} | {form.lower() for form in written}


_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in ascii_letters}
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)  # as SQLite's lower() does; other letters stay
