"""Known already: a trusted spotter hears it, an infiltrator learns nothing by asking."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core.database import read
from server.core.words import Level
from server.journeys.report import retracting
from server.journeys.spotter import accrediting
from server.ledger.reports.models import Report
from tests.conftest import People
from tests.statements import statements
from tests.story import flag

Make = Callable[..., dict[str, Any]]
REPORTED = "https://mercado.test/itm/grey-parrot/265370482805"
OTHER_WORDS = "https://www.mercado.test/itm/265370482805?hash=1#photos"
NEVER_SEEN = "https://mercado.test/itm/999999999999"


@pytest.fixture
def spotters(people: People, report_json: Make) -> People:
    """Ana is trusted and has flagged one listing; Ben is on probation. Dan has a token and no accreditation."""
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    flag(people, report_json())
    return people


def ask(people: People, headers: dict[str, str], url: str) -> Any:
    return people.app.test_client().get("/api/v1/listings/known", query_string={"url": url}, headers=headers)


def test_a_trusted_spotter_hears_whether_a_listing_is_known_however_it_is_written(spotters: People) -> None:
    ana = spotters.token("ana")
    assert [ask(spotters, ana, url).json for url in (REPORTED, OTHER_WORDS, NEVER_SEEN)] == [
        {"known": True}, {"known": True}, {"known": False},
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["ben", "dan"])
def test_nobody_else_hears_anything(spotters: People, who: str) -> None:
    headers = spotters.token(who)
    known, new = ask(spotters, headers, REPORTED), ask(spotters, headers, NEVER_SEEN)
    assert known.json == new.json == {"known": False}
    assert known.data == new.data and dict(known.headers) == dict(new.headers)


def test_the_same_statements_run_for_everybody_and_for_every_listing(spotters: People) -> None:
    """The time an answer takes must not tell what its words do not."""
    asked: dict[tuple[str, str], list[str]] = {}
    for who in ("ana", "ben", "dan"):
        headers = spotters.token(who)
        ask(spotters, headers, NEVER_SEEN)  # the token's last use is noted, the directory is read
        for url in (REPORTED, NEVER_SEEN):
            with statements() as ran:
                ask(spotters, headers, url)
            asked[who, url] = [statement for statement in ran if "directory_versions" not in statement]
    first = asked["ana", REPORTED]
    assert len(first) >= 3 and any("accreditations" in s for s in first) and any("listings" in s for s in first)
    for case, ran in asked.items():
        assert ran == first, case


def test_once_suspended_a_trusted_spotter_hears_nothing_more(spotters: People) -> None:
    accrediting.suspend(spotters.ids["ana"], spotters.ids["cora"], "For the test.")
    assert ask(spotters, spotters.token("ana"), REPORTED).json == {"known": False}


def test_only_so_many_look_ups_a_minute(app: Flask, spotters: People) -> None:
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=3)
    ana = spotters.token("ana")
    answers = [ask(spotters, ana, f"https://mercado.test/itm/{300000000 + n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"]


def test_what_is_no_address_is_refused(client: FlaskClient, people: People) -> None:
    ana = people.token("ana")
    for url in ("file:///etc/passwd", "", "https://mercado.test/" + "a" * 4096):
        answer = ask(people, ana, url)
        assert answer.status_code == 422 and "url" in answer.json["errors"]
    assert client.get("/api/v1/listings/known", headers=ana).status_code == 422


def test_a_listing_whose_only_report_was_withdrawn_is_unknown_again(spotters: People) -> None:
    with read() as session:
        [report_id] = session.scalars(select(Report.id).where(Report.account_id == spotters.ids["ana"]))
    retracting.retract(spotters.ids["ana"], report_id, "wrong_ad")
    assert ask(spotters, spotters.token("ana"), REPORTED).json == {"known": False}, (
        "nobody reports it any more: flag it"
    )
