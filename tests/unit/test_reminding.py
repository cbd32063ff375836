"""When somebody who asked for it is reminded of the review: person, state and mail, as a table."""

from datetime import date, timedelta

import pytest

from server.core.words import Standing
from server.journeys.spotter import mailing
from server.journeys.spotter.mailing import Addressee, ByRequest
from server.people.training import reminding
from server.people.training.reminding import Rhythm

WEDNESDAY = date(2026, 11, 25)
BEFORE = WEDNESDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("rhythm", "told_on", "reviewed_on", "unheeded", "reminded"),
    [
        (Rhythm.DAILY, None, None, 0, True),
        (Rhythm.DAILY, BEFORE, BEFORE, 3, True),
        (Rhythm.DAILY, WEDNESDAY, None, 1, False),  # once a day
        (Rhythm.DAILY, None, WEDNESDAY, 0, False),  # reviewed already
        (Rhythm.DAILY, BEFORE, None, 4, False),  # nobody is pestered
        (Rhythm.WEDNESDAY, BEFORE, None, 0, True),
        (Rhythm.TUESDAY, None, None, 0, False),
        (Rhythm.THURSDAY, None, None, 0, False),
        (Rhythm.WEDNESDAY, None, WEDNESDAY, 0, False),
        (Rhythm.DAILY, WEDNESDAY + timedelta(days=1), None, 0, False),  # it is yesterday again in another zone
    ],
)
def test_on_which_day(rhythm, told_on, reviewed_on, unheeded, reminded):
    told = reminding.is_day(rhythm, WEDNESDAY, told_on=told_on, reviewed_on=reviewed_on, unheeded=unheeded)
    assert told is reminded


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("is_open", [False, True])
def test_whom(standing, paused, is_open):
    stopped = standing in (Standing.SUSPENDED, Standing.WITHDRAWN)
    spotter = Addressee(standing, is_open, reminders=False, paused=paused)
    assert mailing.concerns(ByRequest.REVIEW, spotter) is (is_open and not paused and not stopped)
