"""No pair is lost: four workers link texts and sellers of ads that came at the same moment, each killed between two steps.

150 groups of four ads, with one text and one telephone number each, make 900 links of either kind. The mutation seeks before
it keeps, as one would write it first: then two workers do not see each other's text, and links are lost without a word.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from server.core.config import Settings
from server.core.database import db, read, write
from server.core.work import Work
from server.ledger.matches.models import Link
from tests.conftest import People
from tests.sending import send

ROOT = Path(__file__).parents[2]
WORKERS, ALIKE = 4, 4
pytestmark = pytest.mark.timeout(900)  # 600 reports

WORKER = """
import os, signal, time
from server import create_app
from server.core import work
from server.ledger.matches import seller_store, text_store

left = [int(os.environ["KILLED_AT"])]

def dying(near):
    def found(*given):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return near(*given)
    return found

text_store.near, seller_store.near = dying(text_store.near), dying(seller_store.near)
MUTATION
with create_app().app_context():
    while work.run_due():
        pass
"""

SEEKS_FIRST = """
from server.core.database import read
from server.journeys.report import knowing_again, knowing_texts
from server.ledger.matches import common_texts, text
from server.ledger.matches.store import Near
kept = knowing_texts.same_text

def same_text(report_id, case_id):
    with read() as session:
        wording = knowing_texts.reports.wordings(session, [report_id])[report_id]
        sketch = text.sketch(text.shingles(wording, common_texts.phrases()[1]))
        found = text_store.near(session, sketch, case_id)
    time.sleep(0.02)
    kept(report_id, case_id)
    return [Near(other.case_id, knowing_texts.LinkKind.TEXT, 0) for other in found]

knowing_again.STEPS = (same_text,)
"""


def words(group: int) -> str:
    """The text of a group, of words that no other has."""
    chance = random.Random(group)
    letters = "bcdfghjklmnprstvz"
    return " ".join("".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(3)) for _ in range(25))


def start(settings: Settings, mutation: str, killed_at: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
        "KILLED_AT": str(killed_at),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER.replace("MUTATION", mutation)], cwd=ROOT, env=environment)


def linked(
    app: Flask, people: People, make: Callable[..., dict[str, Any]], groups: int, mutation: str
) -> dict[str, int]:
    """How many links of each kind the workers make of so many groups, each worker killed once and started again."""
    ana, client = people.token("ana"), app.test_client()
    for number in range(groups * ALIKE):
        group = number // ALIKE
        report = make(url=f"https://mercado.test/itm/{100000000000 + number}") | {
            "listing": {"title": words(group), "description": f"Call +49 30 5{group:06}7"}
        }
        assert send(client, ana, report).status_code == 201
    with write() as session:
        session.execute(delete(Work).where(Work.kind != "know_again"))
    db.session.remove()
    settings = app.config["SPOTTER"]
    workers = [start(settings, mutation, 5 + 3 * n) for n in range(WORKERS)]
    assert [worker.wait(timeout=500) for worker in workers] == [-9] * WORKERS
    with write() as session:  # the lease of who was killed is over
        session.execute(update(Work).where(Work.done_at.is_(None)).values(leased_until=None))
    workers = [start(settings, mutation, 0) for _ in range(WORKERS)]
    assert [worker.wait(timeout=500) for worker in workers] == [0] * WORKERS
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Work).where(Work.done_at.is_(None))) == 0
        kinds = session.execute(select(Link.kind, func.count()).group_by(Link.kind))
        return {kind: number for kind, number in kinds}  # noqa: C416 - rows are no pairs to mypy


def test_four_workers_killed_between_two_steps_lose_no_link(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 150, "") == {"text": 900, "seller": 900}


def test_to_seek_before_one_keeps_loses_links(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 20, SEEKS_FIRST).get("text", 0) < 120
