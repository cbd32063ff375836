"""No pair is lost: four workers link photos that came at the same moment, and each of them is killed between two steps.

Groups of four photos, all alike within a group, make six links each. The pictures are made up: what is read out of one
is its number, and of that a fingerprint; the outbox, the transactions and the search are the real ones. The mutation seeks
before it keeps, as one would write it first: then two workers do not see each other's photo, and links are lost.
"""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import delete, select, update

from server.core.database import read, write
from server.ledger.matches import photo
from server.ledger.matches.models import Link, Photo, PhotoFingerprint
from tests import killed_workers
from tests.conftest import People
from tests.sending import send

ALIKE = 4
GROUPS = 150 if "SPOTTER_FAULT_ROUNDS" in os.environ else 60  # 150 in `make faults`
pytestmark = pytest.mark.timeout(900)  # 600 reports in `make faults`

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
"""
RUN = """
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


def reporter(app: Flask, people: People, make: Callable[..., dict[str, Any]]) -> Callable[[int], None]:
    """Sends the report with a number, whose photo is of the group that the number is in."""
    ana, client = people.token("ana"), app.test_client()

    def report(number: int) -> None:
        stated = make(url=f"https://mercado.test/itm/{100000000000 + number}") | {
            "listing": {"title": "", "seller": None}
        }
        assert send(client, ana, stated, photo_1=picture(number)).status_code == 201

    return report


def linked(app: Flask, people: People, make: Callable[..., dict[str, Any]], groups: int, mutation: str) -> int:
    """How many links the workers make of so many groups."""
    found = killed_workers.linked(app, reporter(app, people, make), groups * ALIKE, WORKER + mutation + RUN)
    return found.get("photo", 0)


def test_four_workers_killed_between_two_steps_lose_no_link(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, GROUPS, "") == 6 * GROUPS


@pytest.mark.mutation
def test_to_seek_before_one_keeps_loses_links(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 40, SEEKS_FIRST) < 240


# --- Fingerprints of another version are made anew ---

RENEWING = """
photo.VERSION += 1
fingerprint = photo_store._fingerprint

def dying_within(*given):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return fingerprint(*given)

photo_store.near, photo_store._fingerprint = near, dying_within
"""
RENEWS = """
from server.journeys.report import knowing_again
with create_app().app_context():
    knowing_again.renew_photos()
    knowing_again.sweep_photos()
"""


def renewed(app: Flask, people: People, make: Callable[..., dict[str, Any]]) -> int:
    """How many links of three groups there are, all fingerprints of which a worker makes anew that is killed at the fifth."""
    report, settings = reporter(app, people, make), app.config["SPOTTER"]
    for number in range(3 * ALIKE):
        report(number)
    assert killed_workers.start(settings, WORKER + RUN, killed_workers.NEVER).wait(timeout=200) == 0
    with write() as session:  # as another version made them: they find nothing
        session.execute(update(PhotoFingerprint).values(bits=bytes(32), mirrored=bytes(32), variant="whole"))
        assert session.execute(delete(Link).where(Link.kind == "photo")).rowcount == 18
    script = WORKER + RENEWING + RENEWS
    assert killed_workers.start(settings, script, 5).wait(timeout=200) == -9
    with read() as session:
        assert len(session.scalars(select(Photo.id).where(Photo.version == photo.VERSION + 1)).all()) >= 4, (
            "goes on there"
        )
    assert killed_workers.start(settings, script, killed_workers.NEVER).wait(timeout=200) == 0
    with read() as session:
        assert set(session.scalars(select(Photo.version))) == {photo.VERSION + 1}
        return len(session.scalars(select(Link.kind).where(Link.kind == "photo")).all())


def test_a_worker_killed_while_it_makes_fingerprints_anew_loses_none(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert renewed(app, people, report_json) == 18
