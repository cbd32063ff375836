"""A session for reading, on PostgreSQL: it writes nothing, and the next session finds its statements prepared."""

import pytest
from sqlalchemy import select, text

from server.core.database import db, read
from server.people.accounts.models import Account


@pytest.fixture(autouse=True)
def _only_there(app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("pytest --postgresql: SQLite has no such transaction")


def test_a_session_for_reading_writes_nothing(people):
    with read() as session:
        session.get_one(Account, people.ids["cora"]).name = "Cora the Second"
    with read() as session:
        assert session.get_one(Account, people.ids["cora"]).name == "Cora"


def test_statements_stay_prepared_from_one_session_to_the_next(people):
    for _ in range(8):
        with read() as session:
            session.scalars(select(Account.name).where(Account.id == people.ids["cora"])).one()
    with read() as session:
        prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert [each for each in prepared if "FROM accounts" in each]


def test_what_was_read_stays_readable(people):
    with read() as session:
        cora = session.get_one(Account, people.ids["cora"])
    assert cora.name == "Cora"
