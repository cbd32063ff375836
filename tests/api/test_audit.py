"""The audit trail over the years: sealed soon, in few rows at a time, without reading what was sealed long ago."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from server.core import anchor, anchor_place, clock, pausing, seals, trail, work
from server.core.audit import AuditRow, AuditSeal
from server.core.config import Settings
from server.core.database import db, read, write
from server.core.outbox import Work
from server.journeys.oversight import audit_trail
from tests.conftest import People
from tests.plans import asked, only_on_sqlite
from tests.story import mails


def written(*numbers: int) -> None:
    """Audit rows with these numbers, committed now."""
    row = {
        "at": clock.now(),
        "actor_id": None,
        "action": "report_received",
        "kind": "report",
        "object_id": "1",
        "detail": {},
    }
    with write() as session:
        session.execute(insert(AuditRow), [row | {"seq": number} for number in numbers])


def sealed() -> list[int]:
    with read() as session:
        assert trail.verify(session) is None
        return list(session.scalars(select(AuditSeal.seq).order_by(AuditSeal.position)))


@pytest.fixture(autouse=True)
def begun(app: Flask) -> None:
    """What taking in the companies left is sealed, and further numbers begin at 1,001."""
    written(1000)
    seals.seal_audit()


def test_one_run_seals_a_busy_hour_in_transactions_of_bounded_size(app: Flask) -> None:
    written(*range(1001, 2301))
    with asked() as seen:
        seals.seal_audit()
    assert sealed()[-1300:] == list(range(1001, 2301))
    looks = [statement for statement in seen.statements if "audit_rows.detail" in statement]
    assert len(looks) == 4  # 500, 500, 300, and none


def test_a_run_reads_no_more_of_a_long_trail_than_of_a_short_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    only_on_sqlite()
    monkeypatch.setattr(seals, "BEHIND", 10)
    with asked() as short:
        seals.seal_audit()
    written(*range(1001, 3001))
    seals.seal_audit()
    with asked() as long:
        seals.seal_audit()
    assert long.steps < short.steps + 1000 < 5000


def test_a_row_that_commits_after_a_later_one_is_sealed_in_the_next_run(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL only (--postgresql): on SQLite nothing commits behind a later number")
    written(1002, 1005)  # 1,003 was rolled back, 1,004 has not committed yet
    seals.seal_audit()
    written(1004)
    seals.seal_audit()
    assert sealed()[-3:] == [1002, 1005, 1004]


def test_a_missing_seal_shows(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    written(1001, 1002)
    seals.seal_audit()
    with write() as session:  # somebody with the file in their hands, who drops the trigger first
        session.connection().exec_driver_sql("DROP TRIGGER audit_seals_no_delete")
        place = session.scalar(select(func.max(AuditSeal.position)))
        session.connection().exec_driver_sql("DELETE FROM audit_seals WHERE position = ?", (place - 1,))
    with read() as session:
        assert trail.verify(session) == anchor.fault("seal_missing", number=place - 1)


def test_administrators_are_told_once_that_the_stored_head_cannot_be_read(
    people: People, settings: Settings, work_all: Callable[[], int]
) -> None:
    stored = settings.data_dir / anchor_place.HEAD
    stored.write_text("{")
    for _ in range(2):
        seals.seal_audit()
        work_all()
    assert alarms_mailed(settings) == 1
    alarm = anchor.load().alarm
    assert alarm and alarm.code == "unreadable" and stored.with_name("audit_head.json.unreadable").read_text() == "{"
    written(5000)
    seals.seal_audit()
    assert 5000 not in sealed_numbers(), "nothing is sealed until two people have looked"


def alarms_mailed(settings: Settings) -> int:
    subjects = [mail["Subject"] for mail in mails(settings, "ada@people.test")]
    return subjects.count("Alarm: the audit trail has been altered or is incomplete")


@pytest.mark.parametrize(("place", "name"), [(work, "enqueue"), (pausing, "pause"), (anchor.Kept, "note")])
def test_an_alarm_at_which_the_worker_died_is_told_once_and_pauses_sending_once(
    people: People,
    settings: Settings,
    work_all: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    place: Any,
    name: str,
) -> None:
    """Before anything of it is in the database, in the middle, or before it is stored that people are told."""

    def dies(*_arguments: object) -> None:
        raise SystemExit

    kept = anchor.load()
    assert kept.head
    kept.head = kept.head._replace(rows=kept.head.rows + 10)
    anchor.save(kept)
    with monkeypatch.context() as until_then:
        until_then.setattr(place, name, dies)
        with pytest.raises(SystemExit):
            seals.seal_audit()
    assert anchor.load().alarm, "it stands, whatever is found or not found later"
    work.run_due()  # another worker takes up what waits
    assert alarms_mailed(settings) == 0
    seals.seal_audit()
    with write() as session:
        session.execute(update(Work).where(Work.kind == "audit_alarm").values(due_at=clock.now()))
    work_all()
    assert alarms_mailed(settings) == 1
    with write() as session:
        assert session.scalar(select(func.count()).where(Work.kind == "audit_alarm")) == 1
        assert pausing.resume(session, people.ids["ada"])
    seals.seal_audit()
    with read() as session:
        assert not pausing.is_paused(session), "somebody has looked, and resumed it"


def test_a_head_that_is_lost_is_an_alarm_until_two_people_accept_it(people: People, settings: Settings) -> None:
    """Also where an alarm stood in it, and whatever else the worker does first."""
    seals.alarm(anchor.fault("misplaced", number=7), clock.now())
    (settings.data_dir / anchor_place.HEAD).unlink()
    with read() as session:
        found = trail.verify(session)
    assert found and found.code == "no_head"
    seals.patrol_audit()
    seals.look_behind()
    written(5000)
    for _ in range(2):
        seals.seal_audit()
        assert anchor.load().alarm == found and 5000 not in sealed_numbers()
    page = people.browser("ada").get("/audit").text
    assert "The head of the audit trail is missing" in page and "Nothing is sealed yet" not in page
    assert people.app.test_client().get("/readyz").json["audit"] == "not ready"
    audit_trail.accept("ada@people.test", "cora@people.test", "The disk was replaced.")
    written(5010)
    seals.seal_audit()
    assert anchor.load().alarm is None and 5010 in sealed()


def sealed_numbers() -> set[int]:
    with read() as session:
        return set(session.scalars(select(AuditSeal.seq)))
