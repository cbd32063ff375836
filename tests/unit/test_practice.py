"""What practice asks again, and when: the rule as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.training import practice
from server.people.training.practice import LEARNT, Answered, Card

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WAITS = [timedelta(minutes=10), DAY, 3 * DAY, 7 * DAY, 21 * DAY]


@pytest.mark.parametrize(
    ("answers", "box"),
    [
        ("", 0),
        ("r", LEARNT),  # right at first sight
        ("rr", LEARNT),
        ("w", 1),
        ("wr", 2),
        ("wrr", 3),
        ("wrrr", 4),
        ("wrrrr", 5),
        ("wrrrrr", LEARNT),
        ("wrrw", 1),
        ("rw", 1),  # an exam showed that it was not known after all
        ("?", 1),
        ("?r", 2),
        ("wr?", 2),  # "I cannot tell" leaves it where it is
        ("r?", LEARNT),
    ],
)
def test_boxes(answers, box):
    history = [Answered({"r": True, "w": False, "?": None}[sign], NOON + at * DAY) for at, sign in enumerate(answers)]
    card = practice.card(history)
    due = None if box in (0, LEARNT) else history[-1].at + WAITS[box - 1]
    assert card == Card(box, due)


def test_there_are_five_boxes():
    assert LEARNT == 6  # beyond the last of the five that the practice page names


@pytest.mark.parametrize(
    ("cards", "name"),
    [
        ({}, None),
        ({"a": Card(), "b": Card()}, "a"),
        ({"a": Card(), "b": Card(1, NOON)}, "b"),
        ({"a": Card(), "b": Card(1, NOON + DAY)}, "a"),
        ({"a": Card(2, NOON - DAY), "b": Card(1, NOON - 2 * DAY)}, "b"),  # what has been due longest
        ({"a": Card(1, NOON), "b": Card(4, NOON)}, "a"),
        ({"a": Card(LEARNT), "b": Card(1, NOON + DAY)}, None),
        ({"a": Card(LEARNT), "b": Card()}, "b"),
    ],
)
def test_what_is_asked_next(cards, name):
    assert practice.next_up(cards, NOON) == name


def test_when_nothing_is_due_the_next_moment_is_known():
    assert practice.next_due({"a": Card(1, NOON + DAY), "b": Card(2, NOON + 3 * DAY), "c": Card()}) == NOON + DAY
    assert practice.next_due({"a": Card(LEARNT)}) is None
