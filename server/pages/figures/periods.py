"""The days that one click asks for. Pure."""

from datetime import date, timedelta
from typing import NamedTuple

from server.core.sentences import Sentence, sentence

ROLLING = 90  # days: what the page shows first


class Period(NamedTuple):
    """Some days, both included; None: no bound."""

    name: Sentence
    start: date | None
    end: date | None


def periods(today: date) -> list[Period]:
    """What can be chosen at once, the first one to begin with."""
    quarter = _quarter(today)
    last_quarter = _quarter(quarter - timedelta(days=1))
    year, last_year = date(today.year, 1, 1), date(today.year - 1, 1, 1)
    return [
        Period(sentence("Last 90 days"), today - timedelta(days=ROLLING - 1), today),
        Period(sentence("This quarter"), quarter, today),
        Period(sentence("Last quarter"), last_quarter, quarter - timedelta(days=1)),
        Period(sentence("This year"), year, today),
        Period(sentence("Last year"), last_year, year - timedelta(days=1)),
        Period(sentence("Everything"), None, None),
    ]


def _quarter(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
