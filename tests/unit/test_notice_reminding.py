"""When a contact is reminded of a notice: once before its answer is due, once after."""

from datetime import UTC, datetime

import pytest

from server.ledger.delivery import reminding, slots


def at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


# 2026-11-27 is a Friday. When it arrived, answer by, zone, hour; the reminder before (UTC), the one after
REMINDERS = [
    # a week, sent on each day of it
    ("2026-11-23T10:00", "2026-11-30T10:00", None, None, "2026-11-27T08:00", "2026-12-01T08:00"),  # Monday
    ("2026-11-24T10:00", "2026-12-01T10:00", None, None, "2026-11-30T08:00", "2026-12-02T08:00"),
    ("2026-11-25T10:00", "2026-12-02T10:00", None, None, "2026-12-01T08:00", "2026-12-03T08:00"),
    ("2026-11-26T10:00", "2026-12-03T10:00", None, None, "2026-12-02T08:00", "2026-12-04T08:00"),
    ("2026-11-27T10:00", "2026-12-04T10:00", None, None, "2026-12-03T08:00", "2026-12-07T08:00"),  # Friday
    ("2026-11-28T10:00", "2026-12-05T10:00", None, None, "2026-12-03T08:00", "2026-12-07T08:00"),  # Saturday
    ("2026-11-29T10:00", "2026-12-06T10:00", None, None, "2026-12-03T08:00", "2026-12-07T08:00"),  # Sunday
    # a minute before their hour there is no full working day left from the day before
    ("2026-11-23T07:59", "2026-11-30T07:59", None, None, "2026-11-26T08:00", "2026-12-01T08:00"),
    ("2026-11-23T08:00", "2026-11-30T08:00", None, None, "2026-11-27T08:00", "2026-12-01T08:00"),
    # another hour, another zone
    ("2026-11-23T10:00", "2026-11-30T10:00", "UTC", 16, "2026-11-26T16:00", "2026-12-01T16:00"),
    ("2026-11-23T10:00", "2026-11-30T10:00", "America/New_York", 9, "2026-11-26T14:00", "2026-12-01T14:00"),
    ("2026-11-23T10:00", "2026-11-30T10:00", "Asia/Tokyo", 9, "2026-11-27T00:00", "2026-12-01T00:00"),
    # Friday and Saturday are free in Cairo, Sunday alone in Kolkata
    ("2026-11-22T10:00", "2026-11-29T10:00", "Africa/Cairo", 9, "2026-11-26T07:00", "2026-11-30T07:00"),
    ("2026-11-23T10:00", "2026-11-30T10:00", "Asia/Kolkata", 9, "2026-11-28T03:30", "2026-12-01T03:30"),
    # the clocks change: their hour stays
    ("2026-03-24T10:00", "2026-03-31T10:00", "Europe/Paris", 9, "2026-03-30T07:00", "2026-04-01T07:00"),
    # the day that mails name is over, also where it is another day for the contact by then
    ("2026-11-24T01:00", "2026-12-01T01:00", "America/New_York", 9, "2026-11-27T14:00", "2026-12-02T14:00"),
    ("2026-11-23T23:30", "2026-11-30T23:30", "Asia/Tokyo", 8, "2026-11-29T23:00", "2026-12-01T23:00"),
    # it arrived late: a full working day lies on both sides of a reminder, or there is none
    ("2026-11-25T07:00", "2026-11-30T10:00", None, None, "2026-11-27T08:00", "2026-12-01T08:00"),
    ("2026-11-25T09:00", "2026-11-30T10:00", None, None, "2026-11-27T08:00", "2026-12-01T08:00"),
    ("2026-11-26T07:00", "2026-11-30T10:00", None, None, "2026-11-27T08:00", "2026-12-01T08:00"),
    ("2026-11-26T08:00", "2026-11-30T10:00", None, None, None, "2026-12-01T08:00"),
    ("2026-11-30T10:30", "2026-11-30T10:00", None, None, None, "2026-12-01T08:00"),
]


@pytest.mark.parametrize(("arrived", "answer_by", "zone", "hour", "before", "after"), REMINDERS)
def test_one_before_and_one_after_at_the_contacts_hour_of_a_working_day(
    arrived: str, answer_by: str, zone: str | None, hour: int | None, before: str | None, after: str
) -> None:
    due, came = at(answer_by), at(arrived)
    assert due and came
    assert reminding.before(came, due, zone, hour) == at(before)
    assert reminding.after(due, zone, hour) == at(after)
    if early := at(before):
        assert slots.is_open(early, zone, hour) and reminding.leaves_time(early, due, zone, hour)
        assert not reminding.leaves_time(slots.next_slot(early, zone, hour), due, zone, hour), "as late as can be"


@pytest.mark.parametrize(
    ("moment", "zone", "hour", "open_"),
    [("2026-11-27T07:59", None, None, False), ("2026-11-27T08:00", None, None, True), ("2026-11-27T15:59", None, None, True),
     ("2026-11-27T16:00", None, None, False), ("2026-11-28T09:00", None, None, False), ("2026-11-27T23:30", None, 20, True),
     ("2026-11-28T00:30", None, 20, False), ("2026-11-29T23:30", "Asia/Tokyo", 8, True), ("2026-11-27T09:00", "Africa/Cairo", 8, False),
     ("2026-11-27T00:00", None, 0, True), ("2026-11-27T08:00", None, 0, False)],
)  # fmt: skip
def test_the_working_hours_are_eight_from_theirs(moment: str, zone: str | None, hour: int | None, open_: bool) -> None:
    when = at(moment)
    assert when and slots.is_open(when, zone, hour) is open_
