"""A company's question does not get lost: it is seen, replied to on its own channel, and everything stays in one thread."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.core import clock, post
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read
from server.core.words import Channel, DeliveryState, Event, Refused, Scope, Via
from server.journeys.report import answering, by_hand, decision, feedback, inbox_alert, replying
from server.ledger.cases import decisions
from server.ledger.cases.models import Case
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import link
from server.ledger.notices.models import Notice, NoticeReply
from server.ledger.reports.models import Evidence, Report
from tests.conftest import People
from tests.messages import message_of, set_message
from tests.sending import png
from tests.story import attached, decide, flag, mails, notify

Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"
QUESTION, REPLY = "Which of the six birds do you mean?", "All six: the second picture shows their rings."


@pytest.fixture
def notice_id(people: People, report_json: Make, work_all: Callable[[], int]) -> str:
    """A notice that Mercado has, and asks about."""
    notice_id = notify(people, report_json())
    work_all()
    ask(notice_id)
    return notice_id


def ask(notice_id: str, question: str = QUESTION) -> None:
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": question}, Via.LINK)


def case_of(notice_id: str) -> Case:
    with read() as session:
        return session.get_one(Case, session.get_one(Notice, notice_id).case_id)


def company_of(notice_id: str) -> str:
    with read() as session:
        return session.get_one(Notice, notice_id).company_id


def fetched(client: FlaskClient, people: People, notice_id: str) -> Any:
    return client.get(f"/api/v1/notices/{notice_id}", headers=people.token("mia", Scope.COMPANY)).json


def said(entries: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(entry["from"], entry["kind"], entry["text"]) for entry in entries]


# --- The way of a question -------------------------------------------------------------------------------------------


def test_a_question_its_reply_and_the_answer_stand_in_one_thread(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    assert fetched(client, people, notice_id)["state"] == "asked"
    sent = client.post(
        f"/api/v1/notices/{notice_id}/replies", headers=people.token("cora", Scope.CASES), json={"text": REPLY}
    )
    assert sent.status_code == 201, sent.text
    assert (sent.json["from"], sent.json["kind"], sent.json["text"]) == ("coordinator", "reply", REPLY)
    after = fetched(client, people, notice_id)
    assert after["state"] == "asked", "until the company's next answer"
    assert said(after["thread"]) == [("company", "question", QUESTION), ("coordinator", "reply", REPLY)]
    assert after["thread"][1]["at"] == sent.json["at"]
    thanks = client.post(
        f"/api/v1/notices/{notice_id}/replies", headers=people.token("mia", Scope.COMPANY), json={"text": "Thank you."}
    )
    assert (thanks.status_code, thanks.json["from"]) == (201, "company")
    assert fetched(client, people, notice_id)["state"] == "asked", "a message is no answer"
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    answering.withdraw_notice(notice_id, people.ids["cora"], "Enough.")
    assert said(fetched(client, people, notice_id)["thread"]) == [
        ("company", "question", QUESTION),
        ("coordinator", "reply", REPLY),
        ("company", "reply", "Thank you."),
        ("company", "answer", None),
        ("coordinator", "withdrawal", None),
    ]


def test_the_reply_leaves_by_mail_in_the_notices_thread_and_names_nobody(
    people: People, notice_id: str, work_all: Callable[[], int], settings: Settings
) -> None:
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    (mail,) = (mail for mail in mails(settings, SPOC) if mail["In-Reply-To"])
    own = message_of(notice_id).stable_id
    assert (mail["In-Reply-To"], mail["References"]) == (own, own)
    with read() as session:
        notice = session.get_one(Notice, notice_id)
    assert mail["Subject"] == f"Re: Notice {notice.reference}: suspected wildlife listing"
    assert mail["Auto-Submitted"] == "no", "a person wrote it"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        text = " ".join(body.get_content().replace("<bdi>", "").replace("</bdi>", "").split())
        assert REPLY in text and f"You wrote: “{QUESTION}”" in text and link.answer_url(notice_id) in text
        assert not [name for name in ("Cora", "Ana", "people.test") if name in text]


def test_a_picture_marked_clean_after_the_notice_goes_with_the_reply(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    notice_id = decide(people, case_id := flag(people, report_json(), screenshot=png()))
    work_all()
    ask(notice_id)
    cora = people.browser("cora")
    page = cora.get(f"/cases/{case_id}").text
    assert "The company sees no picture." in page and "so the notice was sent without it" in page
    with read() as session:
        evidence_id = session.scalars(select(Evidence.id)).one()
    decision.mark_clean(evidence_id, people.ids["cora"])
    page = cora.get(f"/cases/{case_id}").text
    assert "The company also sees the screenshot that is marked clean." in page
    assert "It is shown with the notice." in page and "The company sees no picture." not in page
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    (mail,) = (mail for mail in mails(settings, SPOC) if mail["In-Reply-To"])
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        shown = re.search(r"http://[^\s\"<]+/screenshot\?look=1", body.get_content())
        assert shown and "Screenshot of the listing" in body.get_content()
        assert people.app.test_client().get(shown[0]).mimetype.startswith("image/")


def test_a_picture_of_the_spotters_answer_goes_with_the_reply(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    notice_id = decide(people, case_id := flag(people, report_json(), screenshot=png()))
    work_all()
    ask(notice_id, "Show us the mark under the base.")
    decision.decide(
        case_id, people.ids["cora"], decision="ask", note="Show the mark.", version=case_of(notice_id).version
    )
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    feedback.reply(people.ids["ana"], report_id, "I turned it over.", [png((60, 40), "red"), png((50, 50), "blue")])
    work_all()
    with read() as session:
        pictures = session.scalars(select(Evidence.id).where(Evidence.name.in_(("answer_1", "answer_2")))).all()
    cora = people.browser("cora")
    assert "The company sees no picture." in cora.get(f"/cases/{case_id}").text
    for number, picture in enumerate(pictures, 1):
        assert cora.post(f"/cases/{case_id}/evidence/{picture}/clean").status_code == 302
        line = f"The company also sees {number} picture{'s' if number > 1 else ''} that"
        assert line in cora.get(f"/cases/{case_id}").text
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    (mail,) = (mail for mail in mails(settings, SPOC) if mail["In-Reply-To"])
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        text = body.get_content()
        shown = re.findall(r"http://[^\s\"<]+/pictures/\w+\?look=1", text)
        assert shown == attached(mail)["pictures"] and len(shown) == 2
        assert "A picture sent later" in text and "Screenshot of the listing" not in text
        assert "I turned it over" not in text
        assert {people.app.test_client().get(address).mimetype for address in shown} == {"image/webp"}


@pytest.mark.parametrize(
    "text", ["Ana saw it herself.", "Ask cora@people.test.", "Write to ana@people.test", "+ana@people.test-thanks"]
)
def test_a_reply_that_names_a_person_of_the_programme_is_refused(
    client: FlaskClient, people: People, notice_id: str, work_all: Callable[[], int], settings: Settings, text: str
) -> None:
    token, before = people.token("cora", Scope.CASES), len(mails(settings, SPOC))
    refused = client.post(f"/api/v1/notices/{notice_id}/replies", headers=token, json={"text": text})
    assert refused.status_code == 422 and refused.json["type"].endswith("/names-a-person")
    assert refused.json["errors"]["text"]
    page = people.browser("cora").post(
        f"/cases/{case_of(notice_id).id}/replies", data={"notice": notice_id, "text": text}
    )
    assert page.status_code == 422
    assert "may be a person" in page.text or "email address" in page.text
    work_all()
    assert len(mails(settings, SPOC)) == before
    with read() as session:
        assert session.scalars(select(NoticeReply)).all() == []


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": " \n"}, {"text": "x" * 5001}, {"text": "a\u0000"},
                                  {"text": "x", "to": "y"}, {"text": None}, [], "x"])  # fmt: skip
def test_a_malformed_reply_is_refused(client: FlaskClient, people: People, notice_id: str, body: Any) -> None:
    for who, scope in (("cora", Scope.CASES), ("mia", Scope.COMPANY)):
        refused = client.post(f"/api/v1/notices/{notice_id}/replies", headers=people.token(who, scope), json=body)
        assert refused.status_code == 422, refused.text
    with read() as session:
        assert session.scalars(select(NoticeReply)).all() == []


def test_only_its_company_and_coordinators_write_in_a_thread(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    address = f"/api/v1/notices/{notice_id}/replies"
    otto = client.post(address, headers=people.token("otto", Scope.COMPANY), json={"text": "Mine?"})
    ana = client.post(address, headers=people.token("ana"), json={"text": "Mine?"})
    assert (otto.status_code, ana.status_code, client.post(address, json={"text": "?"}).status_code) == (404, 403, 401)
    assert people.browser("otto").post(f"/notices/{notice_id}/replies", data={"text": "Mine?"}).status_code == 404
    nowhere = client.post(
        f"/api/v1/notices/{'0' * 32}/replies", headers=people.token("cora", Scope.CASES), json={"text": "Hello?"}
    )
    assert nowhere.status_code == 404


def test_a_doubled_click_is_one_reply_and_one_mail(
    people: People, notice_id: str, work_all: Callable[[], int], settings: Settings
) -> None:
    for _ in range(3):
        replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    assert len([mail for mail in mails(settings, SPOC) if mail["In-Reply-To"]]) == 1
    ask(notice_id, "And the nest?")
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)  # something was said since: it is another
    work_all()
    with read() as session:
        assert session.scalar(select(func.count()).select_from(NoticeReply)) == 2
    assert len([mail for mail in mails(settings, SPOC) if mail["In-Reply-To"]]) == 2


def test_who_writes_the_same_days_later_means_it(
    people: People, notice_id: str, work_all: Callable[[], int], settings: Settings
) -> None:
    for days in (0, 5):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
            work_all()
    assert len([mail for mail in mails(settings, SPOC) if mail["In-Reply-To"]]) == 2


def test_a_company_that_writes_without_end_is_told_to_wait(client: FlaskClient, people: People, notice_id: str) -> None:
    token = people.token("mia", Scope.COMPANY)
    sent = [
        client.post(f"/api/v1/notices/{notice_id}/replies", headers=token, json={"text": f"Number {n}"})
        for n in range(21)
    ]
    assert [answer.status_code for answer in sent] == [201] * 20 + [429]
    assert int(sent[-1].headers["Retry-After"]) > 3000


@pytest.mark.parametrize("how", ["withdrawn", "replaced", "too often"])
def test_what_a_company_typed_stays_when_it_cannot_be_sent(people: People, notice_id: str, how: str) -> None:
    mia, text = people.browser("mia"), "Do you mean the <grey> parrot?"
    if how == "withdrawn":
        answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")
    elif how == "replaced":
        decide(people, case_of(notice_id).id)
    else:
        for n in range(20):
            replying.reply_from_company(notice_id, people.ids["mia"], f"Number {n}", company_of(notice_id))
    page = mia.post(f"/notices/{notice_id}/replies", data={"text": text})
    assert page.status_code == (429 if how == "too often" else 410) and "&lt;grey&gt; parrot?" in page.text
    if how != "too often":
        page = mia.post(f"/notices/{notice_id}", data={"answer": "need_info", "reason": text})
        assert page.status_code == 410 and "&lt;grey&gt; parrot?" in page.text


def test_what_a_coordinator_typed_stays_when_the_notice_is_withdrawn_meanwhile(people: People, notice_id: str) -> None:
    case_id = case_of(notice_id).id
    answering.withdraw_notice(notice_id, people.ids["dan"], "A toy.")
    page = people.browser("cora").post(f"/cases/{case_id}/replies", data={"notice": notice_id, "text": "All <six>."})
    assert page.status_code == 422 and "All &lt;six&gt;." in page.text and "was withdrawn." in page.text
    said = {"notice": notice_id, "answer": "need_info", "reason": "All <six>.", "via": "phone"}
    page = people.browser("cora").post(f"/cases/{case_id}/answers", data=said)
    assert page.status_code == 422 and "All &lt;six&gt;." in page.text and "was withdrawn." in page.text


# --- Whose turn it is ------------------------------------------------------------------------------------------------


def test_the_queue_shows_a_question_until_it_has_its_reply(people: People, notice_id: str) -> None:
    desk, case = people.browser("cora"), case_of(notice_id)
    assert case.state == "open"
    for page in (desk.get("/cases").text, desk.get("/cases?tab=questions").text):
        assert "Company questions" in page and "The company asked" in page and case.id in page
    shown = desk.get(f"/cases/{case.id}").text
    assert "waiting for your reply since" in shown and QUESTION in shown
    done = desk.post(f"/cases/{case.id}/replies", data={"notice": notice_id, "text": REPLY}, follow_redirects=True)
    assert "It is the company’s turn" in done.text and REPLY in done.text
    assert case_of(notice_id).state == "notified"
    for page in (desk.get("/cases").text, desk.get(f"/cases/{case.id}").text):
        assert "Company questions" not in page and "waiting for your reply since" not in page
    with read() as session:
        chosen = AuditRow.action.in_(("notice_replied", "case_resume"))
        rows = session.execute(select(AuditRow.action, AuditRow.actor_id).where(chosen).order_by(AuditRow.seq)).all()
    assert [tuple(row) for row in rows] == [
        ("notice_replied", people.ids["cora"]),
        ("case_resume", people.ids["cora"]),
    ]


def test_what_a_company_writes_after_its_answer_is_seen_too_and_reopens_nothing(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    text = "We removed two more of the same seller."
    people.browser("mia").post(f"/notices/{notice_id}/replies", data={"text": text})
    desk, case = people.browser("cora"), case_of(notice_id)
    assert case.state == "answered" and fetched(client, people, notice_id)["state"] == "answered"
    page = desk.get("/cases?tab=questions").text
    assert case.id in page and text in page
    replying.reply_to_company(notice_id, people.ids["cora"], "Thank you very much.")
    assert case_of(notice_id).state == "answered"
    assert case.id not in desk.get("/cases?tab=questions").text


@pytest.mark.parametrize("answer", ["removed", "received"])
def test_any_next_answer_ends_the_question(client: FlaskClient, people: People, notice_id: str, answer: str) -> None:
    answering.answer_notice(notice_id, {"answer": answer}, Via.LINK)
    assert fetched(client, people, notice_id)["state"] == {"removed": "answered", "received": "open"}[answer]
    assert case_of(notice_id).state == {"removed": "answered", "received": "notified"}[answer]
    assert "Company questions" not in people.browser("cora").get("/cases").text


def test_a_reply_that_cannot_be_delivered_leaves_the_question_with_us(
    people: People, notice_id: str, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise post.AddressRefused("550 no such mailbox")

    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    monkeypatch.setattr(post, "send", refuse)
    work_all()
    case = case_of(notice_id)
    assert case.state == "open"
    shown = people.browser("cora").get(f"/cases/{case.id}").text
    assert "waiting for your reply since" in shown and "Failed" in shown
    replying.reply_not_delivered(reply_message().id, "again")  # safe to repeat
    assert case_of(notice_id).version == case.version


def reply_message() -> Message:
    with read() as session:
        return session.scalars(select(Message).where(Message.event == Event.REPLIED)).one()


def test_an_answer_that_came_meanwhile_stands_though_the_reply_failed(
    people: People, notice_id: str, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise post.AddressRefused("550 no such mailbox")

    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    monkeypatch.setattr(post, "send", refuse)
    work_all()
    assert case_of(notice_id).state == "answered"
    with read() as session:
        assert session.get_one(Notice, notice_id).our_turn_since is None


def refuse_mail(monkeypatch: pytest.MonkeyPatch, refused: bool) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise post.AddressRefused("550 no such mailbox")

    monkeypatch.setattr(post, "send", refuse if refused else lambda *_, **__: None)


def our_turn_since(notice_id: str) -> Any:
    with read() as session:
        return session.get_one(Notice, notice_id).our_turn_since


def test_a_reply_that_failed_can_be_sent_again_in_the_same_words(
    people: People, notice_id: str, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_at = our_turn_since(notice_id)
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    refuse_mail(monkeypatch, True)
    work_all()
    assert our_turn_since(notice_id) == asked_at, "the company has been waiting since it asked"
    refuse_mail(monkeypatch, False)
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    with read() as session:
        states = session.scalars(select(Message.state).where(Message.event == Event.REPLIED).order_by(Message.id)).all()
    assert states == [DeliveryState.FAILED, DeliveryState.DELIVERED] and our_turn_since(notice_id) is None


def test_what_we_write_unasked_and_does_not_arrive_is_no_question_of_the_company(
    people: People, report_json: Make, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    replying.reply_to_company(notice_id, people.ids["cora"], "Please look at its second picture.")
    refuse_mail(monkeypatch, True)
    work_all()
    assert our_turn_since(notice_id) is None and case_of(notice_id).state == "notified"


def test_a_receipt_does_not_take_away_what_the_company_wrote_beside_it(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    replying.reply_from_company(
        notice_id, people.ids["mia"], "Can you send a photo of the rings?", company_of(notice_id)
    )
    answering.answer_notice(notice_id, {"answer": "received"}, Via.PORTAL, people.ids["mia"])
    assert our_turn_since(notice_id)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    assert our_turn_since(notice_id) is None


def company_of(notice_id: str) -> str:
    with read() as session:
        return session.get_one(Notice, notice_id).company_id


# --- Other channels --------------------------------------------------------------------------------------------------


def test_in_the_portal_the_reply_is_there_and_its_people_are_told(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    notice_id = notify(people, report_json())
    set_message(notice_id, channel=Channel.PORTAL, address="")
    work_all()
    ask(notice_id)
    before = len(mails(settings, "mia@people.test"))
    with time_machine.travel(clock.now() + timedelta(days=2), tick=True):
        work_all()
        assert len(mails(settings, "mia@people.test")) == before, "it is our turn: nothing waits for her"
        replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
        work_all()
        inbox_alert.alert_inboxes()
        work_all()
    assert reply_message().state == DeliveryState.DELIVERED
    mail = mails(settings, "mia@people.test")[-1]
    assert len(mails(settings, "mia@people.test")) == before + 1
    assert "1 notice waits for your answer" in mail["Subject"]
    page = people.browser("mia").get("/notices?tab=asked").text
    assert "We have replied" in page
    assert REPLY in people.browser("mia").get(f"/notices/{notice_id}").text


def test_where_a_company_has_a_form_a_coordinator_carries_the_reply_over(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    notice_id = notify(people, report_json())
    set_message(notice_id, channel=Channel.FORM, address="https://mercado.test/report")
    by_hand.form_sent(case_of(notice_id).id, message_of(notice_id).id, people.ids["cora"])
    ask(notice_id)
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    work_all()
    assert reply_message().state == DeliveryState.QUEUED
    desk, case = people.browser("cora"), case_of(notice_id)
    page = desk.get(f"/cases/{case.id}").text
    assert "Fill in the company’s own form" in page and REPLY in page
    assert case.id in desk.get("/cases?tab=undelivered").text
    desk.post(f"/cases/{case.id}/form-sent", data={"message": reply_message().id})
    assert reply_message().state == DeliveryState.DELIVERED
    assert "Fill in the company’s own form" not in desk.get(f"/cases/{case.id}").text
    assert case.id not in desk.get("/cases?tab=undelivered").text


def test_and_a_withdrawal(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    notice_id = notify(people, report_json())
    set_message(notice_id, channel=Channel.FORM, address="https://mercado.test/report")
    desk, case = people.browser("cora"), case_of(notice_id)
    by_hand.form_sent(case.id, message_of(notice_id).id, people.ids["cora"])
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    work_all()
    page = desk.get(f"/cases/{case.id}").text
    assert "https://mercado.test/report" in page and "We have withdrawn our notice" in page
    assert "Answer (no account needed)" not in page
    assert case.id in desk.get("/cases?tab=undelivered").text
    meant = re.search(r'name="message" value="(\w+)"', page)
    assert meant and desk.post(f"/cases/{case.id}/form-sent", data={"message": meant[1]}).status_code == 302
    assert "Fill in the company’s own form" not in desk.get(f"/cases/{case.id}").text
    assert case.id not in desk.get("/cases?tab=undelivered").text


def test_also_where_a_later_notice_followed(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    notice_id = notify(people, report_json())
    set_message(notice_id, channel=Channel.FORM, address="https://mercado.test/report")
    desk, case = people.browser("cora"), case_of(notice_id)
    by_hand.form_sent(case.id, message_of(notice_id).id, people.ids["cora"])
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    work_all()
    decide(people, flag(people, report_json()))
    work_all()
    page = desk.get(f"/cases/{case.id}").text
    assert "We have withdrawn our notice" in page and case.id in desk.get("/cases?tab=undelivered").text
    desk.post(f"/cases/{case.id}/form-sent", data={"message": re.findall(r'name="message" value="(\w+)"', page)[-1]})
    assert case.id not in desk.get("/cases?tab=undelivered").text


# --- What is over ----------------------------------------------------------------------------------------------------


def test_nothing_vanishes_when_a_notice_is_replaced(
    client: FlaskClient, people: People, notice_id: str, work_all: Callable[[], int]
) -> None:
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    ask(notice_id, "Which rule of ours?")
    newer = decide(people, case_of(notice_id).id)
    work_all()
    with read() as session:
        number = session.get_one(Notice, notice_id).reference
    desk = people.browser("cora").get(f"/cases/{case_of(newer).id}").text
    assert all(text in desk for text in (number, QUESTION, REPLY, "Which rule of ours?"))
    assert "Company questions" not in people.browser("cora").get("/cases").text, "the newer notice replies to it"
    path = link.answer_url(notice_id).removeprefix("http://spotter.test")
    for page in (client.get(path).text, people.browser("mia").get(f"/notices/{notice_id}").text):
        assert QUESTION in page and REPLY in page and "Please answer the newer one" in page
    old = fetched(client, people, notice_id)
    assert old["newer_id"] == newer and len(old["thread"]) == 3
    for who, scope in (("cora", Scope.CASES), ("mia", Scope.COMPANY)):
        late = client.post(
            f"/api/v1/notices/{notice_id}/replies", headers=people.token(who, scope), json={"text": "One more thing"}
        )
        assert late.status_code == 410


def test_behind_the_link_the_thread_stands_with_the_choices_and_no_name(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    page = client.get(link.answer_url(notice_id).removeprefix("http://spotter.test")).text
    assert QUESTION in page and REPLY in page and 'value="removed"' in page
    assert not [name for name in ("Cora", "Ana", "people.test") if name in page]


def test_nothing_is_replied_to_while_everybody_who_reported_it_is_frozen(people: People, notice_id: str) -> None:
    from server.journeys.spotter import freezing

    freezing.freeze(people.ids["ana"], people.ids["cora"])
    with pytest.raises(Refused, match="frozen"):
        replying.reply_to_company(notice_id, people.ids["cora"], REPLY)


def test_a_reply_of_a_withdrawn_notice_does_not_leave(
    people: People, notice_id: str, work_all: Callable[[], int], settings: Settings
) -> None:
    replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    work_all()
    subjects = [str(mail["Subject"]) for mail in mails(settings, SPOC) if mail["In-Reply-To"]]
    assert len(subjects) == 1 and "is withdrawn" in subjects[0]
    with read() as session:
        assert deliveries.of_notice(session, notice_id, Event.REPLIED) is not None


def test_a_reply_typed_while_a_colleague_withdrew_the_notice_stays_on_the_page(people: People, notice_id: str) -> None:
    case_id = case_of(notice_id).id
    answering.withdraw_notice(notice_id, people.ids["dan"], "It was a toy.")
    sent = {"notice": notice_id, "text": "It is in picture 2."}
    page = people.browser("cora").post(f"/cases/{case_id}/replies", data=sent)
    assert page.status_code == 422 and "It is in picture 2.</textarea>" in page.text and "was withdrawn" in page.text


# --- While a decision can still be undone ----------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "state"), [("cora", "notified"), ("mia", "open")])
def test_what_either_side_writes_makes_a_decision_lapse_that_did_not_know_it(
    people: People, notice_id: str, who: str, state: str
) -> None:
    case, later = case_of(notice_id), clock.now() + timedelta(seconds=60)
    decision.decide(case.id, people.ids["dan"], decision="hold", note="Ask.", version=case.version, undo_until=later)
    if who == "cora":
        replying.reply_to_company(notice_id, people.ids["cora"], REPLY)
    else:
        with read() as session:
            company_id = session.get_one(Notice, notice_id).company_id
        replying.reply_from_company(notice_id, people.ids["mia"], "One more picture.", company_id)
    assert case_of(notice_id).state == state
    with read() as session:
        assert decisions.pending_on(session, [case.id]) == {}
