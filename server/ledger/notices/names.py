"""The people of the programme as texts may write them: what to look for so that nobody is named. Pure.

A part of a name counts alone when it is no everyday word: "Souza" does, "Rosa" does not, for ivory may be pink. Names in
scripts without spaces are looked for whole. What is found, and how, stands in `mentions.py`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from server.core import folding, name_patterns, unmasking
from server.core.everyday import PARTICLES
from server.core.mailboxes import without_tag

SHORTEST = 3  # letters of a part that counts alone; "Al" or "Li" would be found in every other text
SHORTEST_HANDLE = 4  # letters: of an address before its @, of a name with figures for letters, of one run together
MOST_PARTS = 4  # of a name, in every order; the rest of a longer name counts part by part


class Identity(NamedTuple):
    """Whom a text must not name. A name or an alias, and an email address."""

    name: str
    email: str


_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff"
WORD = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+")
UNSPACED = re.compile(rf"[{folding.UNSPACED}\uac00-\ud7a3]")
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_JOINED = re.compile(r"(?<=[^\W\d_])[-'’`´.](?=[^\W\d_])")  # O'Brien, Al-Rashid


def bare(word: str) -> str:
    """A folded word without accents."""
    if word.isascii():
        return word
    split = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f]", "", split))


def _parts(text: str) -> list[str]:
    """The parts of a name, folded; letters alone. Latin ones read as the Latin view reads them."""
    words = WORD.findall(folding.native(text))
    parts = (folding.latin(word) if "LATIN" in unicodedata.name(word[0], "") else bare(word) for word in words)
    return [part for part in parts if part]  # an accent by itself is none


def _spellings(name: str) -> set[str]:
    """A name with its umlauts, and as passports and keyboards without them write it."""
    return {name, name.translate(_SPELLED_OUT), re.sub(r"(?i)([aou])e", r"\1", name)}


@lru_cache(maxsize=4)
def everyday(words: frozenset[str]) -> frozenset[str]:
    """Words that alone name nobody, folded as texts are."""
    return frozenset(part for word in words for part in _parts(word))


def is_one_everyday_word(name: str, everyday: Collection[str]) -> bool:
    """Whether a name is a single everyday word once its disguises are off: `Іvory`, `1v0ry`, `Rosa Rosa`, `The Rosa`."""
    words = re.findall(r"[^\W_]+", folding.native(name))
    disguised = _skeletons(frozenset(everyday))
    different = set()
    for word in words:
        read, skeleton = bare(word), unmasking.skeleton(word)
        masked = (bool(re.search(r"[a-z0-9]", word)) and not word.isalpha()) or _mixed(word)
        if read not in everyday and not (masked and skeleton in disguised):
            return False
        if read not in PARTICLES:
            different.add(skeleton or read)
    return len(different) < 2


def _mixed(word: str) -> bool:
    return 0 < sum("a" <= bare(letter) <= "z" for letter in word) < len(word)


@lru_cache(maxsize=4)
def _skeletons(words: frozenset[str]) -> frozenset[str]:
    return frozenset(unmasking.skeleton(word) for word in words if len(word) >= SHORTEST)


def read_as(name: str) -> str:
    """What a name is read as: alike for names that differ in spaces, signs, the order of words or a disguise."""
    return "".join(sorted(map(unmasking.skeleton, name.split())))


@dataclass(slots=True)
class People:
    """The people of the programme, made ready to be looked for in many texts. `everyday`: see the function of this name."""

    everyday: Collection[str]
    alone: set[str] = field(default_factory=set)  # words that name somebody wherever they stand
    whole: set[str] = field(default_factory=set)  # whole names, run together
    masked: set[str] = field(default_factory=set)  # skeletons of the two
    parts: dict[str, set[tuple[int, int]]] = field(default_factory=dict)  # part -> (whose, which of them)
    emails: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)  # of words in languages that change a name's end
    unspaced: list[re.Pattern[str]] = field(default_factory=list)

    @classmethod
    def of(cls, people: Iterable[Identity], everyday: Collection[str]) -> "People":
        """Everybody who must not be named."""
        made = cls(everyday)
        for number, person in enumerate(people):
            for spelling in _spellings(person.name):
                made._add_name(number, spelling)
            made._add_email(person.email)
        made.masked = {unmasking.skeleton(word) for word in made.alone | made.whole if len(word) >= SHORTEST_HANDLE}
        return made

    def can_be_found(self) -> bool:
        """Whether a text that names one of these people can be told from one that does not."""
        return bool(self.alone or self.whole or self.unspaced)

    def _tells(self, word: str, shortest: int = SHORTEST) -> bool:
        return len(word) >= shortest and word not in self.everyday and word not in PARTICLES

    def _add_name(self, number: int, name: str) -> None:
        if UNSPACED.search(name):
            self._add_unspaced(name)
        parts = [part for part in _parts(name) if not UNSPACED.search(part)]
        for place, part in enumerate(parts):
            if part not in PARTICLES and len(part) > 1:
                self.parts.setdefault(part, set()).add((number, place))
            if self._tells(part):
                self.alone |= {part, part.removeprefix("ال")}
                self.stems.add(stem(part))
                if self._tells(part + "s", 5):
                    self.alone.add(part + "s")  # "Souzas Fund"
        joined = [*parts, *(part for chunk in name.split() for part in _parts(_JOINED.sub("", chunk)))]
        self.alone |= {part for part in joined if self._tells(part, SHORTEST_HANDLE)}
        alias = re.sub(r"[^a-z0-9]", "", folding.latin(name))
        if len(alias) >= SHORTEST_HANDLE and re.search(r"[a-z].*\d|\d.*[a-z]", alias):
            self.alone.add(alias)  # otter42
        if len(parts) < 2:
            return
        orders = permutations(parts) if len(parts) <= MOST_PARTS else [parts, parts[::-1]]
        self.whole |= {whole for order in orders if self._tells(whole := "".join(order), SHORTEST_HANDLE)}
        for part in parts:  # asouza, souza.a
            for other in parts:
                if other != part and part not in PARTICLES and other not in PARTICLES:
                    self.alone |= {
                        handle for handle in (other[0] + part, part + other[0]) if self._tells(handle, SHORTEST_HANDLE + 1)
                    }  # fmt: skip

    def _add_unspaced(self, name: str) -> None:
        chunks = [chunk for chunk in re.split(r"[\s·・.．,，_-]+", folding.native(name)) if chunk]
        orders = permutations(chunks) if len(chunks) <= MOST_PARTS else [chunks]
        wanted = {"".join(order) for order in orders}
        self.unspaced += name_patterns.named(word for word in wanted if word not in self.everyday)
        hangul = [word for word in wanted if re.fullmatch(r"[\uac00-\ud7a3]{2}", word) and word not in self.everyday]
        self.unspaced += [re.compile(rf"(?<![\uac00-\ud7a3]){word}") for word in hangul]

    def _add_email(self, email: str) -> None:
        folded = folding.latin(email)
        self.emails.add(without_tag(folded))
        local = folded.partition("@")[0].partition("+")[0]
        pieces = WORD.findall(local)
        self.alone |= {word for word in (*pieces, "".join(pieces)) if self._tells(word, SHORTEST_HANDLE)}
        handle = re.sub(r"[^a-z0-9]", "", local)
        if len(handle) > SHORTEST_HANDLE and pieces and re.search(r"\d", handle):
            self.alone.add(handle)  # jm1975


_STEM = re.compile(r"(?<=[а-яіїє]{3})(?:ая|ои|ии|ыи|[аяоеиьы])$|(?<=sk|ck|dz)(?:i|a|y)$")


def stem(part: str) -> str:
    """A name without the ending that Slavic languages change: Соколов-а, Kowalsk-i."""
    return _STEM.sub("", part)
