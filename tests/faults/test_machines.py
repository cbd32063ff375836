"""Two machines over one database and one bucket, with a data folder each and nothing shared between them.

Machine B is a worker in a process of its own, and its pages; machine A is what all other tests run on.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import create_app
from server.core import anchor, anchor_place, circuit, clock, machines, seals, signing, trail, vault, vault_bucket
from server.core.audit import AuditRow, AuditSeal
from server.core.config import Settings
from server.core.database import db, insert, read, write
from server.core.words import Refused
from server.ledger.reports.models import Evidence
from server.reads import readiness
from tests import tampering
from tests.conftest import People, settings_for
from tests.few_words import leave_few_words
from tests.gateway import KEY, SECRET, Gateway, Line, line, prefix, store  # noqa: F401
from tests.sending import png
from tests.story import decide, flag, mails

ROOT = Path(__file__).parents[2]
AUDIT_KEY = "a1" * 32


@pytest.fixture
def settings(database_url: str, tmp_path: Path, store: Gateway, line: Line, prefix: str) -> Settings:
    bucket = {"SPOTTER_VAULT_URL": store.url(prefix, line.port), "SPOTTER_AUDIT_KEY": AUDIT_KEY}
    (tmp_path / "a").mkdir()
    keys = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    return settings_for(tmp_path / "a", database_url, **bucket, **keys)


@pytest.fixture
def other(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Machine B: the same settings but for its folder."""
    (tmp_path / "b").mkdir()
    made = create_app(replace(app.config["SPOTTER"], data_dir=tmp_path / "b"))
    yield made
    with made.app_context():
        db.engine.dispose()


def work_on(machine: Flask, **changed: str) -> subprocess.CompletedProcess[str]:
    """The worker of a machine does what is due, in a process of its own."""
    settings: Settings = machine.config["SPOTTER"]
    leave_few_words(settings.database_url)
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
        "SPOTTER_AUDIT_KEY": settings.audit_key,
        "SPOTTER_VAULT_URL": settings.vault_url,
        "SPOTTER_UNDO_SECONDS": "0",
        "SPOTTER_FACTOR_DAYS": "-1",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
    }
    environment = {name: value for name, value in (environment | changed).items() if value}
    command = [sys.executable, "-m", "flask", "--app", "server", "worker", "--once"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=200)


def rows(number: int) -> None:
    row = {"at": clock.now(), "actor_id": None, "action": "report_received", "kind": "report", "object_id": "1"}
    with write() as session:
        insert(session, AuditRow, *[row | {"detail": {}} for _ in range(number)])


def is_intact() -> bool:
    with read() as session:
        return trail.verify(session) is None


def test_a_report_that_one_machine_took_is_sent_by_the_other(
    app: Flask, other: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    picture = png((40, 30))
    decide(people, flag(people, report_json(), screenshot=picture))
    seals.seal_audit()
    done = work_on(other)
    assert done.returncode == 0, done.stderr
    here, there = app.config["SPOTTER"], other.config["SPOTTER"]
    assert len(mails(there, "spoc@mercado.test")) == 1 and not mails(here)
    heads = []
    for machine in (app, other):
        with machine.app_context():
            with read() as session:
                digests = set(session.scalars(select(Evidence.sha256)))
            assert picture in [vault.read(digest) for digest in digests]
            assert is_intact() and machine.test_cli_runner().invoke(args=["verify-audit"]).exit_code == 0
            heads.append((anchor.load().head, signing.key().fingerprint))
    assert heads[0] == heads[1] and heads[0][0]
    ours = {path.name for folder in (here.data_dir, there.data_dir) for path in folder.iterdir()}
    assert not ours & {"secret_key", "audit_key", "audit_head.json", "evidence_key.pem", "evidence"}


def test_an_alarm_that_one_machine_raises_stops_sealing_on_both(app: Flask, other: Flask) -> None:
    rows(3)
    seals.seal_audit()
    with write() as session:
        tampering.unlocked(session)
        session.execute(tampering.SEAL.delete().where(tampering.SEAL.c.position == 2))
    seals.seal_audit()
    with other.app_context():
        rows(1)
        seals.seal_audit()
        found = anchor.load().alarm
        assert found and found.code == "seal_missing"
        with read() as session:
            assert "Seal" in readiness.checks(session)["audit"]
            assert session.scalar(select(func.max(AuditSeal.seq))) < session.scalar(select(func.max(AuditRow.seq)))


def test_a_head_that_the_bucket_loses_is_an_alarm_though_a_folder_had_it_earlier(
    app: Flask, store: Gateway, prefix: str
) -> None:
    """The installation had its evidence, and its head, in a folder before."""
    remote = app.config["SPOTTER"]
    app.config["SPOTTER"] = replace(remote, vault_url="file:")
    rows(3)
    seals.seal_audit()
    before = anchor.load().head
    app.config["SPOTTER"] = remote
    rows(3)
    seals.seal_audit()
    head = anchor.load().head
    assert before and head and head.rows == before.rows + 3
    store.client(prefix).delete(anchor_place.HEAD)
    seals.seal_audit()
    found = anchor.load().alarm
    assert found and found.code == "no_head"


def test_two_machines_that_seal_at_once_keep_the_newest_head(app: Flask, other: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip(
            "pytest --postgresql: a file of SQLite's is on one machine, where workers share a folder and its lock"
        )

    def seal(machine: Flask) -> None:
        with machine.app_context():
            for _ in range(5):
                rows(20)
                seals.seal_audit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(seal, (app, other)))
    kept = anchor.load()
    with read() as session:
        assert kept.alarm is None and kept.head
        assert kept.head.rows == session.scalar(select(func.count()).select_from(AuditSeal))
    assert is_intact()


@pytest.mark.parametrize("name", ["SPOTTER_SECRET_KEY", "SPOTTER_AUDIT_KEY"])
def test_a_machine_with_another_key_is_named_and_its_worker_does_not_start(app: Flask, other: Flask, name: str) -> None:
    assert machines.join() == ""
    refused = work_on(other, **{name: "b2" * 32})
    assert refused.returncode == 1 and f"{name}: not what a worker on another machine has" in refused.stderr
    field = name.removeprefix("SPOTTER_").lower()
    other.config["SPOTTER"] = replace(other.config["SPOTTER"], **{field: "b2" * 32})
    with other.app_context(), read() as session:
        assert readiness.checks(session)["keys"].startswith(f"{name}: not what")
    with read() as session:
        assert readiness.checks(session)["keys"] == "", "and it has left no trace"


def test_a_worker_with_a_bucket_needs_the_audit_key_as_a_setting(other: Flask) -> None:
    refused = work_on(other, SPOTTER_AUDIT_KEY="")
    assert refused.returncode == 1 and "SPOTTER_AUDIT_KEY: with evidence in a bucket" in refused.stderr


def test_sealing_waits_for_a_bucket_that_is_away(app: Flask, store: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault_bucket, "PATIENCE", 0.4)
    monkeypatch.setattr(circuit, "FIRST_PAUSE", 0.01)
    rows(1)
    seals.seal_audit()
    before = anchor.load().head
    store.kill()
    rows(1)
    with pytest.raises(Refused, match="cannot be read right now"):
        seals.seal_audit()
    with read() as session:
        assert "in the bucket" in readiness.checks(session)["audit"]
    store.start()
    seals.seal_audit()
    after = anchor.load().head
    assert before and after and after.rows > before.rows and is_intact()
