"""What becomes of pages and jobs after years of use: statements and milliseconds with 2,000 reports and with 200,000.

Every page and every API read for the role that uses it, the steps that write, and the worker's recurring pieces, on the
database that `benchmarks.years` fills. The median of three, after one to warm up; no network, no browser: the time in the
process. `python -m benchmarks.scale [REPORTS ...]`; SPOTTER_SCALE_DATABASE is an empty PostgreSQL database's address,
`--slow MS` prints what the database says of each statement that took so long, `--only TEXT` measures what has it in its name.
SPOTTER_BENCH_FOLDER is a folder where a filled database is kept for the next run: filling a million reports takes long.
"""

import argparse
import contextlib
import gc
import html
import io
import itertools
import json
import os
import re
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, select, text

from benchmarks import years
from server import create_app
from server.__main__ import GARBAGE
from server.commands import worker
from server.core import clock, config, recurring, work
from server.core.database import db, read, write
from server.core.words import Scope, Via
from server.journeys.report import answering, decision
from server.journeys.spotter import counting_rounds, growth
from server.ledger.cases.models import Case
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.people.accounts import pairing, passwords
from server.people.courses import catalogue

SIZES, PASSWORD, RUNS = (2_000, 200_000), "a password of ten", 3


@dataclass
class Asked:
    """What one page or job asked of the database."""

    statements: list[tuple[str, Any, float]] = field(default_factory=list)


@contextmanager
def asked() -> Iterator[Asked]:
    """Note each statement, with its values and its milliseconds until it gives its first row."""
    seen, began = Asked(), [0.0]

    def before(*_rest: Any) -> None:
        began[0] = time.perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        took = (time.perf_counter() - began[0]) * 1000
        seen.statements.append((statement, values[0] if isinstance(values, list) else values, took))

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)


@contextmanager
def database(reports: int, address: str | None) -> Iterator[tuple[Flask, dict[str, str]]]:
    """An application on a database filled for so many reports, and the names of what to look at."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = (
            Path(os.environ.get("SPOTTER_BENCH_FOLDER", scratch)) / f"{'postgresql' if address else 'sqlite'}-{reports}"
        )
        names = folder / "names.json"
        app = create_app(
            config.read(
                {
                    "SPOTTER_DATA_DIR": str(folder),
                    "SPOTTER_DATABASE_URL": address or f"sqlite:///{folder}/spotter.sqlite3",
                    "SPOTTER_REPORTS_PER_MINUTE": "0",
                    "SPOTTER_UNDO_SECONDS": "0",
                    "SPOTTER_SECRET_KEY": "a secret for benchmarks only",
                }
            )
        )
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            if not names.exists():
                names.write_text(json.dumps(fill(reports)))
            counting_rounds.count_rounds()  # as the worker has it, beforehand
            yield app, json.loads(names.read_text())
            db.session.remove()
            db.engine.dispose()


def fill(reports: int) -> dict[str, str]:
    """Fill an empty database for so many reports; the names of what to look at."""
    with contextlib.redirect_stderr(io.StringIO()):
        upgrade()
    worker.prepare()
    with write() as session:
        importing.import_directory(session, read_file(years.directory()))
    seen = years.Years(reports, clock.now()).fill()
    with write() as session:
        session.execute(
            text("UPDATE accounts SET password_hash = :hash WHERE id IN (:a, :b, :c)"),
            {"hash": passwords.hash_password(PASSWORD), "a": seen["coordinator"], "b": seen["spotter"], "c": seen["company"]},
        )  # fmt: skip
    if db.engine.dialect.name == "postgresql":  # which does it by itself, a minute later
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return seen


def things(app: Flask, seen: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is measured: a name, and what does it once. Reads first, then what writes."""
    yield from _pages(app, seen)
    yield from _api(app, seen)
    yield from _steps(app, seen)
    for name, (_, function) in recurring.jobs.items():
        yield f"worker: {name}", function
    yield "worker: a look for what is due", work.claim


