"""A spotter asks the lead who is their contact: the lead answers, and nobody waits unseen."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.database import new_id, read, write
from server.core.words import Level, Refused
from server.journeys.spotter import accrediting, asking_lead, closing, erasing, freezing, naming_contacts
from server.people.leads.models import LeadQuestion
from server.people.rounds import choice_store
from server.reads import attention
from server.reads.attention import Waits
from tests.lead_stories import lead, reported
from tests.story import mails


def questions(people, who="ben"):
    with read() as session:
        mine = select(LeadQuestion).where(LeadQuestion.account_id == people.ids[who]).order_by(LeadQuestion.asked_at)
        return list(session.scalars(mine))


def ask(people, text="Is this horn?", who="ben", **more):
    return people.browser(who).post("/questions", data={"text": text} | more)


def on_desk(people):
    return people.browser("cora").get("/people/desk/questions").text


def waits(what=Waits.TEAM):
    with read() as session:
        return next(line for line in attention.lines(session) if line.what is what)


def mailed(settings, who):
    return [
        (mail["Subject"], " ".join(mail.get_body(("plain",)).get_content().split()))
        for mail in mails(settings, f"{who}@people.test")
    ]


def test_ben_asks_ana_and_hears_her_answer_by_mail_and_on_his_page(people, settings, work_all):
    lead(people)
    work_all()
    assert "Your contact: <bdi>Ana</bdi>, a lead." in people.browser("ben").get("/profile").text
    assert ask(people).location == "/questions"
    work_all()
    subject, said = mailed(settings, "ana")[-1]
    assert subject == "A spotter you lead has a question" and "Is this horn?" not in said and "Ben" not in said
    ana = people.browser("ana")
    page = ana.get("/lead").text
    assert "<bdi>Ben</bdi>" in page and "Is this horn?" in page and "1 question waits for you." in page
    assert "1 question" in ana.get("/reports").text
    [question] = questions(people)
    answer = ana.post(f"/lead/questions/{question.id}/answer", data={"answer": "Look for the fibres."})
    assert answer.location == "/lead"
    work_all()
    subject, said = mailed(settings, "ben")[-1]
    assert subject == "Your question is answered" and "Ana writes: “Look for the fibres.”" in said
    page = people.browser("ben").get("/questions").text
    assert "Look for the fibres." in page and "Is this horn?" not in ana.get("/lead").text


def test_a_question_about_a_report_of_his_own_names_it_to_ana_and_links_it_at_the_desk_alone(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    page = people.browser("ben").get(f"/reports/{report_id}").text
    assert f'href="/questions?report={report_id}"' in page
    ask(people, report=report_id)
    ana = people.browser("ana").get("/lead").text
    assert "R-" in ana and case_id not in ana
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert f'href="/cases/{case_id}"' in on_desk(people)
    theirs, _ = reported(people, report_json("https://mercado.test/itm/grey-parrot/265370482899"), "ana")
    assert people.browser("ben").get(f"/questions?report={theirs}").status_code == 404
    assert ask(people, report=theirs).status_code == 404
    assert len(questions(people)) == 1


def test_one_mail_a_day_however_many_ask_and_none_about_what_is_answered(people, settings, work_all):
    lead(people)
    work_all()
    before = len(mailed(settings, "ana"))
    for text in ("One?", "Two?"):
        ask(people, text)
    work_all()
    assert len(mailed(settings, "ana")) == before + 1
    for question in questions(people):
        asking_lead.answer(question.id, people.ids["ana"], "Yes.")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        question_id = asking_lead.ask(people.ids["ben"], "Three?")
        asking_lead.answer(question_id, people.ids["ana"], "Yes.")
        work_all()
        assert len(mailed(settings, "ana")) == before + 1, "it was answered before the mail left"


def test_a_mail_that_was_not_needed_any_more_does_not_use_up_the_day(people, settings, work_all):
    lead(people)
    work_all()
    before = len(mailed(settings, "ana"))
    question_id = asking_lead.ask(people.ids["ben"], "One?")
    asking_lead.answer(question_id, people.ids["ana"], "Yes.")
    work_all()
    assert len(mailed(settings, "ana")) == before
    ask(people, "Two?")
    work_all()
    assert len(mailed(settings, "ana")) == before + 1


def test_mails_of_two_days_say_of_which_day_they_are(people, settings, work_all):
    lead(people)
    days = [clock.now() + timedelta(days=number) for number in (1, 2)]
    for day in days:
        with time_machine.travel(day):
            asking_lead.ask(people.ids["ben"], "Is this horn?")
            work_all()
    asked = [said for subject, said in mailed(settings, "ana") if subject == "A spotter you lead has a question"]
    for day, said in zip(days, asked, strict=True):
        assert f"On {day.day} {day:%B %Y}, a spotter you lead asked you a question." in said


def test_what_is_asked_after_todays_mail_left_is_told_tomorrow_unless_it_is_answered(people, settings, work_all):
    lead(people)
    ask(people, "One?")
    work_all()
    before = len(mailed(settings, "ana"))
    asking_lead.answer(questions(people)[0].id, people.ids["ana"], "Yes.")
    for text in ("Two?", "Three?"):
        ask(people, text)
    work_all()
    assert len(mailed(settings, "ana")) == before
    with time_machine.travel(clock.now() + timedelta(days=1)):
        work_all()
        [(subject, said)] = mailed(settings, "ana")[before:]
        assert subject == "A spotter you lead has a question"
        assert "a spotter you lead asked you another question." in said, "not the words of the day before"
        for question in questions(people)[1:]:
            asking_lead.answer(question.id, people.ids["ana"], "Yes.")
        asking_lead.answer(asking_lead.ask(people.ids["ben"], "Four?"), people.ids["ana"], "Yes.")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        work_all()
        assert len(mailed(settings, "ana")) == before + 1, "nothing waits"


def test_three_questions_wait_at_most_and_ten_are_asked_in_a_day(people):
    lead(people)
    for number in range(3):
        assert ask(people, f"Question {number}?").status_code == 302
    refused = ask(people, "A fourth?")
    assert refused.status_code == 429 and "Three of your questions wait" in refused.text and "A fourth?" in refused.text
    for number in range(4, 12):
        asking_lead.answer(questions(people)[-1].id, people.ids["ana"], "Yes.")
        status = ask(people, f"Question {number}?").status_code
        assert status == (302 if number < 11 else 429), number
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert ask(people, "Tomorrow?").status_code == 302


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001])
def test_a_text_that_is_none_or_too_long_is_refused_and_not_lost(people, text):
    lead(people)
    answer = ask(people, text)
    assert answer.status_code == 422 and not questions(people) and text.strip() in answer.text
    with pytest.raises(Refused) as refused:
        asking_lead.ask(people.ids["ben"], text)
    assert refused.value.kind == "invalid"


def test_who_has_a_coordinator_as_contact_is_told_to_write_to_them(people):
    lead(people)
    naming_contacts.name_contact(people.ids["ben"], people.ids["cora"], people.ids["dan"])
    page = people.browser("ben").get("/questions").text
    assert "cora@people.test" in page and "<textarea" not in page
    refused = ask(people)
    assert refused.status_code == 409 and "Is this horn?</textarea>" in refused.text and not questions(people)


@pytest.mark.parametrize(
    ("who", "door"), [("ana", "/lead/questions/{}/answer"), ("cora", "/people/desk/questions/{}/answer")]
)
def test_an_answer_that_comes_second_is_given_back(people, who, door):
    lead(people)
    question_id = asking_lead.ask(people.ids["ben"], "Is this horn?")
    asking_lead.answer(question_id, people.ids["ana"], "Yes.")
    refused = people.browser(who).post(door.format(question_id), data={"answer": "No, it is resin."})
    assert refused.status_code == 409 and "No, it is resin.</textarea>" in refused.text


def test_after_three_days_a_coordinator_sees_it_too_and_whoever_answers_first_answers(people, settings, work_all):
    lead(people)
    ask(people)
    [question] = questions(people)
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=-1)):
        assert "No question waits." in on_desk(people) and waits().number == 0
    assert (
        people.browser("cora").post(f"/people/desk/questions/{question.id}/answer", data={"answer": "A"}).status_code
        == 404
    )
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert "Is this horn?" in on_desk(people) and waits().number == 1 and waits().at == question.asked_at
        assert (
            "1 question of a spotter to their lead waits for an answer" in people.browser("cora").get("/attention").text
        )
        assert "Is this horn?" in people.browser("ana").get("/lead").text
        cora = people.browser("cora")
        cora.post(f"/people/desk/questions/{question.id}/answer", data={"answer": "It has fibres."})
        late = people.browser("ana").post(
            f"/lead/questions/{question.id}/answer", data={"answer": "No."}, follow_redirects=True
        )
        assert "Somebody else has just answered" in late.text
        work_all()
    said = mailed(settings, "ben")[-1][1]
    assert "It has fibres." in said and "Cora" not in said.partition("Questions?")[0] and "A coordinator writes" in said
    assert "Cora" not in people.browser("ben").get("/questions").text
    assert waits().number == 0


def _closed(people):
    closing.close(people.ids["ana"], people.ids["cora"], "Left.")


def _frozen(people):
    freezing.freeze(people.ids["ana"], people.ids["cora"])


def _erased(people):
    erasing.erase(people.ids["ana"], people.ids["cora"])


def _trusted(people):
    accrediting.change_level(people.ids["ana"], people.ids["cora"], "Has no time.", Level.TRUSTED)


def _suspended(people):
    accrediting.suspend(people.ids["ana"], people.ids["cora"], "While we talk.")


def _paused(people):
    with write() as session:
        choice_store.pause(session, people.ids["ana"], clock.now().date() + timedelta(days=14))


def _another_contact(people):
    naming_contacts.name_contact(people.ids["ben"], people.ids["dan"], people.ids["cora"])


@pytest.mark.parametrize(
    "leave",
    [_closed, _frozen, _erased, _trusted, _suspended, _paused, _another_contact],
    ids=lambda leave: leave.__name__,
)
def test_what_a_lead_does_not_see_any_more_or_while_away_is_at_the_desk_at_once(people, leave):
    lead(people)
    ask(people)
    leave(people)
    assert "Is this horn?" in on_desk(people) and waits().number == 1
    [question] = questions(people)
    if leave is not _paused:
        with pytest.raises(Refused) as refused:
            asking_lead.answer(question.id, people.ids["ana"], "Yes.")
        assert refused.value.kind == "not-found"
    asking_lead.answer_at_desk(question.id, people.ids["dan"], "It has fibres.")
    assert questions(people)[0].answer == "It has fibres."


def test_a_lead_who_pauses_is_not_mailed_and_can_answer_all_the_same(people, settings, work_all):
    lead(people)
    work_all()
    before = mailed(settings, "ana")
    _paused(people)
    ask(people)
    work_all()
    assert mailed(settings, "ana") == before
    asking_lead.answer(questions(people)[0].id, people.ids["ana"], "Yes.")


def test_the_page_of_a_lead_exists_for_leads_alone(people):
    lead(people)
    for who, status in (("ana", 200), ("ben", 404), ("cora", 403), ("mia", 403)):
        assert people.browser(who).get("/lead").status_code == status, who
    _trusted(people)
    assert people.browser("ana").get("/lead").status_code == 404
    assert "The spotters you lead" not in people.browser("ana").get("/reports").text


def test_what_somebody_asked_who_is_frozen_closed_or_erased_waits_for_nobody(people):
    lead(people)
    ask(people)
    [question] = questions(people)
    freezing.freeze(people.ids["ben"], people.ids["cora"])
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert "Is this horn?" not in people.browser("ana").get("/lead").text and "Is this horn?" not in on_desk(people)
        with pytest.raises(Refused):
            asking_lead.answer(question.id, people.ids["ana"], "Yes.")
    freezing.unfreeze(people.ids["ben"], people.ids["cora"], "It is over.")
    assert "Is this horn?" in people.browser("ana").get("/lead").text
    erasing.erase(people.ids["ben"], people.ids["cora"])
    assert not questions(people)


def test_a_page_at_a_time(people):
    lead(people)
    with write() as session:
        for number in range(25):
            session.add(LeadQuestion(
                id=new_id(), account_id=people.ids["ben"], lead_id=people.ids["ana"], text=f"Question {number:02}?",
                asked_at=clock.now() - timedelta(days=10, minutes=-number),
            ))  # fmt: skip
    ana, ben, cora = (people.browser(who) for who in ("ana", "ben", "cora"))
    for client, path, first, last, pages in (
        (ana, "/lead", "Question 00?", "Question 24?", 3), (ben, "/questions", "Question 24?", "Question 00?", 2),
        (cora, "/people/desk/questions", "Question 00?", "Question 24?", 1),
    ):  # fmt: skip
        assert first in client.get(path).text and (pages == 1) == (last in client.get(path).text)
        assert last in client.get(f"{path}?page={pages}").text


def test_the_database_itself_keeps_questions_whole(people):
    lead(people)
    ask(people)
    for broken in (
        {"answer": "Yes."}, {"answered_at": clock.now()}, {"answered_by_id": people.ids["ana"]}, {"lead_id": people.ids["ben"]},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), write() as session:
            session.execute(update(LeadQuestion).values(broken))


def test_only_a_coordinator_answers_at_the_desk(people):
    lead(people)
    ask(people)
    _trusted(people)
    [question] = questions(people)
    ada = people.browser("ada")
    assert "Is this horn?" in ada.get("/people/desk/questions").text
    assert ada.post(f"/people/desk/questions/{question.id}/answer", data={"answer": "Yes."}).status_code == 403
    with pytest.raises(Refused) as refused:
        asking_lead.answer_at_desk(question.id, people.ids["ana"], "Yes.")
    assert refused.value.kind == "forbidden"


def test_of_a_lead_who_is_frozen_ben_reads_no_name_and_not_that_they_are(people, settings, work_all):
    lead(people)
    ask(people)
    asking_lead.answer(questions(people)[0].id, people.ids["ana"], "Look for the fibres.")
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    work_all()
    page = people.browser("ben").get("/questions").text
    _, said = mailed(settings, "ben")[-1]
    assert "A lead writes: “Look for the fibres.”" in said and "Look for the fibres." in page and "A lead<" in page
    assert "Frozen" not in said + page
