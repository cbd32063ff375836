"""What was reported on sites that no company of the directory runs, by month, and how much was searched meanwhile. Decides nothing.

A site is a host. An ad counts in each month in which a report of it came, and once in a site's whole. Reports that were
withdrawn, or set aside as a ring's, count in nothing. Spotters are asked to search platforms of the directory alone, so no
search of such a site is known.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from server.core.database import connection
from server.core.moments import MonthOf
from server.core.words import CaseState
from server.ledger.cases.models import Case, CaseTaxon
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
    last_at: datetime
    ads: int = 0
    reports: int = 0
    open: int = 0
    dismissed: int = 0
    months: dict[str, "MonthReported"] = field(default_factory=dict)
    taxa: list[str] = field(default_factory=list)  # ids, the one most named first


@dataclass(slots=True)
class MonthReported:
    """What was reported in one month. `sites`: on how many hosts."""

    ads: int = 0
    reports: int = 0
    sites: int = 0


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


def sites(session: Session, today: date, host: str | None = None) -> list[UnroutedSite]:
    """Every site, most ads first, or the one that is named; of none a species (`name_species`).

    Each report is read once, ad by ad: cases and reports are stored in that order, and a database takes twice as long to group
    them by host.
    """
    month = MonthOf(Report.received_at)
    chosen = _reported(today, Case.id, Case.host, Case.state, month, Report.received_at)
    if host is not None:
        chosen = chosen.where(Case.host == host)
    by_host: dict[str, UnroutedSite] = {}
    before: tuple[str, str] | None = None  # case and month
    rows = connection(session).execute(chosen.order_by(Case.id, Report.received_at)).all()
    for case_id, on, state, name, at in rows:
        site = by_host.get(on) or by_host.setdefault(on, UnroutedSite(on, at))
        reported = site.months.get(name) or site.months.setdefault(name, MonthReported())
        site.reports += 1
        reported.reports += 1
        site.last_at = max(site.last_at, at)
        reported.ads += before != (case_id, name)
        if before is None or before[0] != case_id:
            site.ads += 1
            site.open += state == CaseState.OPEN
            site.dismissed += state == CaseState.CLOSED
        before = case_id, name
    return sorted(by_host.values(), key=lambda site: (-site.ads, site.host))


def name_species(session: Session, today: date, sites: Collection[UnroutedSite]) -> None:
    """Name the taxa that most ads of each of these sites may offer, the first of each first."""
    by_host = {site.host: site for site in sites}
    ads = _reported(today, Case.id, Case.host).where(Case.host.in_(by_host)).distinct().subquery()
    named = select(ads.c.host, CaseTaxon.taxon_id, func.count().label("ads")).join(
        CaseTaxon, CaseTaxon.case_id == ads.c.id
    )
    counted = named.group_by(ads.c.host, CaseTaxon.taxon_id).subquery()
    order = counted.c.ads.desc(), counted.c.taxon_id
    place = func.row_number().over(partition_by=counted.c.host, order_by=order)
    ranked = select(counted.c.host, counted.c.taxon_id, place.label("place")).subquery()
    first = select(ranked.c.host, ranked.c.taxon_id).where(ranked.c.place <= SPECIES)
    for host, taxon_id in session.execute(first.order_by(ranked.c.host, ranked.c.place)):
        by_host[host].taxa.append(taxon_id)


def together(sites: Collection[UnroutedSite]) -> dict[str, MonthReported]:
    """What was reported on all these sites, by month; months without a report are left out."""
    months: dict[str, MonthReported] = {}
    for month, reported in (each for site in sites for each in site.months.items()):
        whole = months.setdefault(month, MonthReported())
        whole.ads += reported.ads
        whole.reports += reported.reports
        whole.sites += 1
    return months


def effort(session: Session, today: date) -> dict[str, MonthSearched]:
    """What was searched by month; months without a search are left out."""
    month = MonthOf(Search.at)
    chosen = select(month, func.count(), func.sum(Search.minutes)).where(Search.at >= _start(today))
    return {key: MonthSearched(number, minutes) for key, number, minutes in session.execute(chosen.group_by(month))}


def _reported(today: date, *columns: Any) -> Select[Any]:
    """Columns of the reports that count."""
    chosen = select(*columns).select_from(Case).join(Report, Report.case_id == Case.id)
    return chosen.where(Case.company_id.is_(None), Report.received_at >= _start(today), COUNTS)


def _start(today: date) -> datetime:
    year, month = months(today)[0].split("-")
    return datetime(int(year), int(month), 1, tzinfo=UTC)
