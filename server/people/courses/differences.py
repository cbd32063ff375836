"""How two states of a text differ: in form alone, in words, or in a fact. Pure.

Commas, markup, line breaks and corrected misspellings are form. Figures, names, links and the words that make a rule (not, must,
only, illegal, …), that count (two, dozen, …) or measure (days, grams, …) are facts, and so is their order. Other words say the same differently, or something else: that no program can tell, so an author
says which it is (`changes`), and a fact is never taken for it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from itertools import pairwise

SHOWN = 8  # words of a difference that an author is shown
TOKEN = re.compile(r"https?://\S+|\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[€$£¥%§<>≤≥=+×°]")
SENTENCE_ENDS = '.!?:…“”"(•|'
FORCE = frozenset(
    [
        "no", "not", "never", "none", "nobody", "nothing", "nor", "neither", "cannot", "without", "must", "may", "only",
        "always", "unless", "except", "until", "before", "after", "legal", "illegal", "lawful", "unlawful", "allowed",
        "forbidden", "banned", "protected", "required", "open", "closed",
    ]
)  # fmt: skip
NUMBERS = frozenset(
    [
        "zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
        "seventy", "eighty", "ninety", "hundred", "thousand", "million", "dozen", "half", "third", "thirds", "quarter", "twice",
        "double",
    ]
)  # fmt: skip
UNITS = frozenset(
    [
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year",
        "years", "gram", "grams", "kilogram", "kilograms", "tonne", "tonnes", "ton", "tons", "centimetre", "centimetres",
        "metre", "metres", "kilometre", "kilometres", "litre", "litres", "percent", "mg", "g", "kg", "mm", "cm", "m", "km",
    ]
)  # fmt: skip
STATING = FORCE | NUMBERS | UNITS


class Difference(IntEnum):
    """How far two states of a text are apart."""

    NONE = 0
    FORM = 1  # misspellings were corrected
    WORDS = 2
    FACT = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """How far two texts are apart, and the first words that say so, before and after."""

    difference: Difference
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word, a figure or a link as it stands, and whether it is a name: capital, though no sentence begins there."""

    text: str
    name: bool

    @property
    def folded(self) -> str:
        """For comparison: without case, with one kind of apostrophe."""
        return self.text.casefold().replace("’", "'")

    @property
    def fact(self) -> str:
        """What it states as a fact; "" for an ordinary word."""
        folded = self.folded
        if folded.endswith("n't"):
            return "not"
        states = self.name or not STATING.isdisjoint(folded.split("-")) or not folded[0].isalpha() or "://" in folded
        return folded if states else ""


def tokens(text: str) -> list[SaidWord]:
    """The words, figures, signs and links of a text."""
    found = []
    for match in TOKEN.finditer(text):
        before = text[: match.start()].rstrip(" \n\t‘'—–-")
        begins = not before or before[-1] in SENTENCE_ENDS
        found.append(SaidWord(match[0].rstrip(".,;)"), match[0][0].isupper() and not begins))
    return found


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Every word that stands in `texts`: a word of these is no misspelling."""
    return frozenset(token.folded for text in texts for token in tokens(text))


def compare(before: str, after: str, known: Collection[str] = ()) -> Compared:
    """How far `after` is from `before`. `known`: the words in use (`vocabulary`)."""
    old, new = tokens(before), tokens(after)
    matcher = SequenceMatcher(None, [t.folded for t in old], [t.folded for t in new], autojunk=False)
    changes = [(old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    if not changes:
        return Compared(Difference.NONE)
    real = [change for change in changes if not _mended(*change, known)]
    first = real[0] if real else changes[0]
    shown = [" ".join(token.text for token in side[:SHOWN]) for side in first]
    if not real:
        return Compared(Difference.FORM, *shown)
    if facts := _facts(old, new, real):
        return Compared(Difference.FACT, *facts)
    return Compared(Difference.WORDS, *shown)


def _facts(
    old: list[SaidWord], new: list[SaidWord], real: list[tuple[list[SaidWord], list[SaidWord]]]
) -> tuple[str, str] | None:
    """The facts that differ, of what is really another: on one side alone, or in another order; None when none does.

    A word that makes a rule binds what stands beside it: it is another rule, too, where it moved past other words.
    """
    names = {token.folded for token in (*old, *new) if token.name}

    def facts(side: Iterable[SaidWord]) -> list[str]:
        said = (token.folded if token.folded in names else token.fact for token in side)
        return [fact for fact in said if fact]

    before, after = (Counter(fact for change in real for fact in facts(change[side])) for side in (0, 1))
    if before != after:
        return " ".join((before - after).elements()), " ".join((after - before).elements())
    if (ordered := facts(old)) != (now := facts(new)):
        at = next(at for at, pair in enumerate(zip(ordered, now, strict=True)) if pair[0] != pair[1])
        return " ".join(ordered[at : at + SHOWN]), " ".join(now[at : at + SHOWN])
    return _bound_otherwise(old, new, real)


def _bound_otherwise(
    old: list[SaidWord], new: list[SaidWord], real: list[tuple[list[SaidWord], list[SaidWord]]]
) -> tuple[str, str] | None:
    """The first word that makes a rule and now stands before a word that only moved, with that word; before and after."""
    moved = {t.folded for change in real for t in change[0]} & {t.folded for change in real for t in change[1]}

    def bindings(side: list[SaidWord]) -> list[tuple[SaidWord, SaidWord]]:
        return [(force, bound) for force, bound in pairwise(side) if force.fact in FORCE]

    for before, after in zip(bindings(old), bindings(new), strict=False):
        if before[1].folded != after[1].folded and {before[0].folded, before[1].folded, after[1].folded} & moved:
            return " ".join(token.text for token in before), " ".join(token.text for token in after)
    return None


def _mended(old: list[SaidWord], new: list[SaidWord], known: Collection[str]) -> bool:
    """Whether the new words are the old ones with their misspellings corrected."""
    if len(old) != len(new):
        return "".join(t.folded for t in old) == "".join(t.folded for t in new) and not _any_fact(old + new)
    return all(_misspelt(before, after, known) for before, after in zip(old, new, strict=True))


def _any_fact(of: list[SaidWord]) -> bool:
    return any(token.fact for token in of)


def _misspelt(old: SaidWord, new: SaidWord, known: Collection[str]) -> bool:
    """Whether a word that nobody uses became one that is a letter away; in a name no letter becomes another one."""
    before, after = old.folded, new.folded
    if before == after:
        return True
    named = old.name or new.name
    if before in known or before in STATING or after in FORCE or not (before[0].isalpha() and after[0].isalpha()):
        return False
    if min(len(before), len(after)) < 3 or before[0] != after[0] or "://" in before + after:
        return False
    if len(before) == len(after):
        off = [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
        swapped = (
            len(off) == 2 and off[1] == off[0] + 1 and before[off[0] : off[1] + 1] == after[off[0] : off[1] + 1][::-1]
        )
        return swapped or (len(off) == 1 and not named)
    short, long = sorted((before, after), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
