"""A notice names nobody: neither who reported nor who decided, in no field and on no channel."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from server.core.database import read, write
from server.core.words import Scope
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from tests.conftest import People
from tests.story import flag

NAMES = {"ana": "Ana Souza", "cora": "Cora Lindqvist", "dan": "Dan Mbeki", "ada": "Ada Novak"}


@pytest.fixture
def desk(people: People) -> People:
    """Everybody with a whole name."""
    with write() as session:
        for key, name in NAMES.items():
            session.get_one(Account, people.ids[key]).name = name
    return people


def decide(desk: People, case_id: str, decision: str = "notify", **more: Any) -> Any:
    """Cora decides by the API."""
    with read() as session:
        version = session.get_one(Case, case_id).version
    body = {"decision": decision, "reason": "Six chicks at once, none with papers.", "version": version} | more
    client, headers = desk.app.test_client(), desk.token("cora", Scope.CASES)
    return client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body)


def notice_of(case_id: str) -> str:
    with read() as session:
        return session.scalars(select(Notice.id).where(Notice.case_id == case_id)).one()


def ad(report: dict[str, Any], **listing: Any) -> dict[str, Any]:
    return report | {"listing": report["listing"] | listing}


def test_a_notice_that_names_a_person_is_refused_with_the_words_and_their_field(
    desk: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    case = flag(desk, ad(report_json(), title="Hi Ana Souza - ivory figure"))
    answer = decide(desk, case, reason="Ana Souza and coordinator Cora say so. Write to ana@people.test.")
    assert answer.status_code == 422, answer.text
    assert answer.json["type"].endswith("/problems/names-a-person")
    assert set(answer.json["errors"]) == {"reason", "title"}
    assert "Ana Souza" in answer.json["errors"]["title"][0]
    names, address = answer.json["errors"]["reason"]
    assert "Ana Souza" in names and "Cora" in names and "@" not in names
    assert address == "“ana@people.test” is somebody’s email address. Remove it."
    with read() as session:
        assert session.get_one(Case, case).state == "open"


@pytest.mark.parametrize(
    ("field", "listing", "more"),
    [
        ("reason", {}, {"reason": "Mbeki asked for it."}),
        ("title", {"title": "Ivory, shared by anasouza"}, {}),
        ("title", {"title": "Ivory [shared by ana@people.test_2026]"}, {}),
        ("reason", {}, {"reason": "See parrot-ana@people.test-90."}),
        ("seller", {"seller": {"name": "Souza Antiques", "url": None}}, {}),
        ("price", {"price": {"amount": None, "currency": None, "text": "20 for Ana Souza"}}, {}),
        ("policy_reference", {}, {"policy_reference": "Rule 2, says Lindqvist"}),
        ("jurisdiction", {}, {"basis": "illegal", "law": {"jurisdiction": "Lindqvist", "provision": "Art. 8", "effective_from": "1997-06-01", "source": "The law gazette"}}),
        ("provision", {}, {"basis": "illegal", "law": {"jurisdiction": "EU", "provision": "Art. 8, ask Novak", "effective_from": "1997-06-01", "source": "The law gazette"}}),
    ],
)  # fmt: skip
def test_every_field_of_a_notice_is_looked_through(
    desk: People, report_json: Callable[..., dict[str, Any]], field: str, listing: Any, more: Any
) -> None:
    answer = decide(desk, flag(desk, ad(report_json(), **listing)), **more)
    assert answer.status_code == 422, answer.text
    assert list(answer.json["errors"]) == [field]


def test_a_name_in_the_path_of_the_address_is_refused(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, report_json("https://mercado.test/u/ana%2Dsouza/ivory"))
    assert list(decide(desk, case).json["errors"]) == ["url"]


def test_a_field_may_be_left_out_and_that_is_kept(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, ad(report_json(), title="Hi Ana Souza", seller={"name": "Souza Antiques", "url": None}))
    assert decide(desk, case, leave_out=["title"]).status_code == 422
    assert decide(desk, case, leave_out=["title", "seller"]).status_code == 201
    headers = desk.token("mia", Scope.COMPANY)
    notice = desk.app.test_client().get("/api/v1/notices", headers=headers).json["items"][0]
    assert notice["listing"]["title"] is None and notice["listing"]["seller"] is None
    with read() as session:
        assert session.query(CaseDecision).one().left_out == ["title", "seller"]


def test_words_of_the_ad_are_confirmed_and_kept(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, ad(report_json(), seller={"name": "Souza Antiques", "url": None}))
    assert decide(desk, case, ad_words=["Antiques"]).status_code == 422
    assert decide(desk, case, ad_words=["souza"]).status_code == 201
    with read() as session:
        assert session.query(CaseDecision).one().ad_words == ["souza"]


def test_a_word_that_the_ad_has_not_cannot_be_confirmed(
    desk: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    case = flag(desk, ad(report_json(), title="Ivory figure", seller={"name": "Souza Antiques", "url": None}))
    for decision in ({}, {"decision": "dismiss", "because": "not_offered"}):
        answer = decide(desk, case, reason="Ask Lindqvist.", ad_words=["Lindqvist", "Souza"], **decision)
        assert answer.status_code == 422 and list(answer.json["errors"]) == ["reason"], decision
    assert decide(desk, case, reason="Souza Antiques has more.", ad_words=["Souza"]).status_code == 201


def test_an_email_address_is_never_the_ads_own(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, ad(report_json(), title="Ask ana (at) people.test"))
    assert list(decide(desk, case, ad_words=["ana@people.test"]).json["errors"]) == ["ad_words.0"]
    assert list(decide(desk, case, ad_words=["ana (at) people.test", "ana"]).json["errors"]) == ["title"]


@pytest.mark.parametrize(
    "written", ["ben@people.test", "BEN (at) people.test", "ben+ads@people.test", "ben%40people.test"]
)
def test_the_address_of_a_spotter_who_did_not_report_the_ad_leaves_neither(
    desk: People, report_json: Callable[..., dict[str, Any]], written: str
) -> None:
    case = flag(desk, report_json())
    answer = decide(desk, case, reason=f"Papers are missing, ask {written} for more.")
    assert answer.status_code == 422 and set(answer.json["errors"]) == {"reason"}
    assert decide(desk, case, reason="Papers are missing, ask help@mercado.test for more.").status_code == 201


@pytest.mark.parametrize("decision", ["ask", "dismiss"])
def test_spotters_are_not_told_who_else_reported_or_decided(
    desk: People, report_json: Callable[..., dict[str, Any]], decision: str
) -> None:
    case = flag(desk, report_json())
    more = {"because": "other"} if decision == "dismiss" else {}
    refused = decide(desk, case, decision, reason="Dan Mbeki says it is a toy.", **more)
    assert list(refused.json["errors"]) == ["reason"]
    assert decide(desk, case, decision, reason="Thank you, Ana Souza.", **more).status_code == 201


def test_a_reason_to_hold_stays_at_the_desk(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, report_json())
    assert decide(desk, case, "hold", reason="Dan Mbeki calls the police.", why="police_first").status_code == 201


def test_an_answer_written_down_for_a_company_names_nobody(
    desk: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    case = flag(desk, report_json())
    assert decide(desk, case).status_code == 201
    stated = {
        "notice": notice_of(case),
        "answer": "not_violating",
        "via": "phone",
        "reason": "They told Cora Lindqvist it is resin.",
    }
    page = desk.browser("cora").post(f"/cases/{case}/answers", data=stated)
    assert page.status_code == 422 and "Cora Lindqvist" in page.text
    page = desk.browser("cora").post(f"/cases/{case}/answers", data=stated | {"reason": "They say that it is resin."})
    assert page.status_code == 302


def test_why_a_notice_is_withdrawn_names_nobody(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    case = flag(desk, report_json())
    assert decide(desk, case).status_code == 201
    cora = desk.browser("cora")
    page = cora.post(
        f"/cases/{case}/withdraw",
        data={"notice": notice_of(case), "cause": "mistaken", "reason": "Dan Mbeki looked again."},
    )
    assert page.status_code == 422 and ">\r\nDan Mbeki looked again.</textarea>" in page.text, "what was typed stays"
    assert "may be a person in the programme" in page.text
    with read() as session:
        assert session.get_one(Case, case).state == "notified"
    cora.post(
        f"/cases/{case}/withdraw", data={"notice": notice_of(case), "cause": "mistaken", "reason": "We looked again."}
    )
    with read() as session:
        assert session.get_one(Case, case).state == "closed"


def test_the_address_leaves_without_who_had_it_open(desk: People, report_json: Callable[..., dict[str, Any]]) -> None:
    url = "https://mercado.test/itm/grey-parrot/265370482805?sessionid=abc&user=ana@people.test&u_code=x#ana"
    case = flag(desk, report_json(url))
    assert decide(desk, case, reason="Compare https://x.com/a/status/1?s=20&t=AbC").status_code == 201
    headers = desk.token("mia", Scope.COMPANY)
    notice = desk.app.test_client().get("/api/v1/notices", headers=headers).json["items"][0]
    assert notice["listing"]["url"] == "https://mercado.test/itm/grey-parrot/265370482805"
    assert notice["suspicion"]["reasons"] == ["Compare https://x.com/a/status/1"]
    with read() as session:
        assert session.query(Report).one().url == url, "the stored report keeps what was sent"


def test_the_panel_marks_the_words_and_offers_to_leave_out_or_confirm(
    desk: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    case = flag(
        desk, ad(report_json(), title="Hi Ana Souza - ivory figure", seller={"name": "Souza Antiques", "url": None})
    )
    cora = desk.browser("cora")
    panel = cora.get(f"/cases/{case}?panel=notify").text
    assert "<mark>Ana Souza</mark>" in panel and "<mark>Souza</mark> Antiques" in panel
    with read() as session:
        version = session.get_one(Case, case).version
    form = {
        "decision": "notify", "version": version, "reason": "Mbeki says so.", "basis": "policy",
        "none_of_these": "y", "good_faith": "y", "leave_out": ["title"], "ad_words": ["Souza"],
    }  # fmt: skip
    page = cora.post(f"/cases/{case}/decisions", data=form)
    assert page.status_code == 422 and "<mark>Mbeki</mark>" in page.text and "<mark>Souza</mark>" not in page.text
    assert 'value="title" checked' in page.text and 'value="Souza" checked' in page.text, "what was ticked is kept"
    assert cora.post(f"/cases/{case}/decisions", data=form | {"reason": "Ivory."}).status_code == 302
    with read() as session:
        decided = session.query(CaseDecision).one()
        assert (decided.left_out, decided.ad_words) == (["title"], ["Souza"])


@pytest.mark.parametrize(
    "name",
    [
        "Ivory",
        "rosa",
        "Dan",
        "Spotter",
        "象牙",
        "Al",
        "Іvory",
        "1v0ry",
        "Ivory Ivory",
        "Rosa Rosa",
        "The Rosa",
        "R0sa rosa",
        "Ｉｖｏｒｙ",
    ],
)
def test_an_alias_that_no_check_could_find_is_refused(people: People, name: str) -> None:
    people.app.config["WTF_CSRF_ENABLED"] = False
    form = {"name": name, "email": "new@people.test", "adult": "y", "promise": "y"}
    page = people.app.test_client().post("/join", data=form)
    assert page.status_code == 422 and "everyday word" in page.text
    page = people.browser("cora").post("/people/invite", data={"name": name, "email": "new@people.test"})
    assert page.status_code == 422 and "everyday word" in page.text


@pytest.mark.parametrize("name", ["Cora Lindqvist", "lindqvist  cora", "Cоra Lindqvist", "\u202eyrovI"])
def test_an_alias_is_nobody_elses_at_the_desk_and_reads_as_it_is_kept(people: People, name: str) -> None:
    with write() as session:
        session.get_one(Account, people.ids["cora"]).name = "Cora Lindqvist"
    people.app.config["WTF_CSRF_ENABLED"] = False
    form = {"name": name, "email": "new@people.test", "adult": "y", "promise": "y"}
    assert people.app.test_client().post("/join", data=form).status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        "Anke",
        "Rosa Meier",
        "Rose Baker",
        "otter42",
        "王小明",
        "Ivory Souza",
        "김민수",
        "Blue Otter",
        "Анна",
        "Юлия",
        "سارة",
    ],
)
def test_a_name_that_can_be_found_is_taken(people: People, name: str) -> None:
    people.app.config["WTF_CSRF_ENABLED"] = False
    form = {"name": name, "email": "new@people.test", "adult": "y", "promise": "y"}
    assert people.app.test_client().post("/join", data=form).status_code == 200


def test_no_confirmation_lets_an_email_address_pass_where_chinese_words_touch_it(desk, report_json):
    with write() as session:
        session.execute(update(Account).where(Account.id == desk.ids["ana"]).values(email="wolfhound77@mail.test"))
    case = flag(desk, ad(report_json(), title="象牙手镯 由wolfhound77@mail.test分享"))
    assert decide(desk, case, ad_words=["wolfhound77"]).status_code == 422
