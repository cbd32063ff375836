"""What changed in a module: told from its own words, declared in its front matter, and the two held against each other."""

from datetime import date
from pathlib import Path

import pytest

from server.people.courses import differences, module_file, taught
from server.people.courses.differences import Difference
from server.people.courses.yaml_lines import Invalid
from tests.modules import BODY, SHIPPED, items, write

KNOWN = differences.vocabulary(
    ["Ivory and bone, tusk and horn, sell and tell, skin and skip: report it, in all trail."]
)
NONE, FORM, WORDS, FACT = Difference


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("Report it, in all.", "report it in all", NONE),
        ("Don't ask.", "Don’t  ask!", NONE),
        ("Never recieve a gift", "Never receive a gift", FORM),
        ("the goverment says", "the government says", FORM),
        ("teh seller", "the seller", FORM),
        ("You mst ask", "You must ask", FACT),  # what makes a rule is never mended in passing
        ("It is legal there", "It is leagl there", FACT),
        ("a sel ler", "a seller", FORM),
        ("the people of Keyna", "the people of Kenya", FORM),  # swapped letters
        ("the people of Iran", "the people of Iraq", FACT),  # another letter in a name is another name
        ("Look at the bone", "Look at the ivory", WORDS),
        ("Cut the tusk", "Cut the task", WORDS),  # a word in use is no misspelling
        ("Look closely at it", "Look at it with care", WORDS),
        ("On the trail you see it", "On it you see the trail", WORDS),
        ("Call 110", "Call 112", FACT),
        ("It costs 1.5 kg", "It costs 15 kg", FACT),
        ("It is on Appendix I", "It is on Appendix II", FACT),
        ("You may ask", "You may not ask", FACT),
        ("You can ask", "You can’t ask", FACT),
        ("It is legal there", "It is illegal there", FACT),
        ("Tell the police in Peru", "Tell the police in Chile", FACT),
        ("See https://one.example/a", "See https://one.example/b", FACT),
        ("It costs € 5", "It costs $ 5", FACT),
        ("legal before 1947; illegal after 1990", "illegal before 1947; legal after 1990", FACT),  # swapped
        ("Tigers are on Appendix I, lions on II", "Tigers are on Appendix II, lions on I", FACT),
        ("Do not buy. Report it.", "Do buy. Not report it.", FACT),
        ("You must not ask. Look at it.", "You must ask. Not look at it.", FACT),
        ("Never ask a seller at once", "Never question any seller at once", WORDS),  # what is bound is worded otherwise
        ("Peru exports to Chile", "Chile exports to Peru", FACT),
        ("two people decide", "ten people decide", FACT),
        ("within 30 days of it", "within 30 weeks of it", FACT),
        ("a kilogram of it", "a gram of it", FACT),
        ("Twelve of them", "Twenty of them", FACT),
        ("In Kenya there are two ports.", "Kenya has two ports, there.", WORDS),  # the same name, wherever it stands
        ("", "It is new", WORDS),
    ],
)
def test_how_far_two_texts_are_apart(before, after, difference):
    assert differences.compare(before, after, KNOWN).difference is difference


@pytest.mark.parametrize("difference", ["w{} ", "{} "], ids=["words", "numbers"])
def test_of_a_long_difference_eight_words_are_shown(difference):
    before, after = ("".join(map(difference.format, numbers)) for numbers in (range(10, 21), range(20, 9, -1)))
    compared = differences.compare(f"One {before}", f"One {after}")
    assert [len(side.split()) for side in (compared.before, compared.after)] == [8, 8]


def lines(folder: Path) -> list[str]:
    """What the check says about the module in `folder`."""
    course = module_file.load(folder)
    try:
        return [problem.what for problem in taught.check(folder, course, taught.vocabulary([course]))]
    except Invalid as invalid:
        return [problem.what for problem in invalid.problems]


def keep(folder: Path) -> date:
    course = module_file.load(folder)
    return taught.keep(folder, course, taught.vocabulary([course]))


LONG = BODY.replace("Read this.", "Call 110 when you see a tusk, and recieve help, at once.").replace(
    "And that.", "Never ask a seller anything."
)
MATERIAL = {"day": date(2026, 12, 1), "kind": "material", "parts": ["one"], "what": "Another number"}
MINOR = {"day": date(2026, 12, 1), "kind": "minor", "what": "Plainer words"}


def edited(folder: Path, body: str, *changes: dict, bank: list[dict] | None = None) -> Path:
    """The module with another body (or bank), and these changes declared."""
    material = [change["day"] for change in changes if change["kind"] == "material"]
    front = {"exam": "2026-11-25", "version": material[-1] if material else date(2026, 11, 25)}
    return write(folder, front | ({"changes": list(changes)} if changes else {}), body, bank)


@pytest.fixture
def small(tmp_path):
    folder = edited(tmp_path / "small", LONG)
    assert keep(folder) == date(2026, 11, 25) and lines(folder) == []
    return folder


