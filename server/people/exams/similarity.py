"""Which two people answered alike more often than chance explains. Pure.

The measure is a weighted match index in the family of omega (Wollack, 1997) and the generalised binomial test (van der Linden
and Sotaridona, 2006). Of the answers that one person gave to items which the other also saw, which did the other give, too? For
somebody who worked alone, the probability of the same right answer is that they do not err there, by their own ability and the
difficulty of the item (Rasch, 1960; both learnt from everybody's answers, with normal priors). That of the same wrong answer is
the product of two: that they err, and that they then choose that very answer, as often as everybody but themselves who erred
chose it (with a Dirichlet prior: the answer of the one they are compared with is known, so it counts).

Not every common answer says as much: a right one that nearly everybody knows says little, a rare wrong one much. Each counts by
the logarithm of how much likelier it is of somebody who copied `COPIED` of their answers (the weights of the most powerful
test, Neyman and Pearson, 1933). The sum of the weights has a distribution that is worked out exactly, by convolution; `chance`
is twice the smaller upper tail of both directions. All exams of both people count together: one sitting shares about four items
of fifteen, which show nothing.

A pair is shown when at most `FALSE_PAIRS` pairs as unlikely are to be expected among all that were compared (Bonferroni), and
never at a chance above `FALSE_ALARM`. What it finds is measured in docs/benchmarks/similarity.md. It is a reason to ask, never
a finding.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FALSE_PAIRS = 0.25  # expected at most in a whole comparison of people who all worked alone: one in four comparisons
FALSE_ALARM = 0.001  # for one pair of people who worked alone, however few are compared
LEAST_SHARED = 10  # items both saw; pairs with fewer are not compared
ENOUGH_SHARED = 45  # from which on somebody who copied most answers is usually found (docs/benchmarks/similarity.md)
LEAST_SAME = 3  # identical wrong answers: nobody is asked about two, or about right answers alone
COPIED = 0.7  # of the answers: for whom the weights are best; who copied 60 % or all of them is found hardly less often
GRID = 0.1  # the weights are rounded to this, so that their sums can be counted
WORTH = 2.5  # standard deviations above what is expected, from which on a chance is worked out; below, it is far above 1 in 1,000
SPREAD = 1.0  # standard deviation of abilities and of difficulties before any answer, in logits
OPTIONS, OPTION_PRIOR = 3, 0.5  # wrong answers an item has, and answers' worth of each before anybody gave it
ROUNDS = 20  # of Newton's steps for abilities and difficulties in turn: they move by less than 0.001 then

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNSEEN, RIGHT = -1, 0  # in the table of answers; wrong ones count from 1


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """One person's answer to one item. Equal `choice` is the same answer. "I cannot tell" is left out by the caller."""

    person: str
    item: str
    choice: str
    right: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Two people whose answers are alike: of `shared` items `same` identical wrong ones, `expected` by chance.

    `right`: items both answered right."""

    first: str
    second: str
    shared: int
    same: int
    expected: float
    right: int
    chance: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every pair beyond chance, the least likely first, of `compared` pairs; `thin` of these share too few items for copying
    to be found as a rule, and `apart` more pairs share too few to be compared."""

    alike: tuple[Alike, ...]
    compared: int
    thin: int
    apart: int


def compare(answers: Iterable[SharedAnswer]) -> Comparison:
    """Compare everybody with everybody. One answer per person and item; of several the first counts."""
    people, given = _table(answers)
    seen = (given != UNSEEN).astype(np.int64)
    shared = seen @ seen.T
    of_pairs = shared[np.triu_indices(len(people), 1)]
    compared = int((of_pairs >= LEAST_SHARED).sum())
    thin = int(((of_pairs >= LEAST_SHARED) & (of_pairs < ENOUGH_SHARED)).sum())
    same, expected, chance = against_everybody(given)
    both_right = (given == RIGHT).astype(np.int64) @ (given == RIGHT).astype(np.int64).T
    limit = min(FALSE_ALARM, FALSE_PAIRS / max(1, compared))
    likely = (shared >= LEAST_SHARED) & (2 * np.minimum(chance, chance.T) <= limit)
    alike = []
    for one, other in zip(*np.nonzero(np.triu(likely)), strict=True):
        way = min((one, other), (other, one), key=lambda way: chance[way])
        if same[way] >= LEAST_SAME:
            counts = int(shared[way]), int(same[way]), float(expected[way]), int(both_right[way])
            alike.append(Alike(people[one], people[other], *counts, 2 * float(chance[way])))
    alike.sort(key=lambda pair: pair.chance)
    return Comparison(tuple(alike), compared, thin, len(of_pairs) - compared)


