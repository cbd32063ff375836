"""The practice lane: what comes next, and whether an answer was right. Pure.

The falling rate is Zooniverse's for Space Warps (Marshall and others 2016): two in five at first, then 30, 20 and 10 per
cent. Whether one is due is drawn from the person and the place in the lane, so that it cannot be told or gamed by
reloading, and the share comes out right for each ten.
"""

import hashlib
import random
from collections.abc import Iterable, Sequence
from enum import StrEnum

from server.people.skill.posterior import Outcome


class Said(StrEnum):
    """What a spotter may say of a listing in the lane."""

    FLAG = "flag"
    INNOCENT = "innocent"
    CANNOT_TELL = "cannot_tell"


class Kind(StrEnum):
    """What stands in the lane: a listing whose answer is known, or a live one on which a second opinion is asked."""

    KNOWN = "known"
    LIVE = "live"


RATES = ((20, 0.4), (50, 0.3), (100, 0.2))  # up to this many listings seen, this share is known
LAST_RATE = 0.1
BLOCK = 10


def rate(seen: int) -> float:
    """The share of known listings for somebody who has seen `seen` in the lane."""
    return next((share for until, share in RATES if seen < until), LAST_RATE)


def known_next(seed: int, seen: int) -> bool:
    """Whether the listing after `seen` others is a known one: fixed shares of each ten, at places drawn from `seed`."""
    block, place = divmod(seen, BLOCK)
    due = round(rate(block * BLOCK) * BLOCK)
    places = random.Random(f"{seed}:{block}").sample(range(BLOCK), due)  # noqa: S311 no secret hangs on it
    return place in places


def next_up(seed: int, seen: int, known: Sequence[str], live: Sequence[str]) -> tuple[Kind, str] | None:
    """What somebody judges after `seen` others, from what is left for them; None: nothing is.

    When one kind has run out the other goes on: who may see nothing live practises on known ones alone.
    """
    kinds = (Kind.KNOWN, Kind.LIVE) if known_next(seed, seen) else (Kind.LIVE, Kind.KNOWN)
    left = {Kind.KNOWN: known, Kind.LIVE: live}
    return next(((kind, left[kind][0]) for kind in kinds if left[kind]), None)


def in_order(seed: int, names: Iterable[str]) -> list[str]:
    """The names in a person's own order, which new names do not change."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest())


def mark(answer: str, truth: str) -> bool | None:
    """Whether an answer to a known listing or a picture was right; None: "cannot tell", which is never wrong."""
    return None if answer == Said.CANNOT_TELL else answer == truth


def outcome(right: bool | None) -> Outcome:
    """What a marked answer counts as."""
    return {True: Outcome.GOLD_RIGHT, False: Outcome.GOLD_WRONG, None: Outcome.CANNOT_TELL}[right]


PRIOR_ANSWERS = 8.0  # as many answers as the author's guess weighs


def difficulty(guess: float, right: int, wrong: int) -> float:
    """The share of people who get a known listing wrong: the author's guess, and more and more what people answered."""
    return (wrong + PRIOR_ANSWERS * guess) / (right + wrong + PRIOR_ANSWERS)


ENOUGH = 10  # answers before anything is said about a known listing: with fewer, "everybody" is soon somebody's bad day
MOST = 0.7  # of the marked answers wrong: the exam's bound for a question that is too hard


class Finding(StrEnum):
    """What the answers say of a known listing, for whoever writes them; the one to look at first comes first."""

    ALL_WRONG = "all_wrong"
    MOST_WRONG = "most_wrong"
    UNSURE = "unsure"
    ALL_RIGHT = "all_right"


def finding(right: int, wrong: int, unsure: int) -> Finding | None:
    """What is to be looked at in a known listing, if anything; `unsure`: "cannot tell"."""
    marked = right + wrong
    if marked + unsure < ENOUGH:
        return None
    if unsure > marked:
        return Finding.UNSURE
    if marked < ENOUGH:
        return None
    if wrong > MOST * marked:
        return Finding.MOST_WRONG if right else Finding.ALL_WRONG
    return None if wrong else Finding.ALL_RIGHT
