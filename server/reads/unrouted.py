"""What was reported on sites that no company of the directory runs, by month, and how much was searched meanwhile. Decides nothing.

A site is a host. An ad counts in each month in which a report of it came, and once in a site's whole. Reports that were
withdrawn, or set aside as a ring's, count in nothing. Spotters are asked to search platforms of the directory alone, so no
search of such a site is known.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from server.core.moments import MonthOf
from server.core.words import CaseState
from server.ledger.cases.models import Case, CaseTaxon
from server.ledger.invitations import store as invitations
from server.ledger.reports.models import Report
from server.ledger.reports.store import COUNTS
from server.people.rounds.models import Search

MONTHS = 12  # that are counted, with the one that is under way
PAGE = 50  # sites
SPECIES = 3  # of a site, those named most


@dataclass(slots=True)
class UnroutedSite:
    """What was reported on one host in these months. `open`, `dismissed`: of its ads, as their cases stand today."""

    host: str
    ads: int
    reports: int
    open: int
    dismissed: int
    last_at: datetime
    months: dict[str, "MonthReported"] = field(default_factory=dict)
    taxa: list[str] = field(default_factory=list)  # ids, the one most named first


@dataclass(frozen=True, slots=True)
class MonthReported:
    """What was reported in one month. `sites`: on how many hosts."""

    ads: int = 0
    reports: int = 0
    sites: int = 1


@dataclass(frozen=True, slots=True)
class MonthSearched:
    """What spotters searched in one month on the platforms of the directory, as they wrote it down."""

    searches: int = 0
    minutes: int = 0


def months(today: date) -> list[str]:
    """The months that are counted, in their order: `2026-11`."""
    last = today.year * 12 + today.month - 1
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(last - MONTHS + 1, last + 1)]


def exists(session: Session, host: str) -> bool:
    """Whether an ad on this host was ever reported, and has no company today."""
    return session.scalar(select(Case.id).where(Case.host == host, Case.company_id.is_(None)).limit(1)) is not None


def sites(
    session: Session, today: date, start: int = 0, host: str | None = None, *, uninvited: bool = False
) -> tuple[list[UnroutedSite], bool]:
    """A page of the sites, or the one that is named: most ads first; and whether there are more. Three statements.

    uninvited: only those for which nobody was invited to join.
    """
    columns = Case.id, Case.host, Case.state
    chosen = _reported(today, *columns, func.count().label("reports"), func.max(Report.received_at).label("last_at"))
    if host is not None:
        chosen = chosen.where(Case.host == host)
    if uninvited:
        chosen = chosen.where(Case.host.not_in(invitations.invited_hosts()))
    case = chosen.group_by(*columns).subquery().c  # by case first: see _reported
    ads, state = func.count().label("ads"), case.state
    site = select(
        case.host, ads, cast(func.sum(case.reports), Integer), func.count().filter(state == CaseState.OPEN),
        func.count().filter(state == CaseState.CLOSED), func.max(case.last_at),
    )  # fmt: skip
    site = site.group_by(case.host).order_by(ads.desc(), case.host).limit(PAGE + 1).offset(start)
    rows = session.execute(site).all()
    page = {row[0]: UnroutedSite(*row) for row in rows[:PAGE]}
    for name, month, reported in _by_host(session, today, page):
        page[name].months[month] = reported
    for name, taxon_id in _species(session, today, page):
        page[name].taxa.append(taxon_id)
    return list(page.values()), len(rows) > PAGE


def by_month(session: Session, today: date) -> dict[str, MonthReported]:
    """What was reported on all such sites together; months without a report are left out."""
    month = MonthOf(Report.received_at).label("month")
    chosen = _reported(today, Case.id, Case.host, month, func.count().label("reports"))
    case = chosen.group_by(Case.id, Case.host, month).subquery().c  # by case first: see _reported
    sums = func.count(), func.sum(case.reports), func.count(case.host.distinct())
    rows = session.execute(select(case.month, *sums).group_by(case.month))
    return {key: MonthReported(*map(int, numbers)) for key, *numbers in rows}


def every_month(session: Session, today: date) -> Iterator[tuple[str, str, MonthReported]]:
    """Of every site each month with a report, by host and month."""
    return _by_host(session, today, None)


def effort(session: Session, today: date) -> dict[str, MonthSearched]:
    """What was searched by month; months without a search are left out."""
    month = MonthOf(Search.at)
    chosen = select(month, func.count(), func.sum(Search.minutes)).where(Search.at >= _start(today))
    return {key: MonthSearched(number, minutes) for key, number, minutes in session.execute(chosen.group_by(month))}


def _reported(today: date, *columns: Any) -> Select[Any]:
    """Columns of the reports that count. Where all are read they are grouped by case first: in the order of their ids cases lie
    as their reports do, in that of hosts they do not, and SQLite takes twice as long.
    """
    chosen = select(*columns).select_from(Case).join(Report, Report.case_id == Case.id)
    return chosen.where(Case.company_id.is_(None), Report.received_at >= _start(today), COUNTS)


def _by_host(session: Session, today: date, hosts: Collection[str] | None) -> Iterator[tuple[str, str, MonthReported]]:
    for host, month, ads, reports in session.execute(_of_months(today, hosts).order_by("host", "month")):
        yield host, month, MonthReported(ads, reports)


def _of_months(today: date, hosts: Collection[str] | None) -> Select[Any]:
    """By host and month. No ad stands on two hosts, so the ads of a month can be added up."""
    month = MonthOf(Report.received_at).label("month")
    counts = func.count(Case.id.distinct()).label("ads"), func.count().label("reports")
    chosen = _reported(today, Case.host.label("host"), month, *counts)
    if hosts is not None:
        chosen = chosen.where(Case.host.in_(hosts))
    return chosen.group_by(Case.host, month)


def _species(session: Session, today: date, hosts: Collection[str]) -> list[tuple[str, str]]:
    """The taxa that most ads of each host may offer, the first of each host first."""
    ads = _reported(today, Case.id, Case.host).where(Case.host.in_(hosts)).distinct().subquery()
    named = select(ads.c.host, CaseTaxon.taxon_id, func.count().label("ads")).join(
        CaseTaxon, CaseTaxon.case_id == ads.c.id
    )
    counted = named.group_by(ads.c.host, CaseTaxon.taxon_id).subquery()
    order = counted.c.ads.desc(), counted.c.taxon_id
    place = func.row_number().over(partition_by=counted.c.host, order_by=order)
    ranked = select(counted.c.host, counted.c.taxon_id, place.label("place")).subquery()
    first = select(ranked.c.host, ranked.c.taxon_id).where(ranked.c.place <= SPECIES)
    return [(host, taxon_id) for host, taxon_id in session.execute(first.order_by(ranked.c.host, ranked.c.place))]


def _start(today: date) -> datetime:
    year, month = months(today)[0].split("-")
    return datetime(int(year), int(month), 1, tzinfo=UTC)
