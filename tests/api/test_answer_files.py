"""A company answers in a spreadsheet: what it downloads, what sending it back would do, and what it does."""

import html
import io
import json
import re
from dataclasses import replace

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import func, select

from server.core.database import read
from server.core.words import Scope
from server.journeys.report import replying
from server.ledger.notices import standing
from server.ledger.notices.models import GivenAnswer, Notice
from tests.story import notify
from tests.workbooks import filled, workbook


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def notices(people, report_json):
    """Three notices to Mercado, one to Tradepost; their references by a short name."""
    made = {}
    for name, url in (
        ("one", "https://mercado.test/itm/265370482801"), ("two", "https://mercado.test/itm/265370482802"),
        ("three", "https://mercado.test/itm/265370482803"), ("theirs", "https://tradepost.test/ad/77"),
    ):  # fmt: skip
        report = report_json(url)
        report["listing"]["title"] = f"=cmd|' /C calc'!A0 parrot {name}"
        notice_id = notify(people, report)
        with read() as session:
            made[name] = session.get_one(Notice, notice_id).reference
    return made


def check(browser, data, name="answers.xlsx"):
    return browser.post("/notices/file", data={"table": (io.BytesIO(data), name)})


def send(browser, page):
    answers = html.unescape(re.search(r'name="answers" value="([^"]*)"', page.text)[1])
    return browser.post("/notices/file/answers", data={"answers": answers}, content_type="multipart/form-data")


def answers(reference=None):
    with read() as session:
        chosen = select(GivenAnswer.answer, GivenAnswer.reason, GivenAnswer.via).join(
            Notice, Notice.id == GivenAnswer.notice_id
        )
        if reference:
            chosen = chosen.where(Notice.reference == reference)
        return [tuple(row) for row in session.execute(chosen.order_by(GivenAnswer.id))]


def test_a_table_is_downloaded_filled_in_and_sent_back(people, notices):
    mia = people.browser("mia")
    assert "3 notices wait for an answer" in mia.get("/notices/file").text
    data = mia.get("/notices/file/notices.xlsx").data
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {notices[n] for n in ("one", "two", "three")}
    assert {row[1].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    mine = filled(data, {
        notices["one"]: {"Your answer": "Removed", "Your number": 4711, "Was it decided automatically?": "No",
                         "What you did": "Hidden; account warned"},
        notices["two"]: {"Your answer": "Not against our rules"},
    })  # fmt: skip
    page = check(mia, mine)
    assert page.status_code == 200 and answers() == [], "nothing is recorded yet"
    assert "1 answer would be recorded" in page.text and "1 row needs fixing" in page.text
    assert "1 row has no answer" in page.text or "has no answer" in page.text
    done = send(mia, page)
    assert "1 answer recorded" in done.text
    assert answers() == [("removed", None, "portal")]
    with read() as session:
        given = session.scalars(select(GivenAnswer)).one()
        assert (given.company_reference, given.automated, given.actions) == (
            "4711",
            False,
            ["Hidden", "account warned"],
        )
        assert given.account_id == people.ids["mia"]


def test_a_title_that_no_xml_can_hold_breaks_no_workbook(people, report_json):
    report = report_json()
    report["listing"]["title"] = "Grey\uffff parrot\ufffe \x0b young"
    notify(people, report)
    data = people.browser("mia").get("/notices/file/notices.xlsx").data
    (row,) = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2)
    assert "parrot" in row[1].value and "young" in row[1].value


def test_receipts_alone_are_not_said_to_be_told_to_anybody(people, notices):
    mia = people.browser("mia")
    data = mia.get("/notices/file/notices.xlsx").data
    for answer, told in (("Received", False), ("Duplicate", False), ("Removed", True)):
        page = send(mia, check(mia, filled(data, {notices["one"]: {"Your answer": answer}})))
        assert "1 answer" in page.text and "Thank you." in page.text
        assert ("are told" in page.text) is told, answer


