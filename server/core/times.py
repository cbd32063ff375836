"""How times, days and lengths of time are said: in UTC, and saying so wherever there is an hour.

Pure. `wording` has all of it under its own name, for templates and everybody else.
"""

from datetime import date as date_type
from datetime import datetime, timedelta
from typing import Self

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date(at: date_type | str) -> str:
    """`24 November 2026`, also of ISO text. Months are named here so that the server's locale never matters."""
    if isinstance(at, str):
        at = date_type.fromisoformat(at[:10])
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def weekday(at: date_type | str) -> str:
    """`Tuesday 1 December`, also of ISO text."""
    if isinstance(at, str):
        at = date_type.fromisoformat(at[:10])
    return f"{WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def full(at: datetime) -> str:
    """`24 November 2026, 11:00 UTC`. Times are kept and said in UTC."""
    return f"{date(at)}, {at:%H:%M} UTC"


class Moment(str):
    """A short time in words, in UTC, that still knows when it is: a page says it by its reader's clock (`ui.when`)."""

    at: datetime

    def __new__(cls, words: str, at: datetime) -> Self:
        """`words` for `at`."""
        made = super().__new__(cls, words)
        made.at = at
        return made


def moment(at: datetime, now: datetime) -> Moment:
    """Short, for lists: `today 08:51 UTC`, `yesterday 16:40 UTC`, `17 Nov`, `17 Nov 2025`. spotter.js has the same words."""
    days = (now.date() - at.date()).days
    if days in (0, 1):
        return Moment(f"{'yesterday' if days else 'today'} {at:%H:%M} UTC", at)
    return Moment(f"{at.day} {MONTHS[at.month - 1][:3]}" + ("" if at.year == now.year else f" {at.year}"), at)


def due(at: datetime, now: datetime) -> str:
    """When an answer is due: `today`, `tomorrow`, `since 17 Nov`, `Tue 1 Dec`."""
    days = (at.date() - now.date()).days
    if days < 0:
        return f"since {at.day} {MONTHS[at.month - 1][:3]}"
    return {0: "today", 1: "tomorrow"}.get(days, f"{WEEKDAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1][:3]}")


def due_group(at: datetime, now: datetime) -> str:
    """Under which heading an answer is due."""
    days = (at.date() - now.date()).days
    return "Overdue" if days < 0 else "Due today" if days == 0 else "Within a week" if days < 8 else "Later"


def minutes(number: int) -> str:
    """A length of time: `40 min`, `3 h`, `1 h 10 min`."""
    hours, left = divmod(number, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{left} min" if left or not hours else ""]))


def days(first: date_type, last: date_type) -> str:
    """`25 November to 22 December 2026`; both years where they differ."""
    start = f"{first.day} {MONTHS[first.month - 1]}" + ("" if first.year == last.year else f" {first.year}")
    return date(first) if first == last else f"{start} to {date(last)}"


def age(since: datetime, now: datetime) -> str:
    """How long ago, in the two largest units: `3 d 4 h`, `2 h`, `5 min`."""
    gone = max(now - since, timedelta())
    hours, minutes = divmod(gone.seconds // 60, 60)
    if gone.days:
        return f"{gone.days} d {hours} h" if hours else f"{gone.days} d"
    return f"{hours} h" if hours else f"{minutes} min"
