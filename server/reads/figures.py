"""Counts across rooms: the outcomes of the notices sent in some days, the landing page, the navigation.

`core/outcome.py` says what each figure is. Here it is said in SQL (`counting`), and a test holds the two together.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from server.core import access, clock, outcome, web
from server.core.cached import Cached
from server.core.database import first_id
from server.core.moments import HoursBetween, MonthOf
from server.core.outcome import BY_ANSWER, Figure
from server.core.words import CheckState, FiguresBy, Status, WithdrawnWhy
from server.ledger.cases import queue_store
from server.ledger.companies.models import Company, Platform
from server.ledger.monitoring.models import Check
from server.ledger.notices import inbox_store
from server.ledger.notices.models import GivenAnswer, Notice, NoticeGroup
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS

# --- What became of notices ------------------------------------------------------------------------------------------

SHOWN = (
    Figure.ANSWERED, Figure.REMOVED_STATED, Figure.REMOVED_VERIFIED, Figure.GONE_BEFORE, Figure.RESTRICTED, Figure.KEPT,
    Figure.ASKED, Figure.OPEN, Figure.WITHDRAWN, Figure.RECALLED, Figure.REINSTATED, Figure.RELISTED,
)  # fmt: skip
HOURS = {  # of which notices, and until when
    "hours_to_answer": (Figure.ANSWERED, Notice.decided_at),
    "hours_to_removal": (Figure.REMOVED_STATED, Notice.removed_at),
}
PARTS = ("median", "p90")
NOTHING = {"notices": 0} | {figure.value: 0 for figure in SHOWN}
NONE = "none"  # the key of notices that name no taxon, or stand on no platform of the directory


@dataclass(frozen=True, slots=True)
class Asked:
    """Which notices: those sent on these days (UTC, both included; None: no bound), to one company or (None) to all."""

    start: date | None = None
    end: date | None = None
    company_id: str | None = None

    @property
    def where(self) -> list[ColumnElement[bool]]:
        """The same in SQL."""
        chosen = []
        if self.start:
            chosen.append(Notice.created_at >= _midnight(self.start))
        if self.end:
            chosen.append(Notice.created_at < _midnight(self.end) + timedelta(days=1))
        if self.company_id is not None:
            chosen.append(Notice.company_id == self.company_id)
        return chosen


def became(session: Session, asked: Asked, by: FiguresBy | None) -> list[dict[str, Any]]:
    """What became of these notices, a row for each company, platform, group of species or month (None: one for all).

    Most notices first; months in their order, those without a notice included. A row is as the API, the page, the CSV and
    the command have it: `key`, `notices`, the figures of `SHOWN`, and hours, each a median and a 90th percentile (None: of
    nothing). Three statements, whatever there is.
    """
    counted = _counts(session, asked, by)
    hours = {name: _hours(session, asked, by, name) for name in HOURS}
    if by is None:
        counted = counted or {"": NOTHING}
    if by is FiguresBy.MONTH:
        counted = {row.pop("key"): row for row in _with_every_month(counted)}
    rows = [
        {"key": key} | numbers | {name: of_key.get(key, _quantiles({}, 0)) for name, of_key in hours.items()}
        for key, numbers in counted.items()
    ]
    if by is FiguresBy.MONTH:
        return sorted(rows, key=lambda row: str(row["key"]))
    return sorted(rows, key=lambda row: (-row["notices"], row["key"]))


def by_month(session: Session, asked: Asked) -> list[dict[str, Any]]:
    """The same by month without the hours, in one statement."""
    return _with_every_month(_counts(session, asked, FiguresBy.MONTH))


def came(session: Session, start: date | None, end: date | None) -> tuple[int, int]:
    """How many reports came in these days, and how many ads were reported then for the first time.

    Reports that their spotters withdrew are left out. Identifiers are ordered by age. Cases are not counted: those of imported past work have no report.
    """
    within, new = [STANDS], []
    if start:
        first, earlier = first_id(_midnight(start)), aliased(Report)
        within.append(Report.id >= first)
        new.append(
            ~exists().where(earlier.case_id == Report.case_id, earlier.id < first, earlier.status != Status.RETRACTED)
        )
    if end:
        within.append(Report.id < first_id(_midnight(end) + timedelta(days=1)))
    reports = session.scalar(select(func.count(Report.id)).where(*within)) or 0
    # Of another column than the index's: to find distinct cases, SQLite would rather read every report in their order.
    ads = session.scalar(select(func.count(Report.case_id.concat("").distinct())).where(*within, *new)) or 0
    return reports, ads


HEADS = ("key", "notices", *(figure.value for figure in SHOWN), *(f"{name}_{part}" for name in HOURS for part in PARTS))


def cells(row: dict[str, Any]) -> list[Any]:
    """A row of `became` as it stands under `HEADS`, in the CSV and in the command's table."""
    return [row[name] for name in HEADS if name in row] + [row[name][part] for name in HOURS for part in PARTS]


