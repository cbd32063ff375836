"""What is known of a person's skill: a Beta posterior over "judges a listing of medium difficulty rightly". Pure.

The idea of gold-standard data with a person's skill learnt from it is Zooniverse's (Swanson and others 2016, Snapshot
Serengeti; Marshall and others 2016, Space Warps); the weights below are this programme's own and are tried in
`benchmarks/skill.py`.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PRIOR = 2.0  # judgements for and against before anything is known: a half, and very unsure of it
TYPICAL = 0.2  # of five people, one gets a listing of usual difficulty wrong; so too where nobody knows: live listings


class Outcome(StrEnum):
    """What became of one judgement: an answer in the practice lane, or a report."""

    GOLD_RIGHT = "gold_right"
    GOLD_WRONG = "gold_wrong"
    CANNOT_TELL = "cannot_tell"
    NOTIFIED = "notified"  # a coordinator found it worth a notice; no company has answered yet
    ACTED = "acted"  # the company removed or restricted it: it agreed
    NOT_VIOLATING = "not_violating"  # the company disagreed with spotter and coordinator
    DISMISSED_INNOCENT = "dismissed_innocent"  # a coordinator found an innocent listing
    DISMISSED_OTHERWISE = "dismissed_otherwise"  # gone already, a duplicate, out of scope: says nothing of skill


# How much one outcome counts, for (positive) or against (negative). "Cannot tell" is never wrong. When a company
# disagrees after a coordinator has agreed, two trained people differ: the spotter is neither credited nor blamed.
COUNTS: dict[Outcome, float] = {
    Outcome.GOLD_RIGHT: 1.0,
    Outcome.GOLD_WRONG: -1.0,
    Outcome.CANNOT_TELL: 0.0,
    Outcome.NOTIFIED: 0.7,
    Outcome.ACTED: 1.0,
    Outcome.NOT_VIOLATING: 0.0,
    Outcome.DISMISSED_INNOCENT: -1.0,
    Outcome.DISMISSED_OTHERWISE: 0.0,
}


def after(before: Outcome | None, now: Outcome) -> Outcome:
    """The outcome that a report keeps when another comes later: nobody is punished for a later change of mind.

    Not for the company's, and not for ours: who flagged what a coordinator first found worth a notice was not careless.
    """
    if before is Outcome.ACTED and COUNTS[now] < COUNTS[before]:
        return before
    if before in (Outcome.NOTIFIED, Outcome.NOT_VIOLATING) and now is Outcome.DISMISSED_INNOCENT:
        return Outcome.DISMISSED_OTHERWISE
    return now


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement that can be scored. `difficulty` is the share of people who get such a listing wrong, 0 to 1."""

    outcome: Outcome
    difficulty: float = TYPICAL


@dataclass(frozen=True, slots=True)
class Skill:
    """A Beta distribution. `right` and `wrong` are what it has seen, weighted by difficulty; the prior is not in them."""

    right: float = 0.0
    wrong: float = 0.0
    judged: int = 0  # judgements that counted

    @property
    def mean(self) -> float:
        """The likeliest share of right judgements, 0 to 1."""
        a, b = self.right + PRIOR, self.wrong + PRIOR
        return a / (a + b)

    def above(self, share: float) -> float:
        """The probability that the true share is above `share`."""
        return 1.0 - beta_cdf(share, self.right + PRIOR, self.wrong + PRIOR)

    def interval(self) -> tuple[float, float]:
        """The span that holds the true share with a probability of 0.8, as much outside below as above."""
        a, b = self.right + PRIOR, self.wrong + PRIOR
        return beta_quantile(0.1, a, b), beta_quantile(0.9, a, b)


def skill(judgements: Iterable[Judgement]) -> Skill:
    """The skill that these judgements speak for.

    A listing of usual difficulty counts one. A harder one counts more when judged rightly and less when not: whoever
    misses what nearly everybody sees has shown more than who misses what half of us miss.
    """
    right = wrong = 0.0
    judged = 0
    for judgement in judgements:
        counts, harder = COUNTS[judgement.outcome], min(max(judgement.difficulty, 0.0), 1.0) - TYPICAL
        right += max(counts, 0.0) * (1 + harder)
        wrong += max(-counts, 0.0) * (1 - harder)
        judged += counts != 0
    return Skill(right, wrong, judged)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22), to about 1e-12."""
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1.0 - _fraction(1 - x, b, a)
    return _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """I_x(a, b) where x is at most about (a + 1) / (a + b + 2): there no denominator of the fraction vanishes."""
    if x <= 0:
        return 0.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d, value = 2.0, 1.0, 2.0
    for step in range(1, 500):  # thousands of judgements need 160
        m = step // 2
        if step % 2:
            part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / (1.0 + part * d)
        c = 1.0 + part / c
        value *= c * d
        if abs(1.0 - c * d) < 1e-13:
            break
    return front * (value - 1.0)


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x below which `share` of Beta(a, b) lies, to about 1e-9, by halving."""
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < share else (low, middle)
    return (low + high) / 2
