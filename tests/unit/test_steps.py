"""Onboarding progress: which steps are taken, and who has stalled where since when."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Standing
from server.people.accreditation import steps
from server.people.accreditation.steps import (
    NextStep,
    Progress,
    StalledBecause,
    Step,
    awaits_coordinator,
    reached,
    stalled,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("progress", "next_step", "since"),
    [
        (Progress(ago(6.9), has_password=False), None, None),
        (Progress(ago(7), has_password=False), NextStep.CHOOSE_PASSWORD, 7),
        (Progress(ago(20)), NextStep.SIGN, 20),
        (Progress(ago(20), passed_at=ago(9)), NextStep.SIGN, 9),
        (Progress(ago(20), signed_at=ago(8)), NextStep.EXAM, 8),
        (Progress(ago(20), signed_at=ago(18), studied_at=ago(6)), None, None),  # they are reading
        (Progress(ago(20), signed_at=ago(18), studied_at=ago(7)), NextStep.EXAM, 7),
        (Progress(ago(20), signed_at=ago(6)), None, None),
        (Progress(ago(90), signed_at=ago(80), passed_at=ago(70)), None, None),  # a coordinator's turn
        (Progress(ago(90), accredited_at=ago(10), standing=Standing.ACTIVE), NextStep.REPORT, 10),
        (Progress(ago(90), accredited_at=ago(80), first_report_at=ago(70), last_report_at=ago(29), standing=Standing.ACTIVE), None, None),
        (Progress(ago(90), accredited_at=ago(80), first_report_at=ago(70), last_report_at=ago(30), standing=Standing.ACTIVE), NextStep.REPORT_AGAIN, 30),
        (Progress(ago(400), signed_at=ago(395), accredited_at=ago(390), lapsed_at=ago(25), standing=Standing.LAPSED), NextStep.EXAM_AGAIN, 25),
        (Progress(ago(400), signed_at=ago(395), accredited_at=ago(390), lapsed_at=ago(6), standing=Standing.LAPSED), None, None),
        (Progress(ago(400), signed_at=ago(395), accredited_at=ago(390), passed_at=ago(20), lapsed_at=ago(25), standing=Standing.LAPSED), None, None),  # a coordinator's turn
        (Progress(ago(400), accredited_at=ago(390), lapsed_at=ago(25), standing=Standing.LAPSED), NextStep.SIGN, 25),  # the agreement has changed
        (Progress(ago(90), accredited_at=ago(80), standing=Standing.SUSPENDED), None, None),
        (Progress(ago(90), accredited_at=ago(80), standing=Standing.WITHDRAWN), None, None),
    ],
)  # fmt: skip
def test_a_stalled_spotter_is_found_with_the_next_step_and_the_time(progress, next_step, since):
    stop = stalled(progress, NOW)
    assert (stop and (stop.next_step, stop.since)) == (next_step and (next_step, ago(since)))


SIGNED = {"signed_at": ago(18), "studied_at": ago(9)}
LAPSED = {"signed_at": ago(395), "accredited_at": ago(390), "lapsed_at": ago(25), "standing": Standing.LAPSED}


@pytest.mark.parametrize(
    ("progress", "why", "number"),
    [
        (Progress(ago(20), has_password=False), None, 0),
        (Progress(ago(20)), StalledBecause.NOTHING_READ, 0),
        (Progress(ago(20), studied_at=ago(9), lessons_read=4), StalledBecause.READING, 4),
        (Progress(ago(20), **SIGNED), StalledBecause.NOTHING_READ, 0),
        (Progress(ago(20), **SIGNED, lessons_read=12), StalledBecause.READING, 12),
        (Progress(ago(20), **SIGNED, lessons_read=12, failed=2), StalledBecause.FAILED, 2),
        (Progress(ago(20), **SIGNED, failed=5, locked_until=NOW), StalledBecause.FAILED, 5),  # it is open again
        (Progress(ago(500), **LAPSED, lessons_read=12, failed=1), StalledBecause.FAILED, 1),
        (Progress(ago(90), accredited_at=ago(80), standing=Standing.ACTIVE, failed=3), None, 0),
    ],
)
def test_why_somebody_has_stalled_is_said_as_far_as_it_is_known(progress, why, number):
    stop = stalled(progress, NOW)
    assert stop and (stop.why, stop.number) == (why, number)


@pytest.mark.parametrize("more", [{"signed_at": ago(18)}, {}, LAPSED], ids=["exam", "sign", "lapsed"])
def test_whose_exam_is_locked_has_stalled_at_once_and_until_when_is_said(more):
    locked = Progress(ago(500), **more, studied_at=ago(0.1), failed=5, locked_until=ago(-29))
    stop = stalled(locked, NOW)
    assert stop and (stop.since, stop.why, stop.number, stop.until) == (ago(0.1), StalledBecause.LOCKED, 5, ago(-29))


@pytest.mark.parametrize(
    ("progress", "steps"),
    [
        (Progress(ago(1), has_password=False), ""),
        (Progress(ago(1), has_password=False, accredited_at=ago(1)), "joined signed passed accredited"),
        (Progress(ago(1), signed_at=ago(1)), "joined signed"),
        (Progress(ago(1), passed_at=ago(1)), "joined passed"),
        (Progress(ago(1), accredited_at=ago(1)), "joined signed passed accredited"),
        (Progress(ago(99), accredited_at=ago(98), first_report_at=ago(90), last_report_at=ago(30)), "joined signed passed accredited reported"),
        (Progress(ago(99), accredited_at=ago(98), first_report_at=ago(90), last_report_at=ago(29)), "joined signed passed accredited reported active"),
    ],
)  # fmt: skip
def test_steps_are_counted_as_they_were_taken(progress, steps):
    assert reached(progress, NOW) == {Step(step) for step in steps.split()}


def test_a_coordinators_turn_comes_after_both_signature_and_exam():
    both = Progress(ago(9), signed_at=ago(8), passed_at=ago(7))
    assert awaits_coordinator(both)
    assert not awaits_coordinator(Progress(ago(9), signed_at=ago(8)))
    assert not awaits_coordinator(Progress(ago(9), passed_at=ago(8)))
    again = Progress(ago(9), signed_at=ago(8), passed_at=ago(7), accredited_at=ago(6), standing=Standing.SUSPENDED)
    assert not awaits_coordinator(again), "whoever was decided about is elsewhere on the desk"


def test_nobody_is_reminded_more_often_than_every_two_weeks() -> None:
    assert timedelta(days=14) == steps.REMIND_AGAIN
