"""Complaints from the form to the answer: Sela sells budgerigars; Cora decided on her ad; Dan or Ada answers her."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, post, work
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Answer, Refused, Via
from server.journeys.report import answering, complaining, correcting, decision
from server.ledger.cases.models import Case
from server.ledger.complaints import states, store
from server.ledger.complaints.models import Complaint
from server.ledger.notices.models import Notice, NoticeReply
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.reads import attention, figures
from server.reads.attention import Waits
from tests.conftest import People
from tests.racing import one_won, race
from tests.story import decide, flag, mails, notify

SELA = "sela@people.test"
ADDRESS = "https://www.mercado.test/itm/grey-parrot/265370482805?ref=search"
RIGHT = "We looked again: it is a budgerigar, and papers are shown. We are sorry."
Make = Callable[..., dict[str, Any]]
Run = Callable[[], int]


def complained(about: str = ADDRESS, email: str = SELA, language: str | None = "en") -> Complaint:
    reference = complaining.complain(about, "This is a budgerigar.", email, language)
    with read() as session:
        return session.scalars(select(Complaint).where(Complaint.reference == reference)).one()


def kept(complaint: Complaint) -> Complaint:
    with read() as session:
        return session.get_one(Complaint, complaint.id)


def audited(complaint: Complaint) -> list[tuple[str, dict[str, Any]]]:
    with read() as session:
        rows = select(AuditRow.action, AuditRow.detail).where(AuditRow.object_id == complaint.id)
        return [(action, detail) for action, detail in session.execute(rows.order_by(AuditRow.seq))]


def standing(notice_id: str) -> Notice:
    with read() as session:
        return session.get_one(Notice, notice_id)


def confirmed(settings: Settings) -> list[str]:
    return [mail["To"] for mail in mails(settings) if mail["Subject"].startswith("Your complaint")]


def answer(complaint: Complaint, who: str, people: People, **more: Any) -> None:
    values = {"outcome": "upheld", "answer": RIGHT, "correction": "withdraw", "words": "It is a budgerigar."} | more
    if "seen" not in values:
        with read() as session:
            case_id = session.get_one(Complaint, complaint.id).case_id
            stands = select(Notice.id).where(Notice.case_id == case_id, Notice.withdrawn_at.is_(None))
            values["seen"] = session.scalar(stands.where(Notice.replaced_at.is_(None))) or ""
    correcting.answer(complaint.id, people.ids[who], **values)


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


def test_the_form_says_the_same_whether_there_is_a_case(app: Flask, people: People, report_json: Make) -> None:
    flag(people, report_json())
    app.config["WTF_CSRF_ENABLED"] = False
    pages = [
        app.test_client().post("/complaint", data={"about": about, "text": "Mine.", "email": SELA}).text
        for about in (ADDRESS, "https://mercado.test/itm/111111111")
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
    assert "You wrote this complaint down, and it has no case yet." in page and "Dan" in page and "Ada" in page
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
    assert "Dan</bdi> works on it" in ada.get(f"/complaints/{complaint.id}").text
    with pytest.raises(Refused, match="Dan works on this complaint"):
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


# --- The answer ------------------------------------------------------------------------------------------------------


def test_upheld_the_notice_is_withdrawn_the_company_told_the_figures_say_so_and_she_is_answered(
    people: People, report_json: Make, settings: Settings, work_all: Run
) -> None:
    notice_id = notify(people, report_json())
    complaint = complained()
    work_all()
    before = len(mails(settings))
    dan = people.browser("dan")
    page = dan.get(f"/complaints/{complaint.id}?outcome=upheld").text
    assert "You are right: our suspicion was wrong" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen and seen[1] == notice_id
    form = {
        "outcome": "upheld",
        "answer": RIGHT,
        "correction": "withdraw",
        "words": "It is a budgerigar.",
        "seen": seen[1],
    }
    assert len(mails(settings)) == before, "nothing is sent before the decision"
    assert dan.post(f"/complaints/{complaint.id}/answer", data=form).status_code == 302
    work_all()
    (told,) = [mail for mail in mails(settings, "spoc@mercado.test") if "withdrawn" in mail["Subject"]]
    answered, confirmed = mails(settings, SELA)  # by name: "….answer" comes first
    body = answered.get_body(("plain",)).get_content()
    assert "it is a budgerigar" in body and answered["In-Reply-To"] == confirmed["Message-ID"]
    assert SELA not in str(told) and "Dan" not in body
    assert standing(notice_id).withdrawn_at and kept(complaint).mailed_at
    with read() as session:
        assert session.scalars(select(Report.status)).one() == "dismissed"
        assert session.scalars(select(Case.state)).one() == "closed"
    assert audited(complaint)[-1] == (
        "complaint_answered", {"outcome": "upheld", "correction": "withdraw", "notice": notice_id},
    )  # fmt: skip
    with read() as session:
        (row,) = figures.became(session, figures.Asked(), None)
    assert (row["notices"], row["withdrawn"], row["open"]) == (1, 1, 0), "kept in the figures as withdrawn by us"
    page = dan.get(f"/complaints/{complaint.id}").text
    assert "The notice was withdrawn." in page and "Send the answer" not in page
    complaining.mail_answer(complaint.id)
    assert len(mails(settings, SELA)) == 2, "tried again, it is the same mail"


def test_where_the_notice_stands_the_company_reads_in_its_thread_what_is_right_and_gets_no_second_notice(
    people: People, report_json: Make, work_all: Run
) -> None:
    notice_id = notify(people, report_json())
    complaint = complained()
    answer(
        complaint, "dan", people, outcome="partly", correction="write", words="The cage, not the bird, is in picture 2."
    )
    with read() as session:
        assert session.scalars(select(NoticeReply.text)).one() == "The cage, not the bird, is in picture 2."
        assert session.scalar(select(func.count()).select_from(Notice)) == 1
    assert standing(notice_id).withdrawn_at is None and kept(complaint).notice_id == notice_id


@pytest.mark.parametrize("outcome", ["rejected", "not_ours"])
def test_what_is_not_upheld_changes_no_notice(people: People, report_json: Make, outcome: str) -> None:
    notice_id = notify(people, report_json())
    complaint = complained()
    answer(complaint, "ada", people, outcome=outcome, correction="none", words="")
    assert standing(notice_id).withdrawn_at is None and kept(complaint).notice_id is None
    assert kept(complaint).words == ""


def test_upheld_before_a_decision_the_case_has_changed_for_whoever_decides(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    complaint = complained()
    answer(complaint, "dan", people, correction="none", words="")
    with pytest.raises(Refused) as stale:
        decision.decide(case_id, people.ids["cora"], decision="hold", note="x", version=1, hold_reason="other")
    assert stale.value.kind == "stale"
    assert "complaints" in people.browser("cora").get(f"/cases/{case_id}").text


def test_an_answer_names_nobody_and_is_not_lost(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    form = {
        "outcome": "rejected",
        "correction": "none",
        "seen": notice_id,
        "answer": "Cora Lindqvist said so: Ana saw it.",
    }
    with write() as session:
        session.get_one(Account, people.ids["cora"]).name = "Cora Lindqvist"
    refused = dan.post(f"/complaints/{complaint.id}/answer", data=form)
    assert refused.status_code == 422 and "may be a person of the programme" in refused.text
    assert "Ana saw it." in refused.text and kept(complaint).state == "open"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    form = {"outcome": "upheld", "correction": "", "seen": notice_id, "answer": "The reason: […]", "words": "Typed."}
    page = dan.post(f"/complaints/{complaint.id}/answer", data=form)
    assert page.status_code == 422 and "Typed." in page.text
    assert "Choose what reaches the company." in page.text and "with your own words" in page.text
    assert kept(complaint).state == "open"


def test_a_notice_that_nobody_saw_is_not_withdrawn(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    complaint = complained()
    answering.answer_notice(notice_id, {"answer": Answer.NEED_INFO, "reason": "Which?"}, Via.PORTAL, people.ids["mia"])
    newer = decide(people, kept(complaint).case_id or "")
    with pytest.raises(Refused, match="notice has changed"):
        answer(complaint, "dan", people, seen=notice_id)
    assert standing(newer).withdrawn_at is None


def test_of_two_who_answer_at_once_one_wins_and_one_row_is_written(
    app: Flask, people: People, report_json: Make
) -> None:
    notify(people, report_json())
    complaint = complained()
    seen = standing_id(complaint)
    jobs = [
        lambda n=n: answer(complaint, "dan" if n % 2 else "ada", people, answer=f"{RIGHT} {n}", seen=seen)
        for n in range(8)
    ]
    one_won(race(app, jobs), "conflict")
    assert [action for action, _ in audited(complaint)].count("complaint_answered") == 1
    with read() as session:
        queued = select(func.count()).select_from(Work).where(Work.kind == "mail_complaint_answer")
        assert session.scalar(queued) == 1


def standing_id(complaint: Complaint) -> str:
    with read() as session:
        return session.scalars(select(Notice.id).where(Notice.case_id == complaint.case_id)).one()


def test_an_answer_beside_a_decision_that_can_be_undone_waits(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    complaint = complained()
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", note="A toy.", version=1, dismiss_reason="other",
        undo_until=clock.now() + timedelta(minutes=2),
    )  # fmt: skip
    with pytest.raises(Refused, match="can still be undone"):
        answer(complaint, "dan", people, correction="none", words="")


def test_an_answer_that_no_mail_server_takes_is_shown(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint = complained()
    answer(complaint, "dan", people)
    complaining.answer_not_delivered(complaint.id, "550 no such mailbox")
    dan = people.browser("dan")
    assert "could not be delivered" in dan.get(f"/complaints/{complaint.id}").text
    assert "Answer not delivered" in dan.get("/complaints?state=answered").text


def test_an_answer_that_failed_is_sent_again_three_times_at_most_each_on_record(
    people: People, report_json: Make, settings: Settings, work_all: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    notify(people, report_json())
    complaint = complained()
    dan, again = people.browser("dan"), f"/complaints/{complaint.id}/send-again"
    assert dan.post(again).status_code == 409, "it is open"
    answer(complaint, "dan", people)

    def refused(*_: Any, **__: Any) -> None:
        raise work.PermanentFailure("550 no such mailbox")

    with monkeypatch.context() as away:
        away.setattr(post, "send_template", refused)
        for _ in range(states.SENT_AGAIN):
            work_all()
            assert "Send the email again" in dan.get(f"/complaints/{complaint.id}").text
            assert people.browser("ben").post(again).status_code == 403
            assert dan.post(again).status_code == 302
            assert dan.post(again).status_code == 409, "it is on its way"
        work_all()
        page = dan.get(f"/complaints/{complaint.id}").text
        assert "though it was sent again" in page and "Send the email again" not in page
        assert dan.post(again).status_code == 409
    assert [action for action, _ in audited(complaint)].count("complaint_answer_sent_again") == states.SENT_AGAIN


def test_an_answer_that_is_sent_again_arrives_once_and_is_over(
    people: People, report_json: Make, settings: Settings, work_all: Run
) -> None:
    notify(people, report_json())
    complaint = complained()
    work_all()
    before = len(mails(settings, SELA))
    answer(complaint, "dan", people)
    with write() as session:
        work.drop(session, "mail_complaint_answer", [complaint.id])
    complaining.answer_not_delivered(complaint.id, "451 try again later")
    dan = people.browser("dan")
    assert dan.post(f"/complaints/{complaint.id}/send-again").status_code == 302
    work_all()
    assert len(mails(settings, SELA)) == before + 1 and kept(complaint).mailed_at
    assert "could not be delivered" not in dan.get(f"/complaints/{complaint.id}").text
    assert dan.post(f"/complaints/{complaint.id}/send-again").status_code == 409


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Vous avez raison"), ("en", "You are right"), (None, "You are right")]
)
def test_the_draft_is_in_the_complainants_language(
    people: People, report_json: Make, language: str | None, words: str
) -> None:
    notify(people, report_json())
    complaint = complained(language=language)
    assert words in people.browser("dan").get(f"/complaints/{complaint.id}?outcome=upheld").text


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


# --- The complainant's data ------------------------------------------------------------------------------------------


def test_she_gets_a_copy_and_her_words_are_deleted_when_she_asks(
    people: People, report_json: Make, work_all: Run
) -> None:
    notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    copy = json.loads(dan.post(f"/complaints/{complaint.id}/copy").text)
    assert (copy["email"], copy["text"], copy["about"]) == (SELA, "This is a budgerigar.", ADDRESS)
    assert not {people.ids["dan"], people.ids["cora"], "Dan", "Cora"} & set(map(str, copy.values()))
    assert dan.post(f"/complaints/{complaint.id}/erase").status_code == 302
    row = kept(complaint)
    assert (row.email, row.text, row.about, row.answer, row.closed_why) == ("", "", "", "", "erased")
    assert dan.get(f"/complaints/{complaint.id}").status_code == 200
    assert dan.get("/complaints?state=closed").status_code == 200
    work_all()
    assert [action for action, _ in audited(complaint)][-2:] == ["complaint_copied", "complaint_erased"]


def test_what_she_wrote_is_forgotten_a_year_after_the_answer_and_the_outcome_stays(
    people: People, report_json: Make
) -> None:
    notify(people, report_json())
    complaint, waiting = complained(), complained("https://mercado.test/itm/1")
    answer(complaint, "dan", people)
    with time_machine.travel(clock.now() + states.KEPT - timedelta(hours=1)):
        complaining.forget_complaints()
        assert kept(complaint).email == SELA
    with time_machine.travel(clock.now() + states.KEPT + timedelta(hours=1)):
        complaining.forget_complaints()
        row = kept(complaint)
        assert (row.email, row.text, row.answer, row.words, row.outcome) == ("", "", "", "", "upheld")
        assert kept(waiting).email == SELA, "it waits for its answer"


WRITTEN = {"about": ADDRESS, "text": "She called: it is a budgerigar.", "email": SELA, "language": "fr"}


def test_a_complaint_by_telephone_is_written_down_and_counts_as_one_from_the_form(
    people: People, report_json: Make, settings: Settings, work_all: Run
) -> None:
    """By Cora, who decided on the case: she may write it down, and somebody else answers it."""
    case_id = flag(people, report_json())
    decide(people, case_id)
    cora = people.browser("cora")
    answer = cora.post("/complaints/new", data=WRITTEN)
    assert answer.status_code == 302
    with read() as session:
        complaint = session.scalars(select(Complaint)).one()
    assert answer.location == f"/complaints/{complaint.id}"
    assert (complaint.case_id, complaint.language, complaint.written_by_id) == (case_id, "fr", people.ids["cora"])
    assert complaint.due_at == states.due_at(complaint.at)
    page = cora.get(answer.location).text
    assert "written down by <bdi>Cora</bdi>" in page and "Somebody else answers the complaint." in page
    with pytest.raises(Refused):
        correcting.take(complaint.id, people.ids["cora"])
    correcting.take(complaint.id, people.ids["dan"])
    work_all()
    (mail,) = mails(settings, SELA)
    assert mail["Subject"] == f"Votre réclamation {complaint.reference}"
    with read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.object_id == complaint.id).order_by(AuditRow.seq)).first()
        assert row is not None
        assert (row.action, row.actor_id) == ("complaint_received", people.ids["cora"])


def test_who_had_no_part_answers_what_they_wrote_down(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    decide(people, case_id)
    people.browser("dan").post("/complaints/new", data=WRITTEN)
    with read() as session:
        complaint = session.scalars(select(Complaint)).one()
        assert "written_by_id" not in store.copy(complaint), "the copy for them says nothing of who worked on it"
    correcting.take(complaint.id, people.ids["dan"])
    again = people.browser("cora").post("/complaints/new", data=WRITTEN)
    assert again.location == f"/complaints/{complaint.id}", "written down twice it is one"
    assert kept(complaint).written_by_id == people.ids["dan"]
    assert complaining.complain(ADDRESS, WRITTEN["text"], SELA) == complaint.reference


MAILED = {
    "en": ("You called or wrote to us, and we have written down your complaint.", "You did not write to us?"),
    "fr": (
        "Vous nous avez téléphoné ou écrit, et nous avons consigné votre réclamation.",
        "Vous ne nous avez pas écrit",
    ),
    "ar": ("اتصلت بنا أو كتبت إلينا، ودوّنّا شكواك.", "ألم تكتب إلينا؟"),
}


@pytest.mark.parametrize("language", MAILED)
def test_who_called_is_mailed_that_their_complaint_was_written_down(
    people: People, settings: Settings, work_all: Run, language: str
) -> None:
    written, typed = MAILED[language]
    people.browser("dan").post("/complaints/new", data=WRITTEN | {"language": language})
    complained(email="other@people.test", language=language)
    work_all()
    for address, said, unsaid in ((SELA, written, typed), ("other@people.test", typed, written)):
        (mail,) = mails(settings, address)
        for part in ("plain", "html"):
            body = mail.get_body((part,))
            assert body is not None
            text = " ".join(body.get_content().split())
            assert said in text and unsaid not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"about": " "}, "Enter the listing’s address or the notice’s reference."),
        ({"text": ""}, "Tell us what is wrong."),
        ({"email": "sela"}, "Enter a valid email address."),
        ({"language": "tlh"}, "Not a valid choice"),
    ],
)
def test_what_is_written_down_has_the_rules_of_the_form(people: People, fields: dict[str, str], said: str) -> None:
    answer = people.browser("dan").post("/complaints/new", data=WRITTEN | fields)
    assert answer.status_code == 422 and said in answer.text
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == 0


def test_nobody_but_the_desk_writes_a_complaint_down(people: People) -> None:
    for who in ("ana", "mia"):
        assert people.browser(who).post("/complaints/new", data=WRITTEN).status_code in (403, 404)
    assert "/complaints/new" in people.browser("ada").get("/complaints").text
    page = people.browser("ada").get("/complaints/new").text
    assert "a complaint without an email address cannot be kept here yet" in page


def test_a_seller_who_reads_arabic_complains_and_is_answered_in_arabic(
    app: Flask, people: People, report_json: Make, settings: Settings, work_all: Run
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case_id, arabic = flag(people, report_json()), {"Accept-Language": "ar"}
    decide(people, case_id)
    page = app.test_client().get("/complaint", headers=arabic).text
    assert '<html lang="ar" dir="rtl"' in page and "إرسال الشكوى" in page
    wrong = app.test_client().post("/complaint", data={}, headers=arabic)
    assert wrong.status_code == 422 and "أخبرنا ما الخطأ." in wrong.text
    said = {"about": ADDRESS, "text": "هذا ببغاء أسترالي.", "email": SELA}
    assert "رقمك المرجعي" in app.test_client().post("/complaint", data=said, headers=arabic).text
    with read() as session:
        complaint = session.scalars(select(Complaint)).one()
    assert (complaint.language, complaint.case_id) == ("ar", case_id)
    work_all()
    (mail,) = mails(settings, SELA)
    assert mail["Subject"] == f"شكواك {complaint.reference}"
    correcting.take(complaint.id, people.ids["dan"])
    panel = people.browser("dan").get(f"/complaints/{complaint.id}?outcome=rejected").text
    assert "أعدنا النظر، وما زال اشتباهنا قائمًا." in panel, "the draft that a person completes"
