"""The coordinator's desk: each cohort's onboarding progress, stalled spotters, and accreditations that expire soon."""

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.words import Standing
from server.people.accreditation import steps
from server.people.accreditation import store as accreditation
from server.people.accreditation.steps import Step
from server.people.courses import catalogue
from server.people.recruitment import store as recruitment
from server.reads import eligibility, onboarding
from server.reads.onboarding import SpotterProgress

PAGE = 20  # stalled spotters
COHORTS = 12  # the newest by name; the others are counted together
SOON = timedelta(days=60)  # until an accreditation ends
LAPSES = 50  # and as many who have to go through something again
MONTH = re.compile(r"2\d{3}-(0[1-9]|1[0-2])")  # the cohort of those who joined in it without one


def desk(session: Session, cohort: str, page: int) -> dict[str, Any]:
    """The whole page, or (except the table) what is about one cohort."""
    at, everybody = clock.now(), onboarding.spotters(session, clock.now())
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
    lapses = sorted(
        (spotter.last.expires_at, spotter.id, spotter.name)
        for spotter in chosen
        if spotter.last and spotter.progress.standing == Standing.ACTIVE and spotter.last.expires_at - at <= SOON
    )
    changes = _changes(session, chosen, at)

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
                "since": stop.since, "reminded_at": spotter.reminded_at,
                "may_remind": spotter.reminded_at is None or at - spotter.reminded_at >= steps.REMIND_AGAIN,
            }
            for stop, spotter in stalled[(page - 1) * PAGE : page * PAGE]
        ],
        "stalled_count": len(stalled),
        "page": page,
        "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(stalled) else None,
        "lapses": [{"id": account_id, "name": name, "until": until} for until, account_id, name in lapses[:LAPSES]],
        "lapses_count": len(lapses),
        "changes": changes[:LAPSES],
        "changes_count": len(changes),
        "overdue": sum(at >= change["until"] for change in changes),
        "to_confirm": len(onboarding.awaiting(session, at)),
        "appeals": len(accreditation.open_appeals(session)),
        "applications": recruitment.count_waiting(session),
        "modules": [{"slug": module.slug, "title": module.title} for module in catalogue.modules().values()],
    }  # fmt: skip


def _changes(session: Session, chosen: list[SpotterProgress], at: datetime) -> list[dict[str, Any]]:
    """Who has to go through something again that changed since they were accredited, the most urgent first."""
    people = {spotter.id: spotter for spotter in chosen}
    asked = eligibility.asked_of_people(session, {who: s.last for who, s in people.items() if s.last}, at)
    changes = [
        {
            "id": who,
            "name": people[who].name,
            "title": change.title,
            "until": change.until,
            "short": bool(change.lessons),
        }
        for who, every in asked.items()
        for change in every
    ]
    return sorted(changes, key=lambda change: (change["until"], change["id"]))


def _cohort(spotter: SpotterProgress) -> str:
    """The name of the cohort; without one, the month they joined: `2026-11`."""
    return spotter.cohort or f"{spotter.progress.joined_at:%Y-%m}"


def _label(cohort: str) -> str:
    return wording.month(f"{cohort}-01") if MONTH.fullmatch(cohort) else cohort


def _counts(people: Counter[Step]) -> list[int]:
    return [people[step] for step in Step]
