"""Learning weights for words by logistic regression, from the rules outwards. Pure.

An ad's log-odds are `rules` x the log-odds that the rules give it, + `base`, + the weights of its words, pairs and pieces, each
block of them scaled to length one by its inverse document frequencies (TF-IDF). What is learnt is drawn towards the rules:
weights towards 0, `rules` towards `RULES`. So a word counts for as much as decisions bear out, and with no decisions the
model says what the rules say.

Limited-memory BFGS (Liu & Nocedal 1989) finds the weights. It draws nothing at random: the same rows give the same model.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from server.ledger.learning.features import BUCKETS, Features, frequencies

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
STRENGTH = 30.0  # of the evidence against the draw to the rules: C of logistic regression
RULES = 0.3  # how much the rules' log-odds count: they are surer than they should be
RULES_HELD = 100.0  # how firmly `rules` is drawn towards that: as by so many decisions
MOST_STEPS = 50
GOOD_ENOUGH = 1e-3  # of the gradient's first length
REMEMBERED = 8  # steps
CERTAIN = 0.98  # no rule is surer than this: its log-odds would be without bound
BLOCK = 1 << 17  # features worked on at once: more outgrow the cache, fewer cost a pass over all columns too often


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt. `bucket` ascending, each with its weight (its document frequency in it) and that frequency's inverse."""

    bucket: NDArray[np.uint32]
    weight: Singles
    inverse: Singles
    rules: float
    base: float


def log_odds(scores: Floats) -> Floats:
    """The log-odds of what the rules give an ad (0 to 1)."""
    held = np.clip(scores, 1 - CERTAIN, CERTAIN)
    return np.asarray(np.log(held / (1 - held)), np.float64)


class Design:
    """The features of many ads as a matrix that is never written out: X @ weights, and X.T @ errors.

    Its columns are `buckets`. The features themselves are not copied: a hundred thousand ads have some 80 million.
    """

    def __init__(self, features: Features, buckets: NDArray[np.uint32], inverse: Singles) -> None:
        """buckets: those that count, ascending; inverse: the inverse document frequency of each."""
        self.bucket, self.columns = features.bucket, buckets
        edges = np.empty(2 * len(features.middle) + 1, np.int64)  # each text's words, then its pieces
        edges[0:-1:2], edges[1::2], edges[-1] = features.start[:-1], features.middle, features.start[-1]
        cuts = np.unique([*np.searchsorted(edges, np.arange(0, edges[-1], BLOCK)), len(edges) - 1])
        self.edges, self.blocks = edges, list(pairwise(cuts.tolist()))
        self.inverse = inverse.astype(np.float64)
        self.scale = 1 / np.sqrt(np.maximum(self._sums(self.inverse**2), 1e-12))

    def _sums(self, values: Floats) -> Floats:
        """The sum of each segment's values by column."""
        out, worth = np.zeros(len(self.edges) - 1), np.zeros(BUCKETS, np.float32)  # small enough to stay in the cache
        worth[self.columns] = values
        for first, last in self.blocks:
            edges = self.edges[first : last + 1]
            there = np.append(worth[self.bucket[edges[0] : edges[-1]]], np.float32(0))
            sums = np.add.reduceat(there, edges[:-1] - edges[0])
            sums[edges[1:] == edges[:-1]] = 0  # what has none
            out[first:last] = sums
        return out

    def times(self, weights: Floats) -> Floats:
        """X @ weights, one for each text."""
        scaled = self._sums(weights * self.inverse) * self.scale
        return np.asarray(scaled.reshape(-1, 2).sum(1), np.float64)

    def back(self, errors: Floats) -> Floats:
        """X.T @ errors, one for each column."""
        out = np.zeros(BUCKETS)
        scaled = np.repeat(errors, 2) * self.scale
        for first, last in self.blocks:
            edges = self.edges[first : last + 1]
            each = np.repeat(scaled[first:last], np.diff(edges))
            out += np.bincount(self.bucket[edges[0] : edges[-1]], each, BUCKETS)
        return np.asarray(out[self.columns] * self.inverse, np.float64)


def inverse_frequencies(features: Features, buckets: NDArray[np.uint32]) -> Singles:
    """The inverse document frequency of each of these buckets."""
    seen = frequencies(features)[buckets]
    return (np.log((1 + len(features.middle)) / (1 + seen)) + 1).astype(np.float32)


def train(
    features: Features, scores: Floats, right: NDArray[np.bool_], counts: Floats, buckets: NDArray[np.uint32]
) -> Weights:
    """Weights from ads with the rules' scores, whether a notice was right, and how much each counts.

    buckets: those that may be learnt from at all, ascending.
    """
    inverse = inverse_frequencies(features, buckets)
    design, offset = Design(features, buckets, inverse), log_odds(scores)
    sign, held = np.where(right, 1.0, -1.0), STRENGTH * RULES_HELD

    def loss(at: Floats) -> tuple[float, Floats]:
        weights, rules, base = at[:-2], at[-2], at[-1]
        margin = sign * (design.times(weights) + rules * offset + base)
        value = STRENGTH * _dot(counts, np.logaddexp(0, -margin))
        errors = -sign * counts * STRENGTH / (1 + np.exp(np.clip(margin, -500, 500)))
        slope = np.concatenate(
            (design.back(errors) + weights, [_dot(errors, offset) + held * (rules - RULES), errors.sum()])
        )
        return value + _dot(weights, weights) / 2 + held / 2 * (rules - RULES) ** 2, slope

    start = np.zeros(len(buckets) + 2)
    start[-2] = RULES
    found = _minimum(loss, start)
    return Weights(buckets, found[:-2].astype(np.float32), inverse, float(found[-2]), float(found[-1]))


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], at: Floats) -> Floats:
    """The lowest place of a smooth convex function, by limited-memory BFGS with halved steps."""
    value, slope = loss(at)
    enough = GOOD_ENOUGH * max(_length(slope), 1e-12)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(MOST_STEPS):
        if _length(slope) <= enough:
            break
        way = _direction(slope, steps)
        down = _dot(slope, way)
        length = 1.0 if steps else 1 / max(_length(slope), 1.0)
        for _ in range(30):
            new = at + length * way
            new_value, new_slope = loss(new)
            if new_value <= value + 1e-4 * length * down:
                break
            length /= 2
        else:
            break
        moved, turned = new - at, new_slope - slope
        if (bend := _dot(moved, turned)) > 1e-12:
            steps = [*steps[1 - REMEMBERED :], (moved, turned, 1 / bend)]
        at, value, slope = new, new_value, new_slope
    return at


def _direction(slope: Floats, steps: list[tuple[Floats, Floats, float]]) -> Floats:
    way = -slope
    shares = []
    for moved, turned, bend in reversed(steps):
        share = bend * _dot(moved, way)
        shares.append(share)
        way = way - share * turned
    if steps:
        moved, turned, bend = steps[-1]
        way = way / (bend * _dot(turned, turned))
    for (moved, turned, bend), share in zip(steps, reversed(shares), strict=True):
        way = way + (share - bend * _dot(turned, way)) * moved
    return way


def _dot(one: Floats, other: Floats) -> float:
    """The inner product, added up by numpy itself: the threads of a linear algebra library wait for each other on a busy machine."""
    return float((one * other).sum())


def _length(one: Floats) -> float:
    return math.sqrt(_dot(one, one))


def scored(weights: Weights, features: Features, scores: Floats) -> Floats:
    """The log-odds of each ad."""
    design = Design(features, weights.bucket, weights.inverse)
    return design.times(weights.weight.astype(np.float64)) + weights.rules * log_odds(scores) + weights.base
