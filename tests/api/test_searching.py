"""What people search for is text: a sign that means something to the database stands for itself, in every list."""

import pytest
from sqlalchemy import literal, select

from server.core.conditions import ESCAPE, holding
from server.core.database import read, write
from server.core.words import Scope
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.notices import inbox_store
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.reads import case_list, case_search
from tests import plans
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
        assert len(case_list.listed(session, None, q, None)[0]) == expected
        assert len(inbox_store.inbox(session, mercado, q)[0]) == expected


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("state", [None, "open", "closed"])
def test_few_and_many_cases_that_hold_the_words_are_listed_alike(people, report_json, monkeypatch, few, state):
    """A few are read and put in order, of many the queue's order is followed: by title, number, address or reference."""
    monkeypatch.setattr(case_search, "FEW", few)
    ids = [flag(people, report_json(f"https://mercado.test/itm/30000000{n}")) for n in range(3)]
    with write() as session:
        cases = {case.id: case for case in session.scalars(select(Case))}
        for number, case_id in enumerate(ids):
            cases[case_id].priority = 10 * number
            session.get_one(Listing, cases[case_id].listing_id).title = f"Carving no. {number}"
    with read() as session:
        reference = cases[ids[1]].reference
        for q, expected in (
            ("carving NO.", ids[::-1]), ("no. 2", [ids[2]]), ("300000001", [ids[1]]), ("listing 300000001", [ids[1]]), ("annonce 300000001", [ids[1]]), ("listing 30000000", []), (reference[3:9].lower(), [ids[1]]),
            (" https://mercado.test/itm/300000001 ", [ids[1]]), ("C-", ids[::-1]), ("no. 7", []), ("R-00000-00000", []),
        ):  # fmt: skip
            found, _ = case_list.listed(session, state, q, None)
            assert [case["id"] for case in found] == (expected if state != "closed" else []), q


def test_a_reference_finds_its_case_and_its_notice_in_every_list(people, report_json, client):
    """A company that replies by mail names our N-, a spotter who writes to the desk their R-."""
    notice_id = notify(people, report_json())
    other = notify(people, report_json("https://mercado.test/itm/300000000"))
    with read() as session:
        notice = notices.get(session, None, notice_id)
        case, report = session.get(Case, notice.case_id), reports.of_case(session, notice.case_id)[0]
    cora, mia = people.token("cora", Scope.CASES), people.token("mia", Scope.COMPANY)
    desk, inbox = people.browser("cora"), people.browser("mia")
    for reference in (notice.reference, report.reference, case.reference):
        for q in (reference, f"  {reference.lower()} "):
            listed = client.get("/api/v1/cases", query_string={"q": q}, headers=cora).json["items"]
            assert [item["id"] for item in listed] == [case.id], q
            page = desk.get("/cases", query_string={"q": q}).text
            assert page.count("data-case ") == 1 and f"/cases/{case.id}" in page
    for q in (notice.reference, f" {notice.reference.lower()}", notice.reference[:7]):
        listed = client.get("/api/v1/notices", query_string={"q": q}, headers=mia).json["items"]
        assert [item["id"] for item in listed] == [notice_id], q
        page = inbox.get("/notices", query_string={"q": q}).text
        assert notice_id in page and other not in page


@pytest.mark.parametrize(
    ("who", "scope", "path"),
    [("ana", Scope.REPORTS, "reports"), ("cora", Scope.CASES, "cases"), ("mia", Scope.COMPANY, "notices")],
)
def test_an_address_of_any_length_finds_its_ad(people, report_json, client, who, scope, path):
    url = ("https://mercado.test/itm/300000001/" + "a_parrot%20" * 400)[:4096]
    notify(people, report_json())
    notify(people, report_json(url))
    headers, page = people.token(who, scope), people.browser(who)
    (found,) = client.get(f"/api/v1/{path}", query_string={"q": url}, headers=headers).json["items"]
    assert found["id"] in page.get(f"/{path}", query_string={"q": url}).text
    assert (
        client.get(f"/api/v1/{path}", query_string={"q": url.replace("1/", "2/")}, headers=headers).json["items"] == []
    )
    assert client.get(f"/api/v1/{path}", query_string={"q": url + "x"}, headers=headers).status_code == 422


@pytest.mark.parametrize("q", ["C-00000-00000", " r-00000-00000", "N-00000-00000 "])
def test_a_reference_of_nothing_is_told_without_reading_every_listing(people, report_json, client, q):
    flag(people, report_json())
    cora = people.token("cora", Scope.CASES)
    with plans.asked() as seen:
        assert client.get("/api/v1/cases", query_string={"q": q}, headers=cora).json["items"] == []
    assert not [statement for statement in seen.statements if "LIKE" in statement]
    with plans.asked() as seen:
        assert client.get("/api/v1/cases?q=carving", headers=cora).status_code == 200
    assert [statement for statement in seen.statements if "LIKE" in statement]


@pytest.mark.parametrize(("q", "read_too"), [("old carving", False), ("象牙", False), ("carving", True)])
def test_addresses_are_read_only_for_what_may_stand_in_an_address(people, report_json, q, read_too):
    flag(people, report_json())
    with read() as session, plans.asked() as seen:
        case_list.listed(session, None, q, None)
    sought = [statement.replace("ILIKE", "LIKE") for statement in seen.statements if "LIKE" in statement]
    assert sought and all(("listings.url LIKE" in statement) is read_too for statement in sought)


def test_a_companys_own_number_finds_the_case_at_the_desk(people, report_json, client):
    """A ticket system writes its own number into every reply, and not always ours."""
    notice_id = notify(people, report_json())
    notify(people, report_json("https://mercado.test/itm/300000000"))
    answer = {"answer": "need_info", "reason": "Which photo?", "company_reference": "TKT-778"}
    mia, cora = people.token("mia", Scope.COMPANY), people.token("cora", Scope.CASES)
    assert client.post(f"/api/v1/notices/{notice_id}/answers", headers=mia, json=answer).status_code == 201
    with read() as session:
        case_id = notices.get(session, None, notice_id).case_id
    for q, wanted in (("TKT-778", [case_id]), (" TKT-778 ", [case_id]), ("TKT-77", [])):
        listed = client.get("/api/v1/cases", query_string={"q": q}, headers=cora).json["items"]
        assert [item["id"] for item in listed] == wanted, q
    assert f"/cases/{case_id}" in people.browser("cora").get("/cases?q=TKT-778").text


@pytest.mark.parametrize(
    ("reported", "q"),
    [
        ("https://mercado.test/itm/grey-parrot/265370482805", "https://mercado.test/itm/other-words/265370482805"),
        (
            "https://mercado.test/itm/grey-parrot/265370482805",
            "MERCADO.test/itm/grey-parrot/265370482805?hash=a#photos",
        ),
        ("https://shop.test/ad/löwe/7", "https://shop.test/ad/löwe/7"),
        ("https://müller.test/ad/7", "müller.test/ad/7"),
        ("https://shop.test/象牙/7", "https://shop.test:443/象牙/7"),
    ],
)
def test_a_case_is_found_by_every_address_of_its_listing(people, report_json, reported, q):
    case_id = flag(people, report_json(reported))
    flag(people, report_json("https://mercado.test/itm/300000000"))
    with read() as session:
        assert [case["id"] for case in case_list.listed(session, None, q, None)[0]] == [case_id]
