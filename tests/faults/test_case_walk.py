"""Cases, notices, answers, checks and complaints over 10,000 random steps, three times: nothing illegal, everything audited.

The walk and what must hold after each of its steps stand in `tests/case_walk.py`. The mutations take one check away each,
and the same walk must find it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from server.core import clock, work
from server.core.config import Settings
from server.core.database import db, read
from server.core.words import Level, Role
from server.journeys.spotter import accrediting, joining
from server.ledger.companies.models import Company
from tests.case_walk import RECURRING, START, CaseWalk, run
from tests.conftest import PASSWORD, People

STEPS = 200 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "3"))  # 10,000 in `make faults`
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
    monkeypatch.setattr(work, "_recurring", {name: work._recurring[name] for name in RECURRING})
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


@pytest.mark.parametrize("number", SEEDS)
def test_every_change_of_state_is_legal_and_audited(walk: type[CaseWalk], number: int) -> None:
    run(walk, STEPS, number)
    print(dict(sorted(walk.seen.items())))
    assert walk.seen["steps"] >= STEPS
