"""How long work waits for an idle worker, and what an idle worker costs: looking every second, or being told by LISTEN/NOTIFY.

Both take up the same work by the same code, on PostgreSQL, in one run, each in a process of its own. The one that is told is a
prototype: it listens on a connection of its own, and whoever asks for work notifies in that transaction. It still looks every
five seconds, for work that falls due by the clock and for notifications that were lost with a connection. Rounds alternate.
`python -m benchmarks.waiting`
"""

import argparse
import contextlib
import io
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, event, text

from server import create_app
from server.commands.worker import prepare
from server.core import config, recurring, work
from server.core.database import db, write
from server.core.outbox import Work
from tests import postgresql

ROOT = Path(__file__).parents[1]
ROUNDS, PIECES, IDLE = 3, 30, 15  # of each way; pieces of work a round; seconds
GAP = (0.2, 1.4)  # seconds between two pieces
LOOKS = 5.0  # seconds between two looks of the worker that is told
COMMITS, THREADS = 400, 4  # transactions that ask for work, from so many threads at once
WAYS = {
    "looks every second (in force)": ("look", 1.0),
    "looks every 0.2 s": ("look", 0.2),
    "is told (LISTEN/NOTIFY)": ("told", LOOKS),
}
TICK = os.sysconf("SC_CLK_TCK")


# --- The worker's process --------------------------------------------------------------------------------------------


def serve(way: str, seconds: float) -> None:
    """Work until terminated: print when each piece is begun, and on SIGUSR1 what was used so far."""
    app = create_app(config.read())
    stopped, statements = list[int](), [0]
    work.handler("measured")(lambda subject_id: print("begun", subject_id, time.time(), flush=True))

    def used(*_: Any) -> None:
        mine = resource.getrusage(resource.RUSAGE_SELF)
        print("used", statements[0], mine.ru_utime + mine.ru_stime, flush=True)

    signal.signal(signal.SIGUSR1, used)
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    with app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def _count(*_: Any) -> None:
            statements[0] += 1

        prepare()
        print("ready", flush=True)
        if way == "look":
            work.run(lambda: bool(stopped), seconds)
        else:
            _told(stopped, seconds)


def _told(stopped: list[int], seconds: float) -> None:
    address = db.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("LISTEN work")
        while not stopped:
            recurring.heartbeat()
            work.run_due()
            looked = time.monotonic()
            while not stopped and (left := looked + seconds - time.monotonic()) > 0:
                if any(connection.notifies(timeout=left, stop_after=1)):
                    work.run_due()


# --- What measures ---------------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """Of one way."""

    waits: list[float] = field(default_factory=list)  # milliseconds from the commit to the beginning
    statements: list[float] = field(default_factory=list)  # a second, idle
    worker: list[float] = field(default_factory=list)  # milliseconds of processor time a second, idle
    server: list[float] = field(default_factory=list)  # the same of PostgreSQL


@contextmanager
def worker(way: str, seconds: float, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """It runs, and has taken up a first piece of work."""
    command = [sys.executable, "-m", "benchmarks.waiting", "--as", way, "--seconds", str(seconds)]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=out)
        try:
            while "ready" not in log.read_text():
                time.sleep(0.1)
            ask(way == "told", "first")
            while "begun first" not in log.read_text():
                time.sleep(0.1)
            time.sleep(2)
            yield process
        finally:
            process.terminate()
            process.wait()


def ask(told: bool, subject_id: str) -> float:
    """Ask for a piece of work; when the transaction was committed."""
    with write() as session:
        work.enqueue(session, "measured", subject_id)
        if told:
            session.execute(text("SELECT pg_notify('work', '')"))
    return time.time()


def used_by(process: subprocess.Popen[bytes], log: Path, cluster: postgresql.Cluster) -> tuple[float, float, float]:
    """Statements, and seconds of processor time of the worker and of PostgreSQL, so far."""
    before = log.read_text().count("used")
    process.send_signal(signal.SIGUSR1)
    while log.read_text().count("used") == before or not log.read_text().endswith("\n"):
        time.sleep(0.05)
    _, statements, seconds = [line for line in log.read_text().splitlines() if line.startswith("used")][-1].split()
    return float(statements), float(seconds), _of_server(cluster)


