"""Searches that the driver runs by itself: its rows, and its errors as SQLAlchemy raises them, on both databases."""

import pytest
from sqlalchemy.exc import DBAPIError

from server.core.database import connection, fetched, read
from server.ledger.reports import store as reports
from tests.conftest import People


def test_rows_are_those_of_the_values(people: People) -> None:
    chosen = "SELECT id, name FROM accounts WHERE id IN (?, ?) ORDER BY name"
    with read() as session:
        rows = fetched(connection(session), chosen, [people.ids["cora"], people.ids["ana"]])
    assert [tuple(row) for row in rows] == [(people.ids["ana"], "Ana"), (people.ids["cora"], "Cora")]


def test_an_error_is_sqlalchemys_and_does_not_tell_the_values(people: People) -> None:
    with pytest.raises(DBAPIError) as caught, read() as session:
        fetched(connection(session), "SELECT id FROM no_such_table WHERE name = ?", ["Ana's secret"])
    assert "no_such_table" in str(caught.value) and "secret" not in str(caught.value)
    with read() as session:  # the next session is none the worse
        assert fetched(connection(session), "SELECT name FROM accounts WHERE id = ?", [people.ids["ana"]])


def test_no_report_has_no_wording(people: People) -> None:
    with read() as session:
        assert reports.wordings(session, []) == reports.wordings(session, ["0" * 32]) == {}
