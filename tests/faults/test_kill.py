"""kill -9: what was acknowledged is there. With the mutations that must make the test fail.

A real server (waitress, SQLite with synchronous=FULL) is killed again and again while four clients send reports. Every
report whose 201 a client has read must be in the database afterwards, with its file. The mutated server acknowledges
before it commits; the same rig must catch it, or it proves nothing.
"""

import os
import shutil
import subprocess
import textwrap
import time

import pytest

from server.core.config import Settings
from tests.faults.killed import HASTY, Make, Receipt, Reporters, Server, lost, ready  # noqa: F401

ROUNDS = 4 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "2"))  # kills; 200 in `make faults`
EACH = 8  # reports acknowledged before each kill

# Every report has a listing of its own.
FORGETFUL = textwrap.dedent("""
    import uuid
    from server.journeys.report import intake
    honest = intake.listing_key
    intake.listing_key = lambda *given: (honest(*given)[0] + uuid.uuid4().hex, honest(*given)[1])
""")


def acknowledged_while_killed(server: Server, headers: dict[str, str], make: Make, rounds: int) -> list[Receipt]:
    """Send and kill, `rounds` times; every receipt that a client has read."""
    reporters = Reporters(server, headers, make)
    for _ in range(rounds):
        server.start()
        with reporters.sending():
            reporters.wait_for(EACH)
            server.kill()
    return reporters.receipts


@pytest.mark.timeout(60 + 60 * ROUNDS)
def test_nothing_acknowledged_is_lost(settings: Settings, ready: dict[str, str], report_json: Make) -> None:
    receipts = acknowledged_while_killed(Server(settings), ready, report_json, ROUNDS)
    assert len(receipts) >= EACH * ROUNDS, f"only {len(receipts)} were acknowledged: the rig proves nothing"
    assert lost(settings, receipts) == []
    print(f"\n{len(receipts)} acknowledged over {ROUNDS} kills, 0 lost")


@pytest.mark.mutation
def test_the_mutation_that_acknowledges_before_it_commits_is_caught(
    settings: Settings, ready: dict[str, str], report_json: Make
) -> None:
    receipts = acknowledged_while_killed(Server(settings, HASTY), ready, report_json, 2)
    assert lost(settings, receipts), "the rig does not notice reports that were acknowledged and lost"


@pytest.mark.mutation
def test_the_mutation_that_does_not_know_a_listing_again_is_caught(
    settings: Settings, ready: dict[str, str], report_json: Make
) -> None:
    receipts = acknowledged_while_killed(Server(settings, FORGETFUL), ready, report_json, 1)
    with pytest.raises(AssertionError, match="two cases"):
        lost(settings, receipts)


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


@pytest.mark.parametrize("mutation", ["", *NO_SYNC])
def test_a_commit_and_its_file_are_on_the_disk_before_the_answer(
    settings: Settings, ready: dict[str, str], report_json: Make, mutation: str
) -> None:
    """kill -9 cannot see a missing fsync, for the page cache survives it; the system calls can: M3 of the field study."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: make tools installs it")
    server = Server(settings, textwrap.dedent(NO_SYNC[mutation]) if mutation else "")
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
                "strace may not attach to a process here: allow ptrace (CAP_SYS_PTRACE), or the order of fsync and answer is unseen"
            )
        for number in range(3):
            assert Reporters(server, ready, report_json).send(700000000 + number)
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
    assert missing == [{mutation} if mutation else set()] * 3
