"""What spotters look for in their own reports: words or a reference, a platform, a month. The tabs are the state."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, times
from server.core.database import first_id, made_at
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.listings.models import Listing
from server.ledger.reports import store
from server.ledger.reports.models import Report

_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; empty: anything. `platform`: a slug. `month`: such as 2026-11, in UTC."""

    q: str = ""
    platform: str = ""
    month: str = ""

    def __bool__(self) -> bool:
        return bool(self.q.strip() or self.platform or self.month)

    def where(self, session: Session) -> list[Any]:
        """The conditions that own reports fulfil which are looked for."""
        conditions = [*store.saying(self.q)]
        if self.platform:
            ids = [each.id for each in companies.directory(session).platforms if each.slug == self.platform]
            of_platform = select(Case.id).join(Listing, Listing.id == Case.listing_id)
            on_it = of_platform.where(Case.id == Report.case_id, Listing.platform_id.in_(ids))
            conditions.append(on_it.exists())
        if month := _MONTH.fullmatch(self.month):
            first = date(int(month[1]), int(month[2]), 1)
            conditions += [Report.id >= first_id(_begins(first)), Report.id < first_id(_begins(_after(first)))]
        return conditions


def _begins(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def choices(session: Session, account_id: str) -> dict[str, Any]:
    """What can be chosen: `platforms` and `months`, each [(value, words)]; the newest month first."""
    names = {(each.slug, each.name) for each in companies.directory(session).platforms}
    return {
        "platforms": sorted(names, key=lambda option: option[1].casefold()),
        "months": [(f"{month:%Y-%m}", times.month(month)) for month in _months(session, account_id)],
    }


def _months(session: Session, account_id: str) -> list[date]:
    """Every month since the first report."""
    first = session.scalar(select(func.min(Report.id)).where(Report.account_id == account_id))
    if first is None:
        return []
    at, month, months = made_at(first), clock.now().date().replace(day=1), []
    while month >= at.date().replace(day=1):
        months.append(month)
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return months
