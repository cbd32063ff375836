"""The worklist: what one spotter searches in one week, and how long that takes. Pure.

A spotter gives about three hours a week (WWF-Singapore's rounds: at least three, cyberspotter.wwf.sg). The list is terms x
platforms: a few platforms, so that nobody signs in at twenty, and on each the terms that were searched least recently. It
is drawn from the week, the person and what was searched before the week began: it stays the same the whole week, and two
people get different ones.
"""

import hashlib
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

MINUTES = 180  # a volunteer's week
DEFAULT = 6.0  # minutes a search takes, until somebody's own are known; ours to judge
ENOUGH = 5  # searches after which somebody's own minutes are believed
SHORTEST, LONGEST = 2.0, 20.0  # minutes an estimate may say: a list of between 9 and 90 searches
PLATFORMS = 5  # at most so many in one person's week
TOGETHER = 2  # minutes; two searches recorded closer than that were recorded together
BREAK = 30  # minutes; after a longer pause nobody knows what was searching and what was tea
SIGNS = "und"  # the language of emoji and other signs: everybody's


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """What is searched for. `groups`: the species groups it speaks of; `taxa`: the taxa; `found`: confirmed ads have it."""

    text: str
    language: str
    groups: tuple[str, ...] = ()
    taxa: tuple[str, ...] = ()
    found: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A platform that can be searched. `languages`: those its ads are written in; empty: any."""

    slug: str
    languages: tuple[str, ...] = ()

    def speaks(self, language: str) -> bool:
        """Whether ads in `language` are to be found there."""
        return not self.languages or language == SIGNS or language in self.languages


@dataclass(frozen=True, slots=True)
class Row:
    """One search of the list."""

    term: SearchTerm
    platform: str


def own_words(typed: str) -> str:
    """Words of a spotter's own as they are kept: without capitals, so that they are one term however they were typed.

    Sites search without them, too. Never longer than what was typed.
    """
    return typed.replace("İ", "i").lower()


def wanted(
    terms: Sequence[SearchTerm], groups: Collection[str], languages: Collection[str], avoids: Collection[str] = ()
) -> list[SearchTerm]:
    """The terms of the round's `groups` (empty: all) in the person's `languages`; signs are in everybody's.

    Without any that also speaks of a group that the person leaves out (`avoids`).
    """
    return [
        term
        for term in terms
        if (term.language in languages or term.language == SIGNS)
        and (not groups or set(groups) & set(term.groups))
        and not set(avoids) & set(term.groups)
    ]


def languages(reads: Collection[str], scope: Collection[str], of_round: Collection[str]) -> tuple[str, ...]:
    """In which languages somebody searches: those they read, within their accreditation's scope and the round's.

    Who has not said what they read reads what the scope names, else English.
    """
    mine = set(reads or scope or ("en",))
    return tuple(sorted(mine & set(scope or mine) & set(of_round or mine)))


def plan(
    who: str, week: date, terms: Sequence[SearchTerm], places: Sequence[Place], last: Mapping[tuple[str, str], date],
    minutes: float = DEFAULT,
) -> tuple[Row, ...]:  # fmt: skip
    """The searches of `who` in the week that begins on `week`, a term's together: about three hours of them, or all there are.

    last: by (platform, term) the day it was last searched by anybody, before `week`; what is not in it never was.
    minutes: what one search takes.
    """
    count = round(MINUTES / min(max(minutes, SHORTEST), LONGEST))
    languages = {term.language for term in terms}
    places = [place for place in places if any(place.speaks(language) for language in languages)]
    by_place: dict[str, date] = {}
    by_term: dict[str, date] = {}
    for (slug, text), at in last.items():
        by_place[slug] = max(by_place.get(slug, at), at)
        by_term[text] = max(by_term.get(text, at), at)
    chosen = sorted(places, key=lambda place: (by_place.get(place.slug, date.min), _mixed(who, week, place.slug)))
    chosen = chosen[:PLATFORMS]
    ordered = sorted(
        terms, key=lambda term: (by_term.get(term.text, date.min), _mixed(who, week, term.text), term.language)
    )
    rows: dict[tuple[str, str], Row] = {}
    for term in ordered:
        for place in chosen:
            if len(rows) < count and place.speaks(term.language):
                rows.setdefault((place.slug, term.text), Row(term, place.slug))
    return tuple(rows.values())


def _mixed(who: str, week: date, what: str) -> str:
    """An order that is everybody's own, and the same at every look within a week."""
    return hashlib.sha256(f"{who}\0{week}\0{what}".encode()).hexdigest()


def estimate(own: Sequence[float], everybody: Sequence[float]) -> float:
    """Minutes a search takes: the median of one's own, else of everybody's, else six. Never below 2 or above 20."""
    for known in (own, everybody):
        if len(known) >= ENOUGH:
            return float(min(max(statistics.median(known), SHORTEST), LONGEST))
    return DEFAULT


def took(before: datetime | None, at: datetime, guess: float) -> int:
    """Minutes a search recorded `at` took, when its spotter does not say: since the one recorded `before` it.

    Two that were recorded together, and the first after a pause, took as long as a search takes (`guess`).
    """
    gone = (at - before).total_seconds() / 60 if before else None
    return round(gone if gone is not None and TOGETHER <= gone <= BREAK else guess)
