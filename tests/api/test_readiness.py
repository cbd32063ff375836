"""Green means green: what monitors are told while something is wrong, and who may read the figures."""

import contextlib
import os
import shutil
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update

from server.core import clock, config, heartbeats, mail_connection, mail_server, post, recurring, work
from server.core.database import db, read, write
from server.core.heartbeats import Heartbeat
from server.core.outbox import Work
from tests.conftest import People
from tests.sending import png
from tests.story import flag

Usage = namedtuple("Usage", "total used free")
ALL_READY = dict.fromkeys(("database", "tables", "vault", "disk", "clock", "worker", "mail", "audit"), "ready")


@pytest.fixture
def alive(app: Flask) -> Flask:
    """An instance with a worker."""
    recurring.heartbeat()
    return app


def states(app: Flask) -> dict[str, str]:
    answer = app.test_client().get("/readyz")
    assert (answer.status_code == 200) == (set(answer.json.values()) == {"ready"})
    return {name: state for name, state in answer.json.items() if state != "ready"}


def test_each_part_is_named(alive: Flask) -> None:
    assert alive.test_client().get("/readyz").json == ALL_READY


def test_a_full_disk_is_not_ready(alive: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 10**6))
    assert states(alive) == {"disk": "not ready"}


def test_a_disk_of_the_database_alone_that_is_full_is_not_ready(
    alive: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The database may be on another disk than the evidence."""
    (disk := tmp_path / "disk").mkdir()
    elsewhere = replace(alive.config["SPOTTER"], database_url=f"sqlite:///{disk / 'spotter.sqlite3'}")
    monkeypatch.setattr(shutil, "disk_usage", lambda at: Usage(10**12, 0, 10**6 if at == disk else 10**11))
    assert states(alive) == {}
    alive.config["SPOTTER"] = elsewhere
    assert states(alive)["disk"] == "not ready"


def test_a_disk_that_takes_no_more_files_is_not_ready(alive: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has room, and no name for another file: each report with a picture would be refused."""
    room = {"f_blocks": 10**9, "f_bfree": 10**8, "f_bavail": 10**8, "f_frsize": 4096, "f_favail": 0}
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**room, f_files=10**6))
    assert states(alive) == {"disk": "not ready"}
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**room, f_files=0))  # it does not count them
    assert states(alive) == {}


def test_after_a_restart_of_the_database_the_first_request_is_answered(alive: Flask) -> None:
    """Connections that were idle meanwhile are dead, and nobody has found out."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL only (--postgresql): SQLite is a file, and nothing restarts")
    idle, killer = db.engine.connect(), db.engine.connect()
    idle.close()
    killer.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )
    killer.close()
    assert alive.test_client().get("/").status_code == 200


def test_a_vault_whose_disk_is_not_mounted_is_not_ready(
    people: People, report_json: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty or missing it takes no evidence, and it stays not ready when something else begins to fill it.

    Mutations: with `vault.problem` alone the folder is made again, and all is ready; without `vault.is_bare` the next
    report fills the empty folder, and its screenshot is hidden once the disk is mounted.
    """
    now = clock.now
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: now() - timedelta(hours=25))
        for number in range(3):
            stated = report_json(url=f"https://mercado.example/itm/{10**9 + number}")
            flag(people, stated, screenshot=png((40, 30 + number)))
    recurring.heartbeat()
    folder = people.app.config["SPOTTER"].data_dir / "evidence"
    assert states(people.app) == {}
    mounted = folder.rename(folder.with_name("mounted"))
    assert states(people.app) == {"vault": "not ready"}
    (folder / "lost+found").mkdir(parents=True)
    (folder / "NOT MOUNTED").touch()
    assert states(people.app) == {"vault": "not ready"}
    with pytest.raises(AssertionError, match="Evidence cannot be saved right now"):
        flag(people, report_json(url="https://mercado.example/itm/2000000000"), screenshot=png((40, 50)))
    assert {path.name for path in folder.iterdir()} == {"lost+found", "NOT MOUNTED"}
    flag(people, report_json(url="https://mercado.example/itm/2000000000"))
    (folder / "ab").mkdir()  # somebody has begun anew
    flag(people, report_json(url="https://mercado.example/itm/2000000001"), screenshot=png((40, 50)))
    assert states(people.app) == {"vault": "not ready"}
    done = people.app.test_cli_runner().invoke(args=["doctor"])
    assert f"Wrong: vault: {folder} does not have the newest files that are more than a day old" in done.output
    shutil.copytree(mounted, folder, dirs_exist_ok=True)
    assert states(people.app) == {}


