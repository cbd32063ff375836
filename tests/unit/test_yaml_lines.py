"""YAML that knows its lines: what is read of it, and what is wrong with it, named by file and line."""

from datetime import date

import pytest

from server.people.courses.yaml_lines import Invalid, Located, Problem, Reader

BEFORE = 3  # lines of the file before the YAML begins


def loaded(text):
    """The mapping, and what is noted, each with its line in the file."""
    reader = Reader("a.yaml", BEFORE)
    return reader.load(text), [str(problem) for problem in reader.problems]


def test_a_mapping_knows_its_lines_at_any_depth():
    mapping, problems = loaded("a: b\nlist:\n- c: d\n\n- e:\n    f: g\n  h: i\n")
    assert mapping == {"a": "b", "list": [{"c": "d"}, {"e": {"f": "g"}, "h": "i"}]} and problems == []
    second = mapping["list"][1]
    assert (mapping.line, mapping.lines, second.line, second.lines) == (1, {"a": 1, "list": 2}, 5, {"e": 5, "h": 7})
    assert second["e"].lines == {"f": 6}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "4: expected keys and values"),
        ("- a\n- b\n", "4: expected keys and values"),
        ("a: b\nc: [", "5: expected the node content, but found '<stream end>'"),
        ("a: b\n\na: c", "6: the key a stands twice"),
        ("a: b\nversion: 2026-02-30", "5: version: day is out of range for month"),
        ("a: b\n[c]: d", "5: a key must be one word"),
        ("a: b\nc: \x07", "5: special characters are not allowed"),
        ("a: b\nc:\n- [2026-02-30]", "5: c: day is out of range for month"),
        ("\n\x07", "5: special characters are not allowed"),
    ],
)
def test_what_is_no_mapping_is_an_empty_one_and_named_by_its_line(text, problem):
    mapping, problems = loaded(text)
    assert (mapping, problems) == ({}, [f"a.yaml:{problem}"])
    assert (mapping.line, mapping.lines) == (1, {})


@pytest.mark.parametrize(
    ("method", "value", "read", "problem"),
    [
        ("text", "' a b '", "a b", None),
        ("text", "' '", "", "k must be words; put them in quotation marks"),
        ("text", "1947", "", "k must be words; put them in quotation marks"),
        ("text", None, "", "k is missing"),
        ("number", "1", 1, None),
        ("number", "12", 12, None),
        ("number", "0", 1, "k must be a whole number, 1 or more"),
        ("number", "1.5", 1, "k must be a whole number, 1 or more"),
        ("number", "true", 1, "k must be a whole number, 1 or more"),
        ("number", None, 1, "k must be a whole number, 1 or more"),
        ("day", "2026-11-25", date(2026, 11, 25), None),
        ("day", "2026-11-25 10:00:00", date.min, "k must be a date such as 2026-11-25"),
        ("day", "soon", date.min, "k must be a date such as 2026-11-25"),
        ("day", None, date.min, "k must be a date such as 2026-11-25"),
        ("flag", "true", True, None),
        ("flag", "false", False, None),
        ("flag", None, False, None),
        ("flag", "1", False, "k must be true or false"),
        ("words", "[a, b]", ("a", "b"), None),
        ("words", "[]", (), "k must be a list of words"),
        ("words", "[a, 1]", (), "k must be a list of words"),
        ("words", "a", (), "k must be a list of words"),
        ("words", None, (), "k must be a list of words"),
        ("mappings", "[{a: b}, {c: d}]", [{"a": "b"}, {"c": "d"}], None),
        ("mappings", "[]", [], "k must be a list of keys and values"),
        ("mappings", "[{a: b}, c]", [], "k must be a list of keys and values"),
        ("mappings", "{a: b}", [], "k must be a list of keys and values"),
        ("mappings", None, [], "k must be a list of keys and values"),
    ],
)
def test_a_value_is_of_its_kind_or_named_by_its_line(method, value, read, problem):
    reader = Reader("a.yaml", BEFORE)
    mapping = reader.load("before: x\n" + (f"k: {value}\n" if value is not None else ""))
    got = getattr(reader, method)(mapping, "k")
    line = BEFORE + (2 if value is not None else 1)  # where it stands, else where its mapping begins
    assert (got, type(got)) == (read, type(read))
    assert [str(one) for one in reader.problems] == ([f"a.yaml:{line}: {problem}"] if problem else [])


@pytest.mark.parametrize(("method", "nothing"), [("text", ""), ("words", ())])
def test_what_is_not_needed_may_be_left_out_and_must_be_right_when_it_is_there(method, nothing):
    reader = Reader("a.yaml")
    assert getattr(reader, method)(reader.load("a: b"), "k", needed=False) == nothing and reader.problems == []
    assert getattr(reader, method)(reader.load("k: 7"), "k", needed=False) == nothing and len(reader.problems) == 1


def test_a_misspelt_key_is_named_with_those_that_are_known():
    reader = Reader("a.yaml")
    reader.known(reader.load("a: b\ntitel: c"), "a", "title")
    assert [str(one) for one in reader.problems] == ["a.yaml:2: the key titel is not known here; known are a, title"]


def test_a_mapping_made_by_hand_begins_on_the_first_line():
    assert Located(a="b").line == 1


def test_all_problems_are_told_in_the_order_of_file_and_line():
    problems = [Problem("b", 1, "x"), Problem("a", 10, "y"), Problem("a", 9, "z")]
    assert str(Invalid(problems)) == "a:9: z\na:10: y\nb:1: x"
