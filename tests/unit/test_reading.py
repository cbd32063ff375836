"""When a lesson counts as read: a floor of time, and its question."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.courses import module_file
from server.people.training import reading
from tests.modules import SHIPPED

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "seconds"), [(0, 0), (1, 1), (10, 1), (11, 2), (200, 20), (600, 60), (601, 60), (9000, 60)]
)
def test_a_lesson_is_open_as_long_as_nobody_is_faster(words, seconds):
    assert reading.least(words) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "answered", "read"),
    [
        (19.9, True, False),
        (20, True, True),
        (20, False, False),
        (9999, False, False),
        (9999, True, True),
        (-5, True, False),
    ],
)
def test_a_lesson_counts_as_read_after_the_time_and_its_answer(seconds, answered, read):
    at = NOON + timedelta(seconds=seconds)
    assert reading.is_read(200, NOON, at, answered=answered) is read
    assert bool(reading.left(200, NOON, at)) is (seconds < 20)


def test_no_lesson_of_the_programme_needs_more_than_half_of_its_reading_time():
    """A floor only: read aloud at twice the usual pace, a lesson is over after the time that is asked for."""
    for course in module_file.load_all(SHIPPED).values():
        for version in course.versions.values():
            for lesson in version.lessons:
                assert reading.least(lesson.words) <= timedelta(minutes=lesson.words / 480) + timedelta(seconds=1)
                assert lesson.words > 0