def _pages(app: Flask, seen: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every page by GET, for whom it is made."""
    module = next(each.slug for each in catalogue.modules().values() if each.required)
    desk = ["/cases", *(f"/cases?tab={tab}" for tab in ("unrouted", "asked", "held", "notified", "answered", "closed"))]
    desk += ["/cases?tab=undelivered", "/cases?q=no.+77", "/cases?q=R-00000-00000", "/cases?tab=closed, page 40"]
    desk += [f"/cases/{seen[state]}" for state in ("open", "answered", "busy")]
    desk += [
        "/complaints",
        "/companies",
        "/people",
        "/people?q=spotter+7",
        "/people, page 20",
        f"/people/{seen['spotter']}",
    ]
    desk += [f"/people/{seen['spotter']}/record.json", "/people/desk", "/people/applications", "/people/invitations"]
    desk += ["/lane/known", f"/training/{module}/items", "/training/alike", "/rounds", f"/rounds/{seen['round']}"]
    desk += [f"/rounds/{seen['round']}/{name}" for name in ("edit", "report", "report.csv", "report.pdf")]
    desk += ["/figures/unrouted", "/terms", "/profile"]
    spotter = [
        "/reports",
        "/reports?tab=removed",
        "/reports?q=carving",
        "/reports, page 20",
        f"/reports/{seen['report']}",
    ]
    spotter += [
        "/reports/new",
        "/training",
        f"/training/{module}",
        f"/training/{module}/exam",
        f"/training/{module}/practice",
    ]
    spotter += [
        "/training/review",
        "/training/agreement",
        "/training/certificate",
        "/lane",
        "/skill",
        "/work",
        "/rounds",
    ]
    spotter += [f"/rounds/{seen['round']}", "/profile", "/profile/record.json", "/profile/erase", "/device"]
    company = ["/notices", "/notices?tab=answered", "/notices?tab=answered, page 40", "/notices?q=carving"]
    company += [f"/notices/{seen['notice']}", "/profile"]
    anyone = ["/", "/privacy", "/complaint", "/apply", "/join", "/sign-in", "/extension", "/readyz", "/metrics"]
    for role, paths in (("coordinator", desk), ("spotter", spotter), ("company", company), ("", anyone)):
        browser = app.test_client()
        if role:
            answer = browser.post("/sign-in", data={"email": f"{role}0@scale.test", "password": PASSWORD})
            assert answer.status_code == 302, role
        for path in paths:
            path, _, number = path.partition(", page ")
            place = _deep(browser, path, int(number)) if number else path
            for name, identifier in seen.items():
                path = path.replace(identifier, f"‹{name}›")
            yield (
                f"{role or 'anyone'} {path}{', deep' if number else ''}",
                lambda browser=browser, place=place: _get(browser, place),
            )


def _get(browser: FlaskClient, path: str, headers: dict[str, str] | None = None) -> Any:
    with browser.application.app_context():
        answer = browser.get(path, headers=headers, buffered=True)  # read to its end: some are made while they are sent
        assert answer.status_code < 400 or path == "/readyz", f"{path}: {answer.status_code}"
        return answer


def _deep(browser: FlaskClient, path: str, number: int) -> str:
    """The address of a page far down, found as people do: by going on."""
    for _ in range(number):
        after = re.search(r'href="([^"]*cursor=[^"]*)"', _get(browser, path).text)
        if not after:
            break
        path = html.unescape(after[1])
    return path


def _api(app: Flask, seen: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What the extension and other programs read."""
    scopes = (("spotter", Scope.REPORTS), ("coordinator", Scope.CASES), ("company", Scope.COMPANY))
    paths = {
        "spotter": ("reports", "reports?q=carving", f"reports/{seen['report']}", "checks", "vocabulary",
                    "listings/known?url=https://market00.test/ad/100000007"),
        "coordinator": ("cases", "cases?state=closed", "cases?q=no.+77", f"cases/{seen['busy']}"),
        "company": ("notices", "notices?q=carving", f"notices/{seen['notice']}"),
    }  # fmt: skip
    for role, scope in scopes:
        with write() as session:
            headers = {"Authorization": f"Bearer {pairing.issue_token(session, seen[role], scope, 'scale')}"}
        for path in paths[role]:
            shown = path
            for name, identifier in seen.items():
                shown = shown.replace(identifier, f"‹{name}›")
            yield (
                f"api/v1/{shown}",
                lambda path=path, headers=headers: _get(app.test_client(), f"/api/v1/{path}", headers),
            )


def _steps(app: Flask, seen: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The steps that write: a report on a new and on a known listing, a decision, an answer."""
    with write() as session:
        headers = {"Authorization": f"Bearer {pairing.issue_token(session, seen['spotter'], Scope.REPORTS, 'scale')}"}
    numbers = itertools.count(10**9)

    def send(url: str) -> None:
        suspicion = {"category": "product", "reason": "No papers are named."}
        listing = {"title": "Carved ivory", "description": years.TEXT}
        stated = {"url": url, "captured_at": clock.now().isoformat(), "listing": listing, "suspicion": suspicion}
        with app.app_context():
            answer = app.test_client().post(
                "/api/v1/reports", json=stated, headers=headers | {"Idempotency-Key": str(uuid.uuid4())}
            )
        assert answer.status_code == 201, answer.text

    yield "a report on a new listing", lambda: send(f"https://market00.test/ad/{next(numbers)}")
    yield "a report on a known listing", lambda: send("https://market00.test/ad/1000000000")
    yield "a report on the busiest listing", lambda: send(seen["busy url"])
    with read() as session:
        waiting = iter(
            session.execute(
                select(Case.id, Case.version).where(Case.state == "open", Case.company_id.is_not(None)).limit(50)
            ).all()
        )
    sent: list[str] = []

    def decide(word: str) -> None:
        case_id, version = next(waiting)
        notice_id = decision.decide(
            case_id,
            seen["coordinator"],
            decision=word,
            note="No papers.",
            version=version,
            dismiss_reason="too_little" if word == "dismiss" else None,
        )
        sent.extend([notice_id] if notice_id else [])

    yield "a decision: notify", lambda: decide("notify")
    yield "a decision: dismiss", lambda: decide("dismiss")
    yield "an answer: removed", lambda: answering.answer_notice(sent.pop(), {"answer": "removed"}, Via.LINK)
    yield "a review of the busiest spotter's skill", lambda: growth.review_skill(seen["spotter"])


def measure(app: Flask, seen: dict[str, str], slow: float = 0, only: str = "") -> dict[str, tuple[int, float]]:
    """Of each thing the statements and the median of its milliseconds. A worker's piece does its work in the first run."""
    measured = {}
    gc.collect()
    gc.freeze()  # as the server does before it serves
    gc.set_threshold(*GARBAGE)
    for name, do in things(app, seen):
        if only not in name:
            continue
        took = []
        for _ in range(RUNS + 1):
            db.session.remove()
            with asked() as all_asked:
                began = time.perf_counter()
                do()
                took.append((time.perf_counter() - began) * 1000)
        # A worker's piece is told as it is first met: what it has done once it need not do again.
        milliseconds = took[0] if name.startswith("worker") else statistics.median(took[1:])
        measured[name] = len(all_asked.statements), milliseconds
        if slow:
            print(f"{milliseconds:9.1f} ms {len(all_asked.statements):4} {name}", flush=True)
            for statement, values, each in all_asked.statements:
                if each >= slow:
                    _explain(statement, values, each)
    return measured


def _explain(statement: str, values: Any, took: float) -> None:
    """Print a slow statement and how the database goes about it."""
    text = " ".join(statement.split())
    print(f"    {took:.0f} ms: {text[: text.find(' FROM ')][:80]} … {text[text.find(' FROM ') :][:600]}")
    if statement.lstrip()[:6].upper() in ("SELECT", "UPDATE", "DELETE"):
        plan = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
        with db.engine.connect() as connection:
            for row in connection.exec_driver_sql(plan + statement, values):
                print(f"        {row[-1]}")


def table(measured: dict[int, dict[str, tuple[int, float]]]) -> str:
    """As Markdown: a row for each thing, statements and milliseconds for each size."""
    sizes = list(measured)
    names = dict.fromkeys(name for figures in measured.values() for name in figures)
    head = "| page or job | " + " | ".join(f"statements, {size:,} | ms, {size:,}" for size in sizes) + " |"
    rows = [head, "|---|" + "---:|---:|" * len(sizes)]
    for name in names:
        cells = (measured[size].get(name) for size in sizes)
        shown = (f"{cell[0]} | {cell[1]:.1f}" if cell else " | " for cell in cells)
        rows.append(f"| {name} | {' | '.join(shown)} |")
    return "\n".join(rows)


def main(sizes: Sequence[int] = SIZES, address: str | None = None, slow: float = 0, only: str = "") -> str:
    """Fill and measure at each size; the table."""
    measured = {}
    for size in sizes:
        with database(size, address) as (app, seen):
            measured[size] = measure(app, seen, slow, only)
    return table(measured)


if __name__ == "__main__":
    given = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    given.add_argument("reports", nargs="*", type=int, default=SIZES)
    given.add_argument("--slow", type=float, default=0, metavar="MS")
    given.add_argument("--only", default="", metavar="TEXT")
    chosen = given.parse_args()
    print(main(chosen.reports, os.environ.get("SPOTTER_SCALE_DATABASE"), chosen.slow, chosen.only))
