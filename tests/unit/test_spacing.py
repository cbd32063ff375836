"""When a question is asked again: the rule as a table."""

from datetime import date, timedelta

import pytest

from server.people.training import spacing
from server.people.training.spacing import LAST, WAITS, Card

DAY = date(2026, 11, 25)


def on(days):
    return DAY + timedelta(days=days)


def in_box(box, asked=0):
    return Card(box, on(asked), on(asked + WAITS[box - 1]))


SIGNS = {"r": (True, False), "g": (True, True), "w": (False, False), "x": (False, True), "?": (None, False)}


@pytest.mark.parametrize(
    ("answers", "box"),
    [
        ("r", 2),  # known at first sight
        ("g", 1),
        ("w", 1),
        ("?", 1),
        ("rr", 3),
        ("rrr", 4),
        ("rrrrr", 6),
        ("rrrrrr", 6),  # nothing is learnt for good
        ("rrw", 1),
        ("rrx", 1),  # a guess that was wrong is wrong
        ("rrg", 3),  # a guess leaves it where it is
        ("rr?", 3),
        ("gg", 1),
        ("gr", 2),
        ("wr", 2),
        ("wrw", 1),
    ],
)
def test_boxes_when_each_is_answered_on_its_day(answers, box):
    card, day = None, DAY
    for sign in answers:
        right, guessed = SIGNS[sign]
        card = spacing.after(card, right, day, guessed=guessed)
        day = card.due_on
    assert card.box == box
    assert card.due_on - card.asked_on == timedelta(days=WAITS[box - 1])


@pytest.mark.parametrize(
    ("box", "waited", "sign", "expected"),
    [
        (3, 6, "r", in_box(3)),  # before its day: no evidence, nothing moves
        (3, 6, "g", in_box(3)),
        (3, 6, "?", in_box(3)),
        (3, 6, "w", in_box(1, 6)),  # not known is not known, on any day
        (3, 7, "r", in_box(4, 7)),
        (3, 20, "r", in_box(4, 20)),
        (3, 21, "r", in_box(5, 21)),  # known after three weeks: not asked again in three weeks
        (1, 60, "r", in_box(6, 60)),
        (1, 400, "r", in_box(LAST, 400)),
        (1, 400, "g", in_box(1, 400)),
        (6, 119, "r", in_box(6)),
        (6, 500, "r", in_box(6, 500)),
    ],
)
def test_the_time_since_the_last_answer_counts(box, waited, sign, expected):
    right, guessed = SIGNS[sign]
    assert spacing.after(in_box(box), right, on(waited), guessed=guessed) == expected


def test_each_box_waits_two_to_three_times_as_long_as_the_one_before():
    assert WAITS == (1, 3, 7, 21, 60, 120)


def test_who_knows_comes_back_later_than_who_guesses_and_who_guesses_never_sooner_than_who_is_wrong():
    for box in range(1, LAST + 1):
        for waited in range(130):
            known, guess, wrong = (
                spacing.after(in_box(box), right, on(waited), guessed=guessed).due_on
                for right, guessed in ((True, False), (True, True), (False, False))
            )
            assert known >= guess and guess >= min(wrong, in_box(box).due_on)
            if waited >= WAITS[box - 1] and box < LAST:
                assert known > guess >= wrong


@pytest.mark.parametrize(
    ("cards", "names"),
    [
        ({}, ""),
        ({"a": None, "b": None}, "ab"),
        ({"a": None, "b": in_box(1, -1)}, "ba"),
        ({"a": None, "b": in_box(1)}, "a"),
        ({"a": in_box(1, -1), "b": in_box(1, -3), "c": in_box(2, -9)}, "cba"),  # what has been due longest
        ({"b": in_box(1, -1), "a": in_box(2, -3)}, "ba"),  # due on one day: in the order given
        ({"a": in_box(6, -119)}, ""),
    ],
)
def test_what_is_due(cards, names):
    assert spacing.due(cards.items(), DAY) == list(names)


def test_the_next_day_is_that_of_the_first_to_come():
    assert spacing.next_day([in_box(2), None, in_box(1), in_box(1, -4)], DAY) == on(1)
    assert spacing.next_day([None, in_box(1, -4)], DAY) is None


def test_no_day_is_beyond_the_calendar():
    late = Card(1, date(1, 1, 1), date(1, 1, 2))
    assert spacing.after(late, True, date(9999, 1, 1)).box == LAST
