"""Undo and worker at the same moment: a decision is undone or takes effect, never both and never twice.

By one clock they cannot meet, for the worker waits until an undo is too late. The clocks of two machines differ: here the
workers' is ahead by the whole time. The mutations at the end take away what decides between them, and the races must find it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import work
from server.core.config import Settings
from server.core.database import read
from server.journeys.report import decision, effect
from server.ledger.cases import decisions
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.delivery.models import Message
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Feedback, Report
from tests.conftest import People, settings_for
from tests.racing import RACERS, audited, on_a_clock_ahead, one_won, race, without_locks
from tests.story import flag

Make = Callable[..., dict[str, Any]]
AHEAD = timedelta(seconds=11)


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], Callable[[], None]]:
    return on_a_clock_ahead(monkeypatch, AHEAD)


def decided(people: People, report_json: Make, kind: str) -> tuple[str, str]:
    """A case on which a decision waits, and the decision: their ids."""
    case_id = flag(people, report_json())
    more = {"dismiss_reason": "other"} if kind == "dismiss" else {}
    decision.decide(case_id, people.ids["cora"], decision=kind, note="Look closer.", version=1, **more)
    with read() as session:
        return case_id, session.scalars(select(CaseDecision.id)).one()


def undoing(people: People, case_id: str) -> Callable[[], None]:
    return lambda: effect.undo(case_id, people.ids["cora"], 2)


def either_or(case_id: str, kind: str, told: list[str]) -> None:
    """It was undone, once, and nothing of it is left; or it took effect, once, and no undo was granted."""
    assert set(told) <= {"won", "conflict", "stale"}, told
    undone = told.count("won")
    with read() as session:
        count = lambda model: session.scalar(select(func.count()).select_from(model))  # noqa: E731
        case, report = session.get_one(Case, case_id), session.scalars(select(Report)).one()
        assert count(PendingDecision) == 0
        kept, left, said = count(CaseDecision), count(Notice), count(Feedback)
        assert count(Message) == left
    if undone:
        assert (undone, kept, left, said, case.state, report.status) == (1, 0, 0, 0, "open", "received")
    else:
        assert (kept, left, said) == (1, kind == "notify", 1) and case.state != "open" and report.status != "received"
    assert (audited("case_undo"), audited("notice_queued")) == (undone, left)


@pytest.mark.parametrize("kind", ["notify", "dismiss"])
@pytest.mark.parametrize("first", ["undo", "worker"])
def test_it_is_undone_or_takes_effect(
    app: Flask, people: People, report_json: Make, ahead: Any, kind: str, first: str
) -> None:
    case_id, decision_id = decided(people, report_json, kind)
    undo, worker = undoing(people, case_id), ahead(lambda: effect.take_effect(decision_id))
    half = RACERS // 2
    jobs = [undo, worker] * half if first == "undo" else [worker, undo] * half
    told = race(app, jobs)
    assert {told[n] for n, job in enumerate(jobs) if job is worker} == {"won"}, "a worker that comes late does nothing"
    either_or(case_id, kind, [told[n] for n, job in enumerate(jobs) if job is undo])


def test_16_undo_and_one_has_undone(app: Flask, people: People, report_json: Make) -> None:
    case_id, _ = decided(people, report_json, "notify")
    told = race(app, [undoing(people, case_id)] * RACERS)
    one_won(told, "conflict", "stale")
    either_or(case_id, "notify", told)


def test_16_workers_let_it_take_effect_once(app: Flask, people: People, report_json: Make, ahead: Any) -> None:
    case_id, decision_id = decided(people, report_json, "notify")
    assert race(app, [ahead(lambda: effect.take_effect(decision_id))] * RACERS) == ["won"] * RACERS
    either_or(case_id, "notify", [])


def test_a_second_decision_and_the_worker_let_the_first_take_effect_once(
    app: Flask, people: People, report_json: Make, ahead: Any
) -> None:
    case_id, decision_id = decided(people, report_json, "hold")
    again = lambda: decision.decide(  # noqa: E731
        case_id, people.ids["dan"], decision="ask", note="Which country?", version=2
    )
    told = race(app, [again, ahead(lambda: effect.take_effect(decision_id))] * (RACERS // 2))
    one_won(told[::2], "stale", "conflict")
    with read() as session:
        assert [row.code for row in session.scalars(select(Feedback))] == ["held"], (
            "the question waits for its own time"
        )


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_nothing_decides_between_undo_and_worker(
    app: Flask, people: People, report_json: Make, ahead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for anybody, and whoever takes a decision out of its wait is told that it was them."""
    settle = decisions.settle
    monkeypatch.setattr(decisions, "settle", lambda session, decision_id: settle(session, decision_id) or True)
    with without_locks(), pytest.raises(AssertionError):
        test_it_is_undone_or_takes_effect(app, people, report_json, ahead, "notify", "undo")


def test_the_time_of_an_undo_is_looked_at(people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does not look at the time takes the undo away from people."""
    _, decision_id = decided(people, report_json, "notify")
    with pytest.raises(work.Retry):
        effect.take_effect(decision_id)
