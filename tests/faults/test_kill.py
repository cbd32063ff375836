"""kill -9: what was acknowledged is there. With the mutations that must make the test fail.

A real server (waitress, SQLite with synchronous=FULL) is killed again and again while four clients send reports. Every
report whose 201 a client has read must be in the database afterwards, with its file. The mutated server acknowledges
before it commits; the same rig must catch it, or it proves nothing.
"""

import hashlib
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import textwrap
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from server.core.config import Settings
from tests.faults.killed import Server, ready  # noqa: F401
from tests.sending import multipart, png

ROUNDS = 4 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "3"))  # kills; 200 in `make faults`
CLIENTS, EACH = 4, 8  # clients, reports acknowledged before each kill

# Acknowledge first, commit a moment later in another thread: what a queue in memory would do.
MUTATION = textwrap.dedent("""
    import threading, time
    from server.journeys.report import intake
    honest = intake.receive_report
    from server.ledger.reports import store
    from server.core import clock
    from flask import current_app
    def hasty(account_id, key, stated, data, parts):
        app = current_app._get_current_object()
        def later():
            time.sleep(0.3)
            with app.app_context():
                honest(account_id, key, stated, data, parts)
        threading.Thread(target=later, daemon=True).start()
        return store.new_receipt(clock.now()), True
    intake.receive_report = hasty
""")


def post(port: int, headers: dict[str, str], report: dict[str, Any], picture: bytes) -> dict[str, Any] | None:
    """The receipt when a complete 201 was read, else None."""
    body, kind = multipart(report, picture)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/reports",
        data=body,
        headers=headers | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": kind},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer) if answer.status == 201 else None
    except urllib.error.HTTPError as refused:
        assert refused.code >= 500, refused.read()
        return None
    except (OSError, ValueError, http.client.HTTPException):
        return None


def acknowledged_while_killed(
    server: Server, headers: dict[str, str], make: Callable[..., dict[str, Any]], rounds: int
) -> list[dict[str, Any]]:
    """Send and kill, `rounds` times; every receipt that a client has read."""
    receipts: list[dict[str, Any]] = []
    for number in range(rounds):
        server.start()
        stop = threading.Event()

        def client(which: int, number: int = number, stop: threading.Event = stop) -> None:
            count = 0
            while not stop.is_set():
                count += 1
                url = f"https://mercado.test/itm/{(number * 100 + which) * 10_000 + count + 10**9}"
                picture = png((20 + count % 50, 20 + which))
                entry = {"name": "screenshot", "sha256": hashlib.sha256(picture).hexdigest()}
                receipt = post(server.port, headers, make(url=url, evidence=[entry]), picture)
                if receipt:
                    receipts.append(receipt | {"sha256": entry["sha256"]})

        clients = [threading.Thread(target=client, args=(which,)) for which in range(CLIENTS)]
        for thread in clients:
            thread.start()
        before, patience = len(receipts), time.monotonic() + 20
        while len(receipts) < before + EACH and time.monotonic() < patience:
            time.sleep(0.003)
        server.kill()
        stop.set()
        for thread in clients:
            thread.join()
    return receipts


def lost(settings: Settings, receipts: list[dict[str, Any]]) -> list[str]:
    """References of receipts whose report or file is not there. The database is read as a stranger would.

    Each listing has one case, and each report that is there its file, whether its receipt was read or not.
    """
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = {row[0] for row in connection.execute("SELECT id FROM reports")}
    assert not connection.execute("SELECT 1 FROM cases GROUP BY listing_id HAVING count(*) > 1").fetchall()
    assert not connection.execute("SELECT 1 FROM listings GROUP BY url HAVING count(*) > 1").fetchall()
    files = {row[0] for row in connection.execute("SELECT sha256 FROM evidence")}
    assert all(_is_whole(settings, sha256) for sha256 in files)
    gone = [
        receipt["reference"]
        for receipt in receipts
        if receipt["id"] not in kept or not _is_whole(settings, receipt["sha256"])
    ]
    connection.close()
    return gone


def _is_whole(settings: Settings, sha256: str) -> bool:
    path = settings.data_dir / "evidence" / sha256[:2] / sha256[2:4] / sha256
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


@pytest.mark.timeout(60 + 60 * ROUNDS)
def test_nothing_acknowledged_is_lost(
    settings: Settings, ready: dict[str, str], report_json: Callable[..., dict[str, Any]]
) -> None:
    receipts = acknowledged_while_killed(Server(settings), ready, report_json, ROUNDS)
    assert len(receipts) >= EACH * ROUNDS, f"only {len(receipts)} were acknowledged: the rig proves nothing"
    assert lost(settings, receipts) == []
    print(f"\n{len(receipts)} acknowledged over {ROUNDS} kills, 0 lost")


def test_the_mutation_that_acknowledges_before_it_commits_is_caught(
    settings: Settings, ready: dict[str, str], report_json: Callable[..., dict[str, Any]]
) -> None:
    receipts = acknowledged_while_killed(Server(settings, MUTATION), ready, report_json, 2)
    assert lost(settings, receipts), "the rig does not notice reports that were acknowledged and lost"


# What is committed reaches the disk whenever the system likes, or its evidence does.
NO_SYNC = {
    "-wal": """
        from sqlalchemy import event
        from sqlalchemy.engine import Engine
        @event.listens_for(Engine, "begin")
        def hasty(connection):
            connection.connection.driver_connection.execute("PRAGMA synchronous=OFF")
    """,
    "/evidence/": "import os; os.fsync = lambda file: None",
}


@pytest.mark.parametrize("unsynced", [None, *NO_SYNC])
def test_a_commit_and_its_file_are_on_the_disk_before_the_answer(
    settings: Settings, ready: dict[str, str], report_json: Callable[..., dict[str, Any]], unsynced: str | None
) -> None:
    """kill -9 cannot see a missing fsync, for the page cache survives it; the system calls can: M3 of the field study."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: make tools installs it")
    server = Server(settings, textwrap.dedent(NO_SYNC[unsynced]) if unsynced else "")
    server.start()
    trace = settings.data_dir / "trace"
    calls = "trace=fdatasync,fsync,sendto,sendmsg,write"
    watching = subprocess.Popen(
        ["strace", "-f", "-y", "-qq", "-e", calls, "-s", "12", "-o", str(trace), "-p", str(server.process.pid)],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1)
    try:
        if watching.poll() is not None:
            pytest.skip(
                "strace may not attach to a process here (ptrace is forbidden): the order of fsync and answer is not seen"
            )
        for number in range(3):
            picture = png((30 + number, 30))
            entry = {"name": "screenshot", "sha256": hashlib.sha256(picture).hexdigest()}
            url = f"https://mercado.test/itm/{700000000 + number}"
            assert post(server.port, ready, report_json(url=url, evidence=[entry]), picture)
    finally:
        server.kill()
        watching.wait(timeout=10)
    synced: set[str] = set()
    missing: list[set[str]] = []  # of each answer
    for line in trace.read_text(errors="replace").splitlines():
        if "fdatasync(" in line or "fsync(" in line:
            synced |= {where for where in NO_SYNC if where in line}
        elif '"HTTP/1.1 201' in line:
            missing.append(NO_SYNC.keys() - synced)
            synced = set()
    assert missing == [{unsynced} if unsynced else set()] * 3
