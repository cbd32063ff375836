"""A company's undo and the worker at the same moment: each answer is undone or counts, never both and never twice.

The clocks of two machines differ: here the workers' is ahead by the whole time. The mutation at the end takes away what
decides between them, and the race must find it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, work
from server.core.config import Settings
from server.core.database import read
from server.core.words import Via
from server.journeys.report import answering, answering_in_portal
from server.ledger.cases.models import Case
from server.ledger.notices import pending_store
from server.ledger.notices.models import GivenAnswer, PendingAnswer
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from tests.conftest import People, settings_for
from tests.racing import RACERS, audited, on_a_clock_ahead, one_won, race, without_locks
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]
AHEAD = timedelta(seconds=121)
NOTICES = 3


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], Callable[[], None]]:
    return on_a_clock_ahead(monkeypatch, AHEAD)


@pytest.fixture
def answered(app: Flask, people: People, report_json: Make) -> tuple[str, list[str], list[str]]:
    """Three notices that Mia answered at once: the batch, its answers that wait, the notices."""
    batch = answering_in_portal.begin(company_of(people), people.ids["mia"])
    notices = []
    for number in range(NOTICES):
        case_id = flag(people, report_json(f"https://mercado.test/itm/26537048280{number}"))
        notices.append(decide(people, case_id, undo_until=clock.now()))
        answering_in_portal.answer(batch, notices[-1], {"answer": "removed"})
    with read() as session:
        return batch.id, list(session.scalars(select(PendingAnswer.id).order_by(PendingAnswer.id))), notices


def company_of(people: People) -> str:
    with read() as session:
        return str(session.get_one(Account, people.ids["mia"]).company_id)


def undoing(people: People, batch_id: str) -> Callable[[], None]:
    return lambda: answering_in_portal.undo(batch_id, people.ids["mia"], company_of(people)) and None


def working(pending_ids: list[str]) -> list[Callable[[], None]]:
    return [lambda pending_id=pending_id: answering_in_portal.take_answer(pending_id) for pending_id in pending_ids]


def each_once(answers: int = NOTICES) -> tuple[int, int]:
    """Each of the answers was undone once, or counts once; how many of which."""
    with read() as session:
        count = lambda model: session.scalar(select(func.count()).select_from(model)) or 0  # noqa: E731
        counts, undone = count(GivenAnswer), audited("answer_undone")
        told = [status == "removed" for status in session.scalars(select(Report.status))]
        moved = [state == "answered" for state in session.scalars(select(Case.state))]
        assert count(PendingAnswer) == 0 and counts + undone == answers
    assert sum(told) == sum(moved) == audited("notice_answered") == counts
    return counts, undone


@pytest.mark.parametrize("first", ["undo", "worker"])
def test_each_answer_is_undone_or_counts(
    app: Flask, people: People, answered: tuple[str, list[str], list[str]], ahead: Any, first: str
) -> None:
    batch_id, pending_ids, _ = answered
    undo, workers = [undoing(people, batch_id)] * 4, [ahead(job) for job in working(pending_ids)] * 4
    told = race(app, undo + workers if first == "undo" else workers + undo)
    of_undo = told[:4] if first == "undo" else told[-4:]
    assert set(told) <= {"won", "conflict"} and told.count("conflict") == of_undo.count("conflict"), told
    _, undone = each_once()
    assert of_undo.count("won") >= (undone > 0)


def test_16_undo_and_one_has_undone(app: Flask, people: People, answered: tuple[str, list[str], list[str]]) -> None:
    told = race(app, [undoing(people, answered[0])] * RACERS)
    one_won(told, "conflict")
    assert each_once() == (0, NOTICES)


def test_workers_let_each_count_once(app: Flask, people: People, answered: Any, ahead: Any) -> None:
    jobs = [ahead(job) for job in working(answered[1])] * 5
    assert race(app, jobs) == ["won"] * len(jobs)
    assert each_once() == (NOTICES, 0)


def test_another_answer_and_the_worker(app: Flask, people: People, answered: Any, ahead: Any) -> None:
    """Somebody corrects what was answered at once, while the worker lets it count: both are kept in order, or the first was
    undone."""
    _, pending_ids, notices = answered
    values = {"answer": "not_violating", "reason": "It is a toy."}
    another = lambda: answering.answer_notice(notices[0], values, Via.PORTAL, people.ids["mia"])  # noqa: E731
    told = race(app, [another, ahead(working(pending_ids[:1])[0])] * 6)
    assert set(told) == {"won"}
    with read() as session:
        rows = list(session.scalars(select(GivenAnswer.answer).order_by(GivenAnswer.id)))
    assert rows in (["not_violating"], ["removed", "not_violating"])
    assert audited("answer_undone") == (rows == ["not_violating"]) and audited("notice_answered") == len(rows)


def test_the_time_of_an_undo_is_looked_at(people: People, answered: Any) -> None:
    """A worker that does not look at the time takes the undo away from people."""
    with pytest.raises(work.Retry):
        answering_in_portal.take_answer(answered[1][0])


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_nothing_decides_between_undo_and_worker(
    app: Flask, people: People, answered: Any, ahead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for anybody, and whoever takes an answer out of its wait is told that it was them."""
    settle = pending_store.settle
    monkeypatch.setattr(pending_store, "settle", lambda session, pending_id: settle(session, pending_id) or True)
    with without_locks(), pytest.raises(AssertionError):
        test_each_answer_is_undone_or_counts(app, people, answered, ahead, "undo")
