"""The rules and a model side by side: what is said of each order, and where the two differ most."""

import numpy as np
import pytest

from server.ledger.learning import comparing


def test_what_is_said_of_an_order() -> None:
    found = comparing.figures(np.array([0.5, 0.9, 0.2]), np.array([True, False, False]))
    assert found.average_precision == pytest.approx(1 / 2)
    assert found.first == pytest.approx(1 / 3)
    assert found.brier == pytest.approx((0.25 + 0.81 + 0.04) / 3)
    assert found.calibration_error == pytest.approx((0.5 + 0.9 + 0.2) / 3)
    assert comparing.figures(np.zeros(0), np.zeros(0, bool)) == (0.0, 0.0, 0.0, 0.0)


def test_the_first_are_the_likeliest_twenty() -> None:
    likely = np.linspace(0.1, 0.9, 40)
    right = np.array([place not in (20, 25) and place >= 20 for place in range(40)])  # two of the likeliest are wrong
    assert comparing.figures(likely, right).first == pytest.approx(18 / 20)


@pytest.mark.parametrize(
    ("scores", "right", "expected"),
    [
        ([0.9, 0.5, 0.5], [False, True, False], 1 / 3),  # a tie behind another case is a place of its own
        ([0.1, 0.5, 0.9], [True, True, False], (1 / 2 + 2 / 3) / 2),
    ],
)
def test_precision_over_the_whole_order(scores: list[float], right: list[bool], expected: float) -> None:
    assert comparing.average_precision(np.array(scores), np.array(right)) == pytest.approx(expected)


def test_where_the_two_differ_most_stands_first() -> None:
    rules, model = np.array([0.9, 0.2, 0.5, 0.6]), np.array([0.8, 0.9, 0.5, 0.1])
    assert comparing.most_different(rules, model).tolist() == [1, 3, 0, 2]
    assert comparing.most_different(np.zeros(30), np.linspace(0, 1, 30)).tolist() == list(range(29, 9, -1))
