"""Words stand in one place: every value has one, and a trail never promises what will not come."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.core import outcome, wording
from server.core.words import (
    Access,
    Answer,
    CaseState,
    Category,
    Channel,
    Confidence,
    Legality,
    Level,
    Role,
    Standing,
    Status,
    Via,
)

NOW = datetime(2026, 11, 24, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (wording.STATUS, Status),
        (wording.CASE_STATE, CaseState),
        (wording.ANSWER, Answer),
        (wording.CATEGORY, Category),
        (wording.OFFER, Category),
        (wording.LEGALITY, Legality),
        (wording.CONFIDENCE, Confidence),
        (wording.ACCESS, Access),
        (wording.LEVEL, Level),
        (wording.STANDING, Standing),
        (wording.ROLE, Role),
        (wording.CHANNEL, Channel),
        (wording.VIA, Via),
    ],
)
def test_every_value_has_its_word(table: dict[str, object], words: type[Status]) -> None:
    assert set(table) == set(words)


def test_the_answer_form_offers_every_answer_once() -> None:
    assert sorted(answer for _, group in wording.ANSWER_GROUPS for answer in group) == sorted(Answer)


def test_a_report_that_only_waits_shows_no_time_at_looked_at() -> None:
    """Whatever the case does, a waiting report is no oracle."""
    steps = wording.trail(Status.RECEIVED, received="today 08:51", looked="today 09:00", notified="today 10:00")
    assert [(step.name, step.state, step.when) for step in steps[:3]] == [
        ("Received", "done", "today 08:51"),
        ("Looked at", "now", ""),
        ("Notice", "todo", ""),
    ]


def test_a_trail_ends_where_the_story_ends() -> None:
    assert [step.name for step in wording.trail(Status.DISMISSED)] == ["Received", "Looked at"]
    assert [step.name for step in wording.trail(Status.KEPT)][-1] == "Answer"
    assert [step.name for step in wording.trail(Status.REMOVED)][-1] == "Answer"
    assert [step.name for step in wording.trail(Status.REMOVED, checked="20 Nov")][-1] == "Checked"


@pytest.mark.parametrize("answer", Answer)
def test_a_notices_trail_says_whose_turn_it_is_and_ends_where_the_story_ends(answer: Answer) -> None:
    days = {"sent": "17 Nov", "answered": "19 Nov", "answer_by": "24 Nov"}
    last = wording.notice_trail(answer, **days)[-1]
    if answer in outcome.WAITS:
        assert (last.name, last.state, last.when) == ("Your decision", "now", "by 24 Nov")
    elif answer in outcome.ASKS:
        assert (last.name, last.state) == ("Our reply", "now")
    else:
        assert (last.name, last.state, last.when) == ("Answer", "done", "19 Nov")
        looked = wording.notice_trail(answer, **days, looked_for="20 Nov")[-1]
        assert (looked.name, looked.state, looked.when) == ("We look again", "now", "from 20 Nov")


def test_priority_is_said_in_three_bands() -> None:
    assert [wording.priority_band(score).word for score in (100, 70, 69.9, 40, 39.9, 0)] == [
        "High",
        "High",
        "Medium",
        "Medium",
        "Low",
        "Low",
    ]


def test_dates_are_said_in_words() -> None:
    assert wording.date("2017-01-02") == "2 January 2017"
    assert wording.full(NOW) == "24 November 2026, 11:12 UTC"
    assert wording.due(NOW + timedelta(days=7), NOW) == "Tue 1 Dec"
    assert wording.due(NOW - timedelta(days=7), NOW) == "since 17 Nov"
    assert wording.age(NOW - timedelta(days=3, hours=4), NOW) == "3d 4h"
    assert wording.weekday("2026-12-01") == "Tuesday, 1 December"
    assert [wording.minutes(n) for n in (0, 40, 180, 70)] == ["0 mins", "40 mins", "3 hrs", "1 hr, 10 mins"]
    assert wording.month("2026-11-24") == "November 2026"


def test_each_language_has_its_own_months_lists_and_names_of_languages() -> None:
    day = date(2026, 9, 5)
    for language, words in {
        "en": ("5 September 2026", "Saturday, 5 September", "5 September 2026, 11:12 UTC", "a, b and c", "Arabic"),
        "fr": ("5 septembre 2026", "samedi 5 septembre", "5 septembre 2026, 11:12 UTC", "a, b et c", "arabe"),
        "ar": ("5 سبتمبر 2026", "السبت، 5 سبتمبر", "5 سبتمبر 2026، 11:12 UTC", "a وb وc", "العربية"),
    }.items():
        texts = (
            wording.date(day), wording.weekday(day), wording.full(NOW.replace(month=9, day=5)),
            wording.listed(["a", "b", "c"]), wording.language("ar"),
        )  # fmt: skip
        assert tuple(text.render(language, str) for text in texts) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-24T09:12:59+00:00", "today 09:12 UTC"),
        ("2026-11-24T00:00:00+00:00", "today 00:00 UTC"),
        ("2026-11-23T23:59:00+00:00", "yesterday 23:59 UTC"),
        ("2026-11-22T23:59:00+00:00", "22 Nov"),
        ("2026-11-25T08:00:00+00:00", "tomorrow 08:00 UTC"),
        ("2026-11-26T08:00:00+00:00", "26 Nov"),  # a day to come
        ("2025-10-20T08:00:00+00:00", "20 Oct 2025"),
    ],
)
def test_a_short_time_says_that_it_is_utc_and_still_knows_when_it_is(at: str, words: str) -> None:
    moment = wording.moment(datetime.fromisoformat(at), NOW)
    assert (moment, moment.at) == (words, datetime.fromisoformat(at))


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2026-12-01", "1 December 2026", "1er décembre 2026"),
        ("2026-12-11", "11 December 2026", "11 décembre 2026"),
        ("2021-01-21", "21 January 2021", "21 janvier 2021"),
    ],
)
def test_french_counts_the_first_of_a_month_and_no_other_day(day: str, english: str, french: str) -> None:
    said = wording.date(day)
    assert (str(said), said.render("fr", str)) == (english, french)
    assert ("1er " in wording.weekday(day).render("fr", str)) == french.startswith("1er")
