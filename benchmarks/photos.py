"""Knowing a photo again among a million: our tables beside Meta's in-memory index, on the same fingerprints, in the same run.

    python -m benchmarks.photos [FINGERPRINTS ...] [--sqlite-only]

SPOTTER_PEER_PYTHON names an interpreter with `threatexchange` (its hasher wants a C++ compiler to install, so it is no
requirement of ours); without it the peer is left out with a line. PostgreSQL is started for the run, as it comes: with fsync.

The fingerprints are random bits, the same in both. Sought are 300 that are kept, with 1 to 31 bits changed, and 100 that
nobody keeps. Every contender answers each question in its turn, two rounds; the time is the processor's for the whole call in
its own process, ours with the probes, SQLAlchemy and the comparison, and with PostgreSQL that of its process, too. *At once* is the first look (radius 1), *swept* what the
background sweep adds (radius 2). *Added* is one fingerprint, for us committed to the disk with fsync and seen by every
process, for the peer in the memory of one: by the clock, which counts the wait for the disk and for other programs, and by
the processor. A photo has five or six fingerprints, and is sought by twice as many at once.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks import pdq, photo_edits
from server.ledger.matches import bands, photo, photo_store
from server.ledger.matches.models import PhotoFingerprint
from tests import postgresql

KEPT, UNKNOWN, ROUNDS, ADDED = 300, 100, 2, 40
CHUNK = 100_000
PEER = """
import json, sys, time
import numpy as np
from threatexchange.signal_type.pdq.pdq_index import PDQIndex
count = int(sys.argv[1])
random = np.random.RandomState(1)
kept = [row.hex() for start in range(0, count, 100_000)
        for row in (random.bytes(32) for _ in range(min(100_000, count - start)))]
index = PDQIndex()
index.add_all((each, place) for place, each in enumerate(kept))
print("ready", flush=True)
for line in sys.stdin:
    what, value = json.loads(line)
    begun, worked = time.perf_counter(), time.process_time()
    found = [match.metadata for match in index.query(value)] if what == "seek" else index.add(value, -1)
    worked = time.process_time() - worked
    print(json.dumps([worked, found if what == "seek" else time.perf_counter() - begun]), flush=True)
"""

Answer = tuple[float, bool]
Seeker = Callable[[bytes, str], Answer]


def kept_bits(count: int) -> Iterator[list[bytes]]:
    """The fingerprints that are kept, always the same."""
    random = np.random.RandomState(1)
    for start in range(0, count, CHUNK):
        yield [random.bytes(photo.BYTES) for _ in range(min(CHUNK, count - start))]


def questions(count: int) -> list[tuple[bytes, str]]:
    """What is sought, and the name of what should be found; "" where nothing should."""
    random = np.random.RandomState(2)
    wanted = dict.fromkeys(random.choice(count, KEPT, replace=False).tolist(), b"")
    for start, chunk in zip(range(0, count, CHUNK), kept_bits(count), strict=False):
        wanted |= {place: chunk[place - start] for place in wanted if start <= place < start + len(chunk)}
    asked = []
    for place, bits in wanted.items():
        number = int.from_bytes(bits, "big")
        for bit in random.choice(photo.BITS, random.randint(1, photo.WITHIN + 1), replace=False).tolist():
            number ^= 1 << bit
        asked.append((number.to_bytes(photo.BYTES, "big"), f"{place:032x}"))
    asked += [(random.bytes(photo.BYTES), "") for _ in range(UNKNOWN)]
    return [asked[place] for place in random.permutation(len(asked))]


@contextmanager
def sqlite(count: int) -> Iterator[Engine]:
    """Our table in SQLite, as the server opens it; kept for the next run where SPOTTER_BENCH_FOLDER says where."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(os.environ.get("SPOTTER_BENCH_FOLDER", scratch)) / f"photos-{count}.sqlite3"
        is_new = not path.exists()
        engine = create_engine(f"sqlite:///{path}")

        @event.listens_for(engine, "connect")
        def _connect(connection: Any, _record: Any) -> None:
            for pragma in (
                "journal_mode=WAL", "synchronous=FULL", "cache_size=-32000", "secure_delete=ON", "wal_autocheckpoint=4000",
            ):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")

        if is_new:
            fill(engine, count)
        yield engine
        engine.dispose()


