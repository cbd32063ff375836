"""How long whoever guesses waits, and how soon it is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.accounts import waits
from server.people.accounts.waits import ACCOUNT, CODES, NETWORK, NETWORK_CODES

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "failures", "seconds"),
    [
        (ACCOUNT, 0, 0), (ACCOUNT, 1, 0), (ACCOUNT, 4, 0), (ACCOUNT, 5, 1), (ACCOUNT, 6, 2), (ACCOUNT, 7, 4), (ACCOUNT, 12, 128),
        (ACCOUNT, 13, 256), (ACCOUNT, 14, 300), (ACCOUNT, 10_000, 300),
        (NETWORK, 100, 0), (NETWORK, 101, 1), (NETWORK, 107, 30), (NETWORK, 10_000, 30),
        (CODES, 4, 0), (CODES, 5, 60), (CODES, 6, 120), (CODES, 50, 600),
        (NETWORK_CODES, 20, 0), (NETWORK_CODES, 21, 60), (NETWORK_CODES, 24, 480), (NETWORK_CODES, 25, 600),
    ],
)  # fmt: skip
def test_waits_grow_to_a_few_minutes(pace, failures, seconds):
    assert waits.wait(failures, pace) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures", "minutes", "counting"),
    [(5, 0, 5), (5, 4.9, 5), (5, 5, 4), (5, 14, 3), (5, 25, 0), (5, 600, 0), (0, 0, 0), (5, -60, 5)],
)
def test_failures_are_forgotten_with_time(failures, minutes, counting):
    assert waits.counting(failures, NOON, NOON + timedelta(minutes=minutes), ACCOUNT) == counting


@pytest.mark.parametrize(("pace", "seconds"), [(ACCOUNT, 300), (NETWORK, 15), (CODES, 300), (NETWORK_CODES, 60)])
def test_each_pace_forgets_a_failure_in_its_own_time(pace, seconds):
    passed = [timedelta(seconds=seconds - 1), timedelta(seconds=seconds)]
    assert [waits.counting(2, NOON, NOON + time, pace) for time in passed] == [2, 1]


@pytest.mark.parametrize(
    ("pace", "failures", "after", "seconds"),
    [
        (ACCOUNT, 5, 0, 1), (ACCOUNT, 5, 1, 0), (ACCOUNT, 14, 0, 300), (ACCOUNT, 14, 100, 200), (ACCOUNT, 14, 300, 0),
        (ACCOUNT, 5, -3600, 1),  # a clock set back holds nobody up for an hour
        (NETWORK, 200, 0, 30), (NETWORK, 200, 29, 1), (NETWORK, 200, 30, 0),
    ],
)  # fmt: skip
def test_what_is_left_of_a_wait(pace, failures, after, seconds):
    at = NOON + timedelta(seconds=after)
    left = waits.left(failures, NOON, at, pace)
    assert left == timedelta(seconds=seconds)


def test_an_office_that_was_guessed_at_is_not_held_up_by_one_typo_a_minute_later():
    """107 failures, a minute without one, then a colleague's typo."""
    counting = waits.counting(107, NOON, NOON + timedelta(minutes=2), NETWORK) + 1
    assert waits.wait(counting, NETWORK) == timedelta()
