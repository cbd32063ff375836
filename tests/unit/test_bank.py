"""A bank of questions: what it must hold, what each kind of question needs, and what its author gets wrong, by line."""

import json

import pytest

from server.people.courses import bank, module_file
from server.people.courses.bank import Choice, Question
from server.people.courses.yaml_lines import Invalid, Reader
from tests.modules import flag, item, items, match, of_exam, write

LESSONS = ("one", "two")
NEXT = 22  # the line of what is added to the twenty questions of the least sound bank


def text(questions, **more):
    """A bank of one line a question, the first on line 2."""
    head = [f"{key}: {json.dumps(value)}" for key, value in more.items()]
    return "\n".join(["questions:", *(f"- {json.dumps(question)}" for question in questions), *head])


def problems(questions, **options):
    reader = Reader("bank.yaml")
    bank.read(text(questions), LESSONS, reader, **options)
    return [str(problem).removeprefix("bank.yaml:") for problem in reader.problems]


def question(added, **options):
    return bank.read(text(items(added)), LESSONS, Reader("bank.yaml"), **options)[-1]


def without(key, fields):
    return {name: value for name, value in fields.items() if name != key}


def test_a_question_is_read_with_its_line():
    assert question(item(20)) == Question(
        name="q20", kind="single", lesson="two", text="Question 20?", explanation="<p>CANARY-20.</p>\n", ad=None,
        choices=(Choice("right 20", right=True), Choice("wrong 20a", right=False), Choice("wrong 20b", right=False)),
        lefts=(),
    )  # fmt: skip
    assert question(item(20)).line == NEXT


def test_a_match_has_what_belongs_first_and_then_what_belongs_nowhere():
    read = question(match(20))
    assert read.lefts == ("left 20a", "left 20b", "left 20c")
    assert [(choice.text, choice.right, choice.neutral) for choice in read.choices] == [
        ("right 20a", True, False),
        ("right 20b", True, False),
        ("right 20c", True, False),
        ("wrong 20a", False, False),
    ]


def test_a_match_may_do_without_what_belongs_nowhere():
    alone = without("others", match(20))
    assert len(question(alone).choices) == 3 and problems(items(alone)) == []


def test_a_flag_question_has_its_ad_and_can_always_be_left_open():
    read = question(flag(20))
    assert read.ad.title == "Ad 20"
    assert [choice.neutral for choice in read.choices] == [False, False, False, True]
    assert read.choices[-1] == Choice("I cannot tell", right=False, neutral=True)


def test_another_kind_may_show_an_ad_and_is_not_left_open():
    read = question(item(20, ad=flag(20)["ad"]))
    assert read.ad.title == "Ad 20" and not any(choice.neutral for choice in read.choices)


@pytest.mark.parametrize(
    ("cannot_tell", "in_bank", "choice"),
    [
        ("I cannot tell", {}, "I cannot tell"),
        ("Je ne sais pas", {}, "Je ne sais pas"),
        ("Je ne sais pas", {"cannot_tell": "No lo sé"}, "No lo sé"),
        (None, {"cannot_tell": "No lo sé"}, "No lo sé"),
        (None, {}, "I cannot tell"),  # with the problem below
    ],
)
def test_the_choice_that_leaves_it_open_is_in_the_language_of_the_bank(cannot_tell, in_bank, choice):
    reader = Reader("bank.yaml")
    read = bank.read(text(items(flag(20)), **in_bank), LESSONS, reader, cannot_tell=cannot_tell)
    assert read[-1].choices[-1].text == choice
    missing = cannot_tell is None and not in_bank
    assert [str(problem) for problem in reader.problems] == ["bank.yaml:1: cannot_tell is missing"] * missing


def test_two_questions_are_equal_wherever_they_stand_in_their_files():
    questions = [Question("q", "single", "one", "?", (), "", None, **line) for line in ({}, {"line": 9})]
    assert questions[0] == questions[1] and questions[0].line == 1


