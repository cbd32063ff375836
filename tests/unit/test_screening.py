"""Screening questions: what they weigh, and in which order a waiting list is looked at. Nobody is refused by them."""

import pytest

from server.people.courses.yaml_lines import Invalid
from server.people.recruitment import screening
from server.people.recruitment.screening import ScreeningChoice, ScreeningQuestion, ScreeningResult
from tests.modules import SHIPPED

ASKED = (
    ScreeningQuestion(
        "seller", "Write to them?", (ScreeningChoice("No", 2), ScreeningChoice("Yes", 0, "would write to a seller"))
    ),
    ScreeningQuestion(
        "sure",
        "Is it ivory?",
        (ScreeningChoice("Cannot tell", 2), ScreeningChoice("Perhaps", 1), ScreeningChoice("Yes", 0)),
    ),
)


def test_the_shipped_questions_are_sound_and_each_has_an_answer_without_a_talk():
    questions = screening.load(SHIPPED / "screening.yaml")
    assert len(questions) >= 3
    assert all(any(choice.points and not choice.talk for choice in question.choices) for question in questions)


@pytest.mark.parametrize(
    ("answers", "points", "talk"),
    [
        ({"seller": 0, "sure": 0}, 4, ()),
        ({"seller": 1, "sure": 1}, 1, ("would write to a seller",)),
        ({}, 0, ()),
        ({"seller": 2}, 0, ()),  # one beyond the last choice
        ({"sure": 2}, 0, ()),
        ({"seller": 7, "gone": 0}, 0, ()),  # the content has changed since
        ({"seller": -1}, 0, ()),
    ],
)
def test_answers_are_weighed(answers, points, talk):
    assert screening.weigh(ASKED, answers) == ScreeningResult(points, 4, talk)


@pytest.mark.parametrize(
    ("points", "hours", "languages", "readers", "days", "score"),
    [
        (4, 6, ["Thai"], {}, 20, 100),
        (4, 3, ["English"], {"English": 3}, 0, 60),
        (4, 1, ["English"], {"English": 3}, 0, 40),
        (2, 1, ["English", "Thai"], {"English": 9, "Thai": 2}, 10, 50),
        (0, 1, ["English"], {"English": 3}, 0, 0),
        (0, 1, ["English"], {"English": 3}, 400, 20),
    ],
)
def test_a_rank_on_the_list_has_a_table(points, hours, languages, readers, days, score):
    assert screening.rank(ScreeningResult(points, 4, ()), hours, languages, readers, days).score == score


def test_every_rank_has_its_reasons_in_words():
    rank = screening.rank(ScreeningResult(1, 4, ("would write to a seller",)), 1, ["Thai"], {"Thai": 1}, 25)
    assert [(reason.text, reason.against) for reason in rank.reasons] == [
        ("1 of 4 points in the questions", True),
        ("Has less than 3 hours a week", True),
        ("Reads Thai: so far 1 accredited spotter does", False),
        ("Has waited 25 days", False),
        ("To talk about: would write to a seller", True),
    ]


@pytest.mark.parametrize(
    ("hours", "languages", "days", "sentences"),
    [
        (2, [], 19, ["Has less than 3 hours a week"]),
        (3, [], 19, ["Has 3 hours a week or more"]),
        (3, [], 20, ["Has 3 hours a week or more", "Has waited 20 days"]),
        (3, ["English"], 0, ["Has 3 hours a week or more"]),
        (3, ["Thai"], 0, ["Has 3 hours a week or more", "Reads Thai: no accredited spotter does"]),
        (3, ["Thai", "Lao", "Khmer"], 0,
         ["Has 3 hours a week or more", "Reads Thai and Lao: no accredited spotter does"]),
    ],
)  # fmt: skip
def test_what_is_said_of_hours_languages_and_waiting(hours, languages, days, sentences):
    rank = screening.rank(ScreeningResult(0, 0, ()), hours, languages, {"English": 3, "Lao": 1}, days)
    assert [reason.text for reason in rank.reasons] == sentences


def test_half_of_the_points_are_not_held_against_anybody():
    half, less = (screening.rank(ScreeningResult(points, 4, ()), 3, [], {}, 0).reasons[0] for points in (2, 1))
    assert (half.against, less.against) == (False, True)


def test_no_questions_count_for_nobody():
    assert screening.weigh((), {"seller": 0}).of == 0
    assert screening.rank(ScreeningResult(0, 0, ()), 1, ["English"], {"English": 3}, 0).score == 40


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("questions: []", "must be a list of keys and values"),
        ("questions:\n- {name: a, text: b, choices: [{text: x, points: 3}, {text: y, points: 1}]}", "0 to 2"),
        ("questions:\n- {name: a, text: b, choices: [{text: x, points: -1}, {text: y, points: 1}]}", "0 to 2"),
        ("questions:\n- {name: a, text: b, choices: [{text: x, points: yes}, {text: y, points: 1}]}", "0 to 2"),
        ("questions:\n- {name: a, text: b, choices: [{text: x, points: few}, {text: y, points: 1}]}", "0 to 2"),
        ("questions:\n" + 2 * "- {name: a, text: b, choices: [{text: x, points: 1}, {text: y}]}\n", ":1: two questions are named a"),
        ("questions:\n- {name: a, text: b, choices: [{text: x}, {text: y}]}", ":2: no choice of this question has points"),
        ("questions:\n- {name: a, text: b, choices: [{text: x, points: 1}]}", ":2: a question needs at least two choices"),
        ("questions:\n- {name: a, txt: b, choices: [{text: x, points: 1}, {text: y}]}", "the key txt is not known"),
    ],
)  # fmt: skip
def test_what_an_author_gets_wrong_is_named(tmp_path, text, message):
    (tmp_path / "screening.yaml").write_text(text)
    with pytest.raises(Invalid, match=message):
        screening.load(tmp_path / "screening.yaml")


def test_a_choice_has_no_points_unless_it_says_so_and_two_at_most(tmp_path):
    (tmp_path / "screening.yaml").write_text(
        "questions:\n- {name: a, text: b, choices: [{text: x, points: 2}, {text: y}]}"
    )
    assert screening.load(tmp_path / "screening.yaml") == (
        ScreeningQuestion("a", "b", (ScreeningChoice("x", 2), ScreeningChoice("y", 0))),
    )


def test_without_a_file_nothing_is_asked(tmp_path):
    assert screening.load(tmp_path / "screening.yaml") == ()
