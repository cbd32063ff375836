"""How days, hours and lengths of time are said: the rule at each boundary."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from server.core import times, wording

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def plain(text):
    """With common spaces for the thin and unbreakable ones of a language's typography."""
    return " ".join(text.split())


def test_english_dates_are_british_and_other_languages_have_their_own():
    assert [times.locale(language) for language in ("en", "fr", "ar")] == ["en_GB", "fr", "ar"]


@pytest.mark.parametrize("at", ["2026-12-01", "2026-12-01T23:59:59+00:00", date(2026, 12, 1), datetime(2026, 12, 1)])
def test_a_day_is_said_of_a_date_and_of_iso_text(at):
    assert (times.date(at), times.weekday(at), times.short_day(at), times.month(at)) == (
        "1 December 2026", "Tuesday, 1 December", "1 Dec", "December 2026",
    )  # fmt: skip


def test_an_hour_is_said_with_utc():
    assert times.clock(NOON) == "12:00 UTC"
    assert times.clock(NOON.replace(hour=0, minute=5)) == "00:05 UTC"
    assert times.full(NOON) == "24 November 2026, 12:00 UTC"
    assert times.full(NOON).render("fr", str) == "24 novembre 2026, 12:00 UTC"


@pytest.mark.parametrize(
    ("at", "short"),
    [
        (NOON, "today 12:00 UTC"),
        (NOON + 12 * HOUR - MINUTE, "today 23:59 UTC"),
        (NOON - 12 * HOUR, "today 00:00 UTC"),
        (NOON - 12 * HOUR - MINUTE, "yesterday 23:59 UTC"),
        (NOON - 36 * HOUR, "yesterday 00:00 UTC"),
        (NOON - 36 * HOUR - MINUTE, "22 Nov"),
        (NOON + 12 * HOUR, "tomorrow 00:00 UTC"),
        (NOON + 36 * HOUR - MINUTE, "tomorrow 23:59 UTC"),
        (NOON + 36 * HOUR, "26 Nov"),
        (datetime(2026, 1, 1, tzinfo=UTC), "1 Jan"),
        (datetime(2025, 12, 31, tzinfo=UTC), "31 Dec 2025"),
        (datetime(2027, 1, 1, tzinfo=UTC), "1 Jan 2027"),
    ],
)
def test_a_moment_is_short_and_knows_when_it_is(at, short):
    moment = times.moment(at, NOON)
    assert (moment, moment.at) == (short, at)


@pytest.mark.parametrize(
    ("days", "due", "group"),
    [
        (-7, "since 17 Nov", "Overdue"),
        (-1, "since 23 Nov", "Overdue"),
        (0, "today", "Due today"),
        (1, "tomorrow", "Within a week"),
        (2, "Thu 26 Nov", "Within a week"),
        (7, "Tue 1 Dec", "Within a week"),
        (8, "Wed 2 Dec", "Later"),
    ],
)
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_answer_is_due_by_the_day_whatever_the_hour(days, due, group, hour):
    at = NOON.replace(hour=hour) + days * DAY
    assert (times.due(at, NOON), times.due_group(at, NOON)) == (due, group)


@pytest.mark.parametrize(
    ("number", "length"),
    [
        (0, "0 mins"),
        (1, "1 min"),
        (59, "59 mins"),
        (60, "1 hr"),
        (61, "1 hr, 1 min"),
        (119, "1 hr, 59 mins"),
        (180, "3 hrs"),
    ],
)
def test_minutes_are_said_as_hours_and_minutes(number, length):
    assert times.minutes(number) == length


@pytest.mark.parametrize(
    ("gone", "age"),
    [
        (-HOUR, "0m"),  # a clock that runs ahead
        (SECOND * 0, "0m"),
        (59 * SECOND, "0m"),
        (MINUTE, "1m"),
        (59 * MINUTE + 59 * SECOND, "59m"),
        (HOUR, "1h"),
        (HOUR + 30 * MINUTE, "1h"),  # hours have no minutes
        (DAY - SECOND, "23h"),
        (DAY, "1d"),
        (DAY + HOUR - SECOND, "1d"),
        (DAY + HOUR, "1d 1h"),
        (3 * DAY + 4 * HOUR, "3d 4h"),
    ],
)
def test_an_age_is_said_in_its_two_largest_units(gone, age):
    assert times.age(NOON - gone, NOON) == age


@pytest.mark.parametrize("language", ["en", "fr", "ar", "de", "zh"])
def test_a_length_of_two_units_names_each_once(language):
    for length in (times.minutes(151), times.age(NOON - 2 * DAY - 31 * HOUR, NOON)):
        numbers = re.findall(r"\d+", length.render(language, str))
        assert numbers in (["2", "31"], ["3", "7"]), numbers


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_list_of_two_names_each_once(language):
    for made in (wording.listed(["Otters", "Herons"]), wording.series(["Otters", "Herons"])):
        text = made.render(language, str)
        assert (text.count("Otters"), text.count("Herons")) == (1, 1), text


def test_lengths_of_time_follow_the_language():
    assert plain(times.minutes(70).render("fr", str)) == "1 h et 10 min"
    assert plain(times.age(NOON - 3 * DAY - 4 * HOUR, NOON).render("fr", str)) == "3j 4h"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 2), date(2026, 11, 22), "2 – 22 Nov 2026"),
        (date(2026, 11, 25), date(2026, 12, 22), "25 Nov – 22 Dec 2026"),
        (date(2026, 12, 25), date(2027, 1, 22), "25 Dec 2026 – 22 Jan 2027"),
    ],
)
def test_a_span_of_days_says_a_year_once_unless_it_differs(first, last, words):
    assert plain(times.days(first, last)) == words


def test_french_says_the_first_of_a_month_in_short_days_and_in_spans_too():
    first = date(2026, 10, 1)
    assert plain(times.short_day(first).render("fr", str)) == "1er oct."
    assert plain(times.short_day(date(2026, 10, 11)).render("fr", str)) == "11 oct."
    assert plain(times.days(first, date(2026, 12, 1)).render("fr", str)) == "1er oct. – 1er déc. 2026"
    assert plain(times.month(first).render("fr", str)) == "octobre 2026"
