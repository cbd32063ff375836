"""The report form: three fields and what is offered, nothing preselected, and what is known of the address at once."""

import io
import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Level
from server.journeys.report import adding, retracting
from server.journeys.spotter import accrediting
from server.ledger.reports import addition
from server.ledger.reports.models import Report
from tests.conftest import People
from tests.photos import encoded, photo
from tests.statements import statements
from tests.story import flag

Make = Callable[..., dict[str, Any]]
FORM, LOOK_UP = "/reports/new", "/reports/new/address"
REPORTED = "https://mercado.test/itm/grey-parrot/265370482805"
OTHER_WORDS = "www.mercado.test/itm/265370482805?hash=1#photos"
NEVER_SEEN = "https://mercado.test/itm/999999999999"
KNOWN = "You reported this ad on"


@pytest.fixture
def spotters(people: People, report_json: Make) -> People:
    """Ana has reported one listing; Ben may report, and has reported none."""
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    flag(people, report_json())
    return people


def filled(**more: Any) -> dict[str, Any]:
    """What a hurried spotter fills in, and nothing else."""
    return {"key": str(uuid.uuid4()), "url": NEVER_SEEN, "category": "live", "reason": "Six at once."} | more


def count() -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def said(people: People, who: str, url: str) -> str:
    answer = people.browser(who).post(LOOK_UP, data={"url": url})
    assert answer.status_code == 200
    return str(answer.text)


def test_nothing_is_preselected_and_what_nobody_chose_is_not_stated(people: People) -> None:
    ana = people.browser("ana")
    page = ana.get(FORM).text
    assert " checked" not in page and " selected" not in page
    assert ana.post(FORM, data=filled()).status_code == 201
    with read() as session:
        report = session.scalars(select(Report)).one()
        assert (report.legality_evidence, report.confidence, report.access) == (None, None, None)
    assert ana.get(f"/reports/{report.id}").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "opened"),
    [({"reason": ""}, False), ({"title": "x" * 1001}, True), ({"access": "everybody"}, True), ({"reason": "", "species": "Parrot"}, True)],
    ids=["an error above the fold", "one in it", "a choice that is none", "something filled in"],
)  # fmt: skip
def test_the_fold_opens_where_something_stands_or_is_wrong(people: People, wrong: dict[str, str], opened: bool) -> None:
    answer = people.browser("ana").post(FORM, data=filled(**wrong))
    assert answer.status_code == 422
    [fold] = re.findall(r"<details class=\"narrow[^>]*>", answer.text)
    assert fold.endswith(" open>") is opened
    assert count() == 0


def test_what_an_app_shares_stands_open_and_is_looked_up_at_once(spotters: People) -> None:
    page = spotters.browser("ana").get(FORM, query_string={"url": REPORTED, "title": "Grey parrot"}).text
    [fold] = re.findall(r"<details class=\"narrow[^>]*>", page)
    assert fold.endswith(" open>"), "a title that is sent is seen"
    assert KNOWN in page and "Platform: <bdi>Mercado</bdi>." in page


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", ""),
        ("a parrot", "Enter the whole address"),
        ("file:///etc/passwd", "Only http and https addresses"),
        ("https://ana@mercado.test/itm/1", "contains a user name"),
        ("https://mercado.test/itm/1 https://mercado.test/itm/2", "a report is about one ad"),
        ("https://mercado.test/search?q=ivory", "This looks like a front page"),
        ("https://mercado.test/", "This looks like a front page"),
        ("https://nobody-knows.example/itm/265370482805", "We do not know this platform yet"),
        (NEVER_SEEN, "Platform: <bdi>Mercado</bdi>."),
        ("Look! " + NEVER_SEEN, "Platform: <bdi>Mercado</bdi>."),
    ],
)
def test_what_is_said_of_an_address(people: People, url: str, words: str) -> None:
    answer = said(people, "ana", url)
    assert words in answer if words else not answer.strip()
    assert KNOWN not in answer


