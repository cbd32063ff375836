"""Two server processes record a signed answer that comes again and a newer one at the same time: the newer one stands.

Each process stops before each of its transactions until it is told to go on, so that every order of these is gone through.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from standardwebhooks import Webhook

from server.core import clock
from server.core.config import Settings
from server.core.database import db, read, write
from server.ledger.companies import answer_hook_store
from server.ledger.companies.models import Company
from server.ledger.notices.models import Notice
from tests.conftest import People
from tests.few_words import leave_few_words
from tests.story import notify

ROOT = Path(__file__).parents[2]
STEPS = 3  # transactions of a message with one answer: it is claimed, the answer is recorded, the message is settled
SERVER = """
import json, sys
from contextlib import contextmanager
from server import create_app
from server.core.database import write
from server.journeys.report import answering, answering_by_webhook
from server.ledger.notices import answer_store
@contextmanager
def step():
    print('"waits"', flush=True)
    sys.stdin.readline()
    with write() as session:
        yield session
answering.write = answering_by_webhook.write = step
{mutation}
with create_app().app_context():
    print('"ready"', flush=True)
    for line in iter(sys.stdin.readline, ""):
        company_id, headers, body = json.loads(line)
        results = answering_by_webhook.receive(company_id, headers, body.encode())
        print(json.dumps(results[0]["status"]), flush=True)
"""


class Process:
    """A server process, which goes one transaction at a time."""

    def __init__(self, settings: Settings, mutation: str) -> None:
        environment = os.environ | {
            "SPOTTER_DATA_DIR": str(settings.data_dir),
            "SPOTTER_DATABASE_URL": settings.database_url,
            "SPOTTER_SECRET_KEY": settings.secret_key,
            "SPOTTER_MAIL_URL": settings.mail_url,
        }
        command = [sys.executable, "-c", SERVER.format(mutation=mutation)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def say(self, line: str = "") -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """That it waits before a transaction, or the status of its answer."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


Pair = tuple[Process, Process]
Start = Callable[[str], Pair]


@pytest.fixture
def start(settings: Settings, app: Flask) -> Iterator[Start]:
    """Starts two of them, with a mutation if one is given."""
    processes: list[Process] = []

    def pair(mutation: str = "") -> Pair:
        leave_few_words(settings.database_url)
        one, other = Process(settings, mutation), Process(settings, mutation)
        processes.extend((one, other))
        assert (one.hear(), other.hear()) == ("ready", "ready")
        return one, other

    yield pair
    for process in processes:
        process.end()


class Mercado:
    """Its program: an older answer, which could not be recorded, comes again while it sends a newer one."""

    def __init__(self, people: People, make: Callable[..., dict[str, Any]]) -> None:
        self.people, self.make, self.number = people, make, 265370482800
        with write() as session:
            self.company_id = session.scalars(select(Company.id).where(Company.slug == "mercado")).one()
            self.secret = answer_hook_store.make(session, self.company_id, people.ids["mia"])

    def message(self, webhook_id: str, notice_id: str, answer: str) -> str:
        body, now = json.dumps({"type": "notice.answered", "data": [{"id": notice_id, "answer": answer}]}), clock.now()
        headers = {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(webhook_id, now, body),
        }
        if answer == "removed":  # it came once, and was not recorded
            with write() as session:
                answer_hook_store.claim(session, self.company_id, webhook_id, body.encode())
                answer_hook_store.settle(session, self.company_id, webhook_id, [{"id": notice_id, "status": 503}])
        return json.dumps([self.company_id, headers, body])

    def both(self, pair: Pair) -> str:
        """Each process has its message, and waits before its first transaction; the notice."""
        self.number += 1
        notice_id = notify(self.people, self.make(f"https://mercado.test/itm/grey-parrot/{self.number}"))
        db.session.remove()
        for process, name, answer in zip(pair, ("older", "newer"), ("removed", "reinstated"), strict=True):
            process.say(self.message(f"{name} {self.number}", notice_id, answer))
        assert [process.hear() for process in pair] == ["waits", "waits"]
        return notice_id


def standing(notice_id: str) -> str | None:
    with read() as session:
        return session.get_one(Notice, notice_id).answer


def one_after_the_other(mercado: Mercado, pair: Pair) -> dict[str, tuple[list[int], str | None]]:
    """By each order of their transactions (0: the older answer's, 1: the newer one's): both statuses, and what stands."""
    came = {}
    for places in combinations(range(2 * STEPS), STEPS):
        order = [0 if place in places else 1 for place in range(2 * STEPS)]
        notice_id, said = mercado.both(pair), ["", ""]
        for which in order:
            pair[which].say()
            said[which] = pair[which].hear()
        came["".join(map(str, order))] = (said, standing(notice_id))
    return came


def expected() -> dict[str, tuple[list[int], str | None]]:
    """The older one is recorded only where its second transaction is before the newer one's."""
    orders = {}
    for places in combinations(range(2 * STEPS), STEPS):
        newer = [place for place in range(2 * STEPS) if place not in places]
        order = "".join("0" if place in places else "1" for place in range(2 * STEPS))
        orders[order] = ([201 if places[1] < newer[1] else 409, 201], "reinstated")
    return orders


def test_the_newer_answer_stands_whatever_the_order(
    people: People, report_json: Callable[..., dict[str, Any]], start: Start
) -> None:
    assert one_after_the_other(Mercado(people, report_json), start("")) == expected()


def test_the_newer_answer_stands_where_both_go_at_once(
    people: People, report_json: Callable[..., dict[str, Any]], start: Start
) -> None:
    mercado, pair = Mercado(people, report_json), start("")
    for _ in range(10):
        notice_id, said = mercado.both(pair), list[int]()
        for process in pair:
            process.say("\n" * (STEPS - 1))  # all of its transactions
        for process in pair:
            heard = process.hear()
            while heard == "waits":
                heard = process.hear()
            said.append(heard)
        assert (said[0] in (201, 409), said[1], standing(notice_id)) == (True, 201, "reinstated"), said


@pytest.mark.mutation
def test_without_the_rule_of_order_the_older_one_overtakes(
    people: People, report_json: Callable[..., dict[str, Any]], start: Start
) -> None:
    pair = start("answer_store.was_given = lambda *_args: False")
    came = one_after_the_other(Mercado(people, report_json), pair)
    wrong = {order for order, (_, stands) in came.items() if stands != "reinstated"}
    assert wrong == {order for order, (said, _) in expected().items() if said[0] == 409}
