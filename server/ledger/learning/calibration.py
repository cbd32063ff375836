"""Turning a model's log-odds into a likelihood that means what it says, and how well it does. Pure.

Platt scaling (Platt 1999): two numbers, drawn towards "as they are" as by a few decisions, so that few of them bend little.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HELD = 5.0  # how firmly slope and base are drawn towards 1 and 0
STEPS = 30
BINS = 10


class Scale(NamedTuple):
    """Likelihood = logistic(slope x log-odds + base)."""

    slope: float
    base: float


AS_IT_IS = Scale(1.0, 0.0)


def likelihood(log_odds: Floats, scale: Scale = AS_IT_IS) -> Floats:
    """Likelihoods, 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scale.slope * log_odds + scale.base, -500, 500))), np.float64)


def fit(log_odds: Floats, right: NDArray[np.bool_], counts: Floats) -> Scale:
    """The scale under which these decisions are likeliest, by Newton's method."""
    slope, base = AS_IT_IS
    for _ in range(STEPS):
        likely = likelihood(log_odds, Scale(slope, base))
        errors, bend = counts * (likely - right), counts * likely * (1 - likely)
        down = np.array([(errors * log_odds).sum() + HELD * (slope - 1), errors.sum() + HELD * base])
        a, b, c = (bend * log_odds**2).sum() + HELD, (bend * log_odds).sum(), bend.sum() + HELD
        step = np.array([c * down[0] - b * down[1], a * down[1] - b * down[0]]) / (a * c - b * b)
        slope, base = float(max(slope - step[0], 0.05)), float(base - step[1])
        if abs(step).max() < 1e-6:
            break
    return Scale(slope, base)


def error(likely: Floats, right: NDArray[np.bool_]) -> float:
    """The expected calibration error: by how much likelihood and share of the right differ, over `BINS` bins."""
    if not len(likely):
        return 0.0
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    number = np.bincount(bins, minlength=BINS)
    gaps = np.abs(np.bincount(bins, likely, BINS) - np.bincount(bins, right.astype(float), BINS))
    return float(gaps[number > 0].sum() / len(likely))