@pytest.mark.parametrize(
    "mended",
    [
        LONG.replace("tusk, and", "tusk and"),
        LONG.replace("recieve", "receive"),
        LONG.replace("Never ask", "**Never** ask"),
        LONG.replace("tusk, and recieve help", "tusk,\nand recieve help"),
    ],
)
def test_a_comma_a_misspelling_and_format_need_no_word(small, mended):
    assert lines(edited(small, mended)) == []


@pytest.mark.parametrize(
    ("body", "changes", "problem"),
    [
        (
            LONG.replace("110", "112"),
            [],
            "states another fact (“110” is now “112”). Declare it under changes: material",
        ),
        (LONG.replace("110", "112"), [MINOR], "the lesson one states another fact"),
        (LONG.replace("110", "112"), [MINOR | {"reworded": ["one"]}], "the lesson one states another fact"),
        (LONG.replace("110", "112"), [MATERIAL | {"parts": ["two"]}], "the lesson one states another fact"),
        (LONG.replace("Never", "Always"), [MATERIAL], "the lesson two states another fact (“never” is now “always”)"),
        (LONG.replace("a tusk", "some ivory"), [], "the lesson one has other words (“a tusk” is now “some ivory”)"),
        (LONG.replace("a tusk", "some ivory"), [MINOR], "or minor with its name in reworded"),
        (LONG + "\n## New {#new}\n\nMore.\n", [MINOR], "the lesson new is new"),
        (LONG.replace("110", "112"), [MATERIAL], "run flask training keep small"),
        (LONG.replace("a tusk", "some ivory"), [MINOR | {"reworded": ["one"]}], "run flask training keep small"),
        (LONG.replace("a tusk", "some ivory"), [MATERIAL], "run flask training keep small"),
        (LONG, [MINOR, MATERIAL | {"day": date(2026, 12, 2)}], "keep the change of 2026-12-01 before"),
    ],
)
def test_what_changed_is_declared_as_what_it_is(small, body, changes, problem):
    [said] = lines(edited(small, body, *changes))
    assert problem in said


def replaced(name: str, **new: object) -> list[dict]:
    return [question | new if question["name"] == name else question for question in items()]


RIGHT, WRONG = {"text": "right 1", "right": True}, {"text": "wrong 1a"}


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ([WRONG, RIGHT, {"text": "wrong 1b"}], None),  # the order of the answers
        ([{"text": "right 1"}, {"text": "wrong 1a", "right": True}, {"text": "wrong 1b"}], "states another fact"),
        ([{"text": "right is 1", "right": True}, WRONG, {"text": "wrong 1b"}], "has other words"),
        (
            [{"text": "right 7", "right": True}, WRONG, {"text": "wrong 1b"}],
            "states another fact (question q1: “1” is now",
        ),
    ],
)
def test_a_key_that_changes_is_a_fact(small, choices, problem):
    said = lines(edited(small, LONG, bank=replaced("q1", choices=choices)))
    assert [problem in line for line in said] == [True] * bool(problem)


def test_a_misspelling_mended_in_an_answer_that_moves_is_no_fact(tmp_path):
    answer, others = {"text": "absolutley 1", "right": True}, [WRONG, {"text": "wrong 1b"}]
    folder = edited(tmp_path / "other", LONG, bank=replaced("q1", choices=[answer, *others]))
    keep(folder)
    mended = replaced("q1", choices=[*others, answer | {"text": "absolutely 1"}])
    assert lines(edited(folder, LONG, bank=mended)) == []


def test_of_two_facts_in_a_lesson_that_of_its_text_is_told(small):
    other = replaced("q1", choices=[{"text": "right 7", "right": True}, WRONG, {"text": "wrong 1b"}])
    [said] = lines(edited(small, LONG.replace("110", "112"), bank=other))
    assert "states another fact (“110” is now “112”)" in said


def test_a_new_lesson_hides_no_change_of_those_after_it(small):
    said = lines(edited(small, "## New {#new}\n\nMore.\n\n" + LONG.replace("110", "112")))
    assert ["the lesson new is new" in said[0], "the lesson one states another fact" in said[1]] == [True, True]


def test_the_right_sides_of_pairs_are_keys(small):
    pairs = [{"left": f"left 15{side}", "right": f"right 15{other}"} for side, other in ("ab", "ba", "cc")]
    assert "states another fact (question q15" in lines(edited(small, LONG, bank=replaced("q15", pairs=pairs)))[0]


def test_a_new_question_asks_nobody_and_is_kept_so_that_its_key_is_known(small):
    grown = [*items(), items()[0] | {"name": "q99"}]
    assert lines(edited(small, LONG, bank=grown)) == ["taught.yaml is older: run flask training keep small"]
    assert keep(small) == date(2026, 11, 25) and lines(small) == []


