"""Rounds planned, joined and searched, as coordinators and spotters do it."""

import pytest
import time_machine
from sqlalchemy import select

from server.core.database import db, write
from server.core.words import Level
from server.journeys.spotter import accrediting
from server.people.rounds.models import Search

WEDNESDAY = "2026-11-25T09:00:00+00:00"


PLAN = {
    "name": "Parrots before Christmas", "about": "Look for chicks.", "starts_on": "2026-11-25", "zone": "UTC", "weeks": "4",
    "targets": "40, 60, 60, 80", "groups": ["bird"], "teams": "Herons\nOtters", "state": "open",
}  # fmt: skip


@pytest.fixture(autouse=True)
def hand():
    """The first morning of the round; the test moves time on."""
    with time_machine.travel(WEDNESDAY, tick=False) as hand:
        yield hand


@pytest.fixture
def searchable(app):
    """Both platforms have a search, Tradepost's in French."""
    from server.ledger.companies import importing
    from server.ledger.companies.schemas import read_file
    from tests.conftest import companies_file

    text = (
        companies_file()
        .replace(
            b"domains: [mercado.test],", b"domains: [mercado.test], search: 'https://mercado.test/find?q={words}',"
        )
        .replace(
            b"domains: [tradepost.test],",
            b"domains: [tradepost.test], languages: [fr], search: 'https://tradepost.test/?q={words}',",
        )
    )
    with write() as session:
        importing.import_directory(session, read_file(text))


def accredit(*names):
    for name in names:
        accrediting.accredit_by_email(
            f"{name}@people.test", "cora@people.test", "For the tests.", Level.PROBATION, waive_exam=True
        )


def plan(people, **more):
    """Cora plans a round; its id."""
    answer = people.browser("cora").post("/rounds/new", data=PLAN | more)
    assert answer.status_code == 302, answer.text
    return answer.location.rpartition("/")[2]


def join(people, who, round_id, team=""):
    return people.browser(who).post(f"/rounds/{round_id}/join", data={"team": team})


def search(client, term="grey parrot", seen="25", platform="mercado", **more):
    return client.post("/work/searches", data={"platform": platform, "term": term, "seen": seen} | more)


def searched(account_id):
    db.session.rollback()
    return list(db.session.scalars(select(Search).where(Search.account_id == account_id).order_by(Search.id)))
