"""When a SPOC is asked whether it is still the right contact: once in 90 days, and once more a week later. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum

APART = timedelta(days=90)  # at least, from a confirmation or the last time it was asked
AGAIN = timedelta(days=7)  # between the two times, and after the second until nobody is expected to answer
MOST = 2  # times that a contact is asked in a quarter
FROM, UNTIL = 9, 16  # by their clock: an email at night is not read
VALID = timedelta(days=100)  # a link, from the first time on
KEPT = timedelta(days=730)


class StillRight(StrEnum):
    """What a contact answered."""

    RIGHT = "right"
    OTHER = "other"  # somebody else is


def quarter(day: date) -> str:
    """`2026Q4`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def first_is_due(today: date, verified_on: date | None, asked_at: datetime | None) -> bool:
    """Whether a confirmed SPOC that was not asked in this quarter is to be asked. asked_at: when it last was, if ever."""
    if verified_on is None or today - verified_on < APART:
        return False
    return asked_at is None or today - asked_at.date() >= APART


def second_is_due(at: datetime, asks: int, asked_at: datetime, verified_on: date | None) -> bool:
    """Whether one that has not answered is to be asked again. asked_at: when it last was."""
    return asks < MOST and at - asked_at >= AGAIN and confirmed_before(verified_on, asked_at)


def confirmed_before(verified_on: date | None, asked_at: datetime) -> bool:
    """Whether nobody has made sure of it since it was asked."""
    return verified_on is None or verified_on < asked_at.date()


def link_answers(first_asked_at: datetime, at: datetime) -> bool:
    """Whether the link of a question that was first asked then still takes an answer."""
    return at - first_asked_at < VALID


def is_office_hour(there: datetime) -> bool:
    """Whether an email is read at this time of theirs."""
    return FROM <= there.hour < UNTIL