@contextmanager
def postgres(count: int) -> Iterator[Engine]:
    """The same in PostgreSQL."""
    with postgresql.cluster("-c max_wal_size=8GB") as made:
        postgresql.create(made.url, "photos")
        engine = create_engine(f"{made.url}/photos")
        fill(engine, count)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE photo_fingerprints"))
        yield engine
        engine.dispose()


def fill(engine: Engine, count: int) -> None:
    """The table without the photos it refers to, filled, then indexed."""
    table = PhotoFingerprint.__table__
    names = ["photo_id", "variant", "bits", "mirrored", "sample", *(f"b{band}" for band in range(bands.COUNT))]
    with engine.begin() as connection:
        connection.execute(CreateTable(table, include_foreign_key_constraints=[]))  # type: ignore[arg-type]
        cursor = connection.connection.cursor()
        for start, chunk in zip(range(0, count, CHUNK), kept_bits(count), strict=False):
            values = [bands.samples_of(chunk).tolist(), *bands.bands_of(chunk)]
            rows = zip((f"{place:032x}" for place in range(start, start + len(chunk))), chunk, *values, strict=True)
            if engine.dialect.name == "sqlite":
                marks = ", ".join("?" * len(names))
                ready = ((name, "whole", bits, bits, *row) for name, bits, *row in rows)
                cursor.executemany(f"INSERT INTO photo_fingerprints ({', '.join(names)}) VALUES ({marks})", ready)
            else:
                with cursor.copy(f"COPY photo_fingerprints ({', '.join(names)}) FROM STDIN") as copy:
                    for name, bits, *row in rows:
                        copy.write_row((name, "whole", bits, bits, *row))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):  # type: ignore[attr-defined]
            connection.execute(CreateIndex(index))


def ours(engine: Engine, radius: int) -> Seeker:
    """The store's own search."""
    session = Session(engine)
    worked = worker(session.connection())

    def seek(bits: bytes, wanted: str) -> Answer:
        begun = worked()
        found = photo_store.within(session, [bits], radius)
        took = worked() - begun
        session.commit()  # as `read` ends
        return took, wanted in found

    return seek


def worker(on: Connection) -> Callable[[], float]:
    """Tells the processor's seconds of this process, and of the one that serves the connection, so far."""
    if on.dialect.name == "sqlite":
        return time.process_time
    theirs = Path(f"/proc/{on.exec_driver_sql('SELECT pg_backend_pid()').scalar_one()}/schedstat")
    return lambda: time.process_time() + int(theirs.read_text().split()[0]) / 1e9


Added = tuple[float, float]  # milliseconds by the clock, and of the processor


def added(engine: Engine) -> Added:
    """What one fingerprint takes, committed."""
    random, times = np.random.RandomState(3), []
    for number in range(ADDED):
        fingerprint = photo.Fingerprint(photo.Variant.WHOLE, random.bytes(photo.BYTES), bytes(photo.BYTES))
        with engine.connect() as connection:
            worked = worker(connection)
            connection.rollback()
            begun, before = time.perf_counter(), worked()
            connection.execute(
                PhotoFingerprint.__table__.insert(), photo_store.row_of(f"added{time.time_ns()}{number}", fingerprint)
            )
            connection.commit()
            times.append((time.perf_counter() - begun, worked() - before))
    return medians(times)


def medians(times: list[tuple[float, float]]) -> Added:
    """In milliseconds."""
    by_clock, of_processor = (statistics.median(each) * 1000 for each in zip(*times, strict=True))
    return by_clock, of_processor


