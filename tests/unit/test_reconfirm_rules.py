"""When a contact is asked whether it is still the right one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.ledger.companies import reconfirm_rules

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("on", "quarter"),
    [
        ("2026-01-01", "2026Q1"),
        ("2026-03-31", "2026Q1"),
        ("2026-04-01", "2026Q2"),
        ("2026-07-01", "2026Q3"),
        ("2026-09-30", "2026Q3"),
        ("2026-10-01", "2026Q4"),
        ("2026-12-31", "2026Q4"),
    ],
)
def test_a_year_has_four_quarters(on, quarter):
    assert reconfirm_rules.quarter(date.fromisoformat(on)) == quarter


@pytest.mark.parametrize(
    ("today", "verified_on", "asked_on", "due"),
    [
        ("2026-10-01", None, None, False),  # never confirmed: that is asked elsewhere
        ("2026-10-01", "2026-07-04", None, False),  # 89 days ago
        ("2026-10-01", "2026-07-03", None, True),  # 90 days ago
        ("2026-12-30", "2026-10-01", None, True),  # 90 days ago, in this quarter
        ("2026-11-25", "2025-10-01", None, True),
        ("2026-12-29", "2026-04-01", "2026-10-01", False),  # asked 89 days ago
        ("2026-12-30", "2026-04-01", "2026-10-01", True),
    ],
)
def test_when_a_contact_is_asked_for_the_first_time(today, verified_on, asked_on, due):
    asked_at = datetime.combine(day(asked_on), NOON.timetz()) if asked_on else None
    assert reconfirm_rules.first_is_due(day(today), day(verified_on), asked_at) is due


@pytest.mark.parametrize(
    ("days", "asks", "verified_on", "due"),
    [
        (6.99, 1, None, False),
        (7, 1, None, True),
        (7, 2, None, False),  # twice is enough
        (7, 1, "2026-11-17", True),
        (7, 1, "2026-11-18", False),  # somebody made sure on the day it was asked
        (7, 1, "2026-11-20", False),
    ],
)
def test_when_it_is_asked_again(days, asks, verified_on, due):
    assert reconfirm_rules.second_is_due(NOON, asks, NOON - timedelta(days=days), day(verified_on)) is due


@pytest.mark.parametrize(("hour", "minute", "read"), [(8, 59, False), (9, 0, True), (15, 59, True), (16, 0, False)])
def test_it_is_asked_when_an_email_is_read(hour, minute, read):
    assert reconfirm_rules.is_office_hour(datetime(2026, 11, 25, hour, minute)) is read


@pytest.mark.parametrize(("days", "answers"), [(0, True), (92, True), (99.99, True), (100, False)])
def test_a_link_answers_for_longer_than_a_quarter(days, answers):
    assert reconfirm_rules.link_answers(NOON - timedelta(days=days), NOON) is answers
