"""Somebody is stopped between the gate and what it lets in: nothing of what they send is kept."""

import uuid
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from server.core.database import read, write
from server.core.words import Level, Refused
from server.journeys.report import intake
from server.journeys.spotter import accrediting, closing, erasing, freezing, gate, taking_part
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports.idempotency import IdempotencyKey
from server.ledger.reports.models import Report
from server.people.rounds import store as rounds
from tests.round_stories import hand, plan  # noqa: F401

ACTS = {
    "lowered": lambda ana, cora: accrediting.change_level(ana, cora, "For a while.", Level.PROBATION),
    "suspended": lambda ana, cora: accrediting.suspend(ana, cora, "Let us talk."),
    "closed": lambda ana, cora: closing.close(ana, cora, "Has left."),
    "frozen": freezing.freeze,
    "erased": erasing.erase,
}


@pytest.fixture
def meanwhile(people, monkeypatch):
    """Something happens to Ana while the files of her report are being kept: after the gate, before its transaction."""
    keep = intake.keep_files

    def happens(act):
        def then(files):
            monkeypatch.setattr(intake, "keep_files", keep)
            ACTS[act](people.ids["ana"], people.ids["cora"])
            keep(files)

        monkeypatch.setattr(intake, "keep_files", then)

    return happens


def counts():
    with read() as session:
        return [session.scalar(select(func.count()).select_from(of)) for of in (Report, Case, Listing, IdempotencyKey)]


@pytest.mark.parametrize(
    ("act", "again"), [("lowered", 201), ("suspended", 403), ("closed", 401), ("frozen", 401), ("erased", 401)]
)
def test_a_report_is_judged_by_what_its_spotter_is_when_it_is_kept(people, client, report_json, meanwhile, act, again):
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    meanwhile(act)
    first = client.post("/api/v1/reports", json=report_json(), headers=headers)
    assert first.status_code == 409 and first.headers["Retry-After"], first.text
    assert first.json["detail"] == "Your accreditation has just changed. Send this report again."
    assert counts() == [0, 0, 0, 0]
    assert client.post("/api/v1/reports", json=report_json(), headers=headers).status_code == again
    with read() as session:
        assert session.scalars(select(Report.level)).all() == [Level.PROBATION] * (again == 201)


@pytest.mark.mutation
def test_mutation_without_a_second_look_the_report_of_somebody_erased_is_kept(
    people, client, report_json, meanwhile, monkeypatch
):
    monkeypatch.setattr(gate, "holds", lambda *_: True)
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    meanwhile("erased")
    assert client.post("/api/v1/reports", json=report_json(), headers=headers).status_code == 201
    assert counts() == [1, 1, 1, 1]


def test_who_is_suspended_while_they_sign_up_takes_part_in_no_round(people, monkeypatch):
    round_id, ana = plan(people), people.ids["ana"]

    @contextmanager
    def late():
        monkeypatch.setattr(taking_part, "write", write)
        accrediting.suspend(ana, people.ids["dan"], "Let us talk.")
        with write() as session:
            yield session

    monkeypatch.setattr(taking_part, "write", late)
    with pytest.raises(Refused, match="suspended"):
        taking_part.sign_up(ana, round_id, None)
    with read() as session:
        assert rounds.membership(session, round_id, ana) is None
