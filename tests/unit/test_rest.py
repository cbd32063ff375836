"""When a coordinator is offered a break."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.rest import Decided, Offer, offer

START = datetime(2026, 12, 2, 9, tzinfo=UTC)


def decided(*minutes: float, live: bool = False) -> list[Decided]:
    return [Decided(START + timedelta(minutes=each), live) for each in minutes]


@pytest.mark.parametrize(
    ("lately", "expected"),
    [
        ([], None),
        (decided(0), None),
        (decided(*range(50)), None),
        (decided(*range(51)), Offer(minutes=50)),
        (decided(*range(52)), None),  # it was said
        (decided(*range(100)), None),
        (decided(*range(0, 101, 5)), Offer(minutes=100)),  # nobody rested
        (decided(*range(40), *range(54, 70)), None),  # a break of 15 minutes
        (decided(*range(40), *range(53, 54)), Offer(minutes=53)),  # fourteen are none
        (decided(*range(9), live=True), None),
        (decided(*range(10), live=True), Offer(live=10)),
        (decided(*range(11), live=True), None),
        (decided(*range(20), live=True), Offer(live=20)),
        (decided(0, 1, live=True) + decided(2) + decided(*range(3, 12), live=True), None),
        (decided(0, 1) + decided(*range(2, 12), live=True), Offer(live=10)),
        (decided(*range(5), live=True) + decided(*range(20, 25), live=True), None),
    ],
)
def test_a_break_is_offered_once_after_a_long_stretch_or_many_live_animals(
    lately: list[Decided], expected: Offer | None
) -> None:
    assert offer(lately) == expected
