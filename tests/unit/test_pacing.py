"""No hour has more messages to one mailbox than are allowed, whenever they were sent."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.delivery import pacing

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes_ago", "most", "seconds"),
    [
        ([], 3, 0),
        ([1, 2], 3, 0),
        ([1, 2, 3], 3, 57 * 60),  # the oldest is an hour old in 57 minutes
        ([3, 1, 2], 3, 57 * 60),
        ([1, 2, 3, 4], 3, 57 * 60),  # of more than allowed the third newest counts
        ([1, 2, 59], 3, 60),
        ([1, 2, 60], 3, 0),
        ([1, 2, 90], 3, 0),
        ([0], 1, 3600),
    ],
)
def test_the_next_message_waits_until_an_hour_has_room(minutes_ago: list[int], most: int, seconds: float) -> None:
    sent = [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]
    assert pacing.wait(sent, NOON, most) == timedelta(seconds=seconds)
