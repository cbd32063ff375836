"""What answers say about a question: the rules as tables."""

import pytest

from server.people.exams import items
from server.people.exams.items import ItemAnswer


@pytest.mark.parametrize(
    ("right", "wrong", "difficulty"),
    [(0, 0, 0.3), (1, 0, 0.25), (0, 1, 2.5 / 6), (95, 5, 6.5 / 105), (0, 100, 101.5 / 105)],
)
def test_difficulty_is_drawn_towards_an_ordinary_question_while_answers_are_few(right, wrong, difficulty):
    assert items.difficulty(right, wrong) == pytest.approx(difficulty)


@pytest.mark.parametrize(
    ("pairs", "correlation"),
    [
        ([(True, 1.0), (False, 0.0)], 1.0),
        ([(True, 0.0), (False, 1.0)], -1.0),
        ([(True, 0.9), (True, 0.7), (False, 0.9), (False, 0.7)], 0.0),
        ([(True, 0.9), (True, 0.8), (False, 0.6), (False, 0.3)], 0.8728715609439696),  # Pearson's r of the same
        ([(True, 0.5), (True, 0.9)], None),
        ([(True, 0.5), (False, 0.5)], None),
    ],
)
def test_point_biserial(pairs, correlation):
    assert items.point_biserial(pairs) == (correlation if correlation is None else pytest.approx(correlation))


def answers(right: int, wrong: int, *, knows: float = 0.9, guesses: float = 0.4, choice: int = 1) -> list[ItemAnswer]:
    spread = [0.05 * (at % 3) for at in range(right + wrong)]
    return [ItemAnswer((0,), True, knows + more - 0.05) for more in spread[:right]] + [
        ItemAnswer((choice,), False, guesses + more - 0.05) for more in spread[right:]
    ]


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ([*answers(14, 10), ItemAnswer((2,), False, 0.4)], None),
        (answers(10, 3), None),  # too few to say anything
        ([*answers(80, 0), ItemAnswer((1,), False, 0.2), ItemAnswer((2,), False, 0.2)], "Almost nobody gets it wrong."),
        ([*answers(4, 30), ItemAnswer((2,), False, 0.4)], "Most people get it wrong: is the key right?"),
        ([*answers(14, 10, knows=0.4, guesses=0.9), ItemAnswer((2,), False, 0.9)], "is the key right?"),
        ([*answers(15, 9, knows=0.6, guesses=0.6), ItemAnswer((2,), False, 0.6)], "is it clear?"),
        (answers(14, 10), "Some choices are never chosen."),
    ],
)
def test_what_a_coordinator_is_told_to_look_at(given, doubt):
    doubts = items.analyse(given, [1, 2]).doubts
    assert doubts == () if doubt is None else any(doubt in sentence for sentence in doubts)


@pytest.mark.parametrize(
    ("right", "wrong", "doubt"),
    [
        (11, 8, None),
        (12, 8, "Some choices are never chosen."),  # twenty answers are enough
        (25, 0, "Some choices are never chosen."),  # one in twenty is expected to get it wrong: easy enough to keep
        (26, 0, "Almost nobody gets it wrong."),
        (4, 16, "Some choices are never chosen."),  # seven in ten
        (3, 17, "Most people get it wrong: is the key right?"),
    ],
)
def test_from_when_on_a_coordinator_is_told(right, wrong, doubt):
    doubts = items.analyse(answers(right, wrong), [1, 2]).doubts
    assert next(iter(doubts), None) == doubt


def test_i_cannot_tell_is_counted_apart():
    analysis = items.analyse([*answers(14, 10), ItemAnswer((3,), None, None)], [1, 2])
    assert (analysis.answers, analysis.cannot_tell, analysis.never_chosen) == (24, 1, (2,))
