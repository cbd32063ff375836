"""Where a text is required, one that nobody can see is none; and one field with two values says nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from server.core.config import Settings
from server.core.database import read
from server.core.words import Scope
from server.ledger.cases.models import Case
from server.ledger.notices import answer_store, link
from tests.conftest import People, settings_for
from tests.hostile import UNSEEN
from tests.story import flag, notify

Make = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_report_and_a_decision_say_why(people: People, report_json: Make, text: str) -> None:
    client, report = people.app.test_client(), report_json()
    report["suspicion"]["reason"] = text
    headers = people.token("ana") | {"Idempotency-Key": "00000000-0000-4000-8000-000000000001"}
    assert client.post("/api/v1/reports", headers=headers, json=report).status_code == 422
    case_id = flag(people, report_json())
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision = {"decision": "dismiss", "because": "not_offered", "reason": text, "version": version}
    path = f"/api/v1/cases/{case_id}/decisions"
    assert client.post(path, headers=people.token("cora", Scope.CASES), json=decision).status_code == 422
    page = people.browser("cora").post(f"/cases/{case_id}/decisions", data=decision)
    assert page.status_code == 422
    with read() as session:
        assert session.get_one(Case, case_id).state == "open"


@pytest.mark.parametrize("text", UNSEEN[:4])
def test_a_company_says_why_something_may_stay_and_a_coordinator_why_an_account_ends(
    people: People, report_json: Make, text: str
) -> None:
    notice_id = notify(people, report_json())
    answer = {"answer": "not_violating", "reason": text}
    path, headers = f"/api/v1/notices/{notice_id}/answers", people.token("mia", Scope.COMPANY)
    assert people.app.test_client().post(path, headers=headers, json=answer).status_code == 422
    assert people.browser("cora").post(f"/people/{people.ids['ben']}/close", data={"why": text}).status_code == 422
    form = {"name": text, "email": "new@people.test", "adult": "y", "promise": "y"}
    assert people.app.test_client().post("/join", data=form).status_code == 422


def test_a_form_is_not_sent_with_two_values_for_one_field(people: People) -> None:
    people.app.config["WTF_CSRF_ENABLED"] = False
    twice = MultiDict(
        [("name", "Ines Kahlo"), ("name", "Lin Marek"), ("email", "new@people.test"), ("adult", "y"), ("promise", "y")]
    )
    page = people.app.test_client().post("/join", data=twice)
    assert page.status_code == 422 and "Sent twice" in page.text
    twice.setlist("name", ["Ines Kahlo", "Ines Kahlo"])
    assert people.app.test_client().post("/join", data=twice).status_code == 200


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="0")


def test_an_answer_link_takes_one_answer(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    address = link.answer_url(notice_id).removeprefix("http://spotter.test")
    client = people.app.test_client()
    twice = MultiDict([("answer", "removed"), ("answer", "not_violating"), ("reason", "A toy.")])
    page = client.post(address, data=twice)
    assert page.status_code == 422 and _answers(notice_id) == []
    assert client.post(address, data={"answer": "removed"}).status_code < 400
    assert _answers(notice_id) == ["removed"]


def _answers(notice_id: str) -> list[str]:
    with read() as session:
        return [answer.answer for answer in answer_store.answers_of(session, notice_id)]