def test_a_folder_that_cannot_be_read_refuses_evidence_until_it_can(
    people: People, report_json: Callable[..., Any]
) -> None:
    folder = people.app.config["SPOTTER"].data_dir / "evidence"
    folder.write_text("A file in the place of the folder.")
    with pytest.raises(AssertionError, match="Evidence cannot be saved right now"):
        flag(people, report_json(), screenshot=png((40, 30)))
    folder.unlink()
    flag(people, report_json(), screenshot=png((40, 30)))


def test_older_tables_are_not_ready(alive: Flask) -> None:
    with write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert states(alive) == {"tables": "not ready"}


def test_a_mail_server_that_is_away_is_not_ready_until_it_takes_a_mail(
    alive: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send() -> None:
        post.send("ana@people.test", "Hello", "x", "x", message_id="<a@spotter.test>")

    def away(_connection: object) -> None:
        raise ConnectionRefusedError("away")

    with monkeypatch.context() as patch:
        patch.setattr(mail_connection.MailConnection, "configure_host", away)
        with pytest.raises(post.Temporary):
            send()
    assert states(alive) == {"mail": "not ready"}
    send()
    assert states(alive) == {}


def test_with_nothing_to_send_the_worker_finds_out_whether_the_mail_server_answers(
    alive: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_connection: object) -> None:
        raise TimeoutError("away")

    def works() -> bool:
        with read() as session:
            return post.works(session)

    now = clock.now()
    monkeypatch.setattr(clock, "_seen", dict(clock._seen))
    with monkeypatch.context() as patch:
        patch.setattr(mail_connection.MailConnection, "configure_host", away)
        assert states(alive) == {}, "asking tries nothing itself"
        mail_server.try_mail_server()
        assert works(), "it answered a moment ago"
        patch.setattr(clock, "now", lambda: now + timedelta(minutes=6))
        mail_server.try_mail_server()
        assert not works()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=12))
    recurring.heartbeat()
    assert works(), "and that it is back, without a mail"


def test_a_clock_that_was_ahead_makes_no_dead_worker_look_alive(alive: Flask) -> None:
    with write() as session:
        session.merge(Heartbeat(name="worker", at=clock.now() + timedelta(hours=2)))
    assert states(alive) == {"clock": "not ready", "worker": "not ready"}
    recurring.heartbeat()  # a worker starts
    assert states(alive) == {}


def test_what_a_clock_ahead_noted_of_recurring_work_is_counted_from_now_and_not_done_twice(
    alive: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setitem(recurring.jobs, "sweep", (3600, lambda: done.append(1)))
    with write() as session:
        session.merge(Heartbeat(name="sweep", at=clock.now() + timedelta(days=300)))
    recurring.heartbeat()
    with read() as session:
        assert abs(heartbeats.noted(session, "sweep") - clock.now()) < timedelta(minutes=1)
    now = clock.now()
    assert done == []
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=3601))
    recurring.heartbeat()
    assert done == [1]


def test_what_may_be_done_rarely_is_not_held_up_by_a_clock_that_was_ahead(app: Flask) -> None:
    with write() as session:
        session.merge(Heartbeat(name="fetch", at=clock.now() + timedelta(hours=2)))
    assert heartbeats.throttle("fetch", 10) == 0
    assert 0 < heartbeats.throttle("fetch", 10) <= 10


