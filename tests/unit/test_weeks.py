"""The days and weeks of a round in its time zone, where it stands, what is due when. Tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.core import time_zones
from server.core.words import RoundState
from server.people.rounds import weeks
from server.people.rounds.weeks import Phase, Reminder, Span

FOUR = Span(date(2026, 11, 25), date(2026, 12, 22))  # Wednesday to Tuesday


def test_a_round_has_weeks_of_its_own():
    assert FOUR.weeks == tuple(date(2026, 11, 25) + timedelta(days=7 * n) for n in range(4))
    assert Span(date(2026, 11, 25), date(2026, 11, 25)).weeks == (date(2026, 11, 25),)
    assert Span(date(2026, 11, 25), date(2026, 12, 2)).weeks[1:] == (date(2026, 12, 2),)
    assert weeks.MOST == 12  # what the form of a round promises
    assert (timedelta(days=3), timedelta(days=14)) == (weeks.RESULTS_AFTER, weeks.RESULTS_FOR)  # of the thanks


@pytest.mark.parametrize(
    ("day", "number", "week"),
    [
        (date(2026, 11, 24), None, date(2026, 11, 23)),  # the day before: an ordinary week
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 12, 1), 0, date(2026, 11, 25)),
        (date(2026, 12, 2), 1, date(2026, 12, 2)),
        (date(2026, 12, 22), 3, date(2026, 12, 16)),
        (date(2026, 12, 23), None, date(2026, 12, 21)),
    ],
)
def test_a_day_lies_in_a_week(day, number, week):
    assert FOUR.week_at(day) == number
    assert weeks.week_of(day, FOUR) == week
    assert weeks.week_of(day).weekday() == 0


@pytest.mark.parametrize(
    ("state", "day", "phase"),
    [
        (RoundState.DRAFT, date(2026, 11, 30), Phase.DRAFT),
        (RoundState.CANCELLED, date(2026, 11, 30), Phase.CANCELLED),
        (RoundState.OPEN, date(2026, 11, 24), Phase.COMING),
        (RoundState.OPEN, date(2026, 11, 25), Phase.RUNNING),
        (RoundState.OPEN, date(2026, 12, 22), Phase.RUNNING),
        (RoundState.OPEN, date(2026, 12, 23), Phase.OVER),
    ],
)
def test_where_a_round_stands(state, day, phase):
    assert weeks.phase(state, FOUR, FOUR.begins(day)) is phase


@pytest.mark.parametrize(
    ("starts", "ends", "shared"),
    [((10, 1), (11, 24), False), ((10, 1), (11, 25), True), ((12, 1), (12, 2), True), ((12, 22), (12, 30), True),
     ((12, 23), (12, 30), False), ((11, 1), (12, 30), True)],
)  # fmt: skip
def test_two_rounds_overlap_when_they_share_a_day(starts, ends, shared):
    other = Span(date(2026, *starts), date(2026, *ends))
    assert weeks.overlap(FOUR, other) is weeks.overlap(other, FOUR) is shared


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 23), (Reminder.START, 0)),
        (date(2026, 11, 24), (Reminder.START, 0)),
        (date(2026, 11, 25), None),
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), (Reminder.WEEK, 0)),
        (date(2026, 12, 1), (Reminder.WEEK, 0)),
        (date(2026, 12, 2), None),
        (date(2026, 12, 5), (Reminder.WEEK, 1)),
        (date(2026, 12, 19), (Reminder.WEEK, 3)),
        (date(2026, 12, 20), (Reminder.END, 3)),
        (date(2026, 12, 22), (Reminder.END, 3)),
        (date(2026, 12, 23), None),
    ],
)
def test_which_reminder_is_due(day, due):
    assert weeks.reminder(FOUR, day) == due


# --- Time zones ------------------------------------------------------------------------------------------------------


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("UTC", date(2026, 11, 25), "2026-11-25 00:00", 24),
        ("Asia/Singapore", date(2026, 11, 25), "2026-11-24 16:00", 24),
        ("America/Los_Angeles", date(2026, 11, 25), "2026-11-25 08:00", 24),
        ("Asia/Kathmandu", date(2026, 11, 25), "2026-11-24 18:15", 24),
        ("Pacific/Kiritimati", date(2026, 11, 25), "2026-11-24 10:00", 24),
        ("Europe/Paris", date(2027, 3, 28), "2027-03-27 23:00", 23),  # clocks go forward
        ("Europe/Paris", date(2027, 10, 31), "2027-10-30 22:00", 25),  # and back
        ("America/New_York", date(2027, 3, 14), "2027-03-14 05:00", 23),
        ("Australia/Lord_Howe", date(2027, 4, 4), "2027-04-03 13:00", 24.5),  # by half an hour
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-23 22:00", 23),  # midnight itself is skipped
        ("America/Havana", date(2026, 11, 1), "2026-11-01 04:00", 25),  # midnight comes twice: the first one counts
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30 10:00", 0),  # a day that Samoa left out
        ("Asia/Singapore", date(2028, 2, 29), "2028-02-28 16:00", 24),  # a leap day
    ],
)  # fmt: skip
def test_a_day_begins_and_ends_at_midnight_of_its_zone(zone, day, begins, hours):
    span = Span(day, day, zone)
    assert span.begins(day) == span.starts_at == moment(begins)
    assert span.ends_at - span.starts_at == timedelta(hours=hours)
    if hours:
        last = span.ends_at - timedelta(seconds=1)
        assert span.day_at(span.starts_at) == span.day_at(last) == day
        assert span.day_at(span.starts_at - timedelta(seconds=1)) < day < span.day_at(span.ends_at)
        assert (span.holds(span.starts_at), span.holds(last), span.holds(span.ends_at)) == (True, True, False)


@pytest.mark.parametrize(
    ("zone", "at", "day", "week", "phase"),
    [
        ("Asia/Singapore", "2026-11-24 15:59", date(2026, 11, 24), None, Phase.COMING),
        ("Asia/Singapore", "2026-11-24 16:00", date(2026, 11, 25), 0, Phase.RUNNING),
        ("Asia/Singapore", "2026-12-01 15:59", date(2026, 12, 1), 0, Phase.RUNNING),
        ("Asia/Singapore", "2026-12-01 16:00", date(2026, 12, 2), 1, Phase.RUNNING),
        ("Asia/Singapore", "2026-12-22 15:59", date(2026, 12, 22), 3, Phase.RUNNING),
        ("Asia/Singapore", "2026-12-22 16:00", date(2026, 12, 23), None, Phase.OVER),
        ("America/Los_Angeles", "2026-11-25 07:59", date(2026, 11, 24), None, Phase.COMING),
        ("America/Los_Angeles", "2026-12-23 07:59", date(2026, 12, 22), 3, Phase.RUNNING),
        ("America/Los_Angeles", "2026-12-23 08:00", date(2026, 12, 23), None, Phase.OVER),
    ],
)
def test_a_round_runs_by_the_days_of_its_zone(zone, at, day, week, phase):
    span = Span(FOUR.starts_on, FOUR.ends_on, zone)
    assert span.day_at(moment(at)) == day
    assert span.week_at(span.day_at(moment(at))) == week
    assert weeks.phase(RoundState.OPEN, span, moment(at)) is phase


def test_the_weeks_of_a_round_have_seven_days_also_where_clocks_change_or_a_leap_day_comes():
    assert Span(date(2027, 3, 22), date(2027, 4, 4), "Europe/Paris").weeks == (date(2027, 3, 22), date(2027, 3, 29))
    leap = Span(date(2028, 2, 23), date(2028, 3, 7), "Asia/Singapore")
    assert leap.weeks == (date(2028, 2, 23), date(2028, 3, 1))
    assert (leap.week_at(date(2028, 2, 29)), leap.week_at(date(2028, 3, 1))) == (0, 1)
    assert leap.ends_at - leap.starts_at == timedelta(days=14)


def test_rounds_overlap_by_moments_not_by_the_names_of_days():
    singapore = Span(date(2026, 11, 1), date(2026, 11, 7), "Asia/Singapore")
    same_day = Span(
        date(2026, 11, 7), date(2026, 11, 9), "America/Los_Angeles"
    )  # begins at 08:00 UTC, the other ends at 16:00
    assert weeks.overlap(singapore, same_day) is weeks.overlap(same_day, singapore) is True
    next_day = Span(date(2026, 11, 8), date(2026, 11, 9), "America/Los_Angeles")
    assert weeks.overlap(singapore, next_day) is weeks.overlap(next_day, singapore) is False
    eastward = Span(date(2026, 11, 8), date(2026, 11, 9), "Pacific/Kiritimati")  # begins at 10:00 UTC on the 7th
    assert weeks.overlap(singapore, eastward) is True


def test_every_zone_that_is_offered_is_known_and_has_a_name_of_its_own_in_every_language():
    day = date(2026, 11, 25)
    assert {"UTC", "Asia/Singapore", "America/Los_Angeles", "Asia/Kolkata", "Africa/Cairo"} <= time_zones.names()
    assert not {"Asia/Calcutta", "US/Pacific", "Etc/GMT+1", "localtime"} & time_zones.names()
    for name in time_zones.names():
        assert abs(Span(day, day, name).starts_at - moment("2026-11-25 00:00")) <= timedelta(hours=14)
    for language in ("en", "fr", "ar"):
        listed = time_zones.choices(language)
        assert listed[0] == ("UTC", "UTC") and {name for name, _ in listed} == time_zones.names()
        assert len({label for _, label in listed}) == len(listed), language
    assert dict(time_zones.choices("en"))["America/Argentina/Buenos_Aires"] == "Argentina – Buenos Aires"
    assert (
        dict(time_zones.choices("fr"))["Asia/Singapore"]
        == time_zones.city("Asia/Singapore").render("fr", str)
        == "Singapour"
    )