def test_what_is_kept_can_be_told_again_from_the_files_alone(small):
    """Declared, kept, and then declared as less than it was: the states beside the module say so."""
    body = LONG.replace("110", "112")
    edited(small, body, MATERIAL)
    assert keep(small) == date(2026, 12, 1) and lines(small) == []
    assert list(taught.read(small)) == [date(2026, 11, 25), date(2026, 12, 1)]
    file = (small / taught.NAME).read_text()
    assert file.index("text:") < file.index("keys:"), "as it is taught, not by the alphabet"
    assert list(taught.read(small)[date(2026, 12, 1)]) == ["one", "two"]
    assert "states another fact" in lines(edited(small, body, MINOR | {"reworded": ["one"]}))[0]
    assert lines(edited(small, body)) == ["taught.yaml has a state of 2026-12-01, but changes has none of that day"]
    edited(small, body, MATERIAL)
    assert (
        "states another fact" in lines(edited(small, body.replace("112", "113").replace("Never", "Must"), MATERIAL))[0]
    )
    gone = body.partition("## Two")[0]
    later = MINOR | {"day": date(2026, 12, 9)}
    one = [question | {"section": "one"} for question in items()]
    edited(small, gone, MATERIAL, later, bank=one)
    keep(small)
    assert list(taught.read(small)[date(2026, 12, 9)]) == ["one"] and lines(small) == []


def test_keeping_is_refused_while_a_change_is_not_declared(small):
    edited(small, LONG.replace("110", "112"))
    with pytest.raises(Invalid, match="states another fact"):
        keep(small)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ([MATERIAL | {"parts": []}], "parts must be a list of words"),
        ([MATERIAL | {"parts": ["three"]}], "the module has no lesson three"),
        ([MATERIAL | {"kind": "huge"}], "kind must be minor or material"),
        ([MATERIAL, MINOR], "changes stand in the order of their days, one a day"),
        ([{key: MATERIAL[key] for key in ("day", "kind", "parts")}], "what is missing"),
    ],
)
def test_a_declaration_is_whole(tmp_path, changes, problem):
    with pytest.raises(Invalid, match=problem):
        module_file.load(
            write(tmp_path / "small", {"exam": "2026-11-25", "version": date(2026, 12, 1), "changes": changes})
        )


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ({"version": date(2026, 12, 1)}, "changes need exam"),
        ({"exam": "2026-11-25", "version": date(2026, 11, 25)}, "version must be the day of the last material change"),
    ],
)
def test_a_material_change_needs_an_exam_to_stand_on_and_moves_the_version(tmp_path, front, problem):
    with pytest.raises(Invalid, match=problem):
        module_file.load(write(tmp_path / "small", front | {"changes": [MATERIAL]}))


def test_the_version_is_the_day_of_the_last_of_several_material_changes(tmp_path):
    changes = [MATERIAL, MATERIAL | {"day": date(2026, 12, 9)}]
    front = {"exam": "2026-11-25", "version": date(2026, 12, 9), "changes": changes}
    assert len(module_file.load(write(tmp_path / "small", front)).material) == 2


@pytest.mark.parametrize(
    ("changes", "line", "problem"),
    [
        (
            [MATERIAL, MINOR | {"day": date(2026, 11, 30)}, MINOR | {"day": date(2026, 12, 5)}],
            23,
            "changes stand in the order of their days",
        ),
        ([MATERIAL | {"kind": "huge"}], 19, "kind must be minor or material"),
        ([MATERIAL | {"parts": ["three"]}], 20, "the module has no lesson three"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_named_by_its_line(tmp_path, changes, line, problem):
    front = {"exam": "2026-11-25", "version": date(2026, 12, 1), "changes": changes}
    with pytest.raises(Invalid) as invalid:
        module_file.load(write(tmp_path / "small", front))
    assert f"module.md:{line}: {problem}" in str(invalid.value)


def test_without_exam_a_comma_and_a_drawing_ask_nobody_and_another_word_everybody(tmp_path):
    was = module_file.load(write(tmp_path / "small", body=LONG)).content_hash
    assert module_file.load(write(tmp_path / "comma", body=LONG.replace("tusk, and", "tusk and"))).content_hash == was
    assert module_file.load(write(tmp_path / "word", body=LONG.replace("110", "112"))).content_hash != was
    other = replaced("q1", choices=[{"text": "right 1"}, {"text": "wrong 1a", "right": True}])
    assert module_file.load(write(tmp_path / "key", body=LONG, bank=other)).content_hash != was


def test_what_accreditation_needs_is_kept_and_every_change_of_it_declared():
    modules = module_file.load_all(SHIPPED)
    words = taught.vocabulary(modules.values())
    for course in modules.values():
        if course.required or course.one_of_groups:
            assert (SHIPPED / course.slug / taught.NAME).is_file(), course.slug
            assert taught.check(SHIPPED / course.slug, course, words) == []
