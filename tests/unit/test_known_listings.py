"""The known listings as content: what is shipped is sound, and what an author gets wrong is named by file and line."""

from collections import Counter

import pytest
import yaml

from server.core import wording
from server.people.courses import known
from server.people.courses.module_file import load_all
from server.people.courses.yaml_lines import Invalid
from tests.known_listings import listing, write
from tests.modules import SHIPPED


@pytest.fixture(scope="module")
def shipped():
    lessons = {f"{module.slug}/{lesson.name}" for module in load_all(SHIPPED).values() for lesson in module.lessons}
    return known.load(SHIPPED / known.NAME, lessons)


def test_the_shipped_listings_are_sound_and_every_group_has_both_truths_but_for_few(shipped):
    assert len(shipped) >= 40
    of = Counter((listing.group, listing.truth) for listing in shipped.values())
    assert {(group, truth) for group in wording.GROUP for truth in known.TRUTHS} <= set(of)


def test_neither_length_nor_price_nor_a_weight_gives_the_answer_away(shipped):
    words = {truth: [] for truth in known.TRUTHS}
    for known_listing in shipped.values():
        words[known_listing.truth].append(len(known_listing.ad.text.split()))
    mean = {truth: sum(counts) / len(counts) for truth, counts in words.items()}
    assert 0.6 < mean["innocent"] / mean["flag"] < 1.6
    assert all(known_listing.ad.price for known_listing in shipped.values())


def test_every_explanation_begins_with_what_was_right(shipped):
    for known_listing in shipped.values():
        assert known_listing.explanation.startswith(
            f"<p><strong>{'Flag' if known_listing.truth == 'flag' else 'Leave'} it.</strong>"
        ), known_listing.name


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ({"truth": "maybe"}, "known-listings.yaml:3: truth must be one of flag, innocent"),
        ({"group": "birds"}, "known-listings.yaml:4: group must be one of mammal, bird"),
        ({"wrong_of_100": 100}, "known-listings.yaml:5: wrong_of_100 must be below 100"),
        ({"lesson": "small/three"}, "known-listings.yaml:6: there is no lesson small/three"),
        ({"name": "Listing One"}, "known-listings.yaml:2: Listing One is no name"),
        ({"name": "listing-1"}, "known-listings.yaml:1: 2 listings are named listing-1"),
        ({"explanation": None}, "known-listings.yaml:2: explanation is missing"),
        ({"ad": None}, "known-listings.yaml:2: listing-0 needs an ad"),
        ({"ad": {"title": "A", "text": "b"}}, "known-listings.yaml:8: listing-0: nothing is marked"),
        ({"ad": {"title": "A", "text": "b", "marks": {"trade": ["c"]}}}, "the words “c” are marked but do not stand"),
        ({"ad": {"title": "A", "text": "b", "picture": "a.svg", "alt": "a", "marks": {"trade": ["b"]}}},
         "known-listings.yaml:10: a known listing shows words alone"),
        ({"answer": "flag"}, "the key answer is not known here"),
    ],
)  # fmt: skip
def test_what_an_author_gets_wrong_is_named_by_file_and_line(tmp_path, first, message):
    with pytest.raises(Invalid) as invalid:
        known.load(write(tmp_path / known.NAME, first), {"small/one"})
    assert message in str(invalid.value)


@pytest.mark.parametrize(
    ("to_flag", "innocent", "said"),
    [
        (15, 15, []),
        (18, 12, []),
        (12, 18, []),
        (14, 15, ["1: the lane needs at least 30 listings, here are 29"]),
        (19, 11, ["1: only 11 of 30 are innocent: at least two in five should be"]),
        (11, 19, ["1: only 11 of 30 are flag: at least two in five should be"]),
        (1, 0, ["1: the lane needs at least 30 listings, here are 1",
                "1: only 0 of 1 are innocent: at least two in five should be"]),
    ],
)  # fmt: skip
def test_a_lane_is_long_enough_and_has_both_truths(tmp_path, to_flag, innocent, said):
    truths = ["flag"] * to_flag + ["innocent"] * innocent
    listings = [listing(number, truth=truth) for number, truth in enumerate(truths)]
    (tmp_path / known.NAME).write_text(yaml.safe_dump({"listings": listings}))
    problems = []
    try:
        known.load(tmp_path / known.NAME)
    except Invalid as invalid:
        problems = [str(problem).removeprefix(f"{known.NAME}:") for problem in invalid.problems]
    assert problems == said


def test_what_the_author_expects_is_a_share_of_all_people(tmp_path):
    listings = known.load(write(tmp_path / known.NAME, {"wrong_of_100": 99}), {"small/one"})
    assert [listings[f"listing-{number}"].difficulty for number in range(2)] == [0.99, 0.2]
