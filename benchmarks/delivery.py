"""Notices a second by one, two and four workers on PostgreSQL, beside plain smtplib to the same mail server, in one run.

The notices are real: flagged, and decided by a coordinator, each to a company of its own. A round makes all of them due and
counts them as the mail server takes them, from the first to the last: how long a process takes to start is not measured.
The peer sends a notice's very bytes, as the mail server took them before, by smtplib, with a connection each or over a
connection that it keeps, and remembers nothing. The mail server answers in a process of its own. Rounds alternate, so that the machine's moods fall on all.
`python -m benchmarks.delivery`
"""

import argparse
import contextlib
import io
import os
import smtplib
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select, update

from benchmarks.intake import free_port
from server import create_app
from server.commands import worker
from server.core import clock, config, heartbeats
from server.core.database import db, read, write
from server.core.outbox import Work
from server.core.words import DeliveryState, Level, Role, Scope
from server.journeys.report import decision
from server.journeys.spotter import accrediting, joining
from server.ledger.cases.models import Case
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.delivery.models import Message, MessageAttempt
from server.people.accounts import pairing
from tests import postgresql

ROUNDS, NOTICES = 3, 120
ROOT = Path(__file__).parents[1]

SERVER = """
import ssl, sys, time
from pathlib import Path
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        print(time.time(), len(envelope.original_content), flush=True)
        last.write_bytes(envelope.original_content)
        return "250 kept"
port, last, certificate, key = sys.argv[1:]
last = Path(last)
context = None
if certificate:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
Controller(Sink(), hostname="127.0.0.1", port=int(port), ssl_context=context).start()
time.sleep(10**6)
"""


def directory(notices: int) -> bytes:
    """A company for each notice, so that no mailbox is asked more than once an hour."""
    lines = ["companies:"]
    for n in range(notices):
        lines += [
            f"  - slug: shop{n}",
            f"    name: Shop {n}",
            f"    policy_url: https://shop{n}.test/rules",
            "    platforms:",
            f"      - {{slug: shop{n}, name: Shop {n}, domains: [shop{n}.test], listing: '/itm/(?P<id>\\d+)'}}",
            "    spocs:",
            f"      - {{name: Trust and Safety, email: spoc@shop{n}.test, languages: [en], channel: mail, verified: 2026-11-01}}",
        ]
    return "\n".join(lines).encode()


def fill(app: Flask, notices: int) -> None:
    """Flag and decide every notice; nothing leaves yet."""
    with contextlib.redirect_stderr(io.StringIO()):
        upgrade()
    worker.prepare()
    with write() as session:
        importing.import_directory(session, read_file(directory(notices)))
    ana = joining.add_account("ana@bench.test", "Ana", Role.SPOTTER, "a long password")
    cora = joining.add_account("cora@bench.test", "Cora", Role.COORDINATOR, "a long password")
    accrediting.accredit_by_email(
        "ana@bench.test",
        "cora@bench.test",
        "To measure.",
        Level.TRUSTED,
        waive_exam=True,
        second="Eve, eve@elsewhere.test",
    )
    with write() as session:
        token = pairing.issue_token(session, ana, Scope.REPORTS, "benchmark")
    browser = app.test_client()
    for n in range(notices):
        stated = report(n)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
        answer = browser.post("/api/v1/reports", json=stated, headers=headers)
        assert answer.status_code == 201, answer.text
    with read() as session:
        cases = [(case.id, case.version) for case in session.scalars(select(Case))]
    for case_id, version in cases:
        decision.decide(case_id, cora, decision="notify", note="Six chicks, none with papers.", version=version,
                        undo_until=datetime(2000, 1, 1, tzinfo=UTC))  # fmt: skip
    with write() as session:
        session.execute(delete(Work).where(Work.kind != "deliver_notice"))
    wait_again()


def report(number: int) -> dict[str, object]:
    """A report as the extension sends it."""
    return {
        "url": f"https://www.shop{number}.test/itm/{265370482805 + number}",
        "captured_at": "2026-11-24T10:00:00Z",
        "access": "public",
        "listing": {
            "title": "African grey parrot, hand tame, 6 available",
            "description": "Beautiful congo chicks, 14 weeks. Closed ring. Papers can be arranged, no questions on here. " * 8,
            "price": {"amount": "1250.00", "currency": "EUR", "text": "€ 1,250 each"},
            "seller": {"name": f"birdroom_{number}", "url": f"https://www.shop{number}.test/usr/birdroom_{number}"},
        },
        "suspicion": {"category": "live", "legality_evidence": "claimed", "confidence": "likely", "reason": "Six chicks at once."},
    }  # fmt: skip


def wait_again() -> None:
    """All notices wait once more, and none of them is due."""
    with write() as session:
        session.execute(delete(MessageAttempt))
        session.execute(update(Message).values(state=DeliveryState.QUEUED, delivered_at=None))
        later = clock.now() + timedelta(days=999)
        session.execute(update(Work).values(done_at=None, due_at=later, attempts=0, breaks=0, leased_by=None))


def fall_due() -> None:
    """All notices are to be sent now."""
    with write() as session:
        session.execute(update(Work).values(due_at=clock.now()))


def waiting() -> int:
    """How many notices have not been sent."""
    with read() as session:
        return session.scalar(select(func.count()).select_from(Work).where(Work.done_at.is_(None))) or 0


def working() -> int:
    """How many workers run."""
    with read() as session:
        return len(heartbeats.workers(session))


@dataclass
class Sink:
    """A mail server in a process of its own."""

    port: int
    log: Path
    last: Path  # holds the bytes of the mail that it took last
    seen: int = 0

    def taken(self) -> list[tuple[float, int]]:
        """When it took what since last asked, and how many bytes."""
        rows = [line.split() for line in self.log.read_text().splitlines()][self.seen :]
        self.seen += len(rows)
        return [(float(at), int(size)) for at, size in rows]


