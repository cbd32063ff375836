"""Complaints from the form to the list: Sela sells budgerigars; Cora decided on her ad; Dan or Ada answers her."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from server.core import clock
from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Refused
from server.journeys.report import complaining, correcting
from server.journeys.spotter import closing
from server.ledger.cases.models import Case
from server.ledger.complaints import states, store
from server.ledger.complaints.models import Complaint
from server.people.accounts import second_person
from server.people.accounts.models import Account
from server.reads import attention, named_case
from server.reads.attention import Waits
from tests.complaint_stories import ADDRESS, SELA, Make, Run, answer, audited, complained, confirmed, kept, standing
from tests.conftest import People
from tests.plans import asked, only_on_sqlite
from tests.story import flag, mails, notify

# --- It comes in -----------------------------------------------------------------------------------------------------


def test_a_seller_complains_and_reads_when_she_is_answered(
    app: Flask, people: People, report_json: Make, settings: Settings, work_all: Run
) -> None:
    case_id = flag(people, report_json())
    app.config["WTF_CSRF_ENABLED"] = False
    page = app.test_client().post("/complaint", data={"about": ADDRESS, "text": "A budgerigar.", "email": SELA}).text
    reference = re.search(r"Q-\w{5}-\w{5}", page)
    assert reference and "within 14 days" in page
    with read() as session:
        complaint = session.scalars(select(Complaint)).one()
    assert (complaint.case_id, complaint.state, complaint.language) == (case_id, "open", "en")
    assert complaint.due_at - complaint.at == timedelta(days=14)
    work_all()
    (mail,) = mails(settings, SELA)
    body = mail.get_body(("plain",)).get_content()
    assert reference[0] in body and mail["Subject"] == f"Your complaint {reference[0]}"
    assert "budgerigar" not in body and "mercado" not in body, "whoever filled the form in may be somebody else"


@pytest.mark.parametrize(
    ("about", "found"),
    [
        (ADDRESS, True),
        ("mercado.test/itm/265370482805", True),
        ("My ad (https://mercado.test/itm/grey-parrot/265370482805), taken down yesterday.", True),
        ("https://mercado.test/itm/grey-parrot/265370482806", False),
        ("my ad", False),
        ("https://", False),
        ("http://[::1", False),
    ],
)
def test_the_case_is_found_by_the_listings_address(people: People, report_json: Make, about: str, found: bool) -> None:
    case_id = flag(people, report_json())
    assert complained(about).case_id == (case_id if found else None)


def test_the_case_is_found_by_the_notices_number(people: People, report_json: Make) -> None:
    notice = standing(notify(people, report_json()))
    assert complained(f"Mercado says: notice {notice.reference.lower()}.").case_id == notice.case_id


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("listing 265370482805", True),  # as the page of the case prints it
        ("265370482805", True),
        ("My ad no. 265370482805, taken down yesterday.", True),
        ("annonce 265370482805.", True),
        ("{case}", True),
        ("It is about {case}.", True),
        ("listing 265370482806", False),
        ("listing 26537048280", False),
        ("https://elsewhere.test/itm/265370482805", False),  # another site's
        ("elsewhere.test/itm/265370482805", False),
        ("C-00000-00000", False),
    ],
)
def test_the_case_is_found_by_its_number_and_by_its_listings(
    people: People, report_json: Make, about: str, found: bool
) -> None:
    case_id = flag(people, report_json())
    with read() as session:
        number = session.get_one(Case, case_id).reference
    assert complained(about.format(case=number.lower())).case_id == (case_id if found else None)


def test_a_number_that_two_listings_have_names_no_case(people: People, report_json: Make) -> None:
    flag(people, report_json())
    assert complained("listing 265370482805").case_id is not None
    flag(people, report_json("https://tradepost.test/ad/265370482805"))
    assert complained("ad 265370482805").case_id is None


def test_a_number_is_looked_up_by_an_index_and_a_few_at_most(people: People, report_json: Make) -> None:
    only_on_sqlite()
    flag(people, report_json())
    with read() as session, asked() as seen:
        named_case.find(session, " ".join(str(265370482805 + n) for n in range(500)))
    (statement,) = [text for text in seen.statements if re.search(r"listings\.\W?key\W? IN", text)]
    with read() as session:
        values = ("x",) * (statement.count("?") - 2) + (5, 0)
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert not [row[3] for row in plan if row[3].startswith("SCAN")], plan
    assert statement.count("?") < 100


def test_the_form_says_the_same_whether_there_is_a_case(app: Flask, people: People, report_json: Make) -> None:
    flag(people, report_json())
    app.config["WTF_CSRF_ENABLED"] = False
    pages = [
        app.test_client().post("/complaint", data={"about": about, "text": "Mine.", "email": SELA}).text
        for about in (ADDRESS, "https://mercado.test/itm/111111111", "listing 265370482805", "listing 111111111")
    ]
    assert len({re.sub(r"data-now=\S+|Q-\w{5}-\w{5}|nonce-\S+|value=\"[^\"]*\"", "", page) for page in pages}) == 1


def test_a_third_person_is_mailed_once_a_day_however_often_their_address_is_typed(
    people: People, settings: Settings, work_all: Run
) -> None:
    for number in range(5):
        complained(f"https://mercado.test/itm/{number}", f"sela+{number}@people.test" if number % 2 else SELA.upper())
    work_all()
    assert len(confirmed(settings)) == 1
    with time_machine.travel(clock.now() + timedelta(hours=23)):
        complained("https://mercado.test/itm/6")
        work_all()
    assert len(confirmed(settings)) == 1
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        complained("https://mercado.test/itm/7")
        work_all()
    assert len(confirmed(settings)) == 2


def test_a_confirmation_that_is_tried_again_is_not_one_more(people: People, settings: Settings, work_all: Run) -> None:
    complaint = complained()
    work_all()
    complaining.mail_received(complaint.id)
    assert len(mails(settings, SELA)) == 1


# --- A second person -------------------------------------------------------------------------------------------------


def test_whoever_decided_or_reported_neither_answers_nor_closes_nor_moves_it(people: People, report_json: Make) -> None:
    notice = standing(notify(people, report_json()))  # Cora's
    other = flag(people, report_json("https://mercado.test/itm/265370482899"))
    complaint, cora = complained(), people.browser("cora")
    page = cora.get(f"/complaints/{complaint.id}").text
    assert "You decided on this case or reported it." in page and "Ada" in page and "Dan" in page
    assert "Send the answer" not in cora.get(f"/complaints/{complaint.id}?outcome=rejected").text
    for door, data in (
        ("take", {}), ("case", {"case": other}), ("close", {"why": "no_complaint"}), ("erase", {}),
        ("answer", {"outcome": "rejected", "answer": "We stay with it.", "correction": "none", "seen": notice.id}),
    ):  # fmt: skip
        assert cora.post(f"/complaints/{complaint.id}/{door}", data=data).status_code == 409, door
    assert kept(complaint).state == "open" and audited(complaint) == [("complaint_received", {})]


def test_who_left_the_case_unlinked_cannot_settle_it_so(people: People, report_json: Make) -> None:
    complaint = complained()
    notify(people, report_json())  # reported after the complaint: no case was found then
    for who in ("cora", "dan"):
        with pytest.raises(Refused, match="Choose that case first"):
            answer(complaint, who, people, outcome="not_ours", correction="none", words="")
    other = flag(people, report_json("https://mercado.test/itm/265370482899"))
    with pytest.raises(Refused, match="Somebody else answers"):
        correcting.choose_case(complaint.id, people.ids["cora"], other)
    with pytest.raises(Refused, match="Somebody else answers"):
        correcting.close(complaint.id, people.ids["cora"], "no_complaint")
    with pytest.raises(Refused, match="Somebody else answers"):
        correcting.erase(complaint.id, people.ids["cora"])


def written_down(people: People, who: str, about: str) -> Complaint:
    complaint_id = complaining.write_down(people.ids[who], about, "He called: it is a budgerigar.", SELA, "en")
    with read() as session:
        return session.get_one(Complaint, complaint_id)


@pytest.mark.parametrize("about", ["by telephone", "https://www.mercado.test/itm/grey-parrot/265370482899"])
def test_who_wrote_down_a_complaint_without_a_case_leaves_it_to_somebody_else(
    people: People, report_json: Make, about: str
) -> None:
    """Cora decided, and writes it down so that her case is not found: what it says is of her choice."""
    notice = standing(notify(people, report_json()))
    complaint, cora = written_down(people, "cora", about), people.browser("cora")
    page = cora.get(f"/complaints/{complaint.id}?outcome=not_ours").text
    assert "You recorded this complaint, and it has no case yet." in page and "Dan" in page and "Ada" in page
    for door, data in (
        ("take", {}), ("case", {"case": notice.case_id}), ("close", {"why": "no_complaint"}), ("erase", {}),
        ("answer", {"outcome": "not_ours", "answer": "It is not ours.", "correction": "none", "seen": ""}),
    ):  # fmt: skip
        assert f"/complaints/{complaint.id}/{door}" not in page, door
        assert cora.post(f"/complaints/{complaint.id}/{door}", data=data).status_code == 409, door
    assert kept(complaint).state == "open" and audited(complaint) == [("complaint_received", {})]
    correcting.choose_case(complaint.id, people.ids["dan"], notice.reference)
    assert "You decided on this case or reported it." in cora.get(f"/complaints/{complaint.id}").text
    correcting.close(complaint.id, people.ids["dan"], "taken_back")
    correcting.erase(complaint.id, people.ids["cora"])  # settled: anybody of the desk deletes it when they ask


def test_who_wrote_it_down_works_on_it_once_somebody_else_has_chosen_its_case(
    people: People, report_json: Make
) -> None:
    notice = standing(notify(people, report_json()))  # Cora's
    complaint = written_down(people, "dan", "by telephone")
    correcting.choose_case(complaint.id, people.ids["ada"], notice.reference)
    assert "Work on it" in people.browser("dan").get(f"/complaints/{complaint.id}").text
    answer(complaint, "dan", people)
    assert kept(complaint).settled_by_id == people.ids["dan"]


def test_where_nobody_else_can_choose_the_case_the_page_says_so(people: People) -> None:
    complaint = written_down(people, "cora", "by telephone")
    with write() as session:
        for key in ("dan", "ada"):
            session.get_one(Account, people.ids[key]).disabled_at = clock.now()
    assert "Nobody else here can answer it." in people.browser("cora").get(f"/complaints/{complaint.id}").text


def test_who_had_a_part_in_the_case_it_names_is_offered_that_case_and_nothing_else(
    people: People, report_json: Make
) -> None:
    complaint = complained()
    case_id = standing(notify(people, report_json())).case_id  # reported after the complaint; Cora decides on it
    doors = ("close", "erase", "answer")
    cora = people.browser("cora").get(f"/complaints/{complaint.id}?outcome=not_ours").text
    assert f'value="{case_id}"' in cora and cora.count(f"/complaints/{complaint.id}/case") == 1
    assert not [door for door in doors if f"/complaints/{complaint.id}/{door}" in cora]
    dan = people.browser("dan").get(f"/complaints/{complaint.id}?outcome=not_ours").text
    assert [door for door in doors if f"/complaints/{complaint.id}/{door}" in dan] == ["close", "erase"]


def test_whose_account_the_decider_has_just_opened_reads_why_they_cannot_answer(
    people: People, report_json: Make
) -> None:
    notify(people, report_json())
    complaint = complained()
    with write() as session:
        session.get_one(Account, people.ids["dan"]).invited_by_id = people.ids["cora"]
    dan = people.browser("dan").get(f"/complaints/{complaint.id}?outcome=rejected").text
    assert "opened the other’s account in the last 30 days. Somebody else answers" in dan and "<bdi>Ada</bdi>" in dan
    assert not [door for door in ("take", "case", "close", "erase", "answer") if f"{complaint.id}/{door}" in dan]
    cora = people.browser("cora").get(f"/complaints/{complaint.id}").text
    assert "<bdi>Ada</bdi>" in cora and "<bdi>Dan</bdi>" not in cora, "she asks nobody who is refused"
    with write() as session:
        session.get_one(Account, people.ids["dan"]).created_at -= second_person.NEW
    assert f"{complaint.id}/take" in people.browser("dan").get(f"/complaints/{complaint.id}").text


def test_where_one_is_alone_the_page_says_so_and_what_waits(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint = complained()
    with write() as session:
        for key in ("dan", "ada"):
            session.get_one(Account, people.ids[key]).disabled_at = clock.now()
    page = people.browser("cora").get(f"/complaints/{complaint.id}").text
    assert "Nobody else here can answer it." in page and "nothing is sent" in page


def test_one_works_on_it_and_another_takes_it_over(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint, dan, ada = complained(), people.browser("dan"), people.browser("ada")
    dan.post(f"/complaints/{complaint.id}/take")
    assert "Dan</bdi> is working on it" in ada.get(f"/complaints/{complaint.id}").text
    with pytest.raises(Refused, match="Dan is working on this complaint"):
        answer(complaint, "ada", people)
    assert ada.post(f"/complaints/{complaint.id}/take").status_code == 409
    ada.post(f"/complaints/{complaint.id}/take", data={"take_over": "1"})
    assert kept(complaint).worker_id == people.ids["ada"]
    dan.post(f"/complaints/{complaint.id}/let-go")
    assert kept(complaint).worker_id == people.ids["ada"], "it is not his any more"
    ada.post(f"/complaints/{complaint.id}/let-go")
    assert kept(complaint).worker_id is None
    assert [action for action, _ in audited(complaint)] == [
        "complaint_received", "complaint_taken", "complaint_taken", "complaint_let_go",
    ]  # fmt: skip


def test_who_leaves_works_on_no_complaint_any_more(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint = complained()
    people.browser("dan").post(f"/complaints/{complaint.id}/take")
    closing.close(people.ids["dan"], people.ids["ada"], "Has left.")
    assert "is working on it" not in people.browser("ada").get(f"/complaints/{complaint.id}").text
    assert kept(complaint).worker_id is None
    answer(complaint, "ada", people)
    assert kept(complaint).state == states.ComplaintState.ANSWERED


# --- The list and the clock ------------------------------------------------------------------------------------------


def test_it_waits_by_its_clock_until_it_is_answered(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint = complained()

    def line() -> attention.WaitingLine:
        with read() as session:
            return next(line for line in attention.lines(session) if line.what is Waits.COMPLAINTS)

    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert (line().number, line().at) == (1, complaint.due_at), "over its time it waits more than before"
        assert "Overdue" in people.browser("dan").get("/complaints").text
        answer(complaint, "dan", people)
        assert line().number == 0


def test_the_list_comes_a_page_at_a_time_first_due_first_and_is_searched(people: People, monkeypatch: Any) -> None:
    monkeypatch.setattr(store, "PAGE", 2)
    rows = [complained(f"https://mercado.test/itm/{number}", f"s{number}@people.test") for number in range(3)]
    cora = people.browser("cora")
    first = cora.get("/complaints").text
    assert [row.reference in first for row in rows] == [True, True, False]
    link = re.search(r'href="([^"]+)" rel="next"', first)
    assert link
    second = cora.get(link[1].replace("&amp;", "&")).text
    assert [row.reference in second for row in rows] == [False, False, True]
    for q in (rows[1].reference.lower(), "itm/1", "s1@people"):
        found = cora.get("/complaints", query_string={"q": q}).text
        assert [row.reference in found for row in rows] == [False, True, False], q
    assert "Nothing matches" in cora.get("/complaints?q=Q-00000-00000").text
    correcting.close(rows[0].id, people.ids["cora"], "no_complaint")
    assert rows[0].reference in cora.get("/complaints?state=closed").text
    assert rows[0].reference not in cora.get("/complaints").text


def test_it_is_found_by_the_number_of_its_case_and_notice(people: People, report_json: Make) -> None:
    notice = standing(notify(people, report_json()))
    complaint, cora = complained(), people.browser("cora")
    with read() as session:
        case = session.get_one(Case, notice.case_id)
    for q in (case.reference, notice.reference):
        assert complaint.reference in cora.get("/complaints", query_string={"q": q}).text
    assert complaint.reference in cora.get(f"/cases/{case.id}").text


def test_it_is_closed_without_an_answer_for_a_reason_and_nothing_leaves(
    people: People, settings: Settings, work_all: Run
) -> None:
    complaint, dan = complained(), people.browser("dan")
    work_all()
    before = len(mails(settings))
    assert dan.post(f"/complaints/{complaint.id}/close", data={}).status_code == 422
    assert dan.post(f"/complaints/{complaint.id}/close", data={"why": "erased"}).status_code == 422
    assert dan.post(f"/complaints/{complaint.id}/close", data={"why": "repeated"}).status_code == 302
    assert dan.post(f"/complaints/{complaint.id}/close", data={"why": "repeated"}).status_code == 409
    work_all()
    assert len(mails(settings)) == before and kept(complaint).closed_why == "repeated"
