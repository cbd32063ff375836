"""When a contact is at work, and when a digest is sent: once a working day of theirs, at their hour. Pure.

Which days those are follows from the contact's time zone, by the weekend of its country (Unicode CLDR, weekData): Friday and
Saturday in Cairo, Sunday alone in Kolkata. Public holidays are not known.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

ZONE, HOUR = "UTC", 8  # of a contact who states none: before most of Europe begins its day
OPEN_FOR = 8  # hours of a working day, from theirs
SATURDAY, SUNDAY = 5, 6


def next_slot(after: datetime, zone: str | None = None, hour: int | None = None) -> datetime:
    """The first moment after `after` at which a digest or a reminder is sent.

    zone: IANA name. hour: from 0 to 23, by its clock; where the clock skips that hour, the next one.
    """
    here = ZoneInfo(zone or ZONE)
    at = after.astimezone(here).replace(hour=HOUR if hour is None else hour, minute=0, second=0, microsecond=0, fold=0)
    while at.astimezone(after.tzinfo) <= after or not is_working_day(at, zone):
        at += timedelta(days=1)
    return at.astimezone(after.tzinfo)


def is_working_day(at: datetime, zone: str | None = None) -> bool:
    """Whether it is a working day then, in that zone."""
    first, last = _weekend(zone or ZONE)
    day = at.astimezone(ZoneInfo(zone or ZONE)).weekday()
    return not first <= day <= last


def is_open(at: datetime, zone: str | None = None, hour: int | None = None) -> bool:
    """Whether a contact is at work then: on a working day, in the hours from theirs."""
    begins, here = HOUR if hour is None else hour, at.astimezone(ZoneInfo(zone or ZONE))
    return is_working_day(at, zone) and begins <= here.hour < begins + OPEN_FOR


def _weekend(zone: str) -> tuple[int, int]:
    """Its first and last day, 0 being Monday. None begins on a Sunday."""
    country = get_global("zone_territories").get(zone, "ZZ")
    if country in ("ZZ", "001"):
        return SATURDAY, SUNDAY
    try:
        locale = Locale.parse(f"und_{country}")
    except UnknownLocaleError:  # a territory without a language of its own there, such as Antarctica
        return SATURDAY, SUNDAY
    return locale.weekend_start, locale.weekend_end
