"""What `benchmarks/similarity.py` compares our rule with: the method we had before, and the generalised binomial test."""

from collections.abc import Iterable

import numpy as np

from server.people.exams.similarity import (
    OPTION_PRIOR,
    OPTIONS,
    RIGHT,
    UNSEEN,
    Floats,
    Ints,
    errors,
)  # fmt: skip

WEIGHT, SAME_BEFORE_DATA, LEAST_SHARED, LEAST_SAME, AGREEMENT = 4.0, 0.6, 10, 4, 0.05  # of the method before


def gbt(given: Ints, rows: Iterable[int]) -> Floats:
    """The generalised binomial test (van der Linden and Sotaridona, 2006): all identical answers, right ones, too.

    The probability that two give the same answer to one item is the sum, over its answers, of the product of both people's
    probabilities of it. These are learnt as in our rule: abilities and difficulties by Rasch, wrong answers by their shares.
    """
    errs, wrong = errors(given), (given > RIGHT).sum(0)
    counts = np.stack([(given == option).sum(0) for option in range(1, OPTIONS + 1)])
    agree = (((counts + OPTION_PRIOR) / (wrong + OPTIONS * OPTION_PRIOR)) ** 2).sum(0)
    chance = np.ones((len(given), len(given)))
    for person in rows:
        seen = given[person] != UNSEEN
        others, mine = given[:, seen], errs[person, seen]
        alike = (others == given[person, seen]).sum(1)
        chances = mine * errs[:, seen] * agree[seen] + (1 - mine) * (1 - errs[:, seen])
        chance[person] = tails(chances * (others != UNSEEN), alike)
    return chance


def former(given: Ints, rows: Iterable[int]) -> Floats:
    """Our method before: identical wrong answers; errors by combined odds, one share of agreement for all options of an item.

    It shows nothing of a pair with fewer than ten items or four identical errors, nor where agreement among common errors is
    likely by itself: the chance of such a pair is 1.
    """
    seen, wrong = given != UNSEEN, given > RIGHT
    share = (wrong.sum() + 1) / (seen.sum() + 2)
    mine, items = _odds(wrong.sum(1), seen.sum(1), share), _odds(wrong.sum(0), seen.sum(0), share)
    odds = np.outer(mine, items) / (share / (1 - share))
    errs, size = odds / (1 + odds), len(given)
    counts = np.stack([(given == option).sum(0) for option in range(1, OPTIONS + 1)]).astype(float)
    chance = np.ones((size, size))
    for one in rows:
        for other in range(size):
            both = seen[one] & seen[other]
            same = int(((given[one] == given[other]) & wrong[one]).sum())
            if one == other or both.sum() < LEAST_SHARED or same < LEAST_SAME:
                continue
            rest = counts[:, both].copy()
            for person in (one, other):
                answers = given[person, both]
                rest[answers[answers > RIGHT] - 1, np.flatnonzero(answers > RIGHT)] -= 1
            total = rest.sum(0)
            alike = np.divide((rest**2).sum(0), total, out=np.zeros_like(total), where=total > 0)
            agree = (WEIGHT * SAME_BEFORE_DATA + alike) / (WEIGHT + total)
            among = agree[(wrong[one] & wrong[other])[both]]
            if tails(among[None], np.array([same]))[0] < AGREEMENT:
                chances = errs[one, both] * errs[other, both] * agree
                chance[one, other] = chance[other, one] = tails(chances[None], np.array([same]))[0]
    return chance


def _odds(wrong: Ints, answers: Ints, share: float) -> Floats:
    shares = (wrong + WEIGHT * share) / (answers + WEIGHT)
    odds: Floats = shares / (1 - shares)
    return odds


def tails(chances: Floats, least: Ints) -> Floats:
    """For each row: the probability that at least `least` of independent events with these chances happen, by convolution."""
    rows, events = chances.shape
    number = np.zeros((rows, events + 2))  # the probability of exactly so many
    number[:, 0] = 1.0
    for event in range(events):
        chance = chances[:, event : event + 1]
        number[:, 1:] = number[:, 1:] * (1 - chance) + number[:, :-1] * chance
        number[:, 0] *= 1 - chance[:, 0]
    at_least: Floats = np.cumsum(number[:, ::-1], axis=1)[:, ::-1]
    return np.minimum(1.0, at_least[np.arange(rows), least])
