"""Until when a company's answer can be disputed. Pure.

Regulation (EU) 2022/2065, Article 20(1): an online platform takes complaints about its decision on a notice for at least six months,
free of charge and electronically; (2): from the day on which who sent the notice was informed of the decision (Article 16(5)).
Article 19 spares micro and small enterprises, whose own terms may say otherwise. How months are counted: Regulation
(EEC, Euratom) No 1182/71, Article 3(2)(c). Its extension of a period that ends on a holiday is left out: the earlier day is safe.
Article 21 names no date for out-of-court dispute settlement.
"""

import calendar
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum

MONTHS = 6  # at least, Article 20(1)
LAST_SECOND = time(23, 59, 59, tzinfo=UTC)


class Terms(StrEnum):
    """Whose rule says until when an answer can be disputed."""

    DSA = "dsa"  # Article 20: six months
    OWN = "own"  # the company's own appeal; no deadline is known


def terms(*, union_law: bool, directed_at_union: bool) -> Terms:
    """Which terms a dispute is under.

    union_law: the notice relies on the law of the Union or of a Member State. directed_at_union: the ad is on a site for
    one of them. Article 20 covers what was decided by a platform's own policy as well, so that either is enough.
    """
    return Terms.DSA if union_law or directed_at_union else Terms.OWN


def told_on(answers: Sequence[tuple[str, datetime]]) -> date:
    """The day on which we were first told what the newest answer says; the same said again begins no new period.

    answers: of one notice, at least one, oldest first, each with its moment. Days are those of UTC.
    """
    newest, first = answers[-1]
    for answer, at in reversed(answers):
        if answer != newest:
            break
        first = at
    return first.date()


def due_at(terms: Terms, told: date) -> datetime | None:
    """The last second of the last day, UTC; None: no deadline is known."""
    return datetime.combine(months_after(told, MONTHS), LAST_SECOND) if terms is Terms.DSA else None


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
