"""Durable intake beside a bare Flask endpoint: requests a second, p50 and p95, in one run.

All are served by waitress and write to SQLite with WAL and synchronous=FULL, one committed transaction a request. One
peer reads a JSON body and inserts one row by Flask-SQLAlchemy, as anyone would begin; the other does it on the bare
driver: nobody can take in a report for less. Rounds alternate, so that the machine's moods fall on all.
`python -m benchmarks.intake`
"""

import hashlib
import io
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

ROUNDS, SECONDS, CLIENTS = 5, 3.0, 4
ROOT = Path(__file__).parents[1]

BARE = """
import json, sqlite3, sys, threading
from flask import Flask, request
from waitress import serve
path, port = sys.argv[1], int(sys.argv[2])
app, local, turn = Flask(__name__), threading.local(), threading.Lock()
def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            local.connection.execute("PRAGMA " + pragma)
    return local.connection
database().execute("CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, url TEXT, body TEXT)")
@app.post("/api/v1/reports")
def create():
    data = request.get_json()
    connection = database()
    with turn:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO reports (url, body) VALUES (?, ?)", (data["url"], json.dumps(data)))
        connection.execute("COMMIT")
    return {"status": "received"}, 201
@app.get("/healthz")
def healthz():
    return {}
serve(app, host="127.0.0.1", port=port, threads=4, _quiet=True)
"""

ORM = """
import json, sys
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from waitress import serve
path, port = sys.argv[1], int(sys.argv[2])
class Base(DeclarativeBase):
    pass
app, db = Flask(__name__), SQLAlchemy(model_class=Base)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///" + path
db.init_app(app)
class Report(db.Model):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    body: Mapped[str]
with app.app_context():
    @event.listens_for(db.engine, "connect")
    def connect(connection, _):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute("PRAGMA " + pragma)
    db.create_all()
@app.post("/api/v1/reports")
def create():
    data = request.get_json()
    db.session.add(Report(url=data["url"], body=json.dumps(data)))
    db.session.commit()
    return {"status": "received"}, 201
serve(app, host="127.0.0.1", port=port, threads=2, _quiet=True)
"""

SETUP = """
import sys
from server import create_app
from server.commands import worker
from server.core.database import write
from server.core.words import Level, Role, Scope
from server.journeys.spotter import accrediting, joining
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.people.accounts import pairing
app = create_app()
with app.app_context():
    worker.prepare()
    with write() as session:
        importing.import_directory(session, read_file(open("server/commands/directory.yaml", "rb").read()))
    ana = joining.add_account("ana@bench.test", "Ana", Role.SPOTTER, "a long password")
    joining.add_account("cora@bench.test", "Cora", Role.COORDINATOR, "a long password")
    accrediting.accredit_by_email("ana@bench.test", "cora@bench.test", "To measure.", Level.TRUSTED, waive_exam=True,
                                  second="Eve, eve@elsewhere.test")  # fmt: skip
    with write() as session:
        print(pairing.issue_token(session, ana, Scope.REPORTS, "benchmark"))
"""


def report(number: int, evidence: list[dict[str, str]] | None = None) -> bytes:
    """A report as the extension sends it, on a listing of its own."""
    stated = {
        "url": f"https://www.ebay.com/itm/{265370482805 + number}?hash=item3dc93a&utm_source=share",
        "captured_at": "2026-11-24T10:00:00Z",
        "access": "public",
        "listing": {
            "title": "African grey parrot, hand tame, 6 available",
            "description": "Beautiful congo chicks, 14 weeks. Closed ring. Papers can be arranged, no questions on here. " * 8,
            "price": {"amount": "1250.00", "currency": "EUR", "text": "€ 1,250 each"},
            "seller": {"name": "birdroom_lx", "url": "https://www.ebay.com/usr/birdroom_lx"},
            "images": [{"url": f"https://i.ebayimg.test/{n}.jpg", "alt": "A bird"} for n in range(6)],
        },
        "suspicion": {"category": "live", "legality_evidence": "claimed", "confidence": "likely", "reason": "Six chicks at once."},
        "evidence": evidence or [],
    }  # fmt: skip
    return json.dumps(stated).encode()


def with_screenshot(number: int) -> tuple[bytes, str]:
    """A multipart body with a picture of the screen of about 150 kB, and its content type."""
    picture = screenshot() + str(number).encode()
    stated = report(number, [{"name": "screenshot", "sha256": hashlib.sha256(picture).hexdigest()}])
    lines = b'--b\r\nContent-Disposition: form-data; name="report"\r\n\r\n' + stated
    lines += b'\r\n--b\r\nContent-Disposition: form-data; name="screenshot"; filename="s.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return lines + picture + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


_picture: list[bytes] = []


