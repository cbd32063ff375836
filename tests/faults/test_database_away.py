"""The database is away, says nothing, or has no room: reports are refused for now, none is lost, and it goes on by itself."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from server import create_app
from server.core.config import Settings
from tests.conftest import settings_for
from tests.faults.killed import HASTY, Make, OwnDatabase, Reporters, Server, lost, own_database, ready  # noqa: F401
from tests.smtp_rig import silent_server

EACH = 8  # reports acknowledged before and after
MEGABYTE = 2**20
PLENTY = 90 * MEGABYTE  # for PostgreSQL's own files

# Whose token it is is remembered, so that the database is not asked before a report is acknowledged.
REMEMBERED = HASTY + textwrap.dedent("""
    from server.people.accounts import pairing
    asked, known = pairing.holder, {}
    pairing.holder = lambda token: known.get(token) or known.setdefault(token, asked(token))
""")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutation", ["", REMEMBERED], ids=["", "acknowledged before it is committed"])
def test_while_the_database_is_away_reports_are_refused_and_then_taken_by_the_same_process(
    own_database: OwnDatabase, report_json: Make, mutation: str
) -> None:
    with own_database() as (settings, cluster, token):
        server = Server(settings, mutation)
        server.start()
        reporters = Reporters(server, token, report_json)
        with reporters.sending():
            reporters.wait_for(EACH)
            cluster.stop("fast")
            if not mutation:
                reporters.wait_for(EACH, 503)  # what was under way is answered
                before, reporters.slowest = len(reporters.receipts), 0.0
                reporters.wait_for(4 * EACH, 503)
                assert len(reporters.receipts) == before, "acknowledged, and there was no database"
                slowest = reporters.slowest
                cluster.start()
                back = reporters.wait_for(EACH)
            else:
                reporters.wait_for(EACH)
                cluster.start()
        server.kill()
        gone = lost(settings, reporters.receipts)
        if mutation:
            assert gone, "the rig does not notice what is acknowledged without a database"
            return
        assert gone == [] and set(reporters.refused) == {503} and reporters.unanswered == 0
        assert len(reporters.receipts) >= before + EACH, "nothing was taken when it was back"
        print(f"\n503 within {slowest:.2f} s, taken again {back:.2f} s after the database was back")


def test_a_database_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    with silent_server() as port:
        app = create_app(settings_for(tmp_path, f"postgresql+psycopg://spotter@127.0.0.1:{port}/spotter"))
        began = time.monotonic()
        answer = app.test_client().get("/api/v1/reports", headers={"Authorization": "Bearer x"})
        print(f"\n503 after {time.monotonic() - began:.2f} s")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


# --- No room ---------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """A disk of so many bytes, where PostgreSQL, which runs as somebody else, gets to."""
    folder = Path(tempfile.mkdtemp(prefix="spotter-disk-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", str(folder)], capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("no small disk can be mounted here: run it as root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill(disk: Path) -> Path:
    """Take all the room there is; the file that has it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (MEGABYTE, 4096, 1):
            try:
                while True:
                    file.write(b"x" * piece)
            except OSError:
                continue
    return ballast


def refused_while_full(settings: Settings, disk: Path, token: dict[str, str], make: Make, mutation: str) -> list[str]:
    """Send until the disk is full and refuses, make room, send on; the references of what is lost."""
    server = Server(settings, mutation)
    server.start()
    reporters = Reporters(server, token, make)
    with reporters.sending():
        reporters.wait_for(EACH)
        ballast = fill(disk)
        reporters.wait_for(2 * EACH, 201 if mutation else 503)
        ballast.unlink()
        before = len(reporters.receipts)
        reporters.wait_for(EACH)
    server.kill()
    files = [path for path in (settings.data_dir / "evidence").rglob("*") if path.is_file()]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in files), (
        "a part of a file was kept"
    )
    if not mutation:
        assert set(reporters.refused) == {503} and reporters.unanswered == 0, reporters.refused
        assert len(reporters.receipts) >= before + EACH, "nothing was taken when there was room"
        print(f"\n{reporters.refused[503]} refused while the disk was full, {len(reporters.receipts)} acknowledged")
    return lost(settings, reporters.receipts)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("everything", "mutation"),
    [(False, ""), (True, ""), (False, HASTY)],
    ids=["the database's disk", "the whole disk", "acknowledged before it is committed"],
)
def test_a_full_disk_refuses_reports_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(
    app: Flask,
    settings: Settings,
    ready: dict[str, str],
    report_json: Make,
    everything: bool,
    mutation: str,
) -> None:
    file = Path(make_url(settings.database_url).database or "")
    with small_disk(file.stat().st_size + 8 * MEGABYTE) as disk:
        shutil.copy(file, disk)
        small = replace(settings, database_url=f"sqlite:///{disk / file.name}")
        small = replace(small, data_dir=disk) if everything else small
        gone = refused_while_full(small, disk, ready, report_json, mutation)
        assert bool(gone) == bool(mutation), gone


@pytest.mark.timeout(600)
def test_a_full_disk_under_postgresql_refuses_reports_and_keeps_what_was_acknowledged(
    own_database: OwnDatabase, report_json: Make
) -> None:
    with small_disk(PLENTY + 64 * MEGABYTE) as disk:
        place = disk / "pg"
        place.mkdir()
        with own_database("-c wal_recycle=off", place) as (settings, _, token):
            assert refused_while_full(settings, disk, token, report_json, "") == []
