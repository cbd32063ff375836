"""How choices are mixed, and what a chosen place comes to."""

import random

import pytest

from server.core.words import Refused
from server.people.courses import marking
from server.people.courses.bank import Choice, Question


def question(kind, signs, lefts=()):
    """A question with a choice for each sign: right, wrong, or "I cannot tell"."""
    choices = tuple(
        Choice(f"{place}{sign}", right=sign == "r", neutral=sign == "?") for place, sign in enumerate(signs)
    )
    return Question("q", kind, "one", "Which?", choices, "", None, lefts=lefts)


SINGLE, MULTIPLE, FLAG = question("single", "rww"), question("multiple", "rrw"), question("flag", "rw?")
MATCH = question("match", "rrrw", ("a", "b", "c"))


def test_choices_stand_in_any_order_and_i_cannot_tell_stands_last():
    orders = {marking.mixed(FLAG, random.Random(seed)) for seed in range(30)}
    assert orders == {(0, 1, 2), (1, 0, 2)}
    assert len({marking.mixed(SINGLE, random.Random(seed)) for seed in range(60)}) == 6


@pytest.mark.parametrize(
    ("asked", "picked", "places"),
    [
        (SINGLE, [], []),
        (SINGLE, [0], [2]),
        (SINGLE, [1], [0]),
        (MULTIPLE, [0, 1, 0], [0, 2]),  # each once, in the bank's order
        (MATCH, [2, 0, 0], [1, 2, 2]),  # one for each left side, in their order
    ],
)
def test_what_is_picked_on_the_page_is_a_place_in_the_bank(asked, picked, places):
    order = [2, 0, 1, 3][: len(asked.choices)]
    assert marking.chosen(asked, order, picked) == places


@pytest.mark.parametrize("picked", [[3], [-1], [0, 3]])
def test_what_was_not_shown_cannot_be_picked(picked):
    with pytest.raises(Refused) as refused:
        marking.chosen(SINGLE, [2, 0, 1], picked)
    assert (refused.value.kind, refused.value.detail) == ("invalid", marking.FOREIGN)


@pytest.mark.parametrize(
    ("asked", "chosen", "mark"),
    [
        (SINGLE, [0], True),
        (SINGLE, [1], False),
        (SINGLE, [2], False),
        (MULTIPLE, [0, 1], True),
        (MULTIPLE, [1, 0], True),
        (MULTIPLE, [0], False),
        (MULTIPLE, [0, 1, 2], False),
        (FLAG, [0], True),
        (FLAG, [1], False),
        (FLAG, [2], None),
        (MATCH, [0, 1, 2], True),
        (MATCH, [1, 0, 2], False),
        (MATCH, [0, 1, 3], False),
        (MATCH, [0, 0, 0], False),
    ],
)
def test_a_mark(asked, chosen, mark):
    assert marking.mark(asked, chosen) is mark


@pytest.mark.parametrize(
    ("asked", "chosen", "detail"),
    [
        (SINGLE, [], "Choose an answer first."),
        (MATCH, [], "Choose an answer first."),
        (SINGLE, [3], marking.FOREIGN),
        (SINGLE, [-1], marking.FOREIGN),
        (SINGLE, [0, 1], marking.FOREIGN),
        (FLAG, [0, 2], marking.FOREIGN),
        (MATCH, [0, 1], "Choose one for each."),
        (MATCH, [0, 1, 2, 3], marking.FOREIGN),
        (MATCH, [0, 1, 4], marking.FOREIGN),
    ],
)
def test_an_answer_that_is_none_is_refused_in_words(asked, chosen, detail):
    with pytest.raises(Refused) as refused:
        marking.mark(asked, chosen)
    assert (refused.value.kind, refused.value.detail) == ("invalid", detail)
