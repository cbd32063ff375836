"""The weeks of a round, where it stands on a day, and when it reminds. Pure.

Days are UTC days. A week of a round begins on the weekday the round begins on; outside a round weeks begin on Monday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.core.words import RoundState

WEEK = timedelta(days=7)
MOST = 12  # weeks of one round
BEFORE = timedelta(days=2)  # the reminder before the start
LAST = timedelta(days=3)  # the reminder before the end
RESULTS_AFTER = timedelta(days=3)  # after the end: by then most of what was reported last is decided
RESULTS_FOR = timedelta(days=14)  # after the end: later nobody is thanked


class Phase(StrEnum):
    """Where a round stands today."""

    DRAFT = "draft"  # only the desk sees it
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


class Reminder(StrEnum):
    """What a round writes to those who signed up, or could."""

    START = "start"
    WEEK = "week"  # mid-round, to whoever has not searched this week
    END = "end"
    OPENED = "opened"  # to whoever could sign up
    CANCELLED = "cancelled"
    LEAD = "lead"  # to whoever was named a team's lead
    RESULTS = "results"  # thanks, and what came of it, after the end


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a round, the last one included."""

    starts_on: date
    ends_on: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The first day of each week."""
        days = (self.ends_on - self.starts_on).days + 1
        return tuple(self.starts_on + WEEK * number for number in range(-(-days // 7)))

    def week_at(self, day: date) -> int | None:
        """The number of the week `day` lies in, from 0; None outside."""
        return (day - self.starts_on).days // 7 if self.starts_on <= day <= self.ends_on else None


def week_of(day: date, span: Span | None = None) -> date:
    """The first day of the week `day` lies in: the round's week inside a round, else from Monday."""
    number = span.week_at(day) if span else None
    if span is None or number is None:
        return day - timedelta(days=day.weekday())
    return span.weeks[number]


def phase(state: RoundState, span: Span, day: date) -> Phase:
    """Where the round stands on `day`."""
    if state is not RoundState.OPEN:
        return Phase.DRAFT if state is RoundState.DRAFT else Phase.CANCELLED
    return Phase.COMING if day < span.starts_on else Phase.RUNNING if day <= span.ends_on else Phase.OVER


def overlap(first: Span, second: Span) -> bool:
    """Whether two rounds share a day: nobody takes part in two at once, for their reports would count twice."""
    return first.starts_on <= second.ends_on and second.starts_on <= first.ends_on


def reminder(span: Span, day: date) -> tuple[Reminder, int] | None:
    """Which reminder is due on `day`, with the week it speaks of; None on most days.

    Before the start from two days before it; in the last three days one about the end; in between, from the fourth day of
    each week on, one a week (for those who have not searched in it); from three days after the end thanks and results.
    """
    if span.ends_on + RESULTS_AFTER <= day <= span.ends_on + RESULTS_FOR:
        return Reminder.RESULTS, 0
    if span.starts_on - BEFORE <= day < span.starts_on:
        return Reminder.START, 0
    number = span.week_at(day)
    if number is None:
        return None
    if day > span.ends_on - LAST:
        return Reminder.END, number
    return (Reminder.WEEK, number) if (day - span.weeks[number]).days >= 3 else None
