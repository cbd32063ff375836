"""The way of a spotter: which steps are taken, and who stands still where since when."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Standing
from server.people.accreditation.steps import Place, Step, Stuck, Way, awaits_coordinator, reached, stuck

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("way", "place", "since"),
    [
        (Way(ago(6.9), came_in=False), None, None),
        (Way(ago(7), came_in=False), Place.COME_IN, 7),
        (Way(ago(20)), Place.SIGN, 20),
        (Way(ago(20), passed_at=ago(9)), Place.SIGN, 9),
        (Way(ago(20), signed_at=ago(8)), Place.EXAM, 8),
        (Way(ago(20), signed_at=ago(6)), None, None),
        (Way(ago(90), signed_at=ago(80), passed_at=ago(70)), None, None),  # a coordinator's turn
        (Way(ago(90), accredited_at=ago(10), standing=Standing.ACTIVE), Place.REPORT, 10),
        (Way(ago(90), accredited_at=ago(80), first_report_at=ago(70), last_report_at=ago(29), standing=Standing.ACTIVE), None, None),
        (Way(ago(90), accredited_at=ago(80), first_report_at=ago(70), last_report_at=ago(30), standing=Standing.ACTIVE), Place.REPORT_AGAIN, 30),
        (Way(ago(400), accredited_at=ago(390), standing=Standing.LAPSED), None, None),
        (Way(ago(90), accredited_at=ago(80), standing=Standing.SUSPENDED), None, None),
        (Way(ago(90), accredited_at=ago(80), standing=Standing.WITHDRAWN), None, None),
    ],
)  # fmt: skip
def test_who_stands_still_is_told_where_and_since_when(way, place, since):
    assert stuck(way, NOW) == (place and Stuck(place, ago(since)))


@pytest.mark.parametrize(
    ("way", "steps"),
    [
        (Way(ago(1), came_in=False), "joined"),
        (Way(ago(1), signed_at=ago(1)), "joined signed"),
        (Way(ago(1), passed_at=ago(1)), "joined passed"),
        (Way(ago(1), accredited_at=ago(1)), "joined signed passed accredited"),
        (Way(ago(99), accredited_at=ago(98), first_report_at=ago(90), last_report_at=ago(30)), "joined signed passed accredited reported"),
        (Way(ago(99), accredited_at=ago(98), first_report_at=ago(90), last_report_at=ago(29)), "joined signed passed accredited reported active"),
    ],
)  # fmt: skip
def test_steps_are_counted_as_they_were_taken(way, steps):
    assert reached(way, NOW) == {Step(step) for step in steps.split()}


def test_a_coordinators_turn_comes_after_both_signature_and_exam():
    both = Way(ago(9), signed_at=ago(8), passed_at=ago(7))
    assert awaits_coordinator(both)
    assert not awaits_coordinator(Way(ago(9), signed_at=ago(8)))
    assert not awaits_coordinator(Way(ago(9), passed_at=ago(8)))
    again = Way(ago(9), signed_at=ago(8), passed_at=ago(7), accredited_at=ago(6), standing=Standing.SUSPENDED)
    assert not awaits_coordinator(again), "whoever was decided about is elsewhere on the desk"
