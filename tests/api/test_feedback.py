"""What a decision teaches: its reason leads to the part of the training that speaks of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock
from server.core.config import Settings
from server.core.database import read, write
from server.core.words import DismissReason, Scope, Via
from server.journeys.report import answering, decision
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.notices import link
from server.ledger.reports import mailing
from server.ledger.reports.models import Feedback, Report
from server.people.accounts.models import Account
from server.people.courses import lesson_links
from tests.conftest import People
from tests.story import decide, flag, mails, notify

Make = Callable[..., dict[str, Any]]


def last_said(people: People) -> dict[str, Any]:
    """The last thing Ana was told, as her extension reads it."""
    report = people.app.test_client().get("/api/v1/reports", headers=people.token("ana")).json["items"][0]
    entry: dict[str, Any] = report["feedback"][-1]
    return entry


def dismiss(people: People, case_id: str, **more: Any) -> Any:
    body = {
        "decision": "dismiss",
        "because": "other",
        "reason": "Here ivory is the colour of a fabric.",
        "version": 1,
        **more,
    }
    headers = people.token("cora", Scope.CASES)
    return people.app.test_client().post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body)


@pytest.mark.parametrize("because", [reason for reason in DismissReason if reason in lesson_links.DISMISSED])
def test_what_a_dismissed_case_was_leads_to_its_lesson(
    people: People, report_json: Make, because: DismissReason
) -> None:
    assert dismiss(people, flag(people, report_json()), because=because.value).status_code == 201
    lesson = last_said(people)["lesson"]
    assert lesson["id"] == lesson_links.DISMISSED[because] and lesson["title"]
    assert people.app.test_client().get(lesson["url"].removeprefix("http://spotter.test")).status_code == 200


def test_a_dismissal_says_what_it_was(people: People, report_json: Make) -> None:
    case_id, cora = flag(people, report_json()), people.browser("cora")
    refused = dismiss(people, case_id, because=None)
    assert refused.status_code == 422 and refused.json["errors"] == {"because": ["Say what it was."]}
    form = {"decision": "dismiss", "version": "1", "reason": "Ivory is a colour here."}
    page = cora.post(f"/cases/{case_id}/decisions", data=form)
    assert page.status_code == 422 and 'href="#because"' in page.text
    assert dismiss(people, case_id, because="other").status_code == 201
    assert last_said(people)["lesson"] is None


def test_a_duplicate_names_another_case(people: People, report_json: Make) -> None:
    original, copy = flag(people, report_json()), flag(people, report_json(url="https://tradepost.test/ad/4471"))
    with read() as session:
        number = session.get_one(Case, original).reference
    cora = people.browser("cora")
    for wrong in ({}, {"duplicate_of": copy}, {"duplicate_of": "C-NONE0-00000"}):
        refused = dismiss(people, copy, because="duplicate", **wrong)
        assert refused.status_code == 422 and list(refused.json["errors"]) == ["duplicate_of"], wrong
    assert dismiss(people, copy, because="scam", duplicate_of=original).status_code == 422
    assert dismiss(people, copy, decision="hold", because=None, duplicate_of=original).status_code == 422
    form = {"decision": "dismiss", "version": "1", "because": "duplicate", "reason": "The same cup."}
    page = cora.post(f"/cases/{copy}/decisions", data=form | {"duplicate_of": "C-NONE0-00000"})
    assert page.status_code == 422 and 'href="#duplicate_of"' in page.text
    assert cora.post(f"/cases/{copy}/decisions", data=form | {"duplicate_of": number.lower()}).status_code == 302
    with read() as session:
        (kept,) = session.scalars(select(CaseDecision))
        assert (kept.because, kept.duplicate_of) == ("duplicate", original)
    assert f"Dismissed as a duplicate of {number}" in cora.get(f"/cases/{copy}").text


def test_the_panel_offers_it_and_page_and_mail_show_the_lesson(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    case_id, cora = flag(people, report_json()), people.browser("cora")
    assert "A look-alike" in cora.get(f"/cases/{case_id}?panel=dismiss").text
    form = {"decision": "dismiss", "version": "1", "because": "innocent_word", "reason": "Ivory is a colour here."}
    assert cora.post(f"/cases/{case_id}/decisions", data=form).status_code == 302
    lesson = last_said(people)["lesson"]
    report = people.app.test_client().get("/api/v1/reports", headers=people.token("ana")).json["items"][0]
    assert f'href="{lesson["url"]}"' in people.browser("ana").get(f"/reports/{report['id']}").text
    work_all()
    mail = mails(settings, "ana@people.test")[-1].get_body(("plain",))
    assert mail and f"Lesson: {lesson['title']}" in " ".join(mail.get_content().split())


def test_only_a_dismissal_says_what_it_was_and_only_in_our_words(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    assert dismiss(people, case_id, because="boring").status_code == 422
    assert dismiss(people, case_id, because="scam", decision="ask").status_code == 422


def test_what_a_company_keeps_online_teaches_too_and_what_it_removes_needs_no_lesson(
    people: People, report_json: Make
) -> None:
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Gone."}, Via.LINK)
    assert last_said(people)["lesson"] is None
    answering.answer_notice(notice_id, {"answer": "reinstated", "reason": "The seller has papers."}, Via.LINK)
    assert last_said(people)["lesson"]["id"] == lesson_links.KEPT


def test_a_mail_says_which_listing_it_is_about_in_its_body_and_never_in_a_header(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    title = "Parrots\r\nBcc: x@example.org \u202e" + "x" * 300
    case_id = flag(people, report_json(listing=report_json()["listing"] | {"title": title}))
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    work_all()
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=2)
    work_all()
    question, outcome = mails(settings, "ana@people.test")[-2:]
    for mail in (question, outcome):
        assert "Parrots" not in str(mail.items()) and mail["Bcc"] is None
        for part in ("plain", "html"):
            body = mail.get_body((part,)).get_content()
            assert "Parrots Bcc: x@example.org xxx" in " ".join(body.split()) and "x" * 120 not in body
            assert "\u202e" not in body


def _answer(people: People, notice_id: str, answer: str, **more: str) -> int:
    client = people.app.test_client()
    return client.post(
        f"/answers/{link.answer_url(notice_id).rpartition('/')[2]}", data={"answer": answer} | more
    ).status_code


def test_a_flood_of_answers_mails_a_spotter_once_an_outcome_and_ends(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    """Whoever holds the link answers 60 times, back and forth: Ana gets a mail for each outcome, the rest tomorrow."""
    notice_id = notify(people, report_json())
    work_all()
    before = len(mails(settings, "ana@people.test"))
    codes = []
    for number in range(30):
        codes.append(_answer(people, notice_id, "removed", reason=f"Gone, {number}."))
        codes.append(_answer(people, notice_id, "reinstated", reason=f"Back, {number}."))
        work_all()
    assert codes[:20] == [200] * 20 and set(codes[20:]) == {429}
    assert len(mails(settings, "ana@people.test")) == before + 2
    with time_machine.travel(clock.now() + timedelta(days=1)):
        work_all()
        work_all()
        told = mails(settings, "ana@people.test")[before:]
    assert len(told) == 3 and told[-1]["Subject"] == "Your reports: 1 kept online"
    assert "Several reports changed at once" in told[-1].get_body(("plain",)).get_content().replace("\n", " ")


def test_many_reports_of_one_ad_are_one_mail_an_outcome(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    case_id = flag(people, report_json())
    for _ in range(12):
        flag(people, report_json())
    with read() as session:
        version = session.get_one(Case, case_id).version
    assert dismiss(people, case_id, reason="A toy.", because="not_offered", version=version).status_code == 201
    work_all()
    assert len(mails(settings, "ana@people.test")) == 1
    with read() as session:
        assert len(session.scalars(select(Feedback).where(Feedback.status == "dismissed")).all()) == 13


def test_one_person_gets_twenty_mails_about_reports_a_day_at_most(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    for number in range(23):
        case_id = flag(people, report_json(url=f"https://mercado.test/itm/{265370482000 + number}"))
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1
        )
    work_all()
    assert len(mails(settings, "ana@people.test")) == mailing.A_DAY == 20
    with time_machine.travel(clock.now() + timedelta(days=1)):
        work_all()
        work_all()
        assert mails(settings, "ana@people.test")[-1]["Subject"] == "Your reports: 3 not forwarded"


def test_a_question_that_is_asked_again_after_the_answer_is_mailed_again(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    """Cora asks in the same words; the answer between was no mail to Ana, and still the second question is a new one."""
    case_id = flag(people, report_json())
    flag(people, report_json())
    for asked in (1, 2):
        with read() as session:
            version = session.get_one(Case, case_id).version
            report_id = session.scalars(select(Report.id).where(Report.case_id == case_id).order_by(Report.id)).first()
        decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=version)
        work_all()
        assert len(mails(settings, "ana@people.test")) == asked, "one for both reports"
        assert report_id
        people.browser("ana").post(f"/reports/{report_id}/replies", data={"text": "None that I see."})


@pytest.mark.parametrize("settled", ["answered", "withdrawn"])
def test_a_question_that_is_settled_before_its_mail_leaves_is_not_mailed(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int], settled: str
) -> None:
    """The mail server was away; Ana has seen the question on the page meanwhile."""
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    ana = people.browser("ana")
    if settled == "answered":
        ana.post(f"/reports/{report_id}/replies", data={"text": "None that I see."})
    else:
        ana.post(f"/reports/{report_id}/retraction", data={"why": "wrong_ad"})
    work_all()
    assert mails(settings, "ana@people.test") == []


def test_a_lesson_is_called_in_the_readers_language_on_page_in_mail_and_by_the_extension(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["ana"]).values(language="fr"))
    dismiss(people, flag(people, report_json()), because=DismissReason.LOOK_ALIKE.value)
    french, ana = "Quand ne pas signaler", people.browser("ana")
    assert last_said(people)["lesson"]["title"] == french
    for path in ("/reports", "/skill", "/training/flagging-well/innocents"):
        assert french in ana.get(path, headers={"Accept-Language": "en"}).text, path
    work_all()
    mail = mails(settings, "ana@people.test")[-1].get_body(("plain",))
    assert mail and french in " ".join(mail.get_content().split())
