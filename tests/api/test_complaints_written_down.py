"""Complaints that came by telephone, and what is kept of whoever complained."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read
from server.core.words import Refused
from server.journeys.report import complaining, correcting
from server.ledger.complaints import states, store
from server.ledger.complaints.models import Complaint
from tests.complaint_stories import ADDRESS, SELA, Make, Run, answer, audited, complained, kept
from tests.conftest import People
from tests.story import decide, flag, mails, notify


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


def test_only_who_may_delete_is_told_what_deleting_does(people: People, report_json: Make) -> None:
    notify(people, report_json())
    complaint, told = complained(), "Deleting closes an open complaint without an answer."
    page = f"/complaints/{complaint.id}"
    assert told in people.browser("dan").get(page).text and told not in people.browser("cora").get(page).text
    answer(complaint, "dan", people)
    settled = people.browser("dan").get(page).text
    assert "Delete what they wrote" in settled and told not in settled, "it is open no more"
    assert "This cannot be undone." in settled


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
    assert "recorded by <bdi>Cora</bdi>" in page and "Somebody else answers the complaint." in page
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
