"""What the desk and a notice say of an ad, when several people have reported it."""

import pytest

from server.ledger.reports import statements
from server.ledger.reports.models import Report

FULL = {
    "seller": {"name": "birdroom"},
    "price": {"amount": "250", "currency": "EUR"},
    "location": "Lisbon",
    "number": "1",
    "language": None,
}
PHONE = {"title": None}
NOTHING = {"seller": None, "price": None, "location": None, "number": None, "language": None}


def stated(*reports):
    return [Report(id=str(n), level=level, listing=listing) for n, (level, listing) in enumerate(reports)]


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ([("trusted", PHONE)], NOTHING),
        ([("trusted", None)], NOTHING),
        ([("trusted", {"seller": {"name": ""}, "price": {}, "location": ""})], NOTHING),
        # One from a telephone came later.
        ([("trusted", FULL), ("trusted", PHONE)], FULL | {"seller": "birdroom"}),
        ([("probation", FULL), ("trusted", PHONE)], FULL | {"seller": "birdroom"}),
        # Of two that state it: who is trusted, then who saw it last.
        ([("trusted", {"location": "Lisbon"}), ("trusted", {"location": "Porto"})], NOTHING | {"location": "Porto"}),
        ([("trusted", {"location": "Lisbon"}), ("probation", {"location": "Porto"})], NOTHING | {"location": "Lisbon"}),
        # A price of words alone is one.
        ([("trusted", {"price": {"text": "ask me"}}), ("trusted", {"price": {"currency": "EUR"}})], NOTHING | {"price": {"text": "ask me"}}),
    ],
)  # fmt: skip
def test_each_fact_comes_from_the_weightiest_report_that_states_it(reports, says):
    assert statements.stated(stated(*reports)) == says
