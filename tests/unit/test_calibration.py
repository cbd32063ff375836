"""A likelihood means what it says: the scale that fits decisions best, and how far likelihoods are off."""

import warnings

import numpy as np
import pytest

from server.ledger.learning import calibration
from server.ledger.learning.calibration import Scale


@pytest.mark.parametrize(
    ("odds", "scale", "expected"),
    [
        (0.0, None, 0.5),
        (np.log(3), None, 0.75),
        (-np.log(3), None, 0.25),
        (1.0, Scale(0.0, np.log(4)), 0.8),
        (2.0, Scale(0.5, -1.0), 0.5),
        (1e6, None, 1.0),
        (-1e6, None, 0.0),
    ],
)
def test_log_odds_as_a_likelihood(odds: float, scale: Scale | None, expected: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        given = np.array([odds])
        likely = calibration.likelihood(given, scale) if scale else calibration.likelihood(given)
    assert likely == pytest.approx(expected)


def loss(scale: Scale, odds: np.ndarray, right: np.ndarray, counts: np.ndarray) -> float:
    """What the best scale makes least: the surprise at each decision, and the draw to (1, 0) as by five decisions."""
    likely = 1 / (1 + np.exp(-(scale.slope * odds + scale.base)))
    surprise = -(counts * np.log(np.where(right, likely, 1 - likely))).sum()
    return float(surprise + 5 / 2 * ((scale.slope - 1) ** 2 + scale.base**2))


@pytest.mark.parametrize(
    ("odds", "right", "counts"),
    [
        ([3.0, 2.0, -1.0, -4.0], [False, True, True, False], [1.0, 1.0, 1.0, 1.0]),
        ([3.0, 3.0, 2.5, 4.0, 1.0], [True, False, True, True, False], [1.0, 5.0, 0.5, 2.0, 9.0]),
        ([0.4, -0.2, 0.1] * 30, [True, False, True] * 30, [1.0] * 90),
        ([0.1, -0.1] * 50, [True] * 90 + [False] * 10, [1.0] * 100),
        ([0.1, -0.1], [True, True], [5000.0, 5000.0]),
    ],
)
def test_no_scale_near_by_fits_better(odds: list[float], right: list[bool], counts: list[float]) -> None:
    given = np.array(odds), np.array(right), np.array(counts)
    found = calibration.fit(*given)
    assert found.slope > 0.05
    least = loss(found, *given)
    for slope, base in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)):
        assert loss(Scale(found.slope + slope, found.base + base), *given) > least


def test_decisions_against_the_model_flatten_it_and_never_turn_it_over() -> None:
    odds, right = np.array([5.0, -5.0] * 300), np.array([False, True] * 300)
    assert calibration.fit(odds, right, np.ones(600)).slope == 0.05


@pytest.mark.parametrize(
    ("likely", "right", "error"),
    [
        ([], [], 0.0),
        ([0.0, 1.0], [False, True], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([0.25, 0.85], [True, True], 0.45),
        ([0.12, 0.18], [True, False], 0.35),  # in one tenth they are weighed together
        ([0.95, 1.0], [True, False], 0.475),
        ([0.85, 0.95], [True, False], 0.55),
        ([0.19, 0.21], [True, False], 0.51),  # in two, each by itself
    ],
)
def test_how_far_likelihoods_are_off_by_tenths(likely: list[float], right: list[bool], error: float) -> None:
    assert calibration.error(np.array(likely), np.array(right, bool)) == pytest.approx(error)
