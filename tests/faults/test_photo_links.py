"""No pair is lost: four workers link photos that came at the same moment, and each of them is killed between two steps.

150 groups of four photos, all alike within a group, make 900 links. The pictures are made up: what is read out of one is
its number, and of that a fingerprint; the outbox, the transactions and the search are the real ones. The mutation seeks
before it keeps, as one would write it first: then two workers do not see each other's photo, and links are lost.
"""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
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
import hashlib, io, os, signal, sys, time
from PIL import Image
from server import create_app
from server.core import work
from server.journeys.report import knowing_photos
from server.ledger.matches import photo, photo_store
from server.ledger.reports import pictures

def cuts(data, boxes):
    red, green, blue = Image.open(io.BytesIO(data)).getpixel((0, 0))
    return [pictures.Cut(data, data, bytes([red, green, blue]))]

def fingerprints(normal):
    number = int.from_bytes(normal, "big")
    group, member = divmod(number, 4)
    bits = int.from_bytes(hashlib.sha256(b"%d" % group).digest(), "big")
    for place in range(10):  # two of a group differ in 20 bits, which the first look finds
        bits ^= 1 << (member * 10 + place) * 5 % 256
    whole = bits.to_bytes(32, "big")
    return [photo.Fingerprint(photo.Variant.WHOLE, whole, hashlib.sha256(whole).digest())]

knowing_photos.pictures.cuts, photo.grey, photo.fingerprints = cuts, bytes, fingerprints
near, left = photo_store.near, [int(os.environ["KILLED_AT"])]

def dying(*given):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return near(*given)

photo_store.near = dying
MUTATION
with create_app().app_context():
    while work.run_due():
        pass
"""

SEEKS_FIRST = """
from server.core.database import read
from server.journeys.report import knowing_again
kept = knowing_photos.same_photo

def same_photo(report_id, case_id):
    with read() as session:
        file = knowing_photos.reports.evidence(session, [report_id])[report_id][0]
        cut = cuts(knowing_photos.vault.read(file.sha256), [None])[0]
        found = photo_store.near(session, fingerprints(cut.normal), 1)
        found = photo_store.cases(session, found)
    time.sleep(0.02)
    kept(report_id, case_id)
    return [knowing_photos.Near(other, knowing_photos.LinkKind.PHOTO, distance) for other, distance in found.items()]

knowing_again.STEPS = (same_photo,)
"""


def picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), tuple(number.to_bytes(3, "big"))).save(out, "PNG")
    return out.getvalue()


def start(settings: Settings, mutation: str, killed_at: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
        "KILLED_AT": str(killed_at),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER.replace("MUTATION", mutation)], cwd=ROOT, env=environment)


def linked(app: Flask, people: People, make: Callable[..., dict[str, Any]], groups: int, mutation: str) -> int:
    """How many links the workers make of so many groups, each worker killed once and started again."""
    ana, client = people.token("ana"), app.test_client()
    for number in range(groups * ALIKE):
        report = make(url=f"https://mercado.test/itm/{100000000000 + number}") | {
            "listing": {"title": "", "seller": None}
        }
        assert send(client, ana, report, photo_1=picture(number)).status_code == 201
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
        return session.scalar(select(func.count()).select_from(Link).where(Link.kind == "photo")) or 0


def test_four_workers_killed_between_two_steps_lose_no_link(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 150, "") == 900


def test_to_seek_before_one_keeps_loses_links(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 40, SEEKS_FIRST) < 240
