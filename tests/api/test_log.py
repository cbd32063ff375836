"""What is logged and kept of a failure of the database: what failed, and nothing of what people wrote."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from server.core import work
from server.core.database import read, write
from tests.conftest import People

WRITTEN = "Six chicks at once, papers 'can be arranged'."


def test_a_database_that_refuses_a_row_is_logged_without_the_row(
    people: People, report_json: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    with write() as session:
        if session.get_bind().dialect.name == "sqlite":
            full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            session.execute(text(f"CREATE TRIGGER full_disk BEFORE INSERT ON reports {full}"))
        else:  # names the whole row in its details
            session.execute(text("ALTER TABLE reports ADD CONSTRAINT full_disk CHECK (id = '') NOT VALID"))
    report, headers = report_json(), people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    assert report["suspicion"]["reason"] == WRITTEN
    with caplog.at_level(logging.INFO):
        answer = people.app.test_client().post("/api/v1/reports", json=report, headers=headers)
    assert answer.status_code in {500, 503}
    assert "full" in caplog.text and "INSERT INTO reports" in caplog.text
    for said in (WRITTEN, "birdroom_lx", report["url"], people.ids["ana"]):
        assert said not in caplog.text
    assert all("\n" not in record.getMessage() for record in caplog.records)


@pytest.mark.usefixtures("app")
def test_what_is_kept_of_a_task_that_the_database_refused_has_nothing_of_the_row(
    work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As PostgreSQL says it. Whoever runs the machine reads it at /operations."""

    def refused(_subject: str) -> None:
        said = f'new row violates check constraint "full_disk"\nDETAIL:  Failing row contains ({WRITTEN}).'
        raise IntegrityError("INSERT INTO reports", {}, Exception(said))

    monkeypatch.setitem(work._handlers, "note", refused)
    with write() as session:
        work.enqueue(session, "note", "of a report")
    work_all()
    with read() as session:
        kept = session.scalars(select(work.Work.last_error).where(work.Work.kind == "note")).one() or ""
    assert kept == 'IntegrityError: new row violates check constraint "full_disk"'
