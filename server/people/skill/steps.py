"""Stepping up and down in the picture lane: easy pictures first, harder ones for who sees well. Pure.

Two right answers in a row lead a step up, a wrong one a step down; "cannot tell" is never wrong and leads nowhere. A
picture's step follows from how many people get it wrong, which their answers say better in time.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum


class Difficulty(IntEnum):
    """How hard a picture is."""

    EASY = 0
    MEDIUM = 1
    HARD = 2


MEDIUM_FROM, HARD_FROM = 0.2, 0.35  # of all people get it wrong
UP_AFTER = 2  # right answers in a row


def step(difficulty: float) -> Difficulty:
    """The step on which a picture stands that this share of people gets wrong."""
    return (
        Difficulty.HARD
        if difficulty >= HARD_FROM
        else Difficulty.MEDIUM
        if difficulty >= MEDIUM_FROM
        else Difficulty.EASY
    )


def step_after(marks: Iterable[bool | None]) -> Difficulty:
    """The step on which somebody stands after these marks, oldest first."""
    now, row = Difficulty.EASY, 0
    for right in marks:
        if right is None:
            continue
        row = row + 1 if right else 0
        if not right:
            now = Difficulty(max(now - 1, Difficulty.EASY))
        elif row == UP_AFTER:
            now, row = Difficulty(min(now + 1, Difficulty.HARD)), 0
    return now


def next_up(ordered: Iterable[str], difficulty: Mapping[str, float], now: Difficulty) -> str | None:
    """The first of `ordered` on the step `now`; where it has none left, on the nearest that has, the easier one first."""
    names = list(ordered)
    for wanted in sorted(Difficulty, key=lambda other: (abs(other - now), other)):
        for name in names:
            if step(difficulty[name]) is wanted:
                return name
    return None
