"""Ben, who is to be accredited, and what the programme has decided on him."""

import uuid

import pytest
from sqlalchemy import select, update

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Level
from server.journeys.spotter import accrediting
from server.people.accounts.models import Account
from server.people.accreditation import standings, store
from tests.small_module import sign, teach_small

WHY = {"why": "Careful and kind."}


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


def decisions(people, who="ben"):
    with read() as session:
        return store.history(session, people.ids[who])[::-1]


def standing(people, who="ben", at=None):
    at = at or clock.now()
    with read() as session:
        return standings.standing(store.current(session, people.ids[who]), at)


def audited(people, who="ben"):
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.object_id == people.ids[who]).order_by(AuditRow.seq))
        return [(row.action, row.detail) for row in rows if row.action not in ("account_added", "signed_in")]


def page(people, who="ben"):
    return f"/people/{people.ids[who]}"


EVE = "Eve Tan, WWF, eve@wwf.test"


def invited_by(people, who, by):
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids[who]).values(invited_by_id=people.ids[by]))


@pytest.fixture
def report(people, client, report_json):
    """Ben reports by token; the answer."""
    token = people.token("ben")
    return lambda: client.post(
        "/api/v1/reports", json=report_json(), headers=token | {"Idempotency-Key": str(uuid.uuid4())}
    )


@pytest.fixture
def accredited(people):
    sign(people.browser("ben"))
    accrediting.accredit(
        people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, waive_exam=True, second_id=people.ids["dan"]
    )
