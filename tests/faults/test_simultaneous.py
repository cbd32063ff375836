"""Many at once: one listing makes one case, one key makes one report."""

import os
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import intake_lock
from server.core.database import db
from server.core.words import Scope
from server.journeys.report import intake
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from tests.conftest import People
from tests.racing import RACERS, at_once, slow_writing
from tests.sending import png, send

Make = Callable[..., dict[str, Any]]
TIMES = min(int(os.environ.get("SPOTTER_FAULT_ROUNDS", "1")), 20)  # `make faults`: all 20


def all_report_one_listing(app: Flask, people: People, report_json: Make, clients: int = 64) -> None:
    """So many clients at once: one case with as many reports, and no error."""
    ana = people.token("ana")
    variants = ["https://mercado.test/itm/265370482805", "https://www.mercado.test/itm/words/265370482805?x=1#top"]
    jobs = [lambda n=n: send(app.test_client(), ana, report_json(url=variants[n % 2])) for n in range(clients)]
    answers = at_once(app, jobs)
    assert [answer.status_code for answer in answers] == [201] * clients
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 1
    case = db.session.scalars(select(Case)).one()
    assert (case.report_count, case.unseen_count) == (clients, clients)
    assert db.session.scalar(select(func.count()).select_from(Report)) == clients
    assert len({answer.json["reference"] for answer in answers}) == clients


@pytest.mark.parametrize("time", range(TIMES))
def test_64_reports_of_one_listing_make_one_case_with_64_reports(
    app: Flask, people: People, report_json: Make, time: int
) -> None:
    all_report_one_listing(app, people, report_json)


def test_16_do_so_too_where_no_process_serves_one_at_a_time(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where each came to a process of its own: the database keeps them apart."""
    monkeypatch.setattr(intake_lock, "ONE_AT_A_TIME", frozenset())
    with slow_writing():
        all_report_one_listing(app, people, report_json, RACERS)


@pytest.mark.mutation
def test_the_mutation_that_does_not_know_a_listing_again_is_caught(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = intake.listing_key
    monkeypatch.setattr(
        intake, "listing_key", lambda *given: (f"{honest(*given)[0]} {uuid.uuid4()}", honest(*given)[1])
    )
    with pytest.raises(AssertionError):
        all_report_one_listing(app, people, report_json, RACERS)


def test_64_sendings_of_one_key_make_one_report(app: Flask, people: People, report_json: Make) -> None:
    ana, key = people.token("ana"), str(uuid.uuid4())
    answers = at_once(app, [lambda: send(app.test_client(), ana, report_json(), key)] * 64)
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * 63 + [201], statuses
    assert len({answer.text for answer in answers}) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Report)) == 1


def test_two_coordinators_decide_at_once_and_one_wins(app: Flask, people: People, report_json: Make) -> None:
    send(app.test_client(), people.token("ana"), report_json())
    cora, dan = people.token("cora", Scope.CASES), people.token("dan", Scope.CASES)
    case = app.test_client().get("/api/v1/cases", headers=cora).json["items"][0]

    def decide(headers: dict[str, str], decision: str) -> Any:
        body = {"decision": decision, "reason": "Looked at it.", "version": case["version"]}
        body |= {"because": "too_little"} if decision == "dismiss" else {}
        return app.test_client().post(f"/api/v1/cases/{case['id']}/decisions", headers=headers, json=body)

    jobs = [lambda h=h, d=d: decide(h, d) for h in (cora, dan) for d in ("notify", "dismiss") for _ in range(4)]
    statuses = sorted(answer.status_code for answer in at_once(app, jobs))
    assert statuses == [201] + [409] * 15


@pytest.mark.parametrize("workers", [6])
def test_each_piece_of_work_is_claimed_once(app: Flask, workers: int) -> None:
    from server.core import work
    from server.core.database import write

    with write() as session:
        for number in range(200):
            work.enqueue(session, "nothing", str(number))

    def claim_all() -> list[str]:
        with app.app_context():
            mine: list[str] = []
            while batch := work.claim():
                mine += [row[2] for row in batch]
            db.session.remove()
            return mine

    claimed = [subject for mine in at_once(app, [claim_all] * workers) for subject in mine]
    assert sorted(claimed) == sorted(str(number) for number in range(200))


def test_of_workers_that_start_a_new_version_together_one_takes_the_lexicon_in(app: Flask) -> None:
    from server.core.database import write
    from server.ledger.species import taking_in
    from server.ledger.species.models import Import, Taxon

    taxa = db.session.scalar(select(func.count()).select_from(Taxon))
    with write() as session:
        session.get_one(Import, "lexicon").sha256 = "of another version"

    def start() -> Any:
        with app.app_context(), write() as session:
            return "was there" if taking_in.load_lexicon(session) is None else "taken in"

    assert sorted(at_once(app, [start] * 4), key=str) == ["taken in"] + ["was there"] * 3  # None: that worker died
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Taxon)) == taxa


def test_a_key_that_is_still_being_kept_is_told_to_come_back_and_then_gets_the_first_answer(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk hangs under the first sending. Other reports wait for it; its own second sending does not for ever."""
    from server.core import vault

    monkeypatch.setattr(intake_lock, "PATIENCE", 0.2)
    hangs, reached, keep = threading.Event(), threading.Event(), vault.keep

    def slow(data: bytes) -> str:
        reached.set()
        hangs.wait(30)
        return keep(data)

    monkeypatch.setattr(vault, "keep", slow)
    ana, key, answers = people.token("ana"), str(uuid.uuid4()), []
    first = threading.Thread(
        target=lambda: answers.append(send(app.test_client(), ana, report_json(), key, screenshot=png()))
    )
    first.start()
    assert reached.wait(30)
    second = send(app.test_client(), ana, report_json(), key, screenshot=png())
    assert (second.status_code, second.headers["Retry-After"]) == (409, "5"), second.text
    assert second.json["type"].endswith("/in-flight")
    hangs.set()
    first.join()
    third = send(app.test_client(), ana, report_json(), key, screenshot=png())
    assert (answers[0].status_code, third.status_code) == (201, 200) and answers[0].json == third.json
    assert not intake_lock._coming, "nothing is remembered of what is over"


def test_a_key_that_another_process_keeps_is_told_to_come_back(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.core import clock
    from server.ledger.reports.models import IdempotencyKey

    if db.engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL only (--postgresql): SQLite waits for the other process as a whole, then answers 503")
    monkeypatch.setattr(intake_lock, "PATIENCE", 0.2)
    ana, key = people.token("ana"), str(uuid.uuid4())
    row = {"account_id": people.ids["ana"], "key": key, "content": "x", "answer": {}, "created_at": clock.now()}
    with db.engine.connect() as other:
        other.execute(IdempotencyKey.__table__.insert(), row)
        answer = send(app.test_client(), ana, report_json(), key)
        assert (answer.status_code, answer.headers["Retry-After"]) == (409, "5"), answer.text
        other.rollback()
    assert send(app.test_client(), ana, report_json(), key).status_code == 201