def test_the_spotter_hears_when_they_reported_it_in_their_language(
    spotters: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in (REPORTED, OTHER_WORDS):
        answer = said(spotters, "ana", url)
        assert KNOWN in answer and "Report it again" in answer
    with read() as session:
        report = session.scalars(select(Report)).one()
    assert f'href="/reports/{report.id}"' in answer and report.reference in answer
    day = datetime(2026, 11, 24, 11, tzinfo=UTC)
    with write() as session:
        session.execute(update(Report).values(received_at=day))
    monkeypatch.setattr(clock, "now", lambda: day + timedelta(hours=1))
    assert "on Tuesday, 24 November." in said(spotters, "ana", REPORTED)
    monkeypatch.setattr(clock, "now", lambda: day + timedelta(days=8))
    assert "on 24 November 2026." in said(spotters, "ana", REPORTED)
    french = spotters.browser("ana").post(LOOK_UP, data={"url": REPORTED}, headers={"Accept-Language": "fr"}).text
    assert "24 novembre 2026" in french


def test_a_known_address_leads_to_adding_to_the_report_while_that_takes_an_addition(spotters: People) -> None:
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    ana, way = spotters.browser("ana"), f"/reports/{report_id}?add=1"
    assert f'href="{way}#add"' in said(spotters, "ana", REPORTED)
    opened = '<details class="mt-3" id="add" open>'
    assert opened in ana.get(way).text and opened not in ana.get(f"/reports/{report_id}").text
    for number in range(addition.MOST):
        adding.add(spotters.ids["ana"], report_id, f"News {number}")
    answer = said(spotters, "ana", REPORTED)
    assert KNOWN in answer and way not in answer


def test_an_ad_of_ones_own_report_that_is_online_again_is_filled_in(spotters: People) -> None:
    with read() as session:
        report = session.scalars(select(Report)).one()
    page = spotters.browser("ana").get(FORM, query_string={"again": report.id})
    assert page.status_code == 200 and REPORTED in page.text and KNOWN in page.text
    assert spotters.browser("ben").get(FORM, query_string={"again": report.id}).status_code == 404
    assert spotters.browser("ana").get(FORM, query_string={"again": "of-nobody"}).status_code == 404


def test_nobody_hears_of_the_reports_of_others(spotters: People) -> None:
    """Neither by words nor by what is done for them: the same statements, whoever else reports the ad."""
    ben, number = spotters.browser("ben"), re.compile(r"\d{12}")
    ben.get(FORM)
    asked = []
    for url in (NEVER_SEEN, REPORTED):
        with statements() as ran:
            answer = ben.post(LOOK_UP, data={"url": url})
        asked.append(
            (answer.status_code, number.sub("", answer.text), [each for each in ran if "directory" not in each])
        )
    assert asked[0] == asked[1]
    assert KNOWN not in asked[0][1] and any("listings" in each for each in asked[0][2])


def test_what_was_withdrawn_is_not_reported_but_what_was_set_aside_is(spotters: People) -> None:
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    with write() as session:
        session.get_one(Report, report_id).set_aside_at = clock.now()
    assert KNOWN in said(spotters, "ana", REPORTED), "they learn nothing of a ring that was found"
    retracting.retract(spotters.ids["ana"], report_id, "wrong_ad")
    assert KNOWN not in said(spotters, "ana", REPORTED)


def test_without_a_script_it_is_asked_when_the_form_is_sent(spotters: People) -> None:
    ana, form = spotters.browser("ana"), filled(url=OTHER_WORDS)
    asked = ana.post(FORM, data=form)
    assert asked.status_code == 422 and KNOWN in asked.text and 'href="#again"' in asked.text
    assert count() == 1
    assert ana.post(FORM, data=form | {"again": "y"}).status_code == 201
    assert ana.post(FORM, data=form).status_code == 201, (
        "a second press of the same form is harmless, and asked nothing"
    )
    assert count() == 2
    assert spotters.browser("ben").post(FORM, data=filled(url=REPORTED)).status_code == 201, "nobody else is asked"


def test_everything_is_asked_at_once_and_lost_pictures_are_named(spotters: People) -> None:
    data = filled(
        url="https://mercado.test/search?q=ivory", reason="", pictures=(io.BytesIO(encoded(photo(1))), "a.png")
    )
    answer = spotters.browser("ana").post(FORM, data=data)
    for place in ("#single_ad", "#reason"):
        assert f'href="{place}"' in answer.text
    assert "choose the pictures again" in answer.text
    assert "choose the pictures again" not in spotters.browser("ana").post(FORM, data=filled(reason="")).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Enter at most 2,000 characters."),
        ("fr", "Saisissez 2\u202f000 caractères au plus."),
        ("ar", "أدخل 2,000 حرفًا على الأكثر."),
    ],
)
def test_a_reason_that_is_too_long_is_kept_and_refused_in_their_language(
    people: People, language: str, words: str
) -> None:
    long = "x" * 2001
    page = people.browser("ana").post(FORM, data=filled(reason=long), headers={"Accept-Language": language}).text
    assert words in page and long in page


def test_only_so_many_look_ups_a_minute(app: Flask, spotters: People) -> None:
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=3)
    ana = spotters.browser("ana")
    answers = [ana.post(LOOK_UP, data={"url": f"https://mercado.test/itm/{300000000 + n}"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"]


def test_only_spotters_look_up_and_only_from_the_form(app: Flask, spotters: People) -> None:
    assert spotters.browser("cora").post(LOOK_UP, data={"url": REPORTED}).status_code == 403
    assert app.test_client().post(LOOK_UP, data={"url": REPORTED}).status_code == 403
    assert spotters.browser("ana").get(LOOK_UP).status_code in (404, 405)
