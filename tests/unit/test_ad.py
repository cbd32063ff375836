"""What the desk and a notice say of an ad, when several people have reported it."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.reports import statements
from server.ledger.reports.models import Report

FULL = {
    "seller": {"name": "birdroom"},
    "price": {"amount": "250", "currency": "EUR"},
    "location": "Lisbon",
    "number": "1",
    "language": None,
}
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
JUDGED = {"title": "Parrot"}
PHONE = {"title": None}
NOTHING = {"seller": None, "price": None, "location": None, "number": None, "language": None}


def stated(*reports):
    return [Report(id=str(n), level=level, listing=listing) for n, (level, listing) in enumerate(reports)]


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ([("trusted", PHONE)], NOTHING),
        ([("trusted", None)], NOTHING),
        ([("trusted", {"seller": {"name": ""}, "price": {}, "location": ""})], NOTHING),
        # One from a telephone came later.
        ([("trusted", FULL), ("trusted", PHONE)], FULL | {"seller": "birdroom"}),
        ([("probation", FULL), ("trusted", PHONE)], FULL | {"seller": "birdroom"}),
        # Of two that state it: who is trusted, then who saw it last.
        ([("trusted", {"location": "Lisbon"}), ("trusted", {"location": "Porto"})], NOTHING | {"location": "Porto"}),
        ([("trusted", {"location": "Lisbon"}), ("probation", {"location": "Porto"})], NOTHING | {"location": "Lisbon"}),
        # A price of words alone is one.
        ([("trusted", {"price": {"text": "ask me"}}), ("trusted", {"price": {"currency": "EUR"}})], NOTHING | {"price": {"text": "ask me"}}),
    ],
)  # fmt: skip
def test_each_fact_comes_from_the_weightiest_report_that_states_it(reports, says):
    assert statements.stated(stated(*reports)) == says


def wordings(*texts):
    """Reports of one ad by what each says that its title is, the oldest first."""
    return [
        Report(id=str(n), listing={"title": text}, received_at=NOON + timedelta(hours=n))
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("titles", "others"),
    [
        ((), []),
        (("Parrot", "Parrot"), []),  # what the case is judged by
        (("Parrot", None), []),
        (("Parrot", "Cage"), [("Cage", 1, 1)]),
        (("Cage", "Parrot", "Perch", "Cage"), [("Cage", 2, 3), ("Perch", 1, 2)]),
        (("Perch", "Cage"), [("Cage", 1, 1), ("Perch", 1, 0)]),
    ],
)
def test_other_wordings_are_told_newest_first_with_how_many_say_so(titles, others):
    told = [{"text": text, "count": count, "at": NOON + timedelta(hours=newest)} for text, count, newest in others]
    assert statements.other_wordings(wordings(*titles), "Parrot") == told


def test_a_report_without_a_page_words_nothing():
    assert statements.other_wordings([Report(id="0", listing=None)], "Parrot") == []


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        # What its spotter took back weighs least, whoever it was and whatever it says.
        ({"status": "received", "level": "probation"}, {"status": "retracted", "level": "trusted", "listing": JUDGED}),
        # Then what says the words that the case is judged by.
        ({"level": "probation", "listing": JUDGED}, {"level": "trusted", "listing": {"title": "Cage"}}),
        ({"level": "probation", "listing": JUDGED}, {"level": "trusted", "listing": None}),
        # Then who is trusted.
        ({"level": "trusted"}, {"level": "probation"}),
        ({"level": "lead"}, {"level": "probation"}),
    ],
)  # fmt: skip
def test_which_of_two_reports_weighs_more_even_if_it_came_first(heavier, lighter):
    first, last = Report(id="0", **heavier), Report(id="1", **lighter)
    assert statements.by_weight([last, first], "Parrot") == [first, last]


def test_where_a_case_is_judged_by_no_words_a_report_without_any_weighs_no_more():
    bare, worded = (Report(id=str(n), level="trusted", listing=said) for n, said in enumerate(({}, JUDGED)))
    assert statements.by_weight([bare, worded]) == [worded, bare]


def test_an_ads_own_words_are_those_of_every_field_of_all_its_reports():
    full = {
        "title": "Parrot", "description": "Tame", "location": "Lisbon",
        "seller": {"name": "birdroom", "url": "https://market.example/u/birdroom"}, "price": {"text": "250 euros"},
    }  # fmt: skip
    reports = [
        Report(url="https://market.example/1", listing=full),
        Report(url="https://market.example/1?m=1", listing={"title": "Parrot, tame"}),
        Report(url="https://market.example/2", listing=None),
        Report(url="https://market.example/3", listing={"seller": None, "price": None}),
    ]
    assert statements.of_ad(reports) == [
        "https://market.example/1", "Parrot", "Tame", "Lisbon", "birdroom", "https://market.example/u/birdroom",
        "250 euros", "https://market.example/1?m=1", "Parrot, tame", "https://market.example/2",
        "https://market.example/3",
    ]  # fmt: skip
