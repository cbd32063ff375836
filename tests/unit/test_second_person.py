"""Whose account counts as a second person."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.accounts.second_person import is_new

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("invited_by", "days", "new"),
    [("ana", 0, True), ("ana", 29.99, True), ("ana", 30, False), ("ana", 400, False), (None, 0, False)],
)
def test_an_account_opened_within_thirty_days_may_be_the_other_self_of_who_opened_it(invited_by, days, new):
    assert is_new(invited_by, NOW - timedelta(days=days), NOW) is new