def plain(number):
    return [item(at) for at in range(number)]


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        (items(), []),
        (items()[1:], ["1: a bank needs at least 20 questions, this one has 19"]),
        ([*plain(16), *map(flag, range(16, 20))], ["1: a bank needs at least 3 kinds of question, this one has single, flag"]),
        ([*plain(16), match(16), *map(flag, range(17, 20))], ["1: a bank needs at least 4 flag questions, this one has 3"]),
        ([], ["1: questions must be a list of keys and values",
              "1: a bank needs at least 20 questions, this one has 0",
              "1: a bank needs at least 3 kinds of question, this one has none",
              "1: a bank needs at least 4 flag questions, this one has 0"]),
        (items(item(0), item(0)), ["22: two questions are named q0", "23: two questions are named q0"]),
    ],
)  # fmt: skip
def test_a_bank_is_large_and_varied_enough(questions, problem):
    assert problems(questions) == problem


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        (item(20, choices=[{"text": "a", "right": True}]),
         ["q20: needs at least two choices, exactly one of them right"]),
        (without("kind", item(20)), ["kind is missing"]),
        (item(20, kind="sort"), ["q20: kind must be one of single, multiple, flag, match"]),
        (without("section", item(20)), ["section is missing"]),
        (item(20, section="three"), ["q20: the module has no lesson three"]),
        (without("ad", flag(20)), ["q20: needs an ad to look at"]),
        (item(20, pairs=[]),
         ["the key pairs is not known here; known are name, kind, section, text, ad, choices, explanation"]),
        (match(20) | {"choices": []},
         ["the key choices is not known here; known are name, kind, section, text, ad, pairs, others, explanation"]),
        (item(20, choices=[*item(20)["choices"], {"text": "c", "wrong": True}]),
         ["the key wrong is not known here; known are text, right"]),
        (match(20, pairs=[*match(20)["pairs"], {"left": "d", "right": "e", "text": "f"}]),
         ["the key text is not known here; known are left, right"]),
        (match(20, pairs=[*match(20)["pairs"], {"left": "left 20a", "right": "e"}]),
         ["two pairs have the same left side"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_named_by_its_line(added, problem):
    assert problems(items(added)) == [f"{NEXT}: {line}" for line in problem]


def test_an_ad_that_is_no_mapping_shows_none():
    assert question(item(20, ad="words")).ad is None


ONE_RIGHT = "needs at least two choices, exactly one of them right"
SEVERAL = "needs at least three choices, at least one right and one wrong"
PAIRS = "needs three to six pairs"


@pytest.mark.parametrize(
    ("kind", "choices", "problem"),
    [
        ("single", "", ONE_RIGHT),
        ("single", "r", ONE_RIGHT),
        ("single", "rw", ""),
        ("single", "wwr", ""),
        ("single", "ww", ONE_RIGHT),
        ("single", "rrw", ONE_RIGHT),
        ("multiple", "rw", SEVERAL),
        ("multiple", "rww", ""),
        ("multiple", "rrw", ""),
        ("multiple", "www", SEVERAL),
        ("multiple", "rrr", SEVERAL),
        ("flag", "rw", ""),
        ("flag", "rr", ONE_RIGHT),
        ("match", "rr", PAIRS),
        ("match", "rrw", PAIRS),
        ("match", "rrr", ""),
        ("match", "rrrrrrw", ""),
        ("match", "rrrrrrr", PAIRS),
    ],
)
def test_each_kind_of_question_needs_its_choices(kind, choices, problem):
    built = [Choice(f"choice {place}", right=sign == "r") for place, sign in enumerate(choices)]
    assert bank.KINDS[kind](built, True) == problem
    assert bank.KINDS[kind](built, False) == ("needs an ad to look at" if kind == "flag" else problem)


@pytest.mark.parametrize(("last", "problem"), [("d", False), ("c", True)])
def test_no_right_side_of_a_match_stands_twice(last, problem):
    choices = [Choice(name, right=True) for name in "abc"] + [Choice(last, right=False)]
    different = "every right side, and every one of the others, must be different"
    assert bank.KINDS["match"](choices, False) == (different if problem else "")


@pytest.mark.parametrize(("required", "questions", "enough"), [(True, 60, True), (True, 59, False), (False, 40, True)])
def test_the_exam_that_accreditation_needs_is_drawn_from_sixty_questions(tmp_path, required, questions, enough):
    folder = write(tmp_path / "small", {"required": required}, exam=of_exam(questions))
    told = f"small/exam.yaml:1: a bank needs at least 60 questions, this one has {questions}"
    if enough:
        assert len(module_file.load(folder).exam_questions) == questions
    else:
        with pytest.raises(Invalid) as refused:
            module_file.load(folder)
        assert [str(problem) for problem in refused.value.problems] == [told]