def test_the_same_file_twice_changes_nothing_twice(people, notices):
    mia = people.browser("mia")
    data = workbook(
        [["reference", "answer", "reason"], [notices["one"], "removed", "Gone."], [notices["two"], "received"]]
    )
    page = check(mia, data)
    send(mia, page)
    send(mia, page)
    again = check(mia, data)
    assert "2 rows match what is recorded already" in again.text and 'name="answers"' not in again.text
    assert len(answers()) == 2
    with read() as session:
        one = session.scalars(select(Notice.id).where(Notice.reference == notices["one"])).one()
    replying.reply_to_company(one, people.ids["cora"], "It is still there.")
    again = check(mia, data)
    assert "1 row matches what is recorded already" in again.text
    send(mia, again)
    assert len(answers()) == 3


def answer(browser, reference, word, reason="", among_many=False):
    """As a colleague does on the notice's page, or in the inbox."""
    with read() as session:
        notice_id = session.scalars(select(Notice.id).where(Notice.reference == reference)).one()
    path = "/notices" if among_many else f"/notices/{notice_id}"
    assert browser.post(path, data={"notice": notice_id, "answer": word, "reason": reason}).status_code == 302


@pytest.mark.parametrize("undo_seconds", [0, 10])
def test_nobody_replaces_an_answer_that_came_after_the_check(people, notices, undo_seconds):
    people.app.config["SPOTTER"] = replace(people.app.config["SPOTTER"], undo_seconds=undo_seconds)
    mia, numbers = people.browser("mia"), [notices[name] for name in ("one", "two", "three")]
    page = check(mia, workbook([["reference", "answer"], *[[number, "removed"] for number in numbers]]))
    answer(mia, notices["one"], "not_violating", "A resin copy.")
    answer(mia, notices["two"], "received")
    answer(mia, notices["three"], "need_info", "Which photo?", among_many=True)
    done = html.unescape(send(mia, page).text)
    assert "1 answer " in done and "2 rows were not recorded" in done
    assert "meanwhile: “No violation found”." in done and "meanwhile: “Need more info”." in done
    with read() as session:
        one = session.scalars(select(Notice.id).where(Notice.reference == notices["one"])).one()
        assert standing.on(session, [one])[one]["answer"] == "not_violating"
    assert "answered meanwhile" in send(mia, page).text, "sent again, it replaces nothing either"


def test_a_file_sent_again_says_which_corrections_it_would_replace(people, notices):
    mia = people.browser("mia")
    rows = [["reference", "answer"], [notices["one"], "removed"], [notices["two"], "removed"]]
    page = check(mia, workbook(rows))
    assert "Replaces" not in page.text
    send(mia, page)
    answer(mia, notices["one"], "not_violating", "A resin copy.")
    page = check(mia, workbook(rows))
    assert "Replaces “No violation found”" in page.text and "1 of them would replace another answer." in page.text
    send(mia, page)
    assert [each[0] for each in answers(notices["one"])] == ["removed", "not_violating", "removed"], "it was seen"


def test_columns_stand_in_any_order_and_language(people, notices):
    mia = people.browser("mia")
    heads = ["Votre réponse", "Notes", "Motif", "Notre numéro"]
    data = workbook([heads, ["Retirée", "=A1", "Retirée le jour même.", notices["one"].lower()]])
    page = check(mia, data)
    assert "1 answer would be recorded" in page.text, page.text
    send(mia, page)
    assert answers(notices["one"]) == [("removed", "Retirée le jour même.", "portal")]


def test_a_french_csv_in_windows_1252_is_read_and_said_to_be(people, notices):
    mia = people.browser("mia")
    data = f"reference;answer;reason\r\n{notices['one']};removed;Retirée\r\n".encode("cp1252")
    page = check(mia, data, "réponses.csv")
    assert "Windows-1252" in page.text and "Retirée" in page.text
    assert "Windows-1252" not in check(mia, data.decode("cp1252").encode("utf-8-sig")).text


