"""How times, days and lengths of time are said: in UTC, and saying so wherever there is an hour.

Pure: Babel's patterns, no reader. What is returned is English to code, and said in the reader's language where it is
shown (`sentences.Localized`). `wording` has all of it under its own name, for templates and everybody else.
"""

import re
from datetime import date as date_type
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, dates, units

from server.core.sentences import Localized, Sentence, sentence


def locale(language: str) -> str:
    """Whose habits a language's dates and numbers follow: English is British here, 24 November 2026."""
    return "en_GB" if language == "en" else language


def _day(at: date_type | str) -> date_type:
    return date_type.fromisoformat(at[:10]) if isinstance(at, str) else at


def _by_skeleton(at: date_type | str, skeleton: str) -> Localized:
    day = _day(at)
    return Localized(lambda language, _: _skeleton_said(skeleton, day, language))


# A list says the same few days and lengths again and again: each is made once.
@lru_cache(maxsize=4096)
def _skeleton_said(skeleton: str, day: date_type, language: str) -> str:
    text = dates.format_skeleton(skeleton, day, locale=locale(language))
    return _first_in_french(text, language) if "d" in skeleton else text


def _in_full(day: date_type, pattern: str, language: str) -> str:
    """A day with its month's whole name."""
    return _first_in_french(dates.format_date(day, pattern, locale(language)), language)


def _first_in_french(text: str, language: str) -> str:
    """French writes the first of a month `1er`, which no pattern does; spotter.js does the same."""
    return re.sub(r"(?<!\d)1(?=[ \N{NO-BREAK SPACE}–])", "1er", text) if language == "fr" else text


def date(at: date_type | str) -> Localized:
    """`24 November 2026`, also of ISO text."""
    day = _day(at)
    return Localized(lambda language, _: _in_full(day, "long", language))


def weekday(at: date_type | str) -> Localized:
    """`Tuesday, 1 December`, also of ISO text."""
    day = _day(at)

    def render(language: str, _: object) -> str:
        full = Locale.parse(locale(language)).date_formats["full"].pattern
        return _in_full(day, full.replace(" y", ""), language)

    return Localized(render)


def short_day(at: date_type | str) -> Localized:
    """`1 Dec`."""
    return _by_skeleton(at, "MMMd")


def day_of_week(at: date_type | str) -> Localized:
    """`Mon`."""
    return _by_skeleton(at, "E")


def month(at: date_type | str) -> Localized:
    """`November 2026`."""
    return _by_skeleton(at, "yMMMM")


def short_month(at: date_type | str) -> Localized:
    """`Nov`."""
    day = _day(at)
    return Localized(lambda language, _: dates.format_date(day, "LLL", locale(language)))


def clock(at: datetime) -> Localized:
    """`11:00 UTC`."""
    return Localized(lambda language, _: f"{dates.format_skeleton('Hm', at, locale=locale(language))} UTC")


def full(at: datetime) -> Localized:
    """`24 November 2026, 11:00 UTC`. Times are kept and said in UTC."""

    def render(language: str, _: object) -> str:
        whole = str(dates.get_datetime_format("medium", locale(language)))
        return whole.replace("{1}", date(at).render(language, str)).replace("{0}", clock(at).render(language, str))

    return Localized(render)


class Moment(Sentence):
    """A short time in words, in UTC, that still knows when it is: a page says it by its reader's clock (`ui.when`)."""

    at: datetime


NEAR = {1: sentence("yesterday %(time)s"), 0: sentence("today %(time)s"), -1: sentence("tomorrow %(time)s")}


def moment(at: datetime, now: datetime) -> Moment:
    """Short, for lists: `today 08:51 UTC`, `yesterday 16:40 UTC`, `tomorrow 00:10 UTC`, `17 Nov`, `17 Nov 2025`. spotter.js says the same."""
    days = (now.date() - at.date()).days
    if days in NEAR:
        short = Moment(NEAR[days].message, time=clock(at))
    else:
        short = Moment("%(day)s", day=_by_skeleton(at, "MMMd" if at.year == now.year else "yMMMd"))
    short.at = at
    return short


def due(at: datetime, now: datetime) -> Sentence | Localized:
    """When an answer is due: `today`, `tomorrow`, `since 17 Nov`, `Tue 1 Dec`."""
    days = (at.date() - now.date()).days
    if days < 0:
        return sentence("since %(day)s", day=short_day(at))
    if days < 2:
        return sentence("tomorrow") if days else sentence("today")
    return _by_skeleton(at, "MMMEd")


def due_group(at: datetime, now: datetime) -> Sentence:
    """Under which heading an answer is due."""
    days = (at.date() - now.date()).days
    if days < 0:
        return sentence("Overdue")
    if days == 0:
        return sentence("Due today")
    return sentence("Within a week") if days < 8 else sentence("Later")


def minutes(number: int) -> Localized:
    """A length of time: `40 mins`, `3 hrs`, `1 hr, 10 mins`."""
    hours, left = divmod(number, 60)
    return _length((hours, "hour"), (left, "minute"), length="short")


def age(since: datetime, now: datetime) -> Localized:
    """How long ago, in the two largest units: `3d 4h`, `2h`, `5m`."""
    gone = max(now - since, timedelta())
    hours, left = divmod(gone.seconds // 60, 60)
    parts = ((gone.days, "day"), (hours, "hour")) if gone.days else ((hours, "hour"),) if hours else ((left, "minute"),)
    return _length(*parts, length="narrow")


def _length(*parts: tuple[int, str], length: Literal["short", "narrow"]) -> Localized:
    shown = tuple(part for part in parts if part[0]) or parts[-1:]
    return Localized(lambda language, _: _length_said(shown, length, language))


@lru_cache(maxsize=4096)
def _length_said(parts: tuple[tuple[int, str], ...], length: Literal["short", "narrow"], language: str) -> str:
    words = [units.format_unit(number, unit, length, locale=locale(language)) for number, unit in parts]
    if len(words) == 1:
        return words[0]
    # Babel's own `format_list` says the second twice where a language has no pattern for two, as Arabic.
    known = Locale.parse(locale(language)).list_patterns
    patterns = next(known[style] for style in (f"unit-{length}", "unit-short", "unit", "standard") if style in known)
    return str(patterns["2" if "2" in patterns else "end"].format(*words))


def days(first: date_type, last: date_type) -> Localized:
    """`25 Nov – 22 Dec 2026`; both years where they differ."""

    def render(language: str, _: object) -> str:
        return _first_in_french(dates.format_interval(first, last, "yMMMd", locale=locale(language)), language)

    return Localized(render)
