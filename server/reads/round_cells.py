"""A round's cells: a term on a platform in a week, how often it was searched, what was seen, and what came of it.

They are what a later survey compares with. Nobody is in them. A report counts for the search that its spotter recorded
next on that platform on that day, since spotters flag first and record then; without a next one, for their last one.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from server.core.database import connection, first_id
from server.core.words import WhyStopped
from server.ledger.cases.models import Case
from server.ledger.companies.models import Platform
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from server.people.rounds import weeks
from server.people.rounds.models import Membership, Round, Search
from server.reads import round_reports

MANY = 500  # cells read at once for a file


@dataclass(frozen=True, slots=True)
class Cell:
    """A term on a platform in a week. `language` None: spotters' own words. `stopped`: searches by why they stopped."""

    platform: str
    term: str
    language: str | None
    searches: int
    seen: int
    reports: int
    stopped: Mapping[WhyStopped, int]


def of_week(session: Session, round_: Round, week: int, offset: int, limit: int) -> list[Cell]:
    """The cells of a week (0 is the first), by platform and term."""
    stopped = [func.count(case((Search.why_stopped == why, 1))) for why in WhyStopped]
    name, place = func.lower(Platform.name), (Search.platform_id, Search.term)
    chosen = (
        select(*place, Platform.name, func.max(Search.language), func.count(), func.sum(Search.seen), *stopped)
        .join(Platform, Platform.id == Search.platform_id)
        .where(*_of_week(round_, week))
        .group_by(*place, Platform.name)
        .order_by(name, *place)
    )
    rows = session.execute(chosen.offset(offset).limit(limit)).all()
    reports = _reports(session, round_, week, {row[0] for row in rows})
    return [
        Cell(
            platform, term, language, number, seen, reports[platform_id, term],
            {why: many for why, many in zip(WhyStopped, whys, strict=True) if many},
        )
        for platform_id, term, platform, language, number, seen, *whys in rows
    ]  # fmt: skip


def every(session: Session, round_: Round) -> Iterator[tuple[int, Cell]]:
    """Each cell of the round with its week, some at a time."""
    for week in range(len(round_.span.weeks)):
        for start in count(0, MANY):
            cells = of_week(session, round_, week, start, MANY)
            yield from ((week, cell) for cell in cells)
            if len(cells) < MANY:
                break


def _of_week(round_: Round, week: int) -> tuple[Any, ...]:
    first = round_.span.weeks[week]
    last = min(first + weeks.WEEK - weeks.DAY, round_.ends_on)
    return Search.round_id == round_.id, Search.day >= first, Search.day <= last


def _reports(session: Session, round_: Round, week: int, platforms: Collection[str]) -> Counter[tuple[str | None, str]]:
    """By (platform's id, term) the reports on these platforms in the week that count for a search."""
    done: dict[tuple[str, str | None, date], list[tuple[datetime, str]]] = defaultdict(list)
    columns = (Search.account_id, Search.platform_id, Search.day, Search.at, Search.term)
    searched = select(*columns).where(*_of_week(round_, week), Search.platform_id.in_(platforms))
    for who, platform, day, at, term in session.execute(searched.order_by(Search.at, Search.id)):
        done[who, platform, day].append((at, term))
    first = round_.span.weeks[week]
    begins, ends = round_.span.begins(first), round_.span.begins(min(first + weeks.WEEK, round_.ends_on + weeks.DAY))
    member, then = round_reports.taking_part(session, round_)
    reported = (
        select(Report.account_id, Listing.platform_id, Report.received_at)
        .join(Membership, member)
        .join(Case, Case.id == Report.case_id)
        .join(Listing, Listing.id == Case.listing_id)
        .where(*round_reports.within(round_, ends), then, Listing.platform_id.in_(platforms))
        .where(Report.received_at >= begins, Report.id >= first_id(begins - timedelta(hours=1)))
    )
    counted: Counter[tuple[str | None, str]] = Counter()
    for who, platform_id, at in connection(session).execute(reported):
        times = done.get((who, platform_id, round_.span.day_at(at)))
        if times:
            place = bisect_left(times, at, key=lambda each: each[0])
            counted[platform_id, times[min(place, len(times) - 1)][1]] += 1
    return counted
