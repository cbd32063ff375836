"""Days as spreadsheets write them. What may be the 3rd of April or the 4th of March is never guessed. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

FIRST_YEAR = 1990  # of trade on the web


class DateOrder(StrEnum):
    """How a sheet writes `03/04/2021`. What begins with its year is read alike in any."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class DatesProblem(StrEnum):
    """Why the days of a sheet cannot be read unless a person says how it writes them."""

    AMBIGUOUS = "ambiguous"  # all of them may be read either way
    MIXED = "mixed"  # some can only be read the one way, some only the other


_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
_YEAR = re.compile(r"(\d{4})(?:[-/.](0?[1-9]|1[0-2]))?")
_OTHER = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?")


def order(texts: Iterable[str]) -> DateOrder | DatesProblem:
    """How these days are written, by those that can be read in one way only; day first where none depends on it."""
    day = month = unclear = False
    for text in texts:
        if written := _OTHER.fullmatch(text.strip()):
            first, second = int(written[1]), int(written[3])
            day |= first > 12 >= second
            month |= second > 12 >= first
            unclear |= first <= 12 and second <= 12 and first != second
    if day and month:
        return DatesProblem.MIXED
    if month:
        return DateOrder.MONTH_FIRST
    return DatesProblem.AMBIGUOUS if unclear and not day else DateOrder.DAY_FIRST


def read(text: str, written: DateOrder) -> tuple[int, date | None]:
    """The year, and the day where one is stated. Raises ValueError for what is neither, or is of before the web."""
    text = text.strip()
    if whole := _ISO.fullmatch(text):
        day = date(int(whole[1]), int(whole[3]), int(whole[4]))
    elif year := _YEAR.fullmatch(text):
        return _known(int(year[1])), None
    elif other := _OTHER.fullmatch(text):
        first, second, year_ = int(other[1]), int(other[3]), int(other[4])
        year_ += 2000 if year_ < 100 else 0
        day = date(year_, second, first) if written is DateOrder.DAY_FIRST else date(year_, first, second)
    else:
        raise ValueError(text)
    return _known(day.year), day


def _known(year: int) -> int:
    if year < FIRST_YEAR:
        raise ValueError(year)
    return year
