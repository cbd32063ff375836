"""A spotter withdraws a report while a coordinator decides on it: one of the two comes first, and the other knows it.

What must never be: a notice that leaves on a report that counts as withdrawn, though nobody knew of that. The mutation at
the end takes the locks away, and the race must find it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core.database import read
from server.journeys.report import decision, retracting
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Feedback, Report
from tests.conftest import People
from tests.racing import RACERS, audited, race, without_locks
from tests.story import flag

Make = Callable[..., dict[str, Any]]


def deciding(people: People, case_id: str, kind: str) -> Callable[[], Any]:
    more = {"dismiss_reason": "other"} if kind == "dismiss" else {}
    return lambda: decision.decide(case_id, people.ids["cora"], decision=kind, note="Look closer.", version=1, **more)


def withdrawing(people: People) -> Callable[[], bool]:
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    return lambda: retracting.retract(people.ids["ana"], report_id, "wrong_ad")


def either_or(case_id: str, kind: str) -> None:
    """It was withdrawn before anybody decided, and nothing left; or decided, and the coordinators are told."""
    with read() as session:
        count = lambda model: session.scalar(select(func.count()).select_from(model))  # noqa: E731
        case, report = session.get_one(Case, case_id), session.scalars(select(Report)).one()
        said = [row.code for row in session.scalars(select(Feedback).order_by(Feedback.id))]
        decided, left = count(CaseDecision), count(Notice)
    if report.status == "retracted":
        assert (decided, left, case.state, case.spotter_count, said) == (0, 0, "closed", 0, ["retracted"])
        assert case.doubted_at is None and audited("case_retract") == 1
    elif kind == "notify":
        assert (decided, left, case.state, report.status) == (1, 1, "notified", "notified")
        assert report.notice_id and audited("case_retract") == 0
        assert bool(case.doubted_at) == ("doubted" in said), "the coordinators hear what the spotter said"
    else:
        assert (decided, left, case.state, report.status, said) == (1, 0, "closed", "dismissed", ["dismissed"])


@pytest.mark.parametrize("kind", ["notify", "dismiss"])
@pytest.mark.parametrize("first", ["spotter", "coordinator"])
def test_it_is_withdrawn_or_decided(app: Flask, people: People, report_json: Make, kind: str, first: str) -> None:
    case_id = flag(people, report_json())
    spotter, coordinator = withdrawing(people), deciding(people, case_id, kind)
    half = RACERS // 2
    jobs = [spotter, coordinator] * half if first == "spotter" else [coordinator, spotter] * half
    told = race(app, jobs)
    assert set(told) <= {"won", "conflict", "stale"}, told
    assert [told[n] for n, job in enumerate(jobs) if job is coordinator].count("won") <= 1
    either_or(case_id, kind)


def test_16_withdraw_and_it_is_withdrawn_once(app: Flask, people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    assert race(app, [withdrawing(people)] * RACERS) == ["won"] * RACERS, "the same again is answered like the first"
    either_or(case_id, "notify")


# --- Mutation --------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_nobody_waits_for_anybody(app: Flask, people: People, report_json: Make) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_withdraw_and_it_is_withdrawn_once(app, people, report_json)