@pytest.mark.parametrize("word", ["Not violating", "not  violating", "Conforme", "لا مخالفة"])
def test_a_sheet_of_old_is_read_with_the_words_it_had_for_as_long_as_they_are_around(people, notices, word):
    table = f"reference,answer,reason\n{notices['one']},{word},It has its certificate.\n".encode()
    mia = people.browser("mia")
    send(mia, check(mia, table, "old.csv"))
    assert answers(notices["one"]) == [("not_violating", "It has its certificate.", "portal")]
    with time_machine.travel("2028-01-01", tick=False):
        late = check(people.browser("mia"), table, "old.csv")
        assert "is not one of the values of this column" in html.unescape(late.text)


def test_a_wrong_word_is_said_with_its_column_and_the_words_it_takes(people, notices):
    table = f"reference,answer,automated\n{notices['one']},removed,perhaps\n".encode()
    told = html.unescape(check(people.browser("mia"), table, "answers.csv").text)
    wrong = "Was it decided automatically?: “perhaps” is not one of the values of this column. Values: Yes, No."
    assert wrong in told


def test_a_downloaded_csv_is_safe_and_comes_back(people, notices):
    mia = people.browser("mia")
    text = mia.get("/notices/file/notices.csv").data.decode("utf-8-sig")
    assert "'=cmd" in text and notices["theirs"] not in text
    page = check(mia, text.encode())
    assert "0 answers would be recorded" in page.text and "3 rows have no answer" in page.text


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["{one}", "=1+1"], "formula"), (["{one}", "removd"], "not one of the values"), (["{one}", "moved"], "New address"),
        (["{theirs}", "removed"], "no notice with this number"), (["N-00000-00000", "removed"], "no notice with this number"),
        (["", "removed"], "number of the notice is missing"), (["{one}", "", "A reason."], "Choose what you did"),
        (["{one}", "not_violating"], "Reason"), (["{one}", "removed", "x" * 5001], "Reason"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_row_and_the_others_are_recorded(people, notices, cells, why):
    mia = people.browser("mia")
    cells = [cell.format(**notices) for cell in cells]
    page = check(mia, workbook([["reference", "answer", "reason"], cells, [notices["two"], "removed"]]))
    assert page.status_code == 200 and "Line 2" in page.text and why in html.unescape(page.text)
    send(mia, page)
    assert [row[0] for row in answers()] == ["removed"]


def test_the_same_notice_twice_in_a_file_is_said(people, notices):
    data = workbook([["reference", "answer"], [notices["one"], "removed"], [notices["one"], "received"]])
    assert "The same notice is in line 2" in check(people.browser("mia"), data).text


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["number", "what"], ["x", "y"]], "names the columns"), ([], "names the columns"),
        ([["reference", "answer", "Your answer"]], "same heading"),
        ([["reference", "answer"], *[[f"N-{n}", "removed"] for n in range(501)]], "at most 500 answers"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused(people, rows, why):
    page = check(people.browser("mia"), workbook(rows))
    assert page.status_code == 422 and why in html.unescape(page.text)


def test_answers_are_measured_in_bytes_as_the_form_that_sends_them_is(people, notices):
    """A reason in Chinese or Arabic takes two or three bytes a letter: what is checked can also be recorded."""
    people.app.config["SPOTTER"] = replace(people.app.config["SPOTTER"], max_json=20_000)
    mia = people.browser("mia")
    rows = [[notices[name], "not_violating"] for name in ("one", "two", "three")]
    page = check(mia, workbook([["reference", "answer", "reason"], *[[*row, "象牙" * 2400] for row in rows]]))
    assert page.status_code == 422 and "too long for one file" in page.text
    page = check(mia, workbook([["reference", "answer", "reason"], *[[*row, "ivory." * 800] for row in rows]]))
    assert page.status_code == 200 and "3 answers recorded" in send(mia, page).text


def test_a_form_takes_as_much_as_is_checked(people):
    mia, most = people.browser("mia"), people.app.config["SPOTTER"].max_json
    for answers, status in (("象" * (most // 3), 422), ("象" * (most // 2), 413)):
        sent = mia.post("/notices/file/answers", data={"answers": answers}, content_type="multipart/form-data")
        assert sent.status_code == status


def test_what_was_asked_is_told_apart_from_what_waits(people, notices):
    mia = people.browser("mia")
    rows = [[notices[name], "need_info", "Which of the photos?"] for name in ("one", "two")]
    send(mia, check(mia, workbook([["reference", "answer", "reason"], *rows])))
    page = mia.get("/notices/file").text
    assert "1 notice waits for an answer." in page
    assert "2 notices that you asked us about are at the end of the table." in page
    table = mia.get("/notices/file/notices.csv").data.decode("utf-8-sig")
    assert table.index(notices["three"]) < min(table.index(notices["one"]), table.index(notices["two"]))
    send(mia, check(mia, workbook([["reference", "answer"], [notices["three"], "removed"]])))
    page = mia.get("/notices/file").text
    assert "for an answer." not in page and "2 notices that you asked us about" in page and "notices.xlsx" in page


def test_no_file_is_asked_for(people):
    page = people.browser("mia").post("/notices/file", data={})
    assert page.status_code == 422 and "Choose a file" in page.text


def test_one_company_answers_no_notice_of_another(people, notices):
    """Neither by a table nor by what a table's form would send."""
    mia, otto = people.browser("mia"), people.browser("otto")
    data = workbook([["reference", "answer"], [notices["one"], "removed"]])
    seen = check(otto, data)
    assert "no notice with this number" in seen.text and "parrot one" not in seen.text
    page = check(mia, data)
    done = send(otto, page)
    assert "0 answers recorded" in done.text and notices["one"] not in done.text
    assert answers() == []
    assert notices["one"].encode() not in otto.get("/notices/file/notices.csv").data


def test_what_fails_keeps_back_no_other(people, notices):
    """Withdrawn between the check and the sending."""
    mia = people.browser("mia")
    page = check(mia, workbook([["reference", "answer"], [notices["one"], "removed"], [notices["two"], "removed"]]))
    with read() as session:
        one = session.scalars(select(Notice.id).where(Notice.reference == notices["one"])).one()
    from server.journeys.report import answering

    answering.withdraw_notice(one, people.ids["cora"], "A mistake of ours.")
    done = send(mia, page)
    assert "1 answer recorded" in done.text and notices["one"] in done.text
    assert len(answers()) == 1
    assert "1 row needs fixing" in check(mia, workbook([["reference", "answer"], [notices["one"], "removed"]])).text


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        json.dumps([{}] * 501),
        "[" * 100_000,
        "[" * 900 + "]" * 900,
        r'[{"id": "\ud800"}]',
        r'[{"id": "\u0000"}]',
    ],
)
def test_what_no_table_made_is_refused(people, sent):
    answer = people.browser("mia").post("/notices/file/answers", data={"answers": sent})
    assert answer.status_code == 422, answer.text


def test_rows_that_say_nonsense_are_refused_one_by_one(people, notices):
    answer = people.browser("mia").post("/notices/file/answers", data={"answers": '[1, null, {"id": 3}, {"x": "y"}]'})
    assert answer.status_code == 200 and "4 rows were not recorded" in answer.text
    with read() as session:
        assert session.scalar(select(func.count()).select_from(GivenAnswer)) == 0


def test_the_api_says_of_each_what_it_said_before(client, people, notices):
    with read() as session:
        one = session.scalars(select(Notice.id).where(Notice.reference == notices["one"])).one()
    body = [{"id": one, "answer": "removed"}, {"id": one, "answer": "nonsense"}]
    items = client.post("/api/v1/notices/answers", json=body, headers=people.token("mia", Scope.COMPANY)).json["items"]
    assert [item["status"] for item in items] == [201, 422]
