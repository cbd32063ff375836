"""When a digest leaves: at the contact's hour, on the working days of where they are."""

from datetime import UTC, datetime

import pytest

from server.core import time_zones
from server.ledger.delivery import slots


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# 2026-11-27 is a Friday. When it was queued, zone, hour, when it leaves (UTC)
SLOTS = [
    ("2026-11-27T07:59", None, None, "2026-11-27T08:00"),
    ("2026-11-27T08:00", None, None, "2026-11-30T08:00"),
    ("2026-11-27T23:30", None, None, "2026-11-30T08:00"),
    ("2026-11-28T05:00", None, None, "2026-11-30T08:00"),
    ("2026-11-26T09:00", None, None, "2026-11-27T08:00"),
    ("2026-11-26T09:00", "UTC", 0, "2026-11-27T00:00"),
    ("2026-11-26T09:00", "Europe/Paris", None, "2026-11-27T07:00"),
    ("2026-07-09T09:00", "Europe/Paris", None, "2026-07-10T06:00"),  # summer time
    ("2026-11-26T22:30", "Asia/Tokyo", 8, "2026-11-26T23:00"),  # already Friday there
    ("2026-11-26T23:00", "Asia/Tokyo", 8, "2026-11-29T23:00"),
    ("2026-11-27T14:00", "America/New_York", 9, "2026-11-30T14:00"),
    ("2026-11-26T09:00", "Africa/Cairo", 9, "2026-11-29T07:00"),  # Friday and Saturday are free, Sunday is not
    ("2026-11-28T00:00", "Asia/Kolkata", 9, "2026-11-28T03:30"),  # Saturday is a working day
    ("2026-11-28T09:00", "Asia/Kolkata", 9, "2026-11-30T03:30"),
    ("2026-11-26T09:00", "Asia/Kabul", 8, "2026-11-28T03:30"),  # Thursday and Friday are free
    ("2026-03-28T09:00", "Europe/Paris", 2, "2026-03-30T00:00"),  # on the 29th its clock has no 02:00; a Sunday anyway
    ("2026-11-26T09:00", "Etc/GMT+5", 8, "2026-11-26T13:00"),  # a zone of no country
]


@pytest.mark.parametrize(("queued", "zone", "hour", "leaves"), SLOTS)
def test_a_digest_leaves_at_the_contacts_hour_on_their_next_working_day(
    queued: str, zone: str | None, hour: int | None, leaves: str
) -> None:
    assert slots.next_slot(at(queued), zone, hour) == at(leaves)


@pytest.mark.parametrize(
    ("day", "zone", "works"),
    [("2026-11-27", None, True), ("2026-11-28", None, False), ("2026-11-29", "UTC", False), ("2026-11-30", None, True),
     ("2026-11-27", "Asia/Riyadh", False), ("2026-11-29", "Asia/Riyadh", True), ("2026-11-27", "Asia/Tehran", False),
     ("2026-11-26", "Asia/Tehran", True), ("2026-11-28", "Asia/Kolkata", True), ("2026-11-29", "Asia/Kolkata", False),
     ("2026-11-28", "Asia/Dubai", False), ("2026-11-27", "Asia/Dubai", True)],
)  # fmt: skip
def test_the_working_days_are_those_of_the_zones_country(day: str, zone: str | None, works: bool) -> None:
    assert slots.is_working_day(at(f"{day}T09:00"), zone) == works


def test_the_day_is_the_contacts_own() -> None:
    assert slots.is_working_day(at("2026-11-29T16:00"), "Asia/Tokyo"), "Monday has begun there"
    assert not slots.is_working_day(at("2026-11-27T16:00"), "Asia/Tokyo"), "and Saturday"


def test_an_hour_that_the_clock_skips_is_the_next_one() -> None:
    """In Asunción no clock is changed any more; in Tehran neither. In Havana midnight is skipped, on Sunday 8 March 2026."""
    assert slots.next_slot(at("2026-03-07T12:00"), "America/Havana", 0) == at("2026-03-09T04:00")
    assert slots.next_slot(at("2026-03-08T06:00"), "America/Havana", 0) == at("2026-03-09T04:00")


def test_every_zone_that_a_companies_file_may_name_has_working_days() -> None:
    """CLDR knows no language of some territories, such as Antarctica or Bonaire."""
    week = [at(f"2026-11-{day}T12:00") for day in range(23, 30)]
    for zone in time_zones.names():
        assert 5 <= sum(slots.is_working_day(day, zone) for day in week) <= 6, zone
        assert slots.next_slot(week[0], zone) > week[0]
    assert not slots.is_working_day(at("2026-11-28T12:00"), "America/Kralendijk")
