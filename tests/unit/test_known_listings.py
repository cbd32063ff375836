"""The known listings as content: what is shipped is sound, and what an author gets wrong is named by file and line."""

from collections import Counter

import pytest
import yaml

from server.core import wording
from server.people.courses import known
from server.people.courses.module import load_all
from server.people.courses.yaml_lines import Invalid
from tests.known_listings import listing, write
from tests.modules import SHIPPED


@pytest.fixture(scope="module")
def shipped():
    lessons = {f"{one.slug}/{part.name}" for one in load_all(SHIPPED).values() for part in one.lessons}
    return known.load(SHIPPED / known.NAME, lessons)


def test_the_shipped_listings_are_sound_and_every_group_has_both_truths_but_for_few(shipped):
    assert len(shipped) >= 40
    of = Counter((one.group, one.truth) for one in shipped.values())
    assert {(group, truth) for group in wording.GROUP for truth in known.TRUTHS} <= set(of)


def test_neither_length_nor_price_nor_a_weight_gives_the_answer_away(shipped):
    words = {truth: [] for truth in known.TRUTHS}
    for one in shipped.values():
        words[one.truth].append(len(one.ad.text.split()))
    mean = {truth: sum(counts) / len(counts) for truth, counts in words.items()}
    assert 0.6 < mean["innocent"] / mean["flag"] < 1.6
    assert all(one.ad.price for one in shipped.values())


def test_every_explanation_begins_with_what_was_right(shipped):
    for one in shipped.values():
        assert one.explanation.startswith(f"<p><strong>{'Flag' if one.truth == 'flag' else 'Leave'} it.</strong>"), (
            one.name
        )


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ({"truth": "maybe"}, "known-listings.yaml:3: truth must be one of flag, innocent"),
        ({"group": "birds"}, "known-listings.yaml:4: group must be one of mammal, bird"),
        ({"wrong_of_100": 100}, "known-listings.yaml:5: wrong_of_100 must be below 100"),
        ({"lesson": "small/three"}, "known-listings.yaml:6: there is no lesson small/three"),
        ({"name": "Listing One"}, "known-listings.yaml:2: Listing One is no name"),
        ({"name": "listing-1"}, "2 listings are named listing-1"),
        ({"explanation": None}, "known-listings.yaml:2: explanation is missing"),
        ({"ad": None}, "known-listings.yaml:2: listing-0 needs an ad"),
        ({"ad": {"title": "A", "text": "b"}}, "known-listings.yaml:8: listing-0: nothing is marked"),
        ({"ad": {"title": "A", "text": "b", "marks": {"trade": ["c"]}}}, "the words “c” are marked but do not stand"),
        ({"ad": {"title": "A", "text": "b", "picture": "a.svg", "alt": "a", "marks": {"trade": ["b"]}}},
         "known-listings.yaml:10: a known listing shows words alone"),
        ({"answer": "flag"}, "the key answer is not known here"),
    ],
)  # fmt: skip
def test_what_an_author_gets_wrong_is_named_by_file_and_line(tmp_path, first, said):
    with pytest.raises(Invalid) as invalid:
        known.load(write(tmp_path / known.NAME, first), {"small/one"})
    assert said in str(invalid.value)


def test_too_few_and_too_many_of_one_truth_are_refused(tmp_path):
    with pytest.raises(Invalid, match="at least 30 listings, here are 12"):
        known.load(write(tmp_path / known.NAME, count=12))
    one_sided = [listing(number, truth="flag") for number in range(30)]
    (tmp_path / known.NAME).write_text(yaml.safe_dump({"listings": one_sided}))
    with pytest.raises(Invalid, match="only 0 of 30 are innocent"):
        known.load(tmp_path / known.NAME)