class Peer:
    """threatexchange's PDQIndex in a process of its own, which measures its own time."""

    def __init__(self, count: int) -> None:
        command = [os.environ["SPOTTER_PEER_PYTHON"], "-c", PEER, str(count)]
        alone = os.environ | {"OMP_NUM_THREADS": "1"}  # as ours: threads that wait for each other would slow it
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=alone)
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def ask(self, what: str, bits: bytes) -> tuple[float, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps([what, bits.hex()]) + "\n")
        self.process.stdin.flush()
        took, found = json.loads(self.process.stdout.readline())
        return took, found

    def seek(self, bits: bytes, wanted: str) -> Answer:
        took, found = self.ask("seek", bits)
        return took, bool(wanted) and int(wanted, 16) in found

    def added(self) -> Added:
        """What one more takes."""
        random = np.random.RandomState(4)
        asked = [self.ask("add", random.bytes(photo.BYTES)) for _ in range(5)]
        return medians([(by_clock, of_processor) for of_processor, by_clock in asked])

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def measure(count: int, sqlite_only: bool) -> list[list[str]]:
    """The rows of the table for so many fingerprints."""
    asked = questions(count)
    with ExitStack() as stack:
        small = stack.enter_context(sqlite(count))
        seekers: dict[str, Seeker] = {
            "SQLite, at once": ours(small, photo_store.INLINE),
            "SQLite, swept": ours(small, photo_store.SWEEP),
        }
        adding: dict[str, Callable[[], Added]] = {"SQLite, at once": lambda: added(small)}
        if not sqlite_only:
            large = stack.enter_context(postgres(count))
            seekers |= {
                "PostgreSQL, at once": ours(large, photo_store.INLINE),
                "PostgreSQL, swept": ours(large, photo_store.SWEEP),
            }
            adding["PostgreSQL, at once"] = lambda: added(large)
        if "SPOTTER_PEER_PYTHON" in os.environ:
            peer = Peer(count)
            stack.callback(peer.end)
            seekers = {"threatexchange PDQIndex": peer.seek} | seekers
            adding["threatexchange PDQIndex"] = peer.added
        else:
            print("threatexchange is left out: SPOTTER_PEER_PYTHON names no interpreter that has it", file=sys.stderr)
        answers: dict[str, list[tuple[float, bool, bool]]] = {name: [] for name in seekers}
        for number in range(ROUNDS + 1):  # one round of a few to warm up
            for bits, wanted in asked if number else asked[:40]:
                for name, seek in seekers.items():
                    took, found = seek(bits, wanted)
                    if number:
                        answers[name].append((took, bool(wanted), found))
        adds = {name: add() for name, add in adding.items()}
    first = statistics.median(took for took, _, _ in next(iter(answers.values())))
    rows = []
    for name, each in answers.items():
        times = sorted(took for took, _, _ in each)
        median = statistics.median(times)
        recall = statistics.mean(found for _, wanted, found in each if wanted)
        add = [f"{each:.2f}" for each in adds[name]] if name in adds else ["", ""]
        rows.append(
            [f"{count:,}", name, f"{median * 1000:.2f}", f"{times[int(len(times) * 0.99)] * 1000:.2f}",
             f"{median / first:.2f}", f"{recall:.4f}", *add]
        )  # fmt: skip
    return rows


def main(counts: tuple[int, ...] = (1_000_000,), sqlite_only: bool = False) -> str:
    """The tables: how fast, and after which edits."""
    head = ["fingerprints", "index", "p50 ms", "p99 ms", "ratio of p50", "recall", "one added: ms", "of the processor"]
    rows = [head, ["--:", "---", *["--:"] * 6]]
    for count in counts:
        rows += measure(count, sqlite_only)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    speed = "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\nLoad of the machine at the end: {load}.\n"
    speed += f"\n## Beside the reference\n\n{pdq.main()}\n"
    return f"{speed}\n## After edits\n\n{photo_edits.main()}" if photo_edits.DATA.exists() else speed


if __name__ == "__main__":
    reader = argparse.ArgumentParser()
    reader.add_argument("counts", type=int, nargs="*", default=[1_000_000])
    reader.add_argument("--sqlite-only", action="store_true")
    given = reader.parse_args()
    print(main(tuple(given.counts), given.sqlite_only))
