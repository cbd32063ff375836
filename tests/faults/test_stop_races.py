"""Two coordinators let held notices leave, the worker beside them: one does, and nothing is held by a stop that has ended."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, work
from server.core.database import read
from server.core.words import Answer, Via
from server.journeys.report import answering, decision, effect, stopping
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.notices import stop_store
from server.ledger.notices.models import Notice
from tests.conftest import People
from tests.racing import audited, one_won, race, without_locks
from tests.reviews import RIGHT, WRONG, already, listing, notify, reviewed, stops
from tests.story import flag

Make = Callable[..., dict[str, Any]]
ALMOST = [*[RIGHT] * 15, *[WRONG] * 4]


@pytest.fixture
def almost(people: People, report_json: Make) -> dict[str, Any]:
    """One review more against us, and notices to Mercado are held; a report to build on."""
    already(people, report_json(), ALMOST)
    return report_json()


@pytest.fixture
def stopped(people: People, almost: dict[str, Any]) -> str:
    """They are held by this stop."""
    reviewed(people, almost, [WRONG])
    work.run_due()
    return stops()[0].id


def decided(people: People, report: dict[str, Any]) -> str:
    """A decision to notify Mercado whose time is over, which no worker has taken up; its id."""
    case_id = flag(people, listing(report))
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, people.ids["cora"], decision="notify", note="No papers.", version=version, undo_until=clock.now()
    )
    with read() as session:
        return session.scalars(select(CaseDecision.id).where(CaseDecision.case_id == case_id)).one()


def letting_go(people: People, stop_id: str, who: str) -> Callable[[], Any]:
    return lambda: stopping.go_on(stop_id, people.ids[who], "The pattern is changed.")


def count(model: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_two_coordinators_let_them_leave_and_one_has(
    app: Flask, people: People, almost: dict[str, Any], stopped: str
) -> None:
    decided(people, almost)
    before = count(Notice)
    told = race(app, [letting_go(people, stopped, who) for who in ("cora", "dan")] * 4)
    one_won(told, "conflict")
    assert audited("notices_let_go") == 1
    work.run_due()
    assert (count(Notice), count(PendingDecision)) == (before + 1, 0)


def nothing_stays_behind(app: Flask, people: People, report: dict[str, Any], stop_id: str) -> None:
    """Cora lets them leave while workers take up decisions: each leaves once, now or with what the release asks for."""
    decisions = [decided(people, report) for _ in range(4)]
    before = count(Notice)
    workers = [lambda decision_id=each: effect.take_effect(decision_id) for each in decisions]
    told = race(app, [*workers[:2], letting_go(people, stop_id, "cora"), *workers[2:], *workers])
    assert set(told) == {"won"}, told
    work.run_due()
    with read() as session:
        ended = [stop.id for stop in stops() if stop.ended_at]
        stuck = list(session.scalars(select(PendingDecision).where(PendingDecision.stop_id.in_(ended))))
    assert stuck == [] and count(PendingDecision) == 0
    assert count(Notice) == before + 4


def test_what_a_worker_holds_while_somebody_lets_them_leave_does_not_stay_behind(
    app: Flask, people: People, almost: dict[str, Any], stopped: str
) -> None:
    nothing_stays_behind(app, people, almost, stopped)


def test_undo_and_release_at_once_leave_one_or_the_other(
    app: Flask, people: People, almost: dict[str, Any], stopped: str
) -> None:
    decision_id = decided(people, almost)
    work.run_due()
    with read() as session:
        case = session.get_one(Case, session.get_one(CaseDecision, decision_id).case_id)
        case_id, version, before = case.id, case.version, count(Notice)
    undo = lambda: effect.undo(case_id, people.ids["dan"], version)  # noqa: E731
    told = race(app, [undo, letting_go(people, stopped, "cora"), lambda: effect.take_effect(decision_id)])
    work.run_due()
    assert told[1] == told[2] == "won" and told[0] in ("won", "conflict", "stale")
    with read() as session:
        state = session.get_one(Case, case_id).state
    assert (count(Notice) - before, state) == ((0, "open") if told[0] == "won" else (1, "notified"))
    assert count(PendingDecision) == 0


def test_answers_at_the_same_moment_begin_one_stop(app: Flask, people: People, almost: dict[str, Any]) -> None:
    notices = [notify(people, almost) for _ in range(4)]

    def answering_(notice_id: str) -> Callable[[], None]:
        values = {"answer": Answer.NOT_VIOLATING, "reason": "As our rules say."}
        return lambda: answering.answer_notice(notice_id, values, Via.PORTAL, people.ids["mia"])

    assert race(app, [answering_(notice_id) for notice_id in notices]) == ["won"] * 4
    assert len(stops()) == 1 and audited("notices_stopped") == 1


# --- Mutation --------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_whoever_ends_a_stop_is_not_the_only_one(
    app: Flask, people: People, almost: dict[str, Any], stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for anybody, and whoever ends a stop is told that it was them."""
    end = stop_store.end
    monkeypatch.setattr(stop_store, "end", lambda *given: end(*given) or True)
    monkeypatch.setattr(stop_store, "alone_with", lambda *_: None)
    with without_locks(), pytest.raises(AssertionError):
        test_two_coordinators_let_them_leave_and_one_has(app, people, almost, stopped)
