"""When many new accounts report one seller in a short time, is it a ring? Pure.

Nobody is judged by this: an alarm asks a coordinator to look. It needs enough new accounts (those on probation: nobody has
vouched for them yet), hardly anybody else, and three of five signs. Each sign by itself has an innocent reason: a class that learns together is new
together and begins with the same search, a news story sends many people to one ad at once. People who take part in one
round do the same thing at the same time because they were asked to: there all five are needed.

The figures are this programme's judgement, and stand in `tests/unit/test_surge.py` beside the surges that they tell apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import NamedTuple

WINDOW = timedelta(hours=72)
LEAST_REPORTS = 8
LEAST_NEW = 5  # new accounts
MOSTLY = 0.8  # of those who report the seller are new
MOST = 0.7  # of the new accounts must show a sign
ELSEWHERE = 0.2  # of somebody's reports: with more they do not report one seller alone
ALIKE = 0.6  # of the words of two reasons in common
MANY_TIMES = 4  # as many new accounts as a listing usually has
LITTLE = 0.3  # what the words of the ads amount to, below which they say little
TOGETHER = timedelta(hours=48)
SIGNS_NEEDED = 3
COMPARED = 40  # reasons compared with each other
_WORDS = re.compile(r"\w+")


class Sign(StrEnum):
    """What makes a surge look like a ring."""

    ONLY_HERE = "only_here"  # the new accounts report hardly anything else
    SAME_WORDS = "same_words"  # their reasons are worded alike
    MANY_AT_ONCE = "many_at_once"  # many more new accounts than a listing usually has
    LITTLE_SAID = "little_said"  # the words of the ads are hardly suspicious
    JOINED_TOGETHER = "joined_together"  # their accounts were opened within two days


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who reported the seller within `WINDOW`."""

    new: bool
    joined: datetime
    here: int  # their reports of this seller within the window
    elsewhere: int  # their reports of others, ever
    reasons: tuple[str, ...]
    in_round: bool = False


class Surge(NamedTuple):
    """A surge that looks like a ring, in numbers."""

    reports: int
    accounts: int
    new: int
    signs: tuple[Sign, ...]


def surge(reporters: Sequence[Reporter], words: Sequence[float], usual: float) -> Surge | None:
    """Whether these reporters of one seller look like a ring.

    words: what the words of each of the seller's reported ads amount to, 0 to 1. usual: how many new accounts report a
    listing as a rule, 1 or more.
    """
    new = [reporter for reporter in reporters if reporter.new]
    reports = sum(reporter.here for reporter in new)
    if len(new) < LEAST_NEW or reports < LEAST_REPORTS or len(new) < MOSTLY * len(reporters):
        return None
    most = MOST * len(new)
    signs = {
        Sign.ONLY_HERE: sum(each.elsewhere <= ELSEWHERE * (each.here + each.elsewhere) for each in new) >= most,
        Sign.SAME_WORDS: _worded_alike(new) >= most,
        Sign.MANY_AT_ONCE: len(new) >= MANY_TIMES * usual,
        Sign.LITTLE_SAID: bool(words) and median(words) < LITTLE,
        Sign.JOINED_TOGETHER: _joined_together(new) >= most,
    }
    shown = tuple(sign for sign, there in signs.items() if there)
    in_round = 2 * sum(each.in_round for each in new) > len(new)
    if len(shown) < (len(Sign) if in_round else SIGNS_NEEDED):
        return None
    return Surge(reports, len(reporters), len(new), shown)


def _worded_alike(new: Sequence[Reporter]) -> int:
    """How many of them give a reason in much the same words as somebody else."""
    said = [[frozenset(_WORDS.findall(reason.casefold())) for reason in each.reasons[:3]] for each in new[:COMPARED]]
    alike = sum(
        any(_alike(mine, theirs) for mine in own for j, other in enumerate(said) if j != i for theirs in other)
        for i, own in enumerate(said)
    )
    return round(alike * len(new) / len(said))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) >= ALIKE * len(one | other)


def _joined_together(new: Sequence[Reporter]) -> int:
    """The most of them whose accounts were opened within `TOGETHER`."""
    days = sorted(each.joined for each in new)
    return max(sum(first <= day <= first + TOGETHER for day in days) for first in days)
