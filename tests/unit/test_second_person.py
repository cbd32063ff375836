"""Whose account counts as a second person."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.accounts.second_person import first_pair, is_new

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("invited_by", "days", "new"),
    [("ana", 0, True), ("ana", 29.99, True), ("ana", 30, False), ("ana", 400, False), (None, 0, False)],
)
def test_an_account_opened_within_thirty_days_may_be_the_other_self_of_who_opened_it(invited_by, days, new):
    assert is_new(invited_by, NOW - timedelta(days=days), NOW) is new


NINTH, TWELFTH = datetime(2026, 12, 9, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "others", "first"),
    [
        (None, [None, NINTH], NOW),
        (None, [TWELFTH, NINTH], NINTH),
        (TWELFTH, [None, NINTH], TWELFTH),
        (NINTH, [TWELFTH], TWELFTH),
        (None, [], None),
        (NINTH, [], None),
    ],
)
def test_two_people_confirm_from_the_day_on_which_both_accounts_count(own, others, first):
    assert first_pair(own, others, NOW) == first
