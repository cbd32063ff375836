"""No pair is lost: four workers link texts and sellers of ads that came at the same moment, each killed between two steps.

Groups of four ads, with one text and one telephone number each, make six links of either kind. The mutation seeks before it
keeps, as one would write it first: then two workers do not see each other's text, and links are lost without a word.
"""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests import killed_workers
from tests.conftest import People
from tests.sending import send

ALIKE = 4
GROUPS = 150 if "SPOTTER_FAULT_ROUNDS" in os.environ else 60  # 150 in `make faults`
pytestmark = pytest.mark.timeout(900)  # 600 reports in `make faults`

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
"""
RUN = """
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


def linked(
    app: Flask, people: People, make: Callable[..., dict[str, Any]], groups: int, mutation: str
) -> dict[str, int]:
    """How many links of each kind the workers make of so many groups."""
    ana, client = people.token("ana"), app.test_client()

    def report(number: int) -> None:
        group = number // ALIKE
        stated = make(url=f"https://mercado.test/itm/{100000000000 + number}") | {
            "listing": {"title": words(group), "description": f"Call +49 30 5{group:06}7"}
        }
        assert send(client, ana, stated).status_code == 201

    return killed_workers.linked(app, report, groups * ALIKE, WORKER + mutation + RUN)


def test_four_workers_killed_between_two_steps_lose_no_link(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, GROUPS, "") == {"text": 6 * GROUPS, "seller": 6 * GROUPS}


@pytest.mark.mutation
def test_to_seek_before_one_keeps_loses_links(
    app: Flask, people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    assert linked(app, people, report_json, 20, SEEKS_FIRST).get("text", 0) < 120
