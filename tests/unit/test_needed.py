"""Which exams an accreditation needs, as tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.people.courses import needed
from server.people.courses.module_file import load, load_all
from tests.modules import SHIPPED, write

DAY, NOON = timedelta(days=1), datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """Two required modules, two about groups, one free."""
    small = load(write(tmp_path_factory.mktemp("small") / "small"))
    kinds = {"basics": (True, False), "safe": (True, False), "ivory": (False, True), "skins": (False, True)}
    made = [replace(small, slug=slug, required=r, one_of_groups=g) for slug, (r, g) in kinds.items()]
    return [*made, replace(small, slug="words", required=False)]


@pytest.mark.parametrize(
    ("passed", "complete"),
    [
        ("", False),
        ("basics", False),
        ("basics safe", False),  # no group
        ("basics ivory", False),  # not safe
        ("ivory skins words", False),
        ("basics safe words", False),  # a free one is no group
        ("basics safe skins", True),
        ("basics safe ivory skins words", True),
    ],
)
def test_the_required_exams_and_one_about_a_group_are_needed(taught, passed, complete):
    assert needed.complete(passed.split(), taught) is complete


def test_the_exams_that_may_be_needed_are_the_required_ones_and_then_those_of_groups(taught):
    slugs = [module.slug for module in needed.modules(reversed(taught))]
    assert slugs == ["safe", "basics", "skins", "ivory"]


def test_where_no_module_is_about_a_group_the_required_ones_are_enough(taught):
    assert needed.complete(["basics", "safe"], [module for module in taught if not module.one_of_groups])


def test_who_is_complete_is_so_since_the_last_exam_that_was_needed(taught):
    passed = {
        "basics": NOON,
        "safe": NOON + DAY,
        "skins": NOON + 2 * DAY,
        "ivory": NOON + 9 * DAY,
        "words": NOON + 30 * DAY,
    }
    assert needed.since(passed, taught) == NOON + 2 * DAY


@pytest.mark.parametrize(
    ("read", "passed", "studied"),
    [
        ({}, (), ["basics", "safe", "ivory"]),
        ({"skins": {"one"}}, (), ["basics", "safe", "skins"]),
        ({"skins": {"one", "two"}, "ivory": {"one"}}, {"ivory"}, ["basics", "safe", "ivory"]),
    ],
)
def test_of_the_groups_the_one_passed_or_read_furthest_is_studied(taught, read, passed, studied):
    assert [module.slug for module in needed.to_study(read, passed, taught)] == studied


def test_the_shipped_programme_needs_the_basics_safety_and_one_of_five_groups():
    modules = load_all(SHIPPED).values()
    assert {module.slug for module in modules if module.required} == {"flagging-well", "safe-and-well"}
    assert {module.slug for module in modules if module.one_of_groups} == {
        "ivory-bone-horn", "skins-shells-coral", "live-animals", "plants-and-timber", "traditional-medicine",
    }  # fmt: skip
