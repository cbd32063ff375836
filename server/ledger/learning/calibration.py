"""Turning a model's log-odds into a likelihood that means what it says, and how well it does. Pure.

Platt scaling (Platt 1999): two numbers, drawn towards "as they are" as by a few decisions, so that few of them bend little.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HELD = 5.0  # how firmly slope and base are drawn towards 1 and 0
LEAST_SLOPE = 0.05  # the order of the model is never turned over
STEPS = 30
BINS = 10


class Scale(NamedTuple):
    """Likelihood = logistic(slope x log-odds + base)."""

    slope: float
    base: float


AS_IT_IS = Scale(1.0, 0.0)


def likelihood(log_odds: Floats, scale: Scale = AS_IT_IS) -> Floats:
    """Likelihoods, 0 to 1."""
    return np.asarray(np.exp(-np.logaddexp(0, -scale.slope * log_odds - scale.base)), np.float64)


def fit(log_odds: Floats, right: NDArray[np.bool_], counts: Floats) -> Scale:
    """The scale under which these decisions are likeliest, by Newton's method."""
    given, start = np.stack([log_odds, np.ones(len(log_odds))]), np.array(AS_IT_IS)
    found = start
    for _ in range(STEPS):
        likely = likelihood(log_odds, Scale(*found))
        errors, bend = counts * (likely - right), counts * likely * (1 - likely)
        down = given @ errors + HELD * (found - start)
        step = np.linalg.solve(given * bend @ given.T + HELD * np.eye(len(start)), down)
        found = np.maximum(found - step, (LEAST_SLOPE, -np.inf))
    return Scale(*found.tolist())


def error(likely: Floats, right: NDArray[np.bool_]) -> float:
    """The expected calibration error: by how much likelihood and share of the right differ, over `BINS` bins."""
    if not len(likely):
        return 0.0
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    gaps = np.abs(np.bincount(bins, likely, BINS) - np.bincount(bins, right.astype(float), BINS))
    return float(gaps.sum() / len(likely))
