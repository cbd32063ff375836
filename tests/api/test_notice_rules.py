"""Notices and checks in small: who is reminded, what is taken back, what is looked at again, what is written down."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, post
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Event, Scope, Seen, Via
from server.journeys.company import directory_import
from server.journeys.report import answering, decision, delivery, following_up, replying, verification
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.companies.schemas import read_file
from server.ledger.delivery.models import Message, MessageAttempt
from server.ledger.monitoring import store as checks
from server.ledger.monitoring.models import Check
from server.ledger.notices import inbox_store, link
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.reads import figures, judgements, outgoing, training_rows
from tests.case_records import OTHER, audited, case_of, check_of
from tests.conftest import companies_file
from tests.crew import Crew
from tests.messages import message_of
from tests.story import attached, decide, flag, mails, notify


def test_a_notice_is_taken_back_with_a_reason_alone(people, report_json):
    case = flag(people, report_json())
    notice = decide(people, case)
    cora = people.browser("cora")
    mistaken = {"notice": notice, "cause": "mistaken"}
    for reason in ("", "  ", "x" * 2001):
        page = cora.post(f"/cases/{case}/withdraw", data=mistaken | {"reason": reason}, follow_redirects=True)
        assert "Say why the notice is withdrawn" in page.text
    for cause in ({}, {"cause": "other"}):
        page = cora.post(f"/cases/{case}/withdraw", data={"notice": notice, "reason": "A toy."} | cause)
        assert (
            page.status_code == 422
            and 'name="cause"' in page.text
            and "checked" not in page.text.split('id="withdraw-cause"')[1]
        )
    with read() as session:
        assert session.get_one(Notice, notice).withdrawn_at is None
    assert (
        "Withdrawn. The company"
        in cora.post(f"/cases/{case}/withdraw", data=mistaken | {"reason": "A toy."}, follow_redirects=True).text
    )
    with read() as session:
        kept = session.get_one(Notice, notice)
    assert kept.withdrawn_at and kept.withdrawn_why == "mistaken" and case_of(case).state == "closed"


ELSEWHERE = companies_file().replace(b"[mercado.test]", b"[elsewhere.test]")
OF_TRADEPOST = ELSEWHERE.replace(b"[tradepost.test]", b"[tradepost.test, mercado.test]").replace(
    b"/ad/", b"/(?:ad|itm)/"
)


def test_a_notice_recalled_from_the_wrong_company_leaves_the_case_to_the_right_one(
    people, report_json, work_all, settings
):
    case = flag(people, report_json())
    wrong = decide(people, case)
    work_all()
    answering.answer_notice(wrong, {"answer": "not_violating", "reason": "Not ours."}, Via.API)
    directory_import.import_companies(read_file(OF_TRADEPOST), replace=True)
    form = {"notice": wrong, "cause": "wrong_company", "reason": "This site is of another company."}
    cora = people.browser("cora")
    for _ in range(2):
        page = cora.post(f"/cases/{case}/withdraw", data=form, follow_redirects=True).text
    assert "It went to the wrong company and is withdrawn." in page
    work_all()
    with read() as session:
        directory, row = companies.directory(session), figures.became(session, figures.Asked(), None)[0]
        report = session.scalars(select(Report)).one()
        taught, judged = (
            [each.label for each in training_rows.rows(session)],
            judgements.judged(session, report.account_id),
        )
    assert (case_of(case).state, case_of(case).company_id) == ("open", directory.company("tradepost").id)
    assert (report.status, report.outcome, report.notice_id) == ("in_review", None, None)
    shown = people.browser("ana").get(f"/reports/{report.id}").text
    assert "Being looked at" in shown and "This site is of another company." in shown
    assert (row["notices"], row["withdrawn"], row["recalled"], row["kept"]) == (1, 1, 1, 0)
    assert (taught, judged) == ([None], []), "neither the model nor the spotter is judged by it"
    told = mails(settings, "spoc@mercado.test")[-1].get_body(("plain",)).get_content()
    assert "it was sent to you by mistake" in " ".join(told.split()) and "If you acted on it" not in told
    page = people.browser("mia").get(f"/notices/{wrong}").text
    assert "It was sent to you by mistake." in page
    headers = people.token("mia", Scope.COMPANY)
    told = people.app.test_client().get(f"/api/v1/notices/{wrong}", headers=headers).json
    assert (told["state"], told["withdrawn_why"]) == ("withdrawn", "wrong_company")
    assert "It was sent to you by mistake." in people.app.test_client().get(urlsplit(link.answer_url(wrong)).path).text
    right = decide(people, case)
    work_all()
    with read() as session:
        standing = session.scalars(select(Notice.id).where(Notice.case_id == case, *notices.STANDS)).all()
    assert standing == [right] and attached(mails(settings, "desk@tradepost.test")[-1])["company"] == "tradepost"
    assert audited("case").count(("case_recall", people.ids["cora"])) == 1


@pytest.mark.parametrize("state", ["notified", "asked", "dismissed"])
def test_a_recalled_notice_whose_ad_has_no_route_today_leaves_its_case_in_no_route(people, report_json, state):
    case = flag(people, report_json())
    notice = decide(people, case)
    if state != "notified":
        answering.answer_notice(notice, {"answer": "not_violating", "reason": "A toy."}, Via.API)
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
            flag(people, report_json(captured_at=clock.now().isoformat()))
        more = {"decision": "ask"} if state == "asked" else {"decision": "dismiss", "dismiss_reason": "too_little"}
        decision.decide(case, people.ids["cora"], note="Which bird?", version=case_of(case).version, **more)
    directory_import.import_companies(read_file(ELSEWHERE), replace=True)
    answering.recall_notice(notice, people.ids["cora"], "This site is of no company.")
    assert (case_of(case).state, case_of(case).company_id) == ("open", None)
    page = people.browser("cora").get("/cases?tab=unrouted").text
    assert case_of(case).id in page


# --- Notices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "channel", "asked_for"),
    [("delivered", "mail", ["notice_overdue", "remind_notice"]), ("delivered", "webhook", ["notice_overdue", "remind_notice"]),
     ("delivered", "portal", ["notice_overdue", "remind_notice"]), ("delivered", "api", ["notice_overdue"]),
     ("queued", "mail", []), ("failed", "mail", [])],
)  # fmt: skip
def test_what_arrived_and_got_no_answer_is_overdue_and_asked_about_again_where_that_is_told(
    people, report_json, state, channel, asked_for
):
    notify(people, report_json())
    with write() as session:
        session.execute(update(Message).values(state=state, channel=channel))
    with time_machine.travel(clock.now() + timedelta(days=8)):
        for _ in range(2):
            following_up.remind()
    with read() as session:
        kinds = session.scalars(select(Work.kind).where(Work.kind.in_(["notice_overdue", "remind_notice"])))
        assert sorted(kinds) == asked_for, "once each"


@pytest.mark.parametrize(
    ("channel", "at_once", "flashed"),
    [
        ("mail", False, "is being sent"),
        ("webhook", False, "is being sent"),
        ("portal", True, "in the company’s inbox"),
        ("api", True, "in the company’s inbox"),
        ("form", False, "fill in the company’s own form"),
    ],
)
def test_a_spotter_hears_that_the_company_has_the_notice_when_it_has(
    people, report_json, settings, work_all, channel, at_once, flashed
):
    with write() as session:
        session.execute(update(Spoc).values(
            channel=channel, form_url="https://mercado.test/report", webhook_url="https://mercado.test/hook",
        ))  # fmt: skip
    case = flag(people, report_json())
    cora, form = people.browser("cora"), {"decision": "notify", "reason": "Six chicks at once.", "version": "1", "basis": "policy", "none_of_these": "y", "good_faith": "y"}  # fmt: skip
    assert flashed in cora.post(f"/cases/{case}/decisions", data=form, follow_redirects=True).text

    def told():
        (report,) = people.app.test_client().get("/api/v1/reports", headers=people.token("ana")).json["items"]
        page = people.browser("ana").get("/reports").text
        assert ("Company to be notified" in page) == (report["detail"] == "to_be_notified")
        assert ("The company has the notice." in page) == (report["detail"] is None)
        return report["status"], report["detail"]

    if not at_once:
        assert told() == ("notified", "to_be_notified")
    with write() as session:  # what the worker or the coordinator does at the end
        for message in session.scalars(select(Message)):
            message.state, message.delivered_at = "delivered", clock.now()
    assert told() == ("notified", None)
    for mail in mails(settings, "ana@people.test"):
        assert "has the notice" not in mail.get_body(("plain",)).get_content()
    with read() as session:
        notice_id = session.scalars(select(Notice.id)).one()
    answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")
    page = people.browser("ana").get("/reports").text
    assert "Notice withdrawn" in page and "No notice was sent" not in page


@pytest.mark.parametrize("channel", ["portal", "api", "mail", "a reminder that bounces"])
def test_on_every_channel_the_spotter_hears_that_no_answer_came(people, report_json, work_all, monkeypatch, channel):
    notify(people, report_json())
    work_all()
    if channel in ("portal", "api"):
        with write() as session:
            session.execute(update(Message).values(channel=channel, address=""))
    elif channel != "mail":
        send = post.send
        monkeypatch.setattr(post, "send", lambda to, subject, *more, **named: (
            _bounce() if "waits for your answer" in subject else send(to, subject, *more, **named)))  # fmt: skip
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        work_all()
        following_up.remind()
        work_all()
    (report,) = people.browser("ana").get("/api/v1/reports", headers=people.token("ana")).json["items"]
    assert report["status"] == "no_answer"
    assert report["feedback"][-1]["text"].startswith("Mercado did not tell us its decision by ")
    with read() as session:
        assert session.scalars(select(Check.why)).all() == ["unanswered"], "and somebody is asked to look"


def _bounce():
    raise post.Permanent("550 no such mailbox")


def test_whoever_waits_for_our_reply_is_not_said_to_be_silent(people, report_json, work_all):
    notice = notify(people, report_json())
    work_all()
    with read() as session:
        company_id = session.get_one(Notice, notice).company_id
    replying.reply_from_company(notice, people.ids["mia"], "Which of the six?", company_id)
    with time_machine.travel(clock.now() + timedelta(days=12)):
        following_up.remind()
        work_all()
    with read() as session:
        assert session.scalars(select(Report.status)).all() == ["notified"]


@pytest.mark.parametrize("then", ["answered", "withdrawn"])
def test_what_is_no_longer_overdue_is_neither_asked_about_nor_looked_at(people, report_json, settings, work_all, then):
    notice = notify(people, report_json())
    work_all()
    sent = len(mails(settings, "spoc@mercado.test"))
    with time_machine.travel(clock.now() + timedelta(days=8)):
        following_up.remind()
        with read() as session:
            assert session.scalars(select(Work.kind).where(Work.kind == "remind_notice")).all() == ["remind_notice"]
        if then == "answered":
            answering.answer_notice(notice, {"answer": "not_violating", "reason": "A toy."}, Via.LINK)
        else:
            answering.withdraw_notice(notice, people.ids["cora"], "A toy.")
        work_all()
    subjects = [mail["Subject"] for mail in mails(settings, "spoc@mercado.test")[sent:]]
    assert not [subject for subject in subjects if "waits for your answer" in subject]
    with read() as session:
        assert session.scalars(select(Check.why)).all() == []
        assert session.scalars(select(Report.status)).all() == ["kept" if then == "answered" else "dismissed"]


def test_a_notice_taken_back_twice_is_told_once(people, report_json, settings, work_all):
    notice = notify(people, report_json())
    work_all()
    for _ in range(2):
        answering.withdraw_notice(notice, people.ids["cora"], "A toy.")
    work_all()
    (report,) = people.browser("ana").get("/api/v1/reports", headers=people.token("ana")).json["items"]
    assert [entry["status"] for entry in report["feedback"]] == ["notified", "dismissed"]
    withdrawn = [mail for mail in mails(settings, "spoc@mercado.test") if "is withdrawn" in mail["Subject"]]
    assert len(withdrawn) == 1


def test_a_notice_that_may_have_arrived_is_taken_back_at_the_company_too(people, report_json, settings, work_all):
    """The worker died after the mail had left: the attempt has no end, and nothing says that it arrived."""
    notice = notify(people, report_json())
    with write() as session:
        message = session.scalars(select(Message)).one()
        session.add(MessageAttempt(message_id=message.id, n=1, started_at=clock.now(), leased_by="another"))
        dead = update(Work).where(Work.kind == "deliver_notice")
        session.execute(dead.values(leased_by="another", renewed_at=clock.now()))
    answering.withdraw_notice(notice, people.ids["cora"], "A toy.")
    work_all()
    assert mails(settings, "spoc@mercado.test") == [], "another worker may be at it"
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        work_all()
    (mail,) = mails(settings, "spoc@mercado.test")
    assert mail["Subject"].endswith("is withdrawn")


def test_what_is_pasted_into_a_companys_form_is_in_its_language(people, report_json):
    with write() as session:
        session.execute(update(Spoc).values(channel="form", form_url="https://mercado.test/f", languages=["fr"]))
    companies._directory._forget()
    case = flag(people, report_json())
    decide(people, case)
    page = people.browser("cora").get(f"/cases/{case}").text
    assert ">Good faith</dt>" in page and "de bonne foi" in page and "believes in good faith that" not in page


def test_a_form_is_filled_in_by_a_person_who_says_so_and_from_then_on_an_answer_is_waited_for(
    people, report_json, settings, work_all
):
    with write() as session:
        session.execute(update(Spoc).values(channel="form", form_url="https://mercado.test/report?a=1&b=2", email=None))
    companies._directory._forget()
    case = flag(people, report_json(listing=report_json()["listing"] | {"title": "Grey\nAnswer: </textarea><b>parrot"}))
    notice = decide(people, case)
    work_all()
    cora = people.browser("cora")
    page = cora.get(f"/cases/{case}").text
    assert 'href="https://mercado.test/report?a=1&amp;b=2"' in page
    pasted = html.unescape(re.search(r'<textarea[^>]*id="to-paste-\w+"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])
    assert pasted.startswith("One listing on Mercado may offer ")
    assert "\nTitle: Grey Answer: </textarea><b>parrot\n" in pasted, "on one line, and text"
    assert "\nAddress: https://mercado.test/itm/grey-parrot/265370482805\n" in pasted
    link = re.search(r"Answer \(no account needed\): http://spotter.test(/answers/\S+)", pasted)[1]
    assert people.app.test_client().get(link).status_code == 200
    copied = [html.unescape(value) for value in re.findall(r'data-copy="([^"]*)" aria-labelledby', page)]
    assert copied[2] == "Grey Answer: </textarea><b>parrot"
    assert {"https://mercado.test/itm/grey-parrot/265370482805", f"http://spotter.test{link}"} < set(copied)
    assert any(" believes in good faith that " in value for value in copied)
    assert "Ana" not in pasted
    with read() as session:
        assert outgoing.count_undelivered(session) == 1

    meant = {"message": message_of(notice).id}
    assert people.browser("ana").post(f"/cases/{case}/form-sent", data=meant).status_code in (403, 404)
    assert cora.post(f"/cases/{case}/form-sent", data=meant).status_code == 302
    assert cora.post(f"/cases/{case}/form-sent", data=meant).status_code == 409, "once"
    assert "to-paste" not in cora.get(f"/cases/{case}").text
    assert audited("notice")[-1] == ("form_sent", people.ids["cora"])
    with read() as session:
        assert outgoing.count_undelivered(session) == 0
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        following_up.remind()
        work_all()
    (report,) = people.browser("ana").get("/api/v1/reports", headers=people.token("ana")).json["items"]
    assert report["status"] == "no_answer"
    assert mails(settings, "spoc@mercado.test") == []


def test_a_companys_counts_are_of_its_own_notices(people, report_json):
    notify(people, report_json())
    theirs = notify(people, report_json("https://tradepost.test/ad/4471"))
    with read() as session:
        company = session.get_one(Notice, theirs).company_id
        assert inbox_store.counts(session, company) == {"open": 1, "asked": 0, "answered": 0, "withdrawn": 0}


def test_taking_back_and_dismissing_are_in_the_audit_trail_by_who_did_it(people, report_json):
    first, second = flag(people, report_json()), flag(people, report_json(OTHER))
    answering.withdraw_notice(decide(people, first), people.ids["dan"], "A toy.")
    asked = decide(people, second)
    answering.answer_notice(asked, {"answer": "need_info", "reason": "Which?"}, Via.LINK)
    verification.ask_check(second, people.ids["cora"])
    flag(people, report_json())  # there again, and dismissed: its notice was taken back before
    toy = {"decision": "dismiss", "dismiss_reason": "other", "note": "A toy."}
    for case in (first, second):
        decision.decide(case, people.ids["cora"], version=case_of(case).version, **toy)
    assert check_of(second).state == "dropped", "nobody looks for what is no case any more"
    withdrawn = [row for row in audited("notice") if row[0] == "notice_withdrawn"]
    assert withdrawn == [("notice_withdrawn", people.ids["dan"]), ("notice_withdrawn", people.ids["cora"])]


def test_what_is_late_to_fail_says_nothing_of_the_notice_that_came_since(people, report_json):
    """The worker died after the first notice was given up, and does so again; a reply about it fails, too."""
    case = flag(people, report_json())
    first = decide(people, case)
    delivery.not_delivered(first, "It could not be delivered.")
    assert case_of(case).state == "open"
    second = decide(people, case)
    delivery.not_delivered(first, "It could not be delivered.")
    assert case_of(case).state == "notified"

    for question in ("Which?", "Which of the six?"):
        answering.answer_notice(second, {"answer": "need_info", "reason": question}, Via.API)
        if question == "Which?":
            replying.reply_to_company(second, people.ids["cora"], "All six.")
    decide(people, case)
    with read() as session:
        reply = session.scalars(select(Message.id).where(Message.event == Event.REPLIED)).one()
    replying.reply_not_delivered(reply, "It could not be delivered.")
    assert case_of(case).state == "notified"


# --- Checks ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def crew(people, report_json):
    crew = Crew(people, report_json())
    answering.answer_notice(crew.notice, {"answer": "removed"}, Via.LINK)
    return crew


def test_nobody_looks_before_the_day_has_come(crew):
    check = check_of(crew.case).id
    assert crew.look("noor", check, "gone").status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert crew.look("noor", check, "gone").status_code == 201


def test_a_question_about_one_listing_leaves_those_about_others(crew, report_json):
    other = flag(crew.people, report_json(OTHER))
    notice = decide(crew.people, other)
    verification.ask_check(other, crew.people.ids["cora"])
    assert {check_of(crew.case).state, check_of(other).state} == {"open"}
    answering.answer_notice(notice, {"answer": "not_violating", "reason": "Papers."}, Via.LINK)
    assert (check_of(crew.case).state, check_of(other).state) == ("open", "dropped")


def test_looking_again_is_in_the_audit_trail(crew):
    cora, dan = crew.people.ids["cora"], crew.people.ids["dan"]
    verification.ask_check(crew.case, cora)
    verification.look_as_coordinator(crew.case, dan, Seen.GONE)
    assert audited("check") == [
        ("check_asked", None),
        ("check_asked", cora),
        ("listing_looked_at", dan),
        ("check_settled", dan),
    ]
    with read() as session:
        gone = checks.found_gone(session, [crew.notice])
    assert set(gone) == {crew.notice}
