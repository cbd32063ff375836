"""When somebody who asked for it is reminded of the review. Pure.

Nobody is reminded who did not choose it, when nothing is due, on a day on which they reviewed already, or twice on one day; after
`MOST` reminders without an answer in between there are no more until they review again.
"""

from datetime import date
from enum import StrEnum

MOST = 4


class Rhythm(StrEnum):
    """How often somebody wants to be reminded: each day, or each week on one day."""

    DAILY = "daily"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEKDAYS = tuple(rhythm for rhythm in Rhythm if rhythm is not Rhythm.DAILY)  # as `date.weekday` counts them


def is_day(rhythm: Rhythm, day: date, *, told_on: date | None, reviewed_on: date | None, unheeded: int) -> bool:
    """Whether somebody may be reminded on `day`. told_on, reviewed_on: the last days; unheeded: reminders since they reviewed."""
    if unheeded >= MOST or (told_on and told_on >= day) or (reviewed_on and reviewed_on >= day):
        return False
    return rhythm is Rhythm.DAILY or WEEKDAYS[day.weekday()] is rhythm
