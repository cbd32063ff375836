"""The rules and a model side by side, on decisions that the model has not learnt from. Pure."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.ledger.learning import calibration

Floats = NDArray[np.float64]
FIRST = 20  # cases a coordinator looks at first
MOST_DIFFERENT = 20


class OrderFigures(NamedTuple):
    """How well one orders decisions, and how true its likelihoods are."""

    average_precision: float  # over the whole order: 1 when every right case stands before every wrong one
    first: float  # the share of the right among the first `FIRST`
    brier: float  # the mean squared error of the likelihood; 0 is perfect
    calibration_error: float


def figures(likely: Floats, right: NDArray[np.bool_]) -> OrderFigures:
    """OrderFigures of one order. Cases of one likelihood stand in the order they have."""
    order = np.argsort(-likely, kind="stable")
    return OrderFigures(
        average_precision(likely, right),
        float(right[order][:FIRST].mean()) if len(right) else 0.0,
        float(((likely - right) ** 2).mean()) if len(right) else 0.0,
        calibration.error(likely, right),
    )


def average_precision(scores: Floats, right: NDArray[np.bool_]) -> float:
    """The mean of the precisions at each right case, ties counted as one place; 0 without any."""
    if not right.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(right[order])
    last = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))  # of each place
    gained = np.diff(np.concatenate(([0], hits[last])))
    return float((gained * hits[last] / (last + 1)).sum() / hits[-1])


def most_different(rules: Floats, model: Floats) -> NDArray[np.int64]:
    """The places of the decisions on which the two differ most, most first."""
    return np.asarray(np.argsort(-np.abs(rules - model), kind="stable")[:MOST_DIFFERENT], np.int64)
