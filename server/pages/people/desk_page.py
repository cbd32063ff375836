"""The first page of the coordinator's desk: each cohort's onboarding progress, and who has stalled, since when and why."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.people.accreditation import steps
from server.people.accreditation.standings import Accreditation
from server.people.accreditation.steps import StalledBecause, Step
from server.people.courses import catalogue
from server.reads import onboarding
from server.reads.onboarding import SpotterProgress

PAGE = 20  # stalled spotters
COHORTS = 12  # the newest by name; the others are counted together
MONTH = re.compile(r"2\d{3}-(0[1-9]|1[0-2])")  # the cohort of those who joined in it without one


def desk(session: Session, cohort: str, page: int, known: Mapping[str, Accreditation] | None = None) -> dict[str, Any]:
    """The whole page, or (except the table) what is about one cohort. known: where all who are here stand, for
    whoever has read it already."""
    at, everybody = clock.now(), onboarding.spotters(session, clock.now(), known=known)
    reached = {spotter.id: steps.reached(spotter.progress, at) for spotter in everybody}
    by_cohort: dict[str, Counter[Step]] = {}
    for spotter in reversed(everybody):  # the newest cohort first
        by_cohort.setdefault(_cohort(spotter), Counter()).update(reached[spotter.id])
    names = list(by_cohort)
    older = sum((by_cohort[name] for name in names[COHORTS:]), Counter())
    chosen = [spotter for spotter in everybody if not cohort or _cohort(spotter) == cohort]
    stalled = [
        (stop, spotter)
        for spotter in chosen
        if spotter.paused_until is None and (stop := steps.stalled(spotter.progress, at))
    ]
    stalled.sort(key=lambda row: (row[0].since, row[1].id))
    page = max(1, min(page, -(-len(stalled) // PAGE) or 1))

    def address(number: int) -> str:
        return web.url_with("people.desk", cohort=cohort or None, page=str(number))

    return {
        "cohort": cohort,
        "cohort_label": _label(cohort),
        "cohorts": [
            {"name": _label(name), "counts": _counts(by_cohort[name]), "url": web.url_with("people.desk", cohort=name)}
            for name in names[:COHORTS]
        ],
        "older": {"number": len(names) - COHORTS, "counts": _counts(older)} if len(names) > COHORTS else None,
        "counts": _counts(Counter(step for spotter in chosen for step in reached[spotter.id])),
        "stalled": [
            {
                "id": spotter.id, "name": spotter.name, "cohort": _label(_cohort(spotter)), "next_step": stop.next_step,
                "since": stop.since, "why": stop.why, "number": stop.number, "locked_until": stop.until,
                "reminded_at": spotter.reminded_at, "may_remind": stop.why is not StalledBecause.LOCKED and _may_remind(spotter, at),
            }
            for stop, spotter in stalled[(page - 1) * PAGE : page * PAGE]
        ],
        "stalled_count": len(stalled),
        "page": page,
        "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(stalled) else None,
        "modules": [{"slug": module.slug, "title": module.titled} for module in catalogue.modules().values()],
    }  # fmt: skip


def _may_remind(spotter: SpotterProgress, at: datetime) -> bool:
    return spotter.reminded_at is None or at - spotter.reminded_at >= steps.REMIND_AGAIN


def _cohort(spotter: SpotterProgress) -> str:
    """The name of the cohort; without one, the month they joined: `2026-11`."""
    return spotter.cohort or f"{spotter.progress.joined_at:%Y-%m}"


def _label(cohort: str) -> str:
    return wording.month(f"{cohort}-01") if MONTH.fullmatch(cohort) else cohort


def _counts(people: Counter[Step]) -> list[int]:
    return [people[step] for step in Step]
