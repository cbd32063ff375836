"""What is done for a report hardly tells whether its listing was known: not by time, so not by what the database is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from server.core.words import Level, Role
from server.journeys.spotter import accrediting, joining
from tests.conftest import PASSWORD, People
from tests.sending import send
from tests.statements import statements


@pytest.fixture
def ula(people: People) -> dict[str, str]:
    """Another spotter's token."""
    people.ids["ula"] = joining.add_account("ula@people.test", "Ula Vexwold", Role.SPOTTER, PASSWORD)
    accrediting.accredit_by_email("ula@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)
    return people.token("ula")


def test_a_known_listing_costs_three_statements_more(
    app: Flask, people: People, ula: dict[str, str], report_json: Callable[..., Any]
) -> None:
    """The case, what it had of taxa, who had reported it, and whether it was gone; but no case and no taxa are inserted."""
    asked, ana, client = {}, people.token("ana"), app.test_client()
    for number in (1, 2):  # the first of everything also asks what is kept from then on
        report = report_json(f"https://mercado.test/itm/grey-parrot/26537048280{number}")
        for name, token in (("new", ula), ("known", ana)):  # a trusted one: the case is judged anew
            with statements() as sent:
                assert send(client, token, report).status_code == 201
            asked[name] = [statement.split("\n")[0] for statement in sent]
    assert len(asked["known"]) - len(asked["new"]) <= 3, asked
    writes = {name: [text for text in texts if not text.startswith("SELECT")] for name, texts in asked.items()}
    assert len(writes["known"]) <= len(writes["new"]), writes


def test_the_title_is_written_again_only_with_other_words(
    app: Flask, people: People, ula: dict[str, str], report_json: Callable[..., Any]
) -> None:
    client, listing = app.test_client(), report_json()["listing"]
    plain = report_json(listing=listing | {"title": "Parrot", "description": "A bird."})
    assert send(client, ula, plain).status_code == 201
    with statements() as same:
        assert send(client, people.token("ana"), plain).status_code == 201
    with statements() as other:
        assert send(client, people.token("ana"), report_json()).status_code == 201
    assert not any("UPDATE listings" in text for text in same)
    assert any("UPDATE listings" in text for text in other), "it makes the case more urgent: it is judged by this one"
