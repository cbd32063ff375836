"""`flask doctor` says what is wrong, and the worker's log what happens."""

import logging
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from server.core import recurring, work
from server.core.database import write
from tests.conftest import People
from tests.story import flag


def test_an_installation_in_order_has_nothing_wrong(app: Flask) -> None:
    recurring.heartbeat()
    done = app.test_cli_runner().invoke(args=["doctor"])
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("Nothing is wrong.\n") and "To know: SPOTTER_MAIL_URL" in done.stdout


def test_an_ad_on_a_site_without_a_company_is_nothing_wrong(people: People, report_json: Callable[..., Any]) -> None:
    flag(people, report_json(url="https://nobody-runs.example/ad/77"))
    recurring.heartbeat()
    done = people.app.test_cli_runner().invoke(args=["doctor"])
    assert done.exit_code == 0, done.output
    assert "To know: companies: open cases without a route: 1" in done.stdout


def test_each_thing_that_is_wrong_is_said(people: People) -> None:
    with write() as session:
        session.execute(text("DELETE FROM address_changes"))
        session.execute(text("DELETE FROM spocs"))
        work.enqueue(session, "mail_week", "nobody")
        session.execute(text("UPDATE work SET dead_lettered_at = due_at, last_error = 'x' WHERE kind = 'mail_week'"))
    done = people.app.test_cli_runner().invoke(args=["doctor"])
    assert done.exit_code == 1
    for line in (
        "Wrong: worker: no worker runs",
        "Wrong: mail: failed permanently: 1",
        "To know: companies: without a SPOC: 2 (Mercado, Tradepost)",
    ):
        assert line in done.output


def test_tables_of_another_version_are_wrong_and_no_trace(app: Flask) -> None:
    with write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    done = app.test_cli_runner().invoke(args=["doctor"])
    assert done.exit_code == 1 and "Wrong: database: The database is at 0001 revision" in done.stdout


def test_a_database_that_is_away_is_one_line_and_growing_waits(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def away() -> None:
        raise OperationalError("SELECT 1", None, Exception("connection refused\nby the host"))

    with monkeypatch.context() as patch:
        patch.setattr(recurring, "heartbeat", away)
        patch.setattr(work, "_sleep", lambda seconds, _stop: waits.append(seconds))
        with caplog.at_level(logging.INFO, "server"):
            work.run(lambda: len(waits) >= 8)
    assert waits == [2, 4, 8, 16, 30, 30, 30, 30]
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.exc_info for record in errors] == [None]
    assert errors[0].getMessage().endswith("tries again with growing pauses: connection refused")


def test_the_log_says_what_was_done_and_when_it_starts_and_stops(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, looks = time.monotonic(), []
    monkeypatch.setattr(work, "_run_batch", lambda _go_on, **_: 3)
    monkeypatch.setattr(time, "monotonic", lambda: start + 40 * len(looks))

    def stop() -> bool:
        looks.append(1)
        return len(looks) > 8

    with caplog.at_level(logging.INFO, "server"):
        work.run(stop)
    said = [record.getMessage() for record in caplog.records if record.name == "server.core.work"]
    assert said[0] == "the worker runs" and said[-1] == "the worker stops"
    assert 1 <= sum("tasks taken up in the last" in line for line in said) < 8


def test_a_new_installation_with_the_bundled_directory_has_nothing_wrong(app: Flask) -> None:
    run = app.test_cli_runner()
    assert run.invoke(args=["companies", "import"]).exit_code == 0
    recurring.heartbeat()
    done = run.invoke(args=["doctor"])
    assert done.exit_code == 0, done.output
    assert "To know: companies: without a SPOC: 143" in done.stdout
