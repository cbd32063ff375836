"""YAML from outside: every scalar is text, tricks are refused, and what is wrong is said with its line."""

import pytest

from server.core.words import Refused
from server.ledger.companies import plain_yaml

FILE = """\
# The companies
companies:
  - slug: mercado
    platforms:
      - slug: mercado
        domains:
          - one.test
          - two.test
        hosts:
    spocs: []
  - slug: plaza
"""


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("country: NO", {"country": "NO"}),
        ("name: 1688", {"name": "1688"}),
        ("date: 2026-11-01", {"date": "2026-11-01"}),
        ("per_domain: yes", {"per_domain": "yes"}),
        ("search: ~", {"search": None}),
        ("search:", {"search": None}),
        ("a: {b: [1.5, c]}", {"a": {"b": ["1.5", "c"]}}),
        ("a: 1\nb: 1", {"a": "1", "b": "1"}),
        ("", None),
    ],
)
def test_every_scalar_is_text_but_null(text: str, content: object) -> None:
    assert plain_yaml.parse(text.encode())[0] == content


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1", "line 1"),
        ("a: 1\nb: 2\na: 3\nb: 4", "'a' stands there twice"),
        ("x:\n  - {a: 1, a: 2}", "line 2"),
        ("a: &x 1\nb: *x", "aliases are not read here"),
        ("a: !!python/object/apply:os.system [ls]", "is not read here"),
        ("a: 1\nb: !!int ten", "line 2"),
        ("a: !!binary aaaa", "the tag 'tag:yaml.org,2002:binary' is not read here"),
        ("a: !!set {a, b}", "is not read here"),
        ("a: !!timestamp 2001-99-99", "is not read here"),
        ("[" * 5000, "YAML"),
        ("a: \x00", "YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        plain_yaml.parse(text.encode())
    assert refused.value.kind == "invalid"
    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("companies", 3),  # where its content begins
        ("companies[0].slug", 3),
        ("companies[1].slug", 11),
        ("companies[0].platforms[0].domains[1]", 8),
        ("companies[0].platforms[0].hosts", 9),
        ("companies[0].spocs", 10),
        # What is not there: where the nearest that should hold it starts
        ("companies[0].name", 3),
        ("companies[1].name", 11),
        ("companies[0].platforms[0].domains[2]", 7),
        ("companies[1].platforms[0].slug", 11),
        ("companies[1].slug.more", 11),
        ("companies[0].platforms[0].domains[last]", 7),
        ("companies[0].platforms[0].domains[²]", 7),
        ("clauses", None),
    ],
)
def test_what_is_wrong_is_said_with_its_line(place: str, line: int | None) -> None:
    tree = plain_yaml.parse(FILE.encode())[1]
    assert plain_yaml.located(place, tree) == (f"line {line}, {place}" if line else place)
    assert plain_yaml.located(place, None) == place


@pytest.mark.parametrize(
    ("messages", "places"),
    [
        (["Wrong."], {"": ["Wrong."]}),
        ({"companies": ["Missing."]}, {"companies": ["Missing."]}),
        (
            {"companies": {2: {"platforms": {0: {"slug": ["Odd.", "Long."]}}, "name": ["Missing."]}}},
            {"companies[2].platforms[0].slug": ["Odd.", "Long."], "companies[2].name": ["Missing."]},
        ),
        ({"_schema": ["No mapping."]}, {"": ["No mapping."]}),
        ({"spocs": {1: {"_schema": ["Two channels."]}}}, {"spocs[1]": ["Two channels."]}),
        ({"spocs": {1: [7]}}, {"spocs[1]": ["7"]}),
    ],
)
def test_each_place_that_is_wrong_is_named(messages: object, places: dict[str, list[str]]) -> None:
    assert dict(plain_yaml.places(messages)) == places
