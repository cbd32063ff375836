"""The coordinator's desk: how far each cohort has come, who stands still where, and which accreditations end soon."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.words import Standing
from server.people.accreditation import steps
from server.people.accreditation import store as accreditation
from server.people.accreditation.steps import Step
from server.people.courses import shelf
from server.people.recruitment import store as recruitment
from server.reads import onboarding
from server.reads.onboarding import Walker

PAGE = 20  # who stand still
COHORTS = 12  # the newest by name; the others are counted together
SOON = timedelta(days=60)  # until an accreditation ends
LAPSES = 50


def desk(session: Session, cohort: str, page: int) -> dict[str, Any]:
    """The whole page, or (but for the table) what is about one cohort."""
    at, everybody = clock.now(), onboarding.walkers(session, clock.now())
    reached = {one.id: steps.reached(one.way, at) for one in everybody}
    by_cohort: dict[str, Counter[Step]] = {}
    for one in reversed(everybody):  # the newest cohort first
        by_cohort.setdefault(_cohort(one), Counter()).update(reached[one.id])
    names = list(by_cohort)
    older = sum((by_cohort[name] for name in names[COHORTS:]), Counter())
    chosen = [one for one in everybody if not cohort or _cohort(one) == cohort]
    still = [(here, one) for one in chosen if (here := steps.stuck(one.way, at))]
    still.sort(key=lambda row: (row[0].since, row[1].id))
    page = max(1, min(page, -(-len(still) // PAGE) or 1))
    lapses = sorted(
        (one.last.expires_at, one.id, one.name)
        for one in chosen
        if one.last and one.way.standing == Standing.ACTIVE and one.last.expires_at - at <= SOON
    )

    def address(number: int) -> str:
        return web.url_with("people.desk", cohort=cohort or None, page=str(number))

    return {
        "cohort": cohort,
        "cohorts": [
            {"name": name, "counts": _counts(by_cohort[name]), "url": web.url_with("people.desk", cohort=name)}
            for name in names[:COHORTS]
        ],
        "older": {"number": len(names) - COHORTS, "counts": _counts(older)} if len(names) > COHORTS else None,
        "counts": _counts(Counter(step for one in chosen for step in reached[one.id])),
        "stuck": [
            {
                "id": one.id, "name": one.name, "cohort": _cohort(one), "place": here.place, "since": here.since,
                "reminded_at": one.reminded_at,
                "may_remind": one.reminded_at is None or at - one.reminded_at >= steps.REMIND_AGAIN,
            }
            for here, one in still[(page - 1) * PAGE : page * PAGE]
        ],
        "stuck_count": len(still),
        "page": page,
        "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(still) else None,
        "lapses": [{"id": who, "name": name, "until": until} for until, who, name in lapses[:LAPSES]],
        "lapses_count": len(lapses),
        "to_confirm": len(onboarding.awaiting(session, at)),
        "appeals": len(accreditation.open_appeals(session)),
        "applications": recruitment.count_waiting(session),
        "courses": [{"slug": one.slug, "title": one.title} for one in shelf.modules().values()],
    }  # fmt: skip


def _cohort(one: Walker) -> str:
    joined = one.way.joined_at
    return one.cohort or f"{wording.MONTHS[joined.month - 1]} {joined.year}"


def _counts(counted: Counter[Step]) -> list[int]:
    return [counted[step] for step in Step]