def _with_every_month(counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """The months in their order, and those without a notice between them."""
    months = _months(min(counted), max(counted)) if counted else []
    return [{"key": month} | counted.get(month, NOTHING) for month in months]


def _months(first: str, last: str) -> list[str]:
    """From one month to another, both included: `2026-11`."""
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(numbers[0], numbers[1] + 1)]


def _counts(session: Session, asked: Asked, by: FiguresBy | None) -> dict[str, dict[str, int]]:
    key = _key(by).label("key")
    columns = [func.count().filter(counting(figure, NOW)).label(figure.value) for figure in SHOWN]
    chosen = _of(by, select(key, func.count().label("notices"), *columns).where(*asked.where).group_by(key))
    rows = session.execute(chosen).mappings()
    return {row["key"]: {name: row[name] for name in row if name != "key"} for row in rows}


def _hours(session: Session, asked: Asked, by: FiguresBy | None, name: str) -> dict[str, dict[str, float | None]]:
    """Median and 90th percentile by key, of values that are sorted in the database: of each key at most four come here."""
    figure, end = HOURS[name]
    hours = HoursBetween(Notice.created_at, end).label("hours")
    counted = (counting(figure, NOW), end.is_not(None))
    each = _of(by, select(_key(by).label("key"), hours).where(*asked.where, *counted)).subquery()
    rank = func.row_number().over(partition_by=each.c.key, order_by=each.c.hours) - 1
    number = func.count().over(partition_by=each.c.key)
    ranked = select(each, rank.label("rank"), number.label("number")).subquery()
    wanted = [
        (ranked.c.rank - (ranked.c.number - 1) * part[0] // part[1]).in_((0, 1))
        for part in (outcome.MEDIAN, outcome.P90)
    ]
    by_rank: dict[str, dict[int, float]] = defaultdict(dict)
    numbers = {}
    for row in session.execute(select(ranked).where(or_(*wanted))):
        by_rank[row.key][row.rank], numbers[row.key] = row.hours, row.number
    return {key: _quantiles(of_key, numbers[key]) for key, of_key in by_rank.items()}


def _quantiles(hours: dict[int, float], number: int) -> dict[str, float | None]:
    return {
        "median": outcome.rounded(outcome.quantile(hours, number, outcome.MEDIAN)),
        "p90": outcome.rounded(outcome.quantile(hours, number, outcome.P90)),
    }


def _key(by: FiguresBy | None) -> ColumnElement[str]:
    if by is None:
        return literal("")
    if by is FiguresBy.MONTH:
        return MonthOf(Notice.created_at)
    column: Any = {
        FiguresBy.COMPANY: Company.slug, FiguresBy.PLATFORM: Platform.slug, FiguresBy.GROUP: NoticeGroup.taxon_group,
    }[by]  # fmt: skip
    return func.coalesce(column, NONE)


def _of(by: FiguresBy | None, chosen: Any) -> Any:
    """The select, joined to what it is counted by."""
    if by is FiguresBy.COMPANY:
        return chosen.join(Company, Company.id == Notice.company_id)
    if by is FiguresBy.GROUP:
        return chosen.outerjoin(NoticeGroup, NoticeGroup.notice_id == Notice.id)
    if by is FiguresBy.PLATFORM:
        return chosen.outerjoin(Platform, Platform.id == Notice.platform_id)
    return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsInSql:
    """What is known of a notice, each an expression of SQL; None: not asked for. `answer`, `check`: null for none."""

    answer: Any
    withdrawn: Any
    recalled: Any = None
    replaced: Any = None
    check: Any = None
    relisted: Any = None


def counting(figure: Figure, known: FactsInSql) -> ColumnElement[bool]:
    """Whether a notice counts in a figure: `outcome.figures` in SQL."""
    if figure is Figure.WITHDRAWN:
        return and_(known.withdrawn)
    if figure is Figure.RECALLED:
        return and_(known.recalled)
    if figure is Figure.REMOVED_VERIFIED:
        explained = func.coalesce(known.answer.in_(outcome.NO_REMOVAL), false())
        condition = (known.check == CheckState.GONE.value) & ~explained
    elif figure is Figure.OPEN:
        condition = (known.answer.is_(None) | known.answer.in_(outcome.OPEN)) & ~known.replaced
    elif figure is Figure.ASKED:
        condition = known.answer.in_(BY_ANSWER[figure]) & ~known.replaced
    elif figure is Figure.RELISTED:
        condition = known.relisted
    else:
        condition = known.answer.in_(BY_ANSWER[figure])
    return and_(~known.withdrawn, condition)


NOW = FactsInSql(
    answer=Notice.answer, withdrawn=Notice.withdrawn_at.is_not(None), replaced=Notice.replaced_at.is_not(None),
    recalled=Notice.withdrawn_why == WithdrawnWhy.WRONG_COMPANY.value, check=Notice.found,
    relisted=Notice.relisted_at.is_not(None),
)  # fmt: skip


def known_by(before: datetime) -> FactsInSql:
    """What was known of a notice at `before`, as far as the landing page counts it."""
    answer = case(
        (Notice.answered_at.is_(None), None), (Notice.answered_at < before, Notice.answer), else_=_answer_then(before)
    )
    withdrawn = Notice.withdrawn_at.is_not(None) & (Notice.withdrawn_at < before)
    return FactsInSql(answer=answer, withdrawn=withdrawn, check=_newest_check(before))


def _answer_then(before: datetime) -> Any:
    """What stood of a notice that was answered again since; receipts, which decide nothing, are passed over."""
    given = [GivenAnswer.notice_id == Notice.id, GivenAnswer.answer.not_in(outcome.WAITS), GivenAnswer.at < before]
    return (
        select(GivenAnswer.answer)
        .where(*given)
        .order_by(GivenAnswer.id.desc())
        .limit(1)
        .correlate(Notice)
        .scalar_subquery()
    )


def _newest_check(before: datetime) -> Any:
    """What a notice's newest check that was settled by then found."""
    settled = [Check.notice_id == Notice.id, Check.state.in_((CheckState.GONE, CheckState.PRESENT))]
    newest = select(Check.state).where(*settled, Check.settled_at < before).order_by(Check.settled_at.desc()).limit(1)
    return newest.correlate(Notice).scalar_subquery()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


# --- The landing page and the navigation -----------------------------------------------------------------------------


def of_past_days(session: Session) -> dict[str, int]:
    """What the programme had done when this day began (UTC): counted once a day, however many come by."""
    return _OF_PAST_DAYS.get(session)


def today() -> datetime:
    """When this day began (UTC)."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)


def landing(session: Session, before: datetime) -> dict[str, int]:
    """What the programme had done by `before`. Counted, never estimated.

    Of a day that is over, never live: a count that moves by one tells whoever reports a listing what was known of it.
    """

    known = known_by(before)

    def total(what: Any, *where: Any) -> int:
        return session.scalar(select(func.count(what)).where(*where)) or 0

    return {
        "reports": total(Report.id, Report.received_at < before, STANDS),
        "spotters": total(Report.account_id.distinct(), Report.received_at < before, STANDS),
        "cases": total(Report.case_id.distinct(), Report.received_at < before, STANDS),
        "notices": total(Notice.id, Notice.created_at < before),
        "answered": total(Notice.id, counting(Figure.ANSWERED, known)),
        "removed": total(Notice.case_id.distinct(), counting(Figure.REMOVED_STATED, known)),
        "verified": total(Notice.case_id.distinct(), counting(Figure.REMOVED_VERIFIED, known)),
    }


_OF_PAST_DAYS = Cached(
    lambda _session: today().isoformat(), lambda session, day: landing(session, datetime.fromisoformat(day))
)


def waiting(session: Session, account: web.Caller | None) -> dict[str, int]:
    """The numbers in the navigation: what waits for this person. Nothing for those signed out."""
    if account is None:
        return {}
    if access.can("reports.follow", account):
        return {"needs_answer": reports.count_asked(session, account.id)}
    if access.can("notices.answer", account):
        return {"notices": inbox_store.counts(session, account.company_id or "")["open"]}
    return {"queue": queue_store.count(session, "waiting")}
