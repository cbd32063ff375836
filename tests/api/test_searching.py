"""What people search for is text: a sign that means something to the database stands for itself, in every list."""

import pytest
from sqlalchemy import literal, select

from server.core.database import ESCAPE, holding, read, write
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.reads import queue
from tests.story import flag, notify


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [("100% ivory", "100%", True), ("100 ivory", "100%", False), ("a_b", "A_B", True), ("axb", "a_b", False),
     ("a\\b", "a\\b", True), ("a\\b", "\\", True), ("ab", "\\", False), ("a\\%", "\\%", True), ("a%", "\\%", False),
     ("anything", "", True)],
)  # fmt: skip
def test_a_text_holds_what_is_searched_sign_by_sign(app, text, wanted, expected):
    with read() as session:
        assert bool(session.scalar(select(literal(text).ilike(holding(wanted), escape=ESCAPE)))) is expected


@pytest.mark.parametrize(("q", "expected"), [("100%_\\", 1), ("100%x\\", 0), ("%", 1), ("_", 1), ("\\", 1), ("0__", 0)])
def test_reports_cases_notices_and_people_are_found_by_such_signs(people, report_json, q, expected):
    report = report_json()
    report["listing"]["title"] = "Ivory, 100%_\\ old"
    notify(people, report)
    other = report_json("https://mercado.test/itm/300000000")
    other["listing"]["title"] = "A parrot"
    flag(people, other)
    with write() as session:
        session.get_one(Account, people.ids["ben"]).name = "Ben 100%_\\"
        mercado = session.get_one(Account, people.ids["mia"]).company_id
    with read() as session:
        assert len(reports.own_page(session, people.ids["ana"], q)[0]) == expected
        assert len(accounts.listed(session, q, None, 10)) == expected
        assert len(queue.listed(session, None, q, None)[0]) == expected
        assert len(notices.inbox(session, mercado, q)[0]) == expected
