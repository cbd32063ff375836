"""A complaint is answered: what becomes of the notice, what the answer may say, and how it reaches who complained."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, post, work
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Answer, Refused, Via
from server.journeys.report import answering, complaining, decision
from server.ledger.cases.models import Case
from server.ledger.complaints import states
from server.ledger.complaints.models import Complaint
from server.ledger.notices.models import Notice, NoticeReply
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.reads import figures
from tests.complaint_stories import RIGHT, SELA, Make, Run, answer, audited, complained, kept, standing
from tests.conftest import People
from tests.racing import one_won, race
from tests.story import decide, flag, mails, notify


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
    assert refused.status_code == 422 and "may be a person in the programme" in refused.text
    assert "Ana saw it." in refused.text and kept(complaint).state == "open"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    form = {"outcome": "upheld", "correction": "", "seen": notice_id, "answer": "The reason: […]", "words": "Typed."}
    page = dan.post(f"/complaints/{complaint.id}/answer", data=form)
    assert page.status_code == 422 and "Typed." in page.text
    assert "Choose what reaches the company." in page.text and "with your own words" in page.text
    assert kept(complaint).state == "open"


def test_what_was_typed_stays_when_somebody_takes_the_complaint_over_meanwhile(
    people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    dan.post(f"/complaints/{complaint.id}/take")
    people.browser("ada").post(f"/complaints/{complaint.id}/take", data={"take_over": "1"})
    form = {"outcome": "rejected", "correction": "none", "seen": notice_id, "answer": "We looked again: it is ivory."}
    page = dan.post(f"/complaints/{complaint.id}/answer", data=form)
    assert page.status_code == 409 and "is working on this complaint" in page.text
    assert "We looked again: it is ivory." in page.text
    assert "Close it without an answer" not in page.text, "it is Ada's"


def test_what_was_typed_stays_when_somebody_has_answered_it_meanwhile(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    complaint, dan = complained(), people.browser("dan")
    answer(complaint, "ada", people)
    form = {"outcome": "rejected", "correction": "none", "seen": notice_id, "answer": "We looked again: it is ivory."}
    page = dan.post(f"/complaints/{complaint.id}/answer", data=form)
    assert page.status_code == 409
    assert "Copy it if you still need it." in page.text and "We looked again: it is ivory.</textarea>" in page.text


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
        assert "even though it was sent again" in page and "Send the email again" not in page
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
