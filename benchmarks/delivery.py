"""Notices a second by one, two and four workers on PostgreSQL, beside plain smtplib to the same mail server, in one run.

The notices are real: flagged, and decided by a coordinator, each to a company of its own. A round makes all of them due and
counts them as the mail server takes them, from the first to the last: how long a process takes to start is not measured.
The peer sends mails of the same bytes by smtplib, with a connection each or over a connection that it keeps, and remembers
nothing. The mail server answers in a process of its own. Rounds alternate, so that the machine's moods fall on all.
`python -m benchmarks.delivery`
"""

import contextlib
import io
import os
import smtplib
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select, update

from benchmarks.intake import free_port
from server import create_app
from server.commands import worker
from server.core import clock, config
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

ROUNDS, NOTICES = 3, 240
ROOT = Path(__file__).parents[1]

MAIL = b"Subject: Notice\r\n\r\n" + (b"x" * 76 + b"\r\n") * 400  # about as large as a notice

SERVER = """
import ssl, sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        print(time.time(), len(envelope.original_content), flush=True)
        return "250 kept"
port, certificate, key = sys.argv[1:]
context = None
if certificate:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
Controller(Sink(), hostname="127.0.0.1", port=int(port), ssl_context=context).start()
time.sleep(10**6)
"""


def directory() -> bytes:
    """A company for each notice, so that no mailbox is asked more than once an hour."""
    lines = ["companies:"]
    for n in range(NOTICES):
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


def fill(app: Flask) -> None:
    """Flag and decide every notice; nothing leaves yet."""
    with contextlib.redirect_stderr(io.StringIO()):
        upgrade()
    worker.prepare()
    with write() as session:
        importing.import_directory(session, read_file(directory()))
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
    for n in range(NOTICES):
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


@contextmanager
def mail_server(folder: Path, secure: bool) -> Iterator[tuple[int, Callable[[], list[tuple[float, int]]]]]:
    """A mail server in a process of its own: its port, and when it took what and how many bytes, since last asked."""
    port, log = free_port(), folder / f"mail-{secure}"
    files = [str(folder / "cert.pem"), str(folder / "key.pem")] if secure else ["", ""]
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-c", SERVER, str(port), *files], stdout=out)
        seen = 0

        def taken() -> list[tuple[float, int]]:
            nonlocal seen
            rows = [line.split() for line in log.read_text().splitlines()][seen:]
            seen += len(rows)
            return [(float(at), int(size)) for at, size in rows]

        try:
            time.sleep(3)
            yield port, taken
        finally:
            process.kill()
            process.wait()


def rate(taken: list[tuple[float, int]]) -> float:
    """Mails a second, from the first to the last."""
    assert len(taken) >= NOTICES, f"{len(taken)} of {NOTICES} arrived"
    return (len(taken) - 1) / (taken[-1][0] - taken[0][0])


def by_workers(count: int, environment: dict[str, str]) -> None:
    """So many workers send everything that waits."""
    wait_again()
    command = [sys.executable, "-m", "flask", "--app", "server", "worker"]
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
        for _ in range(count)
    ]
    time.sleep(4 + 4 * count)  # until each has made its lexicon, and looks
    fall_due()
    while waiting():
        time.sleep(0.2)
    for process in workers:
        process.terminate()
    for process in workers:
        process.wait()


def by_smtplib(port: int, secure: bool, kept: bool, mail: bytes) -> None:
    """As anybody would send so many mails."""
    open_now: smtplib.SMTP | None = None
    for n in range(NOTICES):
        if open_now is None:
            open_now = (
                smtplib.SMTP_SSL("localhost", port, context=ssl.create_default_context())
                if secure
                else smtplib.SMTP("localhost", port)
            )
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


def main() -> str:
    """Run it; the table as Markdown."""
    rows: dict[str, list[float]] = {}
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
            fill(app)
            for _ in range(ROUNDS):
                for name, secure, send in ways(instance, running):
                    send()
                    rows.setdefault(name, []).append(rate(running[secure][1]()))
            db.session.remove()
            db.engine.dispose()
    return table(rows)


def ways(
    instance: dict[str, str], running: dict[bool, tuple[int, Callable[[], list[tuple[float, int]]]]]
) -> Iterator[tuple[str, bool, Callable[[], None]]]:
    """What is measured: its name, whether over TLS, and what sends all mails once. The peers send mails as large as ours."""
    for secure, over in ((False, ""), (True, ", TLS")):
        port = running[secure][0]
        mail_url = f"smtp{'s' * secure}://localhost:{port}"
        for count in (1, 2, 4) if not secure else (1,):
            name = f"{count} worker{'s' * (count > 1)}{over}"
            yield name, secure, partial(by_workers, count, instance | {"SPOTTER_MAIL_URL": mail_url})
        for kept in (True, False):
            name = f"smtplib, {'one connection' if kept else 'a connection each'}{over}"
            yield name, secure, partial(by_smtplib, port, secure, kept, MAIL)


def table(rows: dict[str, list[float]]) -> str:
    """Mails a second (median of the rounds), and the share of the peers."""
    lines = [
        f"{NOTICES} notices, {ROUNDS} rounds in turn, PostgreSQL and the mail server on the same two cores.",
        "",
        "| who sends | mails/s (median; lowest to highest) | share of smtplib, a connection each | over one connection |",
        "|---|---|---|---|",
    ]
    for name, rates in rows.items():
        over = ", TLS" if name.endswith("TLS") else ""
        peers = (statistics.median(rows[f"smtplib, {kind}{over}"]) for kind in ("a connection each", "one connection"))
        median = statistics.median(rates)
        shares = " | ".join(f"{median / peer:.0%}" for peer in peers)
        lines.append(f"| {name} | {median:.0f} ({min(rates):.0f} to {max(rates):.0f}) | {shares} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(main())
