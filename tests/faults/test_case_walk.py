"""Cases, notices, answers, checks and complaints over 10,000 random steps, three times: nothing illegal, everything audited.

The walk and what must hold after each of its steps stand in `tests/case_walk.py`. The mutations take one check away each,
and the same walk must find it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from server.core import clock, recurring
from server.core.config import Settings
from server.core.database import db, read
from server.core.words import CaseState, Level, Role
from server.journeys.report import claiming
from server.journeys.spotter import accrediting, joining
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.companies.models import Company
from server.ledger.notices import answer_store
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from tests.case_walk import RECURRING, START, CaseWalk, run
from tests.conftest import PASSWORD, People

STEPS = 200 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "1"))  # of each seed; 10,000 in `make faults`
FOUND_WITHIN = 1500  # steps: what a mutation does
SEEDS = (1, 2, 3)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anybody joins: the walk is the same on every day."""
    monkeypatch.setattr(clock, "now", lambda: START)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, undo_seconds=30)


@pytest.fixture
def walk(
    app: Flask,
    people: People,
    report_json: Callable[..., dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> type[CaseWalk]:
    """Ana, Lia and Noor are trusted, Ben is on probation; Eve is a third coordinator."""
    monkeypatch.setattr(recurring, "jobs", {name: recurring.jobs[name] for name in RECURRING})
    for key, role in (("lia", Role.SPOTTER), ("noor", Role.SPOTTER), ("eve", Role.COORDINATOR)):
        people.ids[key] = joining.add_account(f"{key}@people.test", key.title(), role, PASSWORD, None)
    for key, level in (("ben", Level.PROBATION), ("lia", Level.TRUSTED), ("noor", Level.TRUSTED)):
        accrediting.accredit_by_email(
            f"{key}@people.test", "cora@people.test", "Tests.", level, waive_exam=True, second="dan@people.test"
        )
    with read() as session:
        companies = {company.slug: company.id for company in session.scalars(select(Company))}
    event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    db.session.remove()
    db.engine.dispose()
    begin = tmp_path_factory.mktemp("begin") / "data"
    shutil.copytree(app.config["SPOTTER"].data_dir, begin)
    CaseWalk.app, CaseWalk.ids, CaseWalk.report, CaseWalk.begin = app, people.ids | companies, report_json(), begin
    return CaseWalk


@pytest.mark.timeout(6 * STEPS)  # seconds: minutes on a busy machine
@pytest.mark.parametrize("number", SEEDS)
def test_every_change_of_state_is_legal_and_audited(walk: type[CaseWalk], number: int) -> None:
    run(walk, STEPS, number)
    print(dict(sorted(walk.seen.items())))
    assert walk.seen["steps"] >= STEPS
    assert {"report_received", "case_notify", "check_asked"} <= walk.seen.keys(), "nothing happened on this walk"


def _what_comes_again_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(states.MOVES["again"], CaseState.CLOSED, CaseState.HELD)


def _what_is_answered_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(states.MOVES["question"], CaseState.NOTIFIED, CaseState.HELD)


def _moves_are_not_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "audit", SimpleNamespace(record=lambda *_, **__: None))


def _reports_move_and_nobody_writes_it_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "audit", SimpleNamespace(record=lambda *_, **__: None))


def _what_has_changed_since_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "is_stale", lambda *_: False)


def _a_claim_keeps_nobody_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "decide_by", lambda *_, **__: None)


def _who_asked_gives_the_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "own_opinion", lambda *_: None)


def _what_is_withdrawn_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_store, "refuse_closed", lambda *_: None)


def _every_company_answers_every_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = notices.get
    monkeypatch.setattr(notices, "get", lambda session, _company, notice_id: honest(session, None, notice_id))


MUTATIONS = [
    _what_comes_again_is_held, _what_is_answered_is_held, _moves_are_not_audited, _reports_move_and_nobody_writes_it_down,
    _what_has_changed_since_is_decided, _a_claim_keeps_nobody_away, _who_asked_gives_the_second_opinion,
    _what_is_withdrawn_is_answered, _every_company_answers_every_notice,
]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_the_same_walk_finds_whatever_check_is_taken_away(
    walk: type[CaseWalk], monkeypatch: pytest.MonkeyPatch, mutation: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutation(monkeypatch)
    with pytest.raises(AssertionError):
        run(walk, FOUND_WITHIN, SEEDS[0])
