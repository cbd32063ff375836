"""The worklist: which searches, and how long they take. Tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.people.rounds import worklist
from server.people.rounds.worklist import Place, SearchTerm

MONDAY = date(2026, 11, 23)
TERMS = [SearchTerm(f"word {n}", "en", ("bird" if n % 2 else "mammal",)) for n in range(40)]
PLACES = [Place(f"place-{n}", ("en",)) for n in range(9)]


def plan(who="ana", week=MONDAY, terms=TERMS, places=PLACES, last=None, minutes=6.0):
    return worklist.plan(who, week, terms, places, last or {}, minutes)


# --- Which terms -----------------------------------------------------------------------------------------------------

MIXED = [SearchTerm("ivory", "en", ("mammal",)), SearchTerm("ivoire", "fr", ("mammal",)), SearchTerm("parrot", "en", ("bird",)),
         SearchTerm("🐘🦷", "und", ("mammal",)), SearchTerm("guacamaya", "es", ("bird",))]  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "languages", "expected"),
    [
        ((), ("en",), ["ivory", "parrot", "🐘🦷"]),
        (("mammal",), ("en",), ["ivory", "🐘🦷"]),
        (("mammal", "bird"), ("fr", "es"), ["ivoire", "🐘🦷", "guacamaya"]),
        (("plant",), ("en", "fr", "es"), []),
        ((), (), ["🐘🦷"]),
    ],
)
def test_terms_are_of_the_rounds_groups_in_the_spotters_languages(groups, languages, expected):
    assert [term.text for term in worklist.wanted(MIXED, groups, languages)] == expected


@pytest.mark.parametrize(
    ("reads", "scope", "of_round", "expected"),
    [
        ((), (), (), ("en",)),  # said nothing: English
        ((), ("fr",), (), ("fr",)),
        (("fr", "en"), (), (), ("en", "fr")),
        (("fr", "en"), ("fr",), (), ("fr",)),  # accredited for French alone
        (("fr", "en"), (), ("en", "th"), ("en",)),
        (("fr",), (), ("th",), ()),  # nothing for them in this round
        ((), ("fr",), ("th",), ()),
    ],
)
def test_languages_are_those_read_within_the_accreditation_and_the_round(reads, scope, of_round, expected):
    assert worklist.languages(reads, scope, of_round) == expected


# --- The list --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "count"), [(6.0, 30), (3.0, 60), (12.0, 15), (8.0, 22), (0.1, 90), (500.0, 9), (worklist.DEFAULT, 30)]
)
def test_the_list_fills_about_three_hours(minutes, count):
    assert len(plan(minutes=minutes)) == count


def test_the_list_is_a_few_terms_on_a_few_platforms_each_pair_once():
    rows = plan()
    pairs = [(row.platform, row.term.text) for row in rows]
    assert len(set(pairs)) == len(pairs) == 30
    assert len({platform for platform, _ in pairs}) == 5
    assert len({term for _, term in pairs}) == 6
    order = [row.term.text for row in rows]
    assert order == sorted(order, key=order.index), "the searches for a term stand together"


def test_the_list_stays_the_same_all_week_and_is_another_for_others_and_the_next_week():
    assert plan() == plan(terms=list(reversed(TERMS)), places=list(reversed(PLACES)))
    assert set(plan()) != set(plan(who="ben"))
    assert set(plan()) != set(plan(week=MONDAY + timedelta(days=7)))


def test_what_was_searched_least_lately_comes_first():
    recent = {("place-0", term.text): MONDAY - timedelta(days=1) for term in TERMS[:36]}
    old = {("place-0", term.text): MONDAY - timedelta(days=60) for term in TERMS[36:38]}
    rows = plan(last=recent | old, minutes=7.2)
    assert {row.term.text for row in rows} == {"word 36", "word 37", "word 38", "word 39", rows[-1].term.text}
    assert "place-0" not in {row.platform for row in rows}


def test_a_platform_gets_only_terms_of_its_languages_and_signs():
    places = [Place("french", ("fr",)), Place("any"), Place("thai", ("th",))]
    pairs = {(row.platform, row.term.text) for row in plan(terms=MIXED, places=places)}
    assert ("french", "ivoire") in pairs
    assert ("french", "🐘🦷") in pairs
    assert ("thai", "🐘🦷") in pairs
    assert not pairs & {("french", "ivory"), ("thai", "ivory"), ("thai", "guacamaya")}
    assert {term for platform, term in pairs if platform == "any"} == {term.text for term in MIXED}


@pytest.mark.parametrize(("terms", "places"), [([], PLACES), (TERMS, []), (TERMS, [Place("thai", ("th",))])])
def test_where_there_is_nothing_to_search_the_list_is_empty(terms, places):
    assert plan(terms=terms, places=places) == ()


def test_the_same_word_in_two_languages_is_searched_once():
    terms = [SearchTerm("cobra", "en"), SearchTerm("cobra", "pt")]
    assert len(plan(terms=terms, places=[Place("any")])) == 1


# --- How long it takes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "everybody", "minutes"),
    [
        ([], [], 6.0),
        ([3, 3, 3, 3], [], 6.0),  # too few to say
        ([3, 3, 4, 30, 3], [9] * 50, 3.0),
        ([3], [9, 9, 9, 8, 10], 9.0),
        ([1] * 9, [], 2.0),
        ([60] * 9, [], 20.0),
    ],
)
def test_an_estimate_is_the_median_of_past_effort(own, everybody, minutes):
    assert worklist.estimate(own, everybody) == minutes


AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "minutes"), [(None, 6), (0, 6), (1.9, 6), (2, 2), (7.4, 7), (30, 30), (31, 6), (1440, 6), (-5, 6)]
)
def test_a_search_took_as_long_as_since_the_one_before(gap, minutes):
    before = None if gap is None else AT - timedelta(minutes=gap)
    assert worklist.took(before, AT, 6.0) == minutes
