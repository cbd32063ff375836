"""A translation beside the module it was made from: each way to differ, and where it is noted."""

from dataclasses import replace

import pytest

from server.people.courses import translation
from server.people.courses.bank import Choice, Question
from server.people.courses.markdown import Ad, Lesson
from server.people.courses.yaml_lines import Reader

BODY = 10  # lines of front matter before the lessons
AD = Ad("Old tusk", "Very white.", "", None, (), (), ())
ANSWERS = (Choice("Yes", right=True), Choice("No", right=False), Choice("Perhaps", right=False))
PLAIN = Question("q1", "single", "one", "Which?", ANSWERS, "", None)
FLAG = replace(PLAIN, name="q2", kind="flag", ad=AD)
MATCH = replace(PLAIN, name="q3", kind="match", lefts=("a", "b"))
ORIGINAL = (PLAIN, FLAG, MATCH)


def lessons(names):
    return tuple(Lesson(name, name.upper(), (), 1.0, 0, line=5 * at) for at, name in enumerate(names, start=1))


def noted(compare, original, translated, reader):
    compare(original, translated, reader)
    return sorted(map(str, reader.problems))


@pytest.mark.parametrize(
    ("translated", "problems"),
    [
        ("abc", []),
        ("ab", ["module.md:1: the lesson c is missing"]),
        ("", [f"module.md:1: the lesson {name} is missing" for name in "abc"]),
        ("abxc", ["module.md:25: the lesson x is not in the original; names stay as they are"]),
        ("xabc", ["module.md:15: the lesson x is not in the original; names stay as they are"]),
        ("acb", ["module.md:20: the lesson c stands where the original has b"]),  # the first that moved, not each
        ("cab", ["module.md:15: the lesson c stands where the original has a"]),
        ("ca", ["module.md:15: the lesson c stands where the original has a", "module.md:1: the lesson b is missing"]),
    ],
)
def test_a_lesson_that_is_missing_added_or_moved_is_noted(translated, problems):
    reader = Reader("module.md", BODY)
    assert noted(translation.compare_lessons, lessons("abc"), lessons(translated), reader) == problems


@pytest.mark.parametrize(
    ("translated", "problems"),
    [
        (ORIGINAL, []),
        (ORIGINAL[::-1], []),  # questions are known by their names, not by their order
        (ORIGINAL[:2], ["bank.yaml:1: the question q3 is missing"]),
        ((*ORIGINAL, replace(PLAIN, name="q4", line=40)),
         ["bank.yaml:40: the question q4 is not in the original; names stay as they are"]),
        ((replace(PLAIN, lesson="two", line=7), FLAG, replace(MATCH, kind="flag", line=9)),
         ["bank.yaml:7: q1: the lesson is two, in the original it is one",
          "bank.yaml:9: q3: the kind is flag, in the original it is match"]),
    ],
)  # fmt: skip
def test_a_question_that_is_missing_added_or_another_is_noted(translated, problems):
    assert noted(translation.compare_questions, ORIGINAL, translated, Reader("bank.yaml")) == problems


@pytest.mark.parametrize(
    ("original", "changes", "problem"),
    [
        (PLAIN, {"text": "Laquelle ?", "explanation": "<p>Oui.</p>"}, None),
        (PLAIN, {"choices": tuple(replace(choice, text="Oui") for choice in ANSWERS)}, None),
        (FLAG, {"ad": replace(AD, title="Vieille défense")}, None),
        (MATCH, {"lefts": ("un", "deux")}, None),
        (PLAIN, {"kind": "multiple"}, "the kind is multiple, in the original it is single"),
        (PLAIN, {"lesson": "two"}, "the lesson is two, in the original it is one"),
        (PLAIN, {"ad": AD}, "the ad is added"),
        (FLAG, {"ad": None}, "the ad is missing"),
        (FLAG, {"ad": replace(AD, kinds=("trade",))}, "the ad marks trade, in the original it marks nothing"),
        (PLAIN, {"choices": ANSWERS[:2]}, "2 possible answers, in the original there are 3"),
        (PLAIN, {"choices": (*ANSWERS, ANSWERS[2])}, "4 possible answers, in the original there are 3"),
        (MATCH, {"lefts": ("a",)}, "3 possible answers, in the original there are 3"),
        (PLAIN, {"choices": (ANSWERS[1], ANSWERS[0], ANSWERS[2])},
         "the right answers stand in other places than in the original"),
    ],
)  # fmt: skip
def test_a_question_may_change_its_words_and_nothing_else(original, changes, problem):
    translated = replace(original, line=7, **changes)
    expected = [f"bank.yaml:7: {original.name}: {problem}"] if problem else []
    assert noted(translation.compare_questions, (original,), (translated,), Reader("bank.yaml")) == expected