def against_everybody(given: Ints) -> tuple[Ints, Floats, Floats]:
    """For each person (row) and every other (column): how many of the row's wrong answers the column gave, too, how many are
    expected of somebody who worked alone, and the chance that as much or more is alike (1 where it is not worked out: less than
    `WORTH` above what is expected). `given`: people x items, `UNSEEN`, `RIGHT` or the number of a wrong answer."""
    errs, size = errors(given), (len(given), len(given))
    same, expected, chance = np.zeros(size, np.int64), np.zeros(size), np.ones(size)
    for person in range(len(given)):
        same[person], expected[person], chance[person] = against(given, errs, person)
    return same, expected, chance


def against(given: Ints, errs: Floats, person: int) -> tuple[Ints, Floats, Floats]:
    """One row of `against_everybody`. `errs`: the probability that each person errs on each item."""
    items = np.flatnonzero(given[person] != UNSEEN)
    answers, others = given[person, items], given[:, items]
    erred, alike, wrong, saw = answers > RIGHT, others == answers, others > RIGHT, others != UNSEEN
    # Of everybody but the one looked at, so that nobody's own answer makes it look likely.
    share = (alike.sum(0) - alike + OPTION_PRIOR) / (wrong.sum(0) - wrong + OPTIONS * OPTION_PRIOR)
    chances = np.where(erred, errs[:, items] * share, 1 - errs[:, items]) * saw
    weights = weigh(chances) * saw
    sums = (weights * alike).sum(1)
    above = sums - (weights * chances).sum(1)
    worth = above > WORTH * np.sqrt((weights**2 * chances * (1 - chances)).sum(1))
    worth[person] = False
    chance = np.ones(len(given))
    for other in np.flatnonzero(worth):
        chance[other] = tail(chances[other], weights[other], int(sums[other]))
    same: Ints = (alike & erred).sum(1)
    expected: Floats = chances[:, erred].sum(1)
    return same, expected, chance


def weigh(chances: Floats) -> Ints:
    """What a common answer counts, in `GRID`, by its probability when both worked alone."""
    copied = COPIED + (1 - COPIED) * chances
    weights: Ints = np.rint(np.log(copied / np.maximum((1 - COPIED) * chances, 1e-9)) / GRID).astype(np.int64)
    return weights


def tail(chances: Floats, weights: Ints, least: int) -> float:
    """The probability that independent events with these chances sum up to at least `least` of their weights.

    The distribution by convolution of one event after the other: exact but for rounding."""
    number = np.zeros(int(weights.sum()) + 1)  # the probability of exactly this sum
    number[0], top = 1.0, 1
    for chance, weight in zip(chances, weights, strict=True):
        if weight:
            happens = number[:top] * chance
            number[:top] *= 1 - chance
            number[weight : top + weight] += happens
            top += weight
    return min(1.0, float(number[least:].sum()))


def errors(given: Ints) -> Floats:
    """The probability that each person errs on each item: the mode of a Rasch model with normal priors."""
    seen, wrong = given != UNSEEN, (given > RIGHT).astype(float)
    share = (wrong.sum() + 1) / (seen.sum() + 2)
    centre = np.log(share / (1 - share))
    weakness, difficulty = np.zeros((len(given), 1)), np.full((1, given.shape[1]), centre)
    for _ in range(ROUNDS):
        weakness += _step(wrong, seen, weakness + difficulty, weakness, 1)
        difficulty += _step(wrong, seen, weakness + difficulty, difficulty - centre, 0)
    return _logistic(weakness + difficulty)


def _step(wrong: Floats, seen: NDArray[np.bool_], logits: Floats, away: Floats, axis: int) -> Floats:
    expected = _logistic(logits)
    slope = ((wrong - expected) * seen).sum(axis, keepdims=True) - away / SPREAD**2
    curve = (expected * (1 - expected) * seen).sum(axis, keepdims=True) + 1 / SPREAD**2
    step: Floats = np.clip(slope / curve, -2, 2)
    return step


def _logistic(logits: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-logits))
    return chances


def _table(answers: Iterable[SharedAnswer]) -> tuple[list[str], Ints]:
    sheets: dict[str, dict[str, SharedAnswer]] = defaultdict(dict)
    for answer in answers:
        sheets[answer.person].setdefault(answer.item, answer)
    people = sorted(sheets)
    place = _numbered({item for sheet in sheets.values() for item in sheet})
    wrong: dict[str, dict[str, int]] = defaultdict(dict)
    given: Ints = np.full((len(people), len(place)), UNSEEN, np.int64)
    for row, person in enumerate(people):
        for item, answer in sheets[person].items():
            numbers = wrong[item]
            given[row, place[item]] = RIGHT if answer.right else numbers.setdefault(answer.choice, len(numbers) + 1)
    return people, given


def _numbered(names: Iterable[str]) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(sorted(names))}
