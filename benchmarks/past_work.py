"""Past work: a sheet of 100,000 rows checked, imported and undone by the worker, beside plainly reading the same file.

    python -m benchmarks.past_work [ROWS]

*Times plain* is the time of a step divided by that of `csv.reader` going through the file. *Turns* are how often the worker
came back to it (ten seconds each, so that other work has its turn); *memory* is the process's peak while the step went on,
above what it was before. One row in fifty is wrong in some way.
"""

import contextlib
import csv
import io
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from server import create_app
from server.commands import worker
from server.core import config, work
from server.core.database import db, read, write
from server.core.words import Role
from server.journeys.oversight import past_rows, past_work
from server.ledger.past import store
from server.people.accounts import store as accounts

ROWS = 100_000
WRONG = ("not an address", "https://mercado.test/itm/1,31/31/2021", ",")


def sheet(rows: int) -> bytes:
    """A sheet of so many rows: ten platforms that nobody knows, a species each, some rows twice."""
    lines = ["date,url,outcome,species,title"]
    for n in range(rows):
        if n % 50 == 49:
            lines.append(f"2021-03-04,{WRONG[n % len(WRONG)]},removed,,")
            continue
        same = n if n % 10 else n // 2
        lines.append(
            f"2021-{1 + n % 12:02}-{1 + n % 28:02},https://market-{same % 10}.test/ad/{same},removed,Psittacus erithacus,Parrot {n}"
        )
    return "\n".join(lines).encode()


def resident() -> float:
    """MB of memory that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def measured(step: Callable[[], int]) -> tuple[float, int, float]:
    """Seconds, turns, and MB above what there was."""
    before, peak, over = resident(), [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    turns = step()
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    return seconds, turns, max(peak[0] - before, 0)


def through(import_id: str) -> int:
    """Have the worker go on until it is through; how many turns that took."""
    turns = 0
    while True:
        turns += 1
        try:
            past_rows.carry_on(import_id)
        except work.Retry:
            continue
        return turns


@contextmanager
def instance() -> Iterator[str]:
    """An instance on an empty database; a coordinator's id."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            config.read({"SPOTTER_DATA_DIR": folder, "SPOTTER_SECRET_KEY": "a secret for benchmarks only"})
        )
        with app.app_context():
            with contextlib.redirect_stderr(io.StringIO()):
                upgrade()
            worker.prepare()
            with write() as session:
                account = accounts.add(session, "cora@people.test", "Cora", Role.COORDINATOR, None)
                by_id = account.id
            yield by_id
            db.session.remove()
            db.engine.dispose()


def plainly(data: bytes) -> int:
    """Every row, read and let go."""
    return sum(1 for _ in csv.reader(io.StringIO(data.decode()))) and 1


def main(rows: int = ROWS) -> str:
    """A line for each step."""
    data, lines = sheet(rows), ["| Step | Times plain | Turns | Memory, MB |", "|---|---|---|---|"]
    with instance() as by_id:
        plain, _, _ = measured(lambda: plainly(data))
        import_id = ""

        def upload() -> int:
            nonlocal import_id
            import_id = past_work.upload("Years", data, by_id)
            return 1

        def step(begin: Callable[[str, str], None]) -> Callable[[], int]:
            def go() -> int:
                begin(import_id, by_id)
                return through(import_id)

            return go

        for name, act in (
            ("upload, in the request", upload), ("check", lambda: through(import_id)), ("import", step(past_work.start)),
            ("undo", step(past_work.undo)),
        ):  # fmt: skip
            seconds, turns, memory = measured(act)
            print(name, round(seconds, 2), "s", turns, "turns", flush=True)
            lines.append(f"| {name} | {seconds / plain:,.0f} | {turns} | {memory:.0f} |")
            with read() as session:
                print(store.get(session, import_id).counts, flush=True)
    return "\n".join((f"{rows:,} rows, {len(data) / 2**20:.1f} MB", "", *lines))


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
