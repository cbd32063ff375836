"""A question as a page shows it: nothing of the key before the answer, all of it after."""

from dataclasses import replace

import pytest

from server.people.courses import question_view
from server.people.courses.bank import Choice, Question
from server.people.courses.markdown import Ad
from server.people.courses.question_view import ChoiceLine, Pair, QuestionView

AD = Ad("Old tusk", "Very white.", "", None, (), (), ())
YES, NO, OPEN = Choice("Yes", right=True), Choice("No", right=False), Choice("I cannot tell", right=False, neutral=True)
FLAG = Question("q1", "flag", "one", "Would you flag it?", (YES, NO, OPEN), "<p>Ivory.</p>", AD)
BIRDS = (Choice("crow", right=True), Choice("owl", right=True), Choice("kite", right=True), Choice("bat", right=False))
MATCH = Question("q2", "match", "two", "Which bird?", BIRDS, "<p>Birds.</p>", None, ("black", "night", "fork"))


def test_before_the_answer_a_question_shows_no_key_and_keeps_the_order_it_was_given():
    assert question_view.to_answer(FLAG, [2, 0, 1]) == QuestionView(
        kind="flag", text="Would you flag it?", lesson="one", ad=AD,
        choices=(
            ChoiceLine("I cannot tell", neutral=True, mine=False, right=False),
            ChoiceLine("Yes", neutral=False, mine=False, right=False),
            ChoiceLine("No", neutral=False, mine=False, right=False),
        ),
        pairs=(), final=False, mark=None, explanation="",
    )  # fmt: skip


def test_before_the_answer_a_match_shows_its_left_sides_alone():
    shown = question_view.to_answer(MATCH, [3, 1, 0, 2])
    assert [choice.text for choice in shown.choices] == ["bat", "owl", "crow", "kite"]
    assert shown.pairs == (Pair("black", mine="", right=""), Pair("night"), Pair("fork"))


@pytest.mark.parametrize("right", [0, 1, 2])
def test_before_the_answer_the_page_is_the_same_whichever_choice_is_right(right):
    choices = tuple(replace(choice, right=place == right) for place, choice in enumerate(FLAG.choices))
    other = replace(FLAG, choices=choices, explanation="<p>Another.</p>")
    assert question_view.to_answer(other, [0, 1, 2]) == question_view.to_answer(FLAG, [0, 1, 2])


@pytest.mark.parametrize("mark", [True, False, None])
def test_after_the_answer_a_question_shows_what_was_chosen_what_is_right_and_why(mark):
    assert question_view.answered(FLAG, [2, 0, 1], [1], mark) == QuestionView(
        kind="flag", text="Would you flag it?", lesson="one", ad=AD,
        choices=(
            ChoiceLine("I cannot tell", neutral=True, mine=False, right=False),
            ChoiceLine("Yes", neutral=False, mine=False, right=True),
            ChoiceLine("No", neutral=False, mine=True, right=False),
        ),
        pairs=(), final=True, mark=mark, explanation="<p>Ivory.</p>",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "pairs"),
    [
        ([0, 1, 2], (Pair("black", "crow", "crow"), Pair("night", "owl", "owl"), Pair("fork", "kite", "kite"))),
        ([1, 3, 0], (Pair("black", "owl", "crow"), Pair("night", "bat", "owl"), Pair("fork", "crow", "kite"))),
        ([3], (Pair("black", "bat", "crow"),)),  # as far as it was answered
        ([], ()),
    ],
)
def test_after_the_answer_each_left_side_stands_with_what_was_chosen_and_what_belongs_to_it(chosen, pairs):
    assert question_view.answered(MATCH, [0, 1, 2, 3], chosen, None).pairs == pairs


@pytest.mark.parametrize(
    ("sent", "places"),
    [
        ([], []),
        (["0"], [0]),
        (["2", "0", "1"], [2, 0, 1]),
        (["99", "100"], [99]),  # two digits at most
        (["", "x", "-1", "1.5", " 1", "²", "7"], [7]),
    ],
)
def test_what_is_no_place_is_left_out(sent, places):
    assert question_view.picked(sent) == places
