"""Mia answers from a page that was opened before somebody else answered: nothing is replaced that the page did not show."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core.database import read
from server.core.words import Via
from server.journeys.report import answering
from server.ledger.notices import link
from server.ledger.notices.models import GivenAnswer, Notice, PendingAnswer
from server.ledger.notices.schemas import AnswerSchema
from tests.conftest import People
from tests.story import notify

Make = Callable[..., dict[str, Any]]
REFUSED = {"answer": "not_violating", "reason": "Captive bred, with papers."}
WORDS = "answered meanwhile: “No violation found”"
WAYS = ["notice", "link", "inbox"]
BY_HAND = "by hand"  # Cora records what reached her by telephone


@pytest.fixture(autouse=True)
def _unguarded(app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], undo_seconds=0)


@pytest.fixture
def notice_ids(people: People, report_json: Make) -> list[str]:
    return [notify(people, report_json(f"https://mercado.test/itm/grey-parrot/26537048280{n}")) for n in range(3)]


class Page:
    """One of the pages with a form to answer a notice, as a browser holds it."""

    def __init__(self, people: People, way: str, notice_id: str) -> None:
        self.notice_id, self.way = notice_id, way
        self.browser: FlaskClient = people.app.test_client()
        if way != "link":
            self.browser = people.browser("cora" if way == BY_HAND else "mia")
        link_path = link.answer_url(notice_id).removeprefix("http://spotter.test")
        with read() as session:
            case_path = f"/cases/{session.get_one(Notice, notice_id).case_id}"
        paths = {"notice": f"/notices/{notice_id}", "link": link_path, "inbox": "/notices", BY_HAND: case_path}
        self.path = paths[way]
        if way == "inbox" and given(notice_id) == ["need_info"]:
            self.path = "/notices?tab=asked"
        self.text = self.browser.get(self.path, query_string={"panel": "answer"} if way == BY_HAND else None).text

    def send(self, **fields: str) -> Any:
        """Send its form, with what the page says beside."""
        hidden = dict(re.findall(r'name="(seen(?:-\w+)?)"[^>]*value="(\w*)"', self.text))
        assert hidden, "the form says what its page shows"
        to = f"{self.path}/answers" if self.way == BY_HAND else self.path
        sent = {"notice": self.notice_id, "via": "phone"} | hidden | fields
        reply = self.browser.post(to, data=sent, follow_redirects=True)
        self.text = html.unescape(reply.text)
        return reply


def meanwhile(people: People, notice_id: str, **values: str) -> None:
    """Another colleague, or a program, answers it."""
    answering.answer_notice(notice_id, AnswerSchema().load(values), Via.API, people.ids["mia"])


def given(notice_id: str) -> list[str]:
    with read() as session:
        rows = select(GivenAnswer.answer).where(GivenAnswer.notice_id == notice_id).order_by(GivenAnswer.id)
        return list(session.scalars(rows))


@pytest.mark.parametrize("way", [*WAYS, BY_HAND])
def test_a_page_from_before_a_newer_answer_replaces_it_only_when_its_reader_has_looked_again(
    people: People, notice_ids: list[str], way: str
) -> None:
    page = Page(people, way, notice_ids[0])
    meanwhile(people, notice_ids[0], **REFUSED)
    assert page.send(answer="removed", reason="It broke rule 2.").status_code == 409
    assert given(notice_ids[0]) == ["not_violating"]
    assert "answered meanwhile" in page.text and "No violation found" in page.text
    assert "It broke rule 2." in page.text and re.search(r'value="removed" (checked|selected)|selected value="removed"|checked[^>]*value="removed"', page.text)  # fmt: skip
    assert way == "inbox" or WORDS in page.text
    assert page.send(answer="removed", reason="It broke rule 2.").status_code == 200
    assert given(notice_ids[0]) == ["not_violating", "removed"]


@pytest.mark.parametrize("way", WAYS)
def test_a_mistake_put_right_on_the_page_does_not_make_it_a_newer_one(
    people: People, notice_ids: list[str], way: str
) -> None:
    for notice_id in notice_ids:
        meanwhile(people, notice_id, answer="need_info", reason="Which of the six photos?")
    page = Page(people, way, notice_ids[0])
    meanwhile(people, notice_ids[0], answer="cannot_locate")
    assert page.send(answer="not_violating").status_code == 422
    assert page.send(**REFUSED).status_code == 409
    assert given(notice_ids[0]) == ["need_info", "cannot_locate"]


@pytest.mark.parametrize("way", [*WAYS, BY_HAND])
@pytest.mark.parametrize("newer", [{"answer": "received"}, {"answer": "removed", "reason": "Rule 2."}])
def test_a_receipt_or_the_same_answer_meanwhile_keeps_nobody_from_answering(
    people: People, notice_ids: list[str], way: str, newer: dict[str, str]
) -> None:
    page = Page(people, way, notice_ids[0])
    meanwhile(people, notice_ids[0], **newer)
    assert page.send(answer="removed", reason="Rule 2.").status_code == 200
    assert given(notice_ids[0])[-1] == "removed"


def test_of_several_only_those_answered_meanwhile_are_left_and_stay_ticked(
    people: People, notice_ids: list[str]
) -> None:
    page = Page(people, "inbox", notice_ids[0])
    meanwhile(people, notice_ids[1], **REFUSED)
    reply = page.send(notice=notice_ids, answer="removed")  # type: ignore[arg-type]
    assert reply.status_code == 409 and "2 notices answered." in page.text
    assert "1 notice was answered meanwhile and is still ticked." in page.text
    ticked = re.findall(r'name="notice" value="(\w+)" checked', page.text)
    assert ticked == [notice_ids[1]]
    assert [given(notice_id) for notice_id in notice_ids] == [["removed"], ["not_violating"], ["removed"]]
    assert "was not answered: it was withdrawn" not in page.text


def test_what_waits_to_count_is_seen_and_replaced_by_nobody_either(people: People, notice_ids: list[str]) -> None:
    people.app.config["SPOTTER"] = replace(people.app.config["SPOTTER"], undo_seconds=10)
    pages = [Page(people, way, notice_ids[0]) for way in WAYS]
    people.browser("mia").post("/notices", data={"notice": notice_ids[0], **REFUSED})
    assert [page.send(answer="removed").status_code for page in pages] == [409, 409, 409]
    with read() as session:
        assert [row.stated["answer"] for row in session.scalars(select(PendingAnswer))] == ["not_violating"]
    assert given(notice_ids[0]) == []


def test_that_the_ad_is_back_is_said_by_a_closed_link_that_has_seen_what_stands(
    people: People, notice_ids: list[str]
) -> None:
    meanwhile(people, notice_ids[0], answer="removed")
    answering.withdraw_notice(notice_ids[0], people.ids["cora"], "A toy.")
    page = Page(people, "link", notice_ids[0])
    assert page.send(answer="reinstated").status_code in (200, 410)
    assert given(notice_ids[0]) == ["removed", "reinstated"]


def test_a_program_that_was_shown_nothing_answers_as_before(people: People, notice_ids: list[str]) -> None:
    page = Page(people, "link", notice_ids[0])
    meanwhile(people, notice_ids[0], **REFUSED)
    assert people.app.test_client().post(page.path, data={"answer": "removed"}).status_code == 200
    assert given(notice_ids[0]) == ["not_violating", "removed"]