def screenshot() -> bytes:
    """A 1280 x 800 JPEG of coloured noise, the size of a real page's."""
    if not _picture:
        out = io.BytesIO()
        Image.effect_noise((640, 400), 60).resize((1280, 800)).convert("RGB").save(out, "JPEG", quality=70)
        _picture.append(out.getvalue())
    return _picture[0]


def request(body: bytes, kind: str, token: str) -> bytes:
    """The bytes of one request on a kept connection."""
    head = (
        f"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid.uuid4()}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def serving(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A server in a process of its own, ready to answer."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def wait_for_worker(port: int) -> None:
    """Until the worker has made its lexicon: that takes some seconds, once, and is not what is measured."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10).close()
            return
        except OSError:
            time.sleep(0.1)


def read_answer(connection: socket.socket) -> bytes:
    """One whole answer, head and body."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(
        next(line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    )
    while len(body) < length:
        body += connection.recv(65536)
    return answer


def measure(port: int, requests: Iterator[bytes], seconds: float) -> list[float]:
    """Milliseconds of each answered request, from `CLIENTS` kept connections; every answer must be 201."""
    took: list[float] = []
    until = time.perf_counter() + seconds
    taking, failed = threading.Lock(), list[str]()

    def client() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < until:
                with taking:
                    sent = next(requests)
                start = time.perf_counter()
                connection.sendall(sent)
                answer = read_answer(connection)
                took.append((time.perf_counter() - start) * 1000)
                if not answer.startswith(b"HTTP/1.1 201"):
                    failed.append(answer.decode(errors="replace"))
                    return

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    if failed:
        raise SystemExit(failed[0])
    return took


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> str:
    """Run it; the table as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        bare_port, orm_port, port = free_port(), free_port(), free_port()
        instance = {"SPOTTER_DATA_DIR": folder, "SPOTTER_PORT": str(port), "SPOTTER_REPORTS_PER_MINUTE": "0"}
        for arguments in (["-m", "flask", "--app", "server", "db", "upgrade"], ["-c", SETUP]):
            done = subprocess.run(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=os.environ | instance,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        token = done.stdout.split()[-1]
        numbers = iter(range(10**9))
        plain = (request(report(next(numbers)), "application/json", token) for _ in iter(int, 1))
        pictured = (request(*with_screenshot(next(numbers)), token) for _ in iter(int, 1))
        rows: dict[str, list[list[float]]] = {
            "bare Flask, bare driver, one row": [],
            "bare Flask-SQLAlchemy, one row": [],
            "report, JSON": [],
            "report, with screenshot": [],
        }
        bare = [sys.executable, "-c", BARE, f"{folder}/bare.sqlite3", str(bare_port)]
        orm = [sys.executable, "-c", ORM, f"{folder}/orm.sqlite3", str(orm_port)]
        with (
            serving(bare, bare_port),
            serving(orm, orm_port),
            serving([sys.executable, "-m", "server"], port, **instance),
        ):
            wait_for_worker(port)
            ready = [next(plain) for _ in range(20000)]
            for _ in range(ROUNDS):
                rows["bare Flask, bare driver, one row"].append(measure(bare_port, itertools.cycle(ready), SECONDS))
                rows["bare Flask-SQLAlchemy, one row"].append(measure(orm_port, itertools.cycle(ready), SECONDS))
                rows["report, JSON"].append(measure(port, plain, SECONDS))
            for _ in range(ROUNDS):  # last: the worker's copies of these pictures would weigh on the others
                rows["report, with screenshot"].append(measure(port, pictured, SECONDS))
    return table(rows)


def table(rows: dict[str, list[list[float]]]) -> str:
    """Requests a second (median of the rounds), p50 and p95, and the share of the peer."""
    lines = [
        f"Durable intake, SQLite (WAL, synchronous=FULL), {CLIENTS} clients, {ROUNDS} rounds of {SECONDS:.0f} s in turn.",
        "",
        "| endpoint | requests/s (median; lowest to highest) | p50 ms | p95 ms | share of bare Flask-SQLAlchemy | of the bare driver |",
        "|---|---|---|---|---|---|",
    ]
    peers = [
        statistics.median(map(len, rows[name]))
        for name in ("bare Flask-SQLAlchemy, one row", "bare Flask, bare driver, one row")
    ]
    for name, rounds in rows.items():
        rates = sorted(len(took) / SECONDS for took in rounds)
        every = sorted(milliseconds for took in rounds for milliseconds in took)
        shares = [f"{statistics.median(map(len, rounds)) / peer:.0%}" for peer in peers]
        p50, p95 = every[len(every) // 2], every[int(len(every) * 0.95)]
        lines.append(
            f"| {name} | {statistics.median(rates):.0f} ({rates[0]:.0f} to {rates[-1]:.0f}) | {p50:.1f} | {p95:.1f} | {shares[0]} | {shares[1]} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(main())