@contextmanager
def mail_server(folder: Path, secure: bool) -> Iterator[Sink]:
    """It runs, over TLS or not."""
    sink = Sink(free_port(), folder / f"mail-{secure}", folder / f"last-{secure}")
    files = [str(folder / "cert.pem"), str(folder / "key.pem")] if secure else ["", ""]
    with sink.log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-c", SERVER, str(sink.port), str(sink.last), *files], stdout=out)
        try:
            time.sleep(3)
            yield sink
        finally:
            process.kill()
            process.wait()


def rate(taken: list[tuple[float, int]], notices: int) -> float:
    """Mails a second, from the first to the last."""
    assert len(taken) >= notices, f"{len(taken)} of {notices} arrived"
    return (len(taken) - 1) / (taken[-1][0] - taken[0][0])


def by_workers(count: int, environment: dict[str, str]) -> None:
    """So many workers send everything that waits."""
    wait_again()
    command = [sys.executable, "-m", "flask", "--app", "server", "worker"]
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
        for _ in range(count)
    ]
    while working() < count:  # until each has made its lexicon, and looks
        time.sleep(0.2)
    time.sleep(2)
    fall_due()
    while waiting():
        time.sleep(0.2)
    for process in workers:
        process.terminate()
    for process in workers:
        process.wait()


def by_smtplib(sink: Sink, secure: bool, kept: bool, notices: int) -> None:
    """As anybody would send so many mails. Without Nagle's wait, as the worker: over TLS it would be the peer's whole time."""
    mail, open_now = sink.last.read_bytes(), None
    for n in range(notices):
        if open_now is None:
            open_now = (
                smtplib.SMTP_SSL("localhost", sink.port, context=ssl.create_default_context())
                if secure
                else smtplib.SMTP("localhost", sink.port)
            )
            assert open_now.sock
            open_now.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        open_now.sendmail("notices@bench.test", [f"spoc@shop{n}.test"], mail)
        if not kept:
            open_now.quit()
            open_now = None
    if open_now:
        open_now.quit()


def certificate(folder: Path) -> None:
    """A certificate for localhost, which everybody here trusts."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run(command, check=True, capture_output=True)
    os.environ["SSL_CERT_FILE"] = f"{folder}/cert.pem"


def main(notices: int = NOTICES, rounds: int = ROUNDS) -> str:
    """Run it; the table as Markdown."""
    rows: dict[str, list[float]] = {}
    sizes = set[int]()
    with tempfile.TemporaryDirectory() as made, postgresql.cluster() as cluster, contextlib.ExitStack() as servers:
        folder = Path(made)
        certificate(folder)
        instance = {
            "SPOTTER_DATA_DIR": made,
            "SPOTTER_DATABASE_URL": f"{cluster.url}/postgres",
            "SPOTTER_SECRET_KEY": "a secret for benchmarks only",
            "SPOTTER_REPORTS_PER_MINUTE": "0",
        }
        running = {secure: servers.enter_context(mail_server(folder, secure)) for secure in (False, True)}
        app = create_app(config.read(dict(instance)))
        with app.app_context():
            fill(app, notices)
            for _ in range(rounds):
                for name, secure, send in ways(instance, running, notices):
                    send()
                    taken = running[secure].taken()
                    rows.setdefault(name, []).append(rate(taken, notices))
                    sizes |= {size for _, size in taken}
            db.session.remove()
            db.engine.dispose()
    return table(rows, notices, rounds, sizes)


def ways(
    instance: dict[str, str], running: dict[bool, Sink], notices: int
) -> Iterator[tuple[str, bool, Callable[[], None]]]:
    """What is measured: its name, whether over TLS, and what sends all mails once. The peers send what the workers sent."""
    for secure, over in ((False, ""), (True, ", TLS")):
        sink = running[secure]
        mail_url = f"smtp{'s' * secure}://localhost:{sink.port}"
        for count in (1, 2, 4) if not secure else (1,):
            name = f"{count} worker{'s' * (count > 1)}{over}"
            yield name, secure, partial(by_workers, count, instance | {"SPOTTER_MAIL_URL": mail_url})
        for kept in (True, False):
            name = f"smtplib, {'one connection' if kept else 'a connection each'}{over}"
            yield name, secure, partial(by_smtplib, sink, secure, kept, notices)


def table(rows: dict[str, list[float]], notices: int, rounds: int, sizes: set[int]) -> str:
    """Mails a second (median of the rounds), and the share of the peers."""
    of_bytes = f"of {min(sizes):,} to {max(sizes):,} bytes"
    lines = [
        f"{notices} notices {of_bytes}, {rounds} rounds in turn, PostgreSQL and the mail server on the same {os.cpu_count()} cores.",
        "",
        "| who sends | mails/s (median; lowest to highest) | of one worker | of smtplib, a connection each | over one connection |",
        "|---|---|---|---|---|",
    ]
    for name, rates in rows.items():
        over = ", TLS" if name.endswith("TLS") else ""
        peers = ("1 worker", "smtplib, a connection each", "smtplib, one connection")
        median = statistics.median(rates)
        shares = " | ".join(f"{median / statistics.median(rows[peer + over]):.0%}" for peer in peers)
        lines.append(f"| {name} | {median:.0f} ({min(rates):.0f} to {max(rates):.0f}) | {shares} |")
    return "\n".join(lines)


if __name__ == "__main__":
    given = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    given.add_argument("--notices", type=int, default=NOTICES)
    given.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = given.parse_args()
    print(main(chosen.notices, chosen.rounds))