def _of_server(cluster: postgresql.Cluster) -> float:
    main = (cluster.folder / "data" / "postmaster.pid").read_text().split()[0]
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            number, _, rest = stat.read_text().partition(" (")
            values = rest.rpartition(")")[2].split()
            if main in (number, values[1]):
                total += int(values[11]) + int(values[12])
    return total / TICK


def measure(
    way: str, seconds: float, environment: dict[str, str], folder: Path, cluster: postgresql.Cluster, into: Measured
) -> None:
    """One round of one way."""
    log, rng, asked = folder / "log", random.Random(1), dict[str, float]()
    with worker(way, seconds, environment, log) as process:
        before = used_by(process, log, cluster)
        time.sleep(IDLE)
        rates = [(now - then) / IDLE for now, then in zip(used_by(process, log, cluster), before, strict=True)]
        into.statements.append(rates[0])
        into.worker.append(rates[1] * 1000)
        into.server.append(rates[2] * 1000)
        for number in range(PIECES):
            asked[str(number)] = ask(way == "told", str(number))
            time.sleep(rng.uniform(*GAP))
        time.sleep(2)
        begun = [line.split()[1:] for line in log.read_text().splitlines() if line.startswith("begun")][1:]
        assert len(begun) == PIECES
        into.waits += [(float(at) - asked[number]) * 1000 for number, at in begun]


def commits(app: Flask, told: bool) -> float:
    """Transactions a second that ask for work, from several threads at once, while nobody works."""

    def many(thread: int) -> None:
        with app.app_context():
            for number in range(COMMITS // THREADS):
                ask(told, f"{thread}-{number}")

    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(many, range(THREADS)))
    rate = COMMITS / (time.perf_counter() - began)
    with write() as session:
        session.execute(delete(Work))
    return rate


def main(rounds: int = ROUNDS) -> str:
    """Run it; the tables as Markdown."""
    found = {name: Measured() for name in WAYS}
    rates: dict[bool, list[float]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as made, postgresql.cluster() as cluster:
        environment = {
            "SPOTTER_DATA_DIR": made,
            "SPOTTER_DATABASE_URL": f"{cluster.url}/postgres",
            "SPOTTER_SECRET_KEY": "a secret for benchmarks only",
        }
        app = create_app(config.read(dict(environment)))
        with app.app_context():
            with contextlib.redirect_stderr(io.StringIO()):
                upgrade()
            with write() as session:
                session.execute(delete(Work))
            prepare()
            recurring.heartbeat()  # what recurs is done once before anything is measured
            work.run_due()
            for _ in range(rounds):
                for name, (way, seconds) in WAYS.items():
                    measure(way, seconds, environment, Path(made), cluster, found[name])
                for told in (False, True):
                    rates[told].append(commits(app, told))
            db.session.remove()
            db.engine.dispose()
    return table(found, rates, rounds)


def table(found: dict[str, Measured], rates: dict[bool, list[float]], rounds: int) -> str:
    """What was measured."""
    lines = [
        f"{rounds * PIECES} pieces of work for each way, {GAP[0]} to {GAP[1]} s apart, to an idle worker; idle: {rounds} times {IDLE} s.",
        f"PostgreSQL runs on the same {os.cpu_count()} cores.",
        "",
        "| the worker | ms until it begins: median | 95 % | longest | idle: statements/s | its processor, ms/s | PostgreSQL's, ms/s |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in found.items():
        waits = sorted(one.waits)
        late = waits[int(len(waits) * 0.95)]
        idle = " | ".join(f"{statistics.median(rate):.1f}" for rate in (one.statements, one.worker, one.server))
        lines.append(f"| {name} | {statistics.median(waits):.0f} | {late:.0f} | {waits[-1]:.0f} | {idle} |")
    without, told = (f"{statistics.median(rates[told]):.0f}" for told in (False, True))
    lines += ["", f"Transactions that ask for work, {THREADS} at once: {without} a second, with a notification {told}."]
    return "\n".join(lines)


if __name__ == "__main__":
    given = argparse.ArgumentParser(prog="python -m benchmarks.waiting", description=__doc__)
    given.add_argument("--rounds", type=int, default=ROUNDS)
    given.add_argument("--as", dest="way", default="", help=argparse.SUPPRESS)
    given.add_argument("--seconds", type=float, default=1.0, help=argparse.SUPPRESS)
    chosen = given.parse_args()
    if chosen.way:
        serve(chosen.way, chosen.seconds)
    else:
        print(main(chosen.rounds))
