"""Stepping up and down in the picture lane: who sees well gets harder pictures, who errs easier ones."""

import pytest

from server.people.skill import steps
from server.people.skill.steps import Difficulty

EASY, MEDIUM, HARD = Difficulty
CANNOT_TELL = None


@pytest.mark.parametrize(
    ("wrong", "step"),
    [(0.0, EASY), (0.199, EASY), (0.2, MEDIUM), (0.349, MEDIUM), (0.35, HARD), (1.0, HARD)],
)
def test_a_picture_is_as_hard_as_many_get_it_wrong(wrong: float, step: Difficulty) -> None:
    assert steps.step(wrong) is step


@pytest.mark.parametrize(
    ("marks", "step"),
    [
        ([], EASY),
        ([True], EASY),
        ([True, True], MEDIUM),
        ([True, True, True], MEDIUM),  # counted anew on every step
        ([True] * 4, HARD),
        ([True] * 9, HARD),  # there is none above
        ([True, False, True], EASY),  # not in a row
        ([True, True, False], EASY),
        ([True] * 4 + [False], MEDIUM),
        ([True] * 4 + [False, False, False], EASY),
        ([False, False, True, True], MEDIUM),  # nobody falls below the first step
        ([True, True, False, True], EASY),  # after a mistake it takes two again
        ([True, CANNOT_TELL, True], MEDIUM),
        ([CANNOT_TELL, True, True], MEDIUM),
        ([True] * 4 + [CANNOT_TELL], HARD),
    ],
)
def test_two_right_lead_up_and_one_wrong_leads_down(marks: list[bool | None], step: Difficulty) -> None:
    assert steps.step_after(marks) is step


WRONG = {"parrot": 0.1, "tusk": 0.1, "shawl": 0.25, "carving": 0.5}


@pytest.mark.parametrize(
    ("left", "now", "following"),
    [
        (["carving", "tusk", "parrot"], EASY, "tusk"),
        (["tusk", "shawl"], MEDIUM, "shawl"),
        (["carving", "parrot"], MEDIUM, "parrot"),  # of two as near the easier one
        (["parrot", "shawl"], HARD, "shawl"),
        (["carving", "shawl"], EASY, "shawl"),
        (["carving"], EASY, "carving"),
        ([], EASY, None),
    ],
)
def test_the_next_picture_is_of_ones_own_step_or_the_nearest(
    left: list[str], now: Difficulty, following: str | None
) -> None:
    assert steps.next_up(left, WRONG, now) == following
