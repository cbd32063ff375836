"""All fields of an answer, by link, in the inbox and by API alike; many answers at once; and how notices are found again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core.database import read
from server.core.words import NoticeState, Scope, Via
from server.journeys.report import answering
from server.ledger.notices import answer_store, inbox_store, link
from server.ledger.notices.models import GivenAnswer, Notice
from tests.conftest import People
from tests.hostile import UNSEEN
from tests.story import decide, notify

Make = Callable[..., dict[str, Any]]
WHOLE = {
    "answer": "restricted",
    "reason": "Against our rules in the EU.",
    "url": "https://mercado.test/itm/265370482805",
    "actions": ["hidden in 27 countries", "seller warned"],
    "ground": "policy",
    "company_reference": "MRC-77",
    "automated": False,
    "redress_url": "https://mercado.test/appeal/77",
    "statement_id": "8f14e45f-ceea-467f-a8f1-3d1f0d7f7b51",
}
FORM = WHOLE | {"actions": "hidden in 27 countries\r\n\r\n seller warned ", "automated": "false"}


@pytest.fixture
def notice_id(people: People, report_json: Make) -> str:
    return notify(people, report_json())


def kept(notice_id: str) -> dict[str, Any]:
    """The newest answer."""
    with read() as session:
        row = answer_store.answers_of(session, notice_id)[-1]
    return {name: getattr(row, name) for name in WHOLE}


# --- Every field, every way ------------------------------------------------------------------------------------------


def test_by_link_inbox_and_api_the_same_fields_are_kept(
    client: FlaskClient, people: People, notice_id: str, report_json: Make
) -> None:
    other = notify(people, report_json("https://mercado.test/itm/300000001"))
    third = notify(people, report_json("https://mercado.test/itm/300000002"))
    path = link.answer_url(notice_id).removeprefix("http://spotter.test")
    assert client.post(path, data=FORM).status_code == 200
    assert people.browser("mia").post(f"/notices/{other}", data=FORM).status_code == 302
    token = people.token("mia", Scope.COMPANY)
    sent = client.post(f"/api/v1/notices/{third}/answers", headers=token, json=WHOLE)
    assert sent.status_code == 201 and {name: sent.json[name] for name in WHOLE} == WHOLE
    assert [kept(each) for each in (notice_id, other, third)] == [WHOLE] * 3
    shown = people.browser("mia").get(f"/notices/{other}").text
    desk = people.browser("cora").get(f"/cases/{_case(other)}").text
    for page in (shown, desk):
        for text in ("MRC-77", "hidden in 27 countries", "mercado.test/appeal/77", str(WHOLE["statement_id"])):
            assert text in page


@pytest.mark.parametrize(
    ("ground", "own", "of_the_desk"),
    [("policy", "Our own policy", "The platform’s own policy"), ("illegal", "The law", "The law")],
)
def test_the_ground_is_shown_in_the_words_it_was_chosen_by(
    people: People, notice_id: str, ground: str, own: str, of_the_desk: str
) -> None:
    mia = people.browser("mia")
    mia.post(f"/notices/{notice_id}", data=FORM | {"ground": ground})
    for who, path, words in (
        (mia, f"/notices/{notice_id}", own),
        (people.browser("cora"), f"/cases/{_case(notice_id)}", of_the_desk),
    ):
        page = re.sub(r"\s+", " ", who.get(path).text)
        assert f"<dt>Ground</dt><dd>{words}</dd>" in page.replace('<dd dir="auto">', "<dd>")


def _case(notice_id: str) -> str:
    with read() as session:
        return session.get_one(Notice, notice_id).case_id


def test_a_program_may_send_actions_to_the_link_one_by_one(client: FlaskClient, notice_id: str) -> None:
    path = link.answer_url(notice_id).removeprefix("http://spotter.test")
    assert client.post(path, data=FORM | {"actions": WHOLE["actions"]}).status_code == 200
    assert kept(notice_id) == WHOLE


BLANK = {"answer": "received"} | dict.fromkeys(("reason", "company_reference", "statement_id"))


@pytest.mark.parametrize("text", ["", "  ", *UNSEEN[:3]])
def test_a_blank_text_states_nothing(client: FlaskClient, people: People, notice_id: str, text: str) -> None:
    token, stated = people.token("mia", Scope.COMPANY), {name: text for name, none in BLANK.items() if none is None}
    body = {"answer": "received", "actions": [text, " seller warned "]} | stated
    sent = client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json=body)
    assert sent.status_code == 201 and {name: sent.json[name] for name in BLANK} == BLANK
    assert sent.json["actions"] == ["seller warned"]


def test_a_companys_number_is_found_whatever_spaces_are_around_it(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    token, body = people.token("mia", Scope.COMPANY), {"answer": "received", "company_reference": " MRC-78 "}
    assert client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json=body).status_code == 201
    for asked in ("MRC-78", "MRC-78 "):
        notices = client.get("/api/v1/notices", query_string={"company_reference": asked}, headers=token)
        assert [each["id"] for each in notices.json["items"]] == [notice_id]
    assert client.get("/api/v1/notices?company_reference=%20", headers=token).status_code == 422


@pytest.mark.parametrize("stated", ["MRC\n79", "MRC\t79", " MRC \r\n 79", "MRC\u202879"])
def test_a_line_break_in_a_companys_numbers_is_a_blank_at_every_door(
    client: FlaskClient, people: People, notice_id: str, report_json: Make, stated: str
) -> None:
    body = {"answer": "received", "company_reference": stated, "statement_id": stated}
    other = notify(people, report_json("https://mercado.test/itm/300000001"))
    third = notify(people, report_json("https://mercado.test/itm/300000002"))
    token, path = people.token("mia", Scope.COMPANY), link.answer_url(notice_id).removeprefix("http://spotter.test")
    assert client.post(path, data=body).status_code == 200
    assert people.browser("mia").post(f"/notices/{other}", data=body).status_code == 302
    assert client.post(f"/api/v1/notices/{third}/answers", headers=token, json=body).status_code == 201
    for each in (notice_id, other, third):
        assert {kept(each)[name] for name in ("company_reference", "statement_id")} == {"MRC 79"}
    for asked in ("MRC 79", stated):
        notices = client.get("/api/v1/notices", query_string={"company_reference": asked}, headers=token)
        assert len(notices.json["items"]) == 3


def test_all_of_it_is_optional(client: FlaskClient, people: People, notice_id: str) -> None:
    path = link.answer_url(notice_id).removeprefix("http://spotter.test")
    empty = dict.fromkeys(WHOLE, "") | {"answer": "removed"}
    for send in (
        lambda: client.post(path, data=empty),
        lambda: people.browser("mia").post(f"/notices/{notice_id}", data=empty),
    ):
        assert send().status_code in (200, 302)
    nothing = dict.fromkeys(WHOLE) | {"answer": "removed", "actions": []}
    assert kept(notice_id) == nothing
    assert "More about your decision (optional)" in client.get(path).text


@pytest.mark.parametrize(
    "amiss",
    [{"ground": "whim"}, {"automated": "perhaps"}, {"redress_url": "mailto:a@b.test"}, {"company_reference": "x" * 201},
     {"statement_id": "x" * 501}, {"actions": "x" * 201}, {"actions": "\n".join("x" * 21)}, {"statement_id": "a\0"}],
)  # fmt: skip
def test_what_is_amiss_is_said_at_its_field_and_nothing_is_kept(
    client: FlaskClient, people: People, notice_id: str, amiss: dict[str, str]
) -> None:
    path = link.answer_url(notice_id).removeprefix("http://spotter.test")
    refused = client.post(path, data=FORM | amiss)
    (name,) = amiss
    assert refused.status_code == 422
    if "\0" not in amiss[name]:
        assert f'href="#{name}"' in refused.text, "the summary leads to the field"
        assert "<details" in refused.text and " open>" in refused.text
    with read() as session:
        assert session.scalars(select(GivenAnswer)).all() == []


def test_several_at_once_in_the_inbox_may_say_why_and_how(people: People, report_json: Make) -> None:
    ids = [notify(people, report_json(f"https://mercado.test/itm/30000000{n}")) for n in range(2)]
    form = {
        name: FORM[name]
        for name in ("answer", "reason", "ground", "actions", "automated", "redress_url", "company_reference")
    }
    people.browser("mia").post("/notices", data=form | {"notice": ids})
    assert [kept(each) for each in ids] == [WHOLE | {"url": None, "statement_id": None}] * 2


# --- Many by API -----------------------------------------------------------------------------------------------------


def send_many(client: FlaskClient, people: People, body: Any, who: str = "mia", scope: Scope = Scope.COMPANY) -> Any:
    return client.post("/api/v1/notices/answers", headers=people.token(who, scope), json=body)


def test_many_answers_are_taken_or_refused_each_by_itself(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    ids = [notify(people, report_json(f"https://mercado.test/itm/30000000{n}")) for n in range(4)]
    theirs = notify(people, report_json("https://tradepost.test/ad/4471"))
    answering.withdraw_notice(ids[3], people.ids["cora"], "It was a toy.")
    body = [
        {"id": ids[0], **WHOLE},
        {"id": ids[1], "answer": "not_violating"},
        {"id": ids[2], "answer": "removed", "extra": 1},
        {"id": ids[3], "answer": "removed"},
        {"id": theirs, "answer": "removed"},
        {"id": "0" * 32, "answer": "removed"},
        {"answer": "removed"},
        {"id": ids[1], "answer": "removed", "reason": "a\u0000b"},
        "removed",
        {"id": ids[2], "answer": "removed"},
    ]
    answer = send_many(client, people, body)
    assert answer.status_code == 200
    items = answer.json["items"]
    assert [(item["id"], item["status"]) for item in items] == [
        (ids[0], 201), (ids[1], 422), (ids[2], 422), (ids[3], 410), (theirs, 404), ("0" * 32, 404), (None, 422),
        (ids[1], 422), (None, 422), (ids[2], 201),
    ]  # fmt: skip
    assert items[0]["answer"] == "restricted"
    assert items[1]["errors"]["reason"] and items[1]["type"].endswith("/problems/invalid") and items[1]["detail"]
    assert items[2]["errors"]["extra"]
    assert kept(ids[0]) == WHOLE
    with read() as session:
        assert session.scalars(select(GivenAnswer.notice_id).order_by(GivenAnswer.id)).all() == [ids[0], ids[2]]
    again = send_many(client, people, body).json["items"]
    assert [item["status"] for item in again] == [item["status"] for item in items]
    with read() as session:
        assert len(session.scalars(select(GivenAnswer)).all()) == 2, "the same again answers nothing twice"


def test_one_notice_that_is_answered_too_often_keeps_back_no_other(
    client: FlaskClient, people: People, notice_id: str, report_json: Make
) -> None:
    other = notify(people, report_json("https://mercado.test/itm/300000001"))
    body = [{"id": notice_id, "answer": "removed", "reason": f"Number {n}"} for n in range(21)]
    items = send_many(client, people, [*body, {"id": other, "answer": "removed"}]).json["items"]
    assert [item["status"] for item in items] == [201] * 20 + [429, 201]
    assert items[20]["retry_after"] > 3000


@pytest.mark.parametrize(("body", "status"), [({}, 422), ("x", 422), ([{}] * 501, 422), ([{}] * 500, 200), ([], 200)])
def test_it_takes_an_array_of_at_most_500(client: FlaskClient, people: People, body: Any, status: int) -> None:
    answer = send_many(client, people, body)
    assert answer.status_code == status, answer.text
    if status == 200:
        assert [item["status"] for item in answer.json["items"]] == [422] * len(body)
    assert send_many(client, people, [], "cora", Scope.CASES).status_code == 403


def test_the_description_says_that_it_is_an_array(client: FlaskClient) -> None:
    operation = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/notices/answers"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert (schema["type"], schema["maxItems"]) == ("array", 500)
    assert schema["items"]["$ref"].endswith("/OneOfManyAnswers")


# --- Found again -----------------------------------------------------------------------------------------------------


def listed(client: FlaskClient, people: People, **query: str) -> Any:
    return client.get("/api/v1/notices", query_string=query, headers=people.token("mia", Scope.COMPANY))


def test_notices_are_listed_by_state(client: FlaskClient, people: People, report_json: Make) -> None:
    ids = [notify(people, report_json(f"https://mercado.test/itm/30000000{n}")) for n in range(6)]
    token = people.token("mia", Scope.COMPANY)
    for notice_id, answer in zip(ids[1:5], ("received", "need_info", "removed", "need_info"), strict=True):
        body = {"answer": answer, "reason": "Which one?"}
        assert client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json=body).status_code == 201
    answering.withdraw_notice(ids[5], people.ids["cora"], "It was a toy.")
    newer = decide(people, _case(ids[4]))
    expected = {"open": [ids[0], ids[1], newer], "asked": [ids[2]], "answered": [ids[3], ids[4]], "withdrawn": [ids[5]]}
    for state, those in expected.items():
        items = listed(client, people, state=state).json["items"]
        assert ([item["id"] for item in items], {item["state"] for item in items}) == (those, {state})
    assert set(expected) == set(NoticeState)


def test_notices_are_listed_by_when_they_were_sent(client: FlaskClient, people: People, report_json: Make) -> None:
    start, ids = datetime(2027, 1, 5, 9, 0, tzinfo=UTC), []
    with time_machine.travel(start, tick=False) as clock:
        for n in range(3):
            ids.append(notify(people, report_json(f"https://mercado.test/itm/30000000{n}")))
            clock.shift(timedelta(days=1))
        for since, expected in (
            ("2027-01-06", ids[1:]), ("2027-01-06T09:00:00Z", ids[1:]), ("2027-01-06T09:00:01+00:00", ids[2:]),
            ("2027-01-06T10:00:00+01:00", ids[1:]), ("2027-01-08", []), ("2027-01-01", ids), ("1970-01-01", ids),
        ):  # fmt: skip
            assert [item["id"] for item in listed(client, people, since=since).json["items"]] == expected, since
        raw = client.get("/api/v1/notices?since=2027-01-06T09:00:00+00:00", headers=people.token("mia", Scope.COMPANY))
        assert [item["id"] for item in raw.json["items"]] == ids[1:], "a plus that was sent as it is"


def test_notices_are_found_by_the_companys_own_number(
    client: FlaskClient, people: People, notice_id: str, report_json: Make
) -> None:
    other = notify(people, report_json("https://mercado.test/itm/300000001"))
    theirs = notify(people, report_json("https://tradepost.test/ad/4471"))
    for each in (notice_id, theirs):
        answering.answer_notice(each, {"answer": "received", "company_reference": "MRC-77"}, Via.API)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.API)
    answering.answer_notice(other, {"answer": "received", "company_reference": "MRC-7"}, Via.API)
    found = listed(client, people, company_reference="MRC-77").json["items"]
    assert [item["id"] for item in found] == [notice_id], "also by an earlier answer, and no other company's"
    assert listed(client, people, company_reference="MRC-77", state="open").json["items"] == []
    page = people.browser("mia").get("/notices?tab=answered").text
    assert "Your number" in page and "MRC-77" in page


@pytest.mark.parametrize(
    "query",
    ["state=closed", "state=", "since=yesterday", "since=", "since=2027-01-05T09:00:00", "since=0001-01-01",
     "since=9999-12-31T23:59:59-23:59", "since=2027-02-30", "company_reference=", f"company_reference={'x' * 201}",
     "tab=open", "limit=5", "State=open"],
)  # fmt: skip
def test_unknown_and_malformed_parameters_are_refused(client: FlaskClient, people: People, query: str) -> None:
    answer = client.get(f"/api/v1/notices?{query}", headers=people.token("mia", Scope.COMPANY))
    assert answer.status_code == 422, answer.text


def test_filters_and_pages_go_together(
    client: FlaskClient, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [notify(people, report_json(f"https://mercado.test/itm/30000000{n}")) for n in range(5)]
    for each in ids[:3]:
        answering.answer_notice(each, {"answer": "removed"}, Via.API)
    monkeypatch.setattr(inbox_store, "PAGE", 2)
    first = listed(client, people, state="answered").json
    rest = listed(client, people, state="answered", cursor=first["next"]).json
    assert [item["id"] for item in first["items"] + rest["items"]] == ids[:3] and rest["next"] is None