def test_a_step_of_the_clock_is_told_for_some_minutes(alive: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    real, ran = clock.now, clock._running
    monkeypatch.setattr(clock, "_seen", dict(clock._seen))
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(hours=2))
    assert clock.step() < timedelta(minutes=-119)
    assert "clock" in states(alive)
    monkeypatch.setattr(clock, "_running", lambda: ran() + 3600)
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(hours=1))
    assert clock.step() == timedelta()


TOKEN = "a token for monitors"


class OwnAddress:
    """An instance that others reach, with and without a token for the monitor."""

    @pytest.mark.parametrize("header", [None, "Bearer wrong", f"Bearer {TOKEN}x", "Bearer "])
    def test_without_the_token_there_is_nothing(self, app: Flask, header: str | None) -> None:
        headers = {"Authorization": header} if header else {}
        assert app.test_client().get("/metrics", headers=headers).status_code == 404


class TestWithoutToken(OwnAddress):
    """A bare proxy_pass of a server on the same machine looks like loopback."""


class TestWithToken(OwnAddress):
    @pytest.fixture
    def settings(self, settings: config.Settings) -> config.Settings:
        return replace(settings, metrics_token=TOKEN)

    def test_the_token_opens(self, alive: Flask) -> None:
        with write() as session:
            work.enqueue(session, "mail_week", "x", clock.now() + timedelta(hours=1))
            session.flush()
            session.execute(update(Work).values(failure="unreachable"))
        answer = alive.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert "spotter_sending_paused 0.0" in answer.text and "spotter_workers 1.0" in answer.text
        assert 'spotter_work_failing{failure="unreachable"} 1.0' in answer.text
        assert 'spotter_work_later{kind="mail_week"} 1.0' in answer.text
        for name in (*(f'spotter_ready{{part="{name}"}} 1.0' for name in ALL_READY), "spotter_disk_free_bytes "):
            assert name in answer.text
        assert 'spotter_messages_waiting{channel="webhook"} 0.0' in answer.text
        assert "spotter_mails_retried 1.0" in answer.text and "spotter_mails_set_aside 0.0" in answer.text


class TestOnThisMachineAlone:
    @pytest.fixture
    def settings(self, settings: config.Settings) -> config.Settings:
        return replace(settings, base_url="http://127.0.0.1:8000")

    def test_it_opens_on_loopback_and_not_through_a_server_in_front(self, alive: Flask) -> None:
        assert alive.test_client().get("/metrics").status_code == 200
        for header in ("X-Forwarded-For", "X-Real-IP", "Via"):
            assert alive.test_client().get("/metrics", headers={header: "192.0.2.1"}).status_code == 404


def test_strict_transport_is_said_of_this_host_alone(app: Flask) -> None:
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], base_url="https://spotter.test")
    assert app.test_client().get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"
    db.session.remove()


@pytest.mark.parametrize("ends", [ValueError, SystemExit])  # it fails; its worker dies at it
def test_recurring_work_that_did_not_end_is_not_called_done_and_comes_again_within_the_hour(
    alive: Flask, monkeypatch: pytest.MonkeyPatch, ends: type[BaseException]
) -> None:
    tried: list[int] = []

    def weekly() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise ends

    monkeypatch.setattr(recurring, "jobs", {"weekly": (7 * 24 * 3600, weekly)})
    now = clock.now()
    for later, times in ((0, 1), (3599, 1), (3600, 2), (7200, 2), (7 * 24 * 3600, 2), (7 * 24 * 3600 + 3600, 3)):
        monkeypatch.setattr(clock, "now", lambda later=later: now + timedelta(seconds=later))
        with contextlib.suppress(SystemExit):
            recurring.heartbeat()
        assert len(tried) == times
        with read() as session:
            assert bool(heartbeats.noted(session, "weekly")) is (times > 1)
