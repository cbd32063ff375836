"""The days and weeks of a round in its time zone, where it stands, and when it reminds. Pure.

A day begins at midnight in the round's time zone, as the tz database (IANA) has it: where clocks change, a day has 23 or 25
hours. Outside a round days are UTC days. A week of a round begins on the weekday the round begins on; outside a round weeks
begin on Monday.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.core.words import RoundState

DAY = timedelta(days=1)
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
    REOPENED = "reopened"  # to whoever was told that it is cancelled: it takes place after all
    LEAD = "lead"  # to whoever was named a team's lead
    ADMITTED = "admitted"  # to whoever signed up as a trainee and is accredited now
    RESULTS = "results"  # thanks, and what came of it, after the end


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a round in its time zone (its IANA name), the last one included."""

    starts_on: date
    ends_on: date
    zone: str = "UTC"

    def day_at(self, at: datetime) -> date:
        """Which day it is at `at` where the round takes place."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def begins(self, day: date) -> datetime:
        """The moment a day begins there, in UTC: midnight, or the first moment after it where clocks skip midnight."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def starts_at(self) -> datetime:
        """Its first moment."""
        return self.begins(self.starts_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return self.begins(self.ends_on + DAY)

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies in it."""
        return self.starts_at <= at < self.ends_at

    @property
    def weeks(self) -> tuple[date, ...]:
        """The first day of each week."""
        days = (self.ends_on - self.starts_on).days + 1
        return tuple(self.starts_on + WEEK * number for number in range(-(-days // 7)))

    def week_at(self, day: date) -> int | None:
        """The number of the week that a day of its time zone lies in, from 0; None outside."""
        return (day - self.starts_on).days // 7 if self.starts_on <= day <= self.ends_on else None


def week_of(day: date, span: Span | None = None) -> date:
    """The first day of the week `day` lies in: the round's week inside a round, else from Monday."""
    number = span.week_at(day) if span else None
    if span is None or number is None:
        return day - timedelta(days=day.weekday())
    return span.weeks[number]


def phase(state: RoundState, span: Span, at: datetime) -> Phase:
    """Where the round stands at `at`."""
    if state is not RoundState.OPEN:
        return Phase.DRAFT if state is RoundState.DRAFT else Phase.CANCELLED
    return Phase.COMING if at < span.starts_at else Phase.RUNNING if at < span.ends_at else Phase.OVER


def overlap(first: Span, second: Span) -> bool:
    """Whether two rounds share a moment: nobody takes part in two at once, for their reports would count twice."""
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at


def reminder(span: Span, day: date) -> tuple[Reminder, int] | None:
    """Which reminder is due on a day of the round's time zone, with the week it speaks of; None on most days.

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
