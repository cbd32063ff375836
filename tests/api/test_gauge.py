"""Mercado finds too many of our notices wrong: further ones are held, Cora looks at its answers, and they leave."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from server.core import clock
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Answer, Basis, Channel, Scope
from server.journeys.report import answering, complaining, correcting, decision
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.complaints.models import Complaint
from server.ledger.delivery.models import Message
from server.ledger.notices import gauge, stop_store
from server.ledger.notices.models import Notice, NoticeStop
from server.ledger.notices.stop_store import On
from tests.conftest import People
from tests.plans import asked
from tests.racing import audited
from tests.reviews import RIGHT, WRONG, already, answer, listing, notify, reviewed, stops
from tests.story import flag, mails

Run = Callable[[], int]
Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"
LAW = {
    "jurisdiction": "EU", "provision": "Regulation (EC) No 338/97, Article 8(1)", "effective_from": "1997-06-01",
    "source": "Annex A",
}  # fmt: skip
ENOUGH = [*[RIGHT] * 15, *[WRONG] * 4]  # one more against us, and the line is reached
HELD = "Notices to Mercado that rely on its policy are held: 5 of 20 were inaccurate or insufficient."


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def see(people: People, who: str, path: str) -> str:
    return text_of(people.browser(who).get(path).text)


def counted(model: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


class Desk:
    """Cora's program and browser, and what the others see of it."""

    def __init__(self, people: People, report: dict[str, Any], work_all: Run) -> None:
        self.people, self.report, self.work_all = people, report, work_all
        self.headers = people.token("cora", Scope.CASES)
        self.client = people.app.test_client()

    def case(self, case_id: str) -> dict[str, Any]:
        return self.client.get(f"/api/v1/cases/{case_id}", headers=self.headers).json

    def decide(self, case_id: str, **more: Any) -> dict[str, Any]:
        version = self.case(case_id)["version"]
        body = {"decision": "notify", "reason": "Six chicks at once, no papers.", "version": version}
        answer = self.client.post(f"/api/v1/cases/{case_id}/decisions", headers=self.headers, json=body | more)
        assert answer.status_code == 201, answer.text
        return answer.json

    def held(self, **more: Any) -> str:
        """A case of Ana's on which Cora has decided, while notices are held; the worker has been by."""
        case_id = flag(self.people, listing(self.report))
        decided = self.decide(case_id, **more)
        assert decided["state"] == "notified" and decided["notice_held"] and decided["notice"] is None
        self.work_all()
        return case_id

    def go_on(self, who: str = "cora", why: str = "The pattern caught toys. It is changed.", stop: int = -1) -> Any:
        path = f"/companies/mercado/quality/{stops()[stop].id}/go-on"
        return self.people.browser(who).post(path, data={"why": why}, follow_redirects=True)

    def anas(self) -> list[tuple[str, str | None, list[str]]]:
        """What Ana reads of her reports, the newest first."""
        items = self.client.get("/api/v1/reports", headers=self.people.token("ana")).json["items"]
        return [(item["status"], item["detail"], [entry["text"] for entry in item["feedback"]]) for item in items]

    def left(self) -> tuple[int, int]:
        return counted(Notice), counted(Message)


@pytest.fixture
def desk(people: People, report_json: Make, work_all: Run) -> Desk:
    already(people, report_json(), ENOUGH)
    work_all()
    return Desk(people, report_json(), work_all)


@pytest.fixture
def stopped(desk: Desk) -> Desk:
    """The line is reached."""
    reviewed(desk.people, desk.report, [WRONG])
    desk.work_all()
    return desk


# --- It begins -------------------------------------------------------------------------------------------------------


def test_the_twentieth_review_stops_and_everybody_at_the_desk_sees_it_before_they_decide(desk: Desk) -> None:
    people = desk.people
    assert stops() == [] and "are held" not in see(people, "cora", "/attention")
    reviewed(people, desk.report, [WRONG])
    (stop,) = stops()
    assert (stop.basis, stop.wrong, stop.reviewed, audited("notices_stopped")) == ("policy", 5, 20, 1)
    case_id = flag(people, listing(desk.report))
    for path in ("/attention", "/companies/mercado/quality", f"/cases/{case_id}?panel=notify"):
        assert HELD in see(people, "cora", path), path
    assert "Notices held" in see(people, "cora", "/companies") and "Notices held" in see(
        people, "ada", "/companies/quality"
    )
    assert "held" not in see(people, "cora", f"/cases/{case_id}?panel=dismiss").partition("Why this")[0]


@pytest.mark.parametrize(
    "last", [Answer.ALREADY_GONE, Answer.DUPLICATE, Answer.MOVED, Answer.RECEIVED, Answer.PASSED_ON, Answer.RESTRICTED]
)  # fmt: skip
def test_what_is_no_review_against_us_stops_nothing(desk: Desk, last: Answer) -> None:
    reviewed(desk.people, desk.report, [last, last])
    assert stops() == []


@pytest.mark.parametrize("last", [Answer.NEED_INFO, Answer.CANNOT_LOCATE, Answer.REINSTATED])
def test_what_is_insufficient_or_was_put_back_counts_as_what_may_stay_does(desk: Desk, last: Answer) -> None:
    reviewed(desk.people, desk.report, [last])
    assert [(stop.wrong, stop.reviewed) for stop in stops()] == [(5, 20)]


def test_a_question_that_was_settled_does_not_count_and_a_withdrawal_betters_nothing(desk: Desk) -> None:
    asking = reviewed(desk.people, desk.report, [Answer.PASSED_ON])[0]
    answer(desk.people, asking, Answer.NEED_INFO)
    assert len(stops()) == 1
    on = On(stops()[0].company_id, Basis.POLICY)
    answer(desk.people, asking, Answer.REMOVED)
    with read() as session:
        assert stop_store.read_gauge(session, on) == gauge.Gauge(16, 4, 0)
        refused = session.scalars(select(Notice.id).where(Notice.answer == WRONG)).first()
    assert refused
    answering.withdraw_notice(refused, desk.people.ids["cora"], "We were wrong.")
    with read() as session:
        assert stop_store.read_gauge(session, on) == gauge.Gauge(16, 4, 0)
    assert len(stops()) == 1 and stops()[0].ended_at is None, "a stop stands until a person has looked"


def test_an_ad_that_the_wrong_company_puts_back_after_our_recall_is_no_review_of_the_notice(desk: Desk) -> None:
    removed, _ = reviewed(desk.people, desk.report, [RIGHT, WRONG])
    with read() as session:
        on = On(session.get_one(Notice, removed).company_id, Basis.POLICY)
        refused = session.scalars(select(Notice.id).where(Notice.answer == WRONG)).first()
        before = stop_store.read_gauge(session, on)
    assert refused and before == gauge.Gauge(16, 5, 0)
    for notice_id in (removed, refused):
        answering.recall_notice(notice_id, desk.people.ids["cora"], "This site is of another company.")
    with read() as session:
        assert stop_store.read_gauge(session, on) == before, "a recall betters nothing"
    answer(desk.people, removed, Answer.REINSTATED)
    with read() as session:
        after, shown = stop_store.read_gauge(session, on), stop_store.all_gauges(session)[on]
        against, _ = stop_store.reviewed(session, on, None, wrong=True)
    assert after == shown == gauge.Gauge(15, 5, 0)
    assert removed not in [notice.id for notice, _ in against]
    assert see(desk.people, "cora", "/companies/mercado/quality")


def test_law_and_policy_are_judged_apart(stopped: Desk) -> None:
    by_law = flag(stopped.people, listing(stopped.report))
    assert stopped.decide(by_law, basis="illegal", law=LAW)["notice_held"] is False
    stopped.work_all()
    assert stopped.case(by_law)["notice"]["state"] == "open"
    reviewed(stopped.people, stopped.report, [WRONG] * 3, basis="illegal", law=LAW)
    assert [stop.basis for stop in stops()] == ["policy"], "three are too few"
    other = flag(stopped.people, stopped.report | {"url": "https://tradepost.test/ad/12345"})
    assert stopped.decide(other)["notice_held"] is False, "another company's answers are not Mercado's"


def test_reviews_older_than_the_window_do_not_count(desk: Desk) -> None:
    with time_machine.travel(clock.now() + gauge.WINDOW + timedelta(hours=1), tick=True):
        reviewed(desk.people, desk.report, [WRONG])
        assert stops() == []


def test_a_line_that_is_reached_because_the_window_moved_holds_the_next_decision(desk: Desk) -> None:
    reviewed(desk.people, desk.report, [RIGHT, WRONG])
    assert stops() == [], "5 of 21"
    with write() as session:
        good = session.scalars(select(Notice).where(Notice.answer == RIGHT)).first()
        assert good
        good.reviewed_at = clock.now() - gauge.WINDOW  # nobody has answered since
    desk.held()
    assert [(stop.wrong, stop.reviewed) for stop in stops()] == [(5, 20)]


# --- It holds --------------------------------------------------------------------------------------------------------


def test_what_is_decided_then_is_held_nothing_leaves_and_nobody_is_told_what_is_not_so(
    stopped: Desk, settings: Settings
) -> None:
    people, before, sent = stopped.people, stopped.left(), len(mails(settings, SPOC))
    case_id = stopped.held()
    assert stopped.left() == before and len(mails(settings, SPOC)) == sent
    status, detail, told = stopped.anas()[0]
    assert (status, detail, told) == ("in_review", None, ["A coordinator has looked and needs more time to decide."])
    page = see(people, "ana", "/reports")
    assert "Being looked at" in page and "Company to be notified" not in page
    case = see(people, "dan", f"/cases/{case_id}")
    assert "Decided; the notice is on hold." in case and HELD in case
    assert "1 decided notice waits." in see(people, "cora", "/attention")
    reference = stopped.case(case_id)["reference"]
    assert reference not in see(people, "mia", "/notices")
    notices = stopped.client.get("/api/v1/notices", headers=people.token("mia", Scope.COMPANY)).json["items"]
    assert len(notices) == before[0]
    for _ in range(3):
        stopped.work_all()
    assert stopped.left() == before and len(stopped.anas()[0][2]) == 1, "told once"


@pytest.mark.parametrize("channel", list(Channel))
def test_it_is_held_on_every_channel(stopped: Desk, settings: Settings, channel: Channel) -> None:
    hook = {"webhook_url": "https://hooks.mercado.test/in", "webhook_secrets": ["whsec_" + "c2VjcmV0" * 4]}
    with write() as session:
        values = {"channel": channel, "form_url": "https://mercado.test/notice"} | hook
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(values))
        companies.new_version(session)
    before, sent = stopped.left(), len(mails(settings))
    case_id = stopped.held()
    waiting = len(mails(settings)) - sent
    with time_machine.travel(clock.now() + timedelta(days=5), tick=True):
        stopped.work_all()
    assert stopped.left() == before and waiting <= 1, "Ana alone is mailed, if anybody"
    stopped.go_on()
    stopped.work_all()
    assert stopped.left() == (before[0] + 1, before[1] + 1)
    assert stopped.case(case_id)["notice"]["state"] == "open"


def test_a_decision_that_could_still_be_undone_when_the_line_was_reached_is_held_too(desk: Desk) -> None:
    case_id = flag(desk.people, listing(desk.report))
    with read() as session:
        version = session.get_one(Case, case_id).version
    later = clock.now() + timedelta(minutes=5)
    decision.decide(
        case_id, desk.people.ids["cora"], decision="notify", note="No papers.", version=version, undo_until=later
    )
    assert desk.case(case_id)["undo_until"] and desk.case(case_id)["notice_held"] is False
    reviewed(desk.people, desk.report, [WRONG])
    before = desk.left()
    with time_machine.travel(later + timedelta(seconds=1), tick=True):
        desk.work_all()
        assert desk.left() == before and desk.case(case_id)["notice_held"] is True
        assert desk.anas()[1][0] == "in_review"


def test_a_held_decision_can_be_undone_and_a_withdrawn_report_undoes_it(stopped: Desk) -> None:
    before, (one, other) = stopped.left(), (stopped.held(), stopped.held())
    button = stopped.people.browser("dan").get(f"/cases/{one}").text
    assert "Undo the decision" in button
    version = stopped.case(one)["version"]
    dan = stopped.people.browser("dan")
    assert "Undone" in dan.post("/cases/undo", data={"case": f"{one}:{version}"}, follow_redirects=True).text
    items = stopped.client.get("/api/v1/reports", headers=stopped.people.token("ana")).json["items"]
    newest = items[0]["id"]
    assert "Withdraw this report" in see(stopped.people, "ana", f"/reports/{newest}"), (
        "the page offers what then happens"
    )
    withdrawn = stopped.client.post(
        f"/api/v1/reports/{newest}/retraction", headers=stopped.people.token("ana"), json={"why": "mistake"}
    )
    assert withdrawn.status_code == 201, withdrawn.text
    assert [stopped.case(case_id)["state"] for case_id in (one, other)] == ["open", "closed"]
    stopped.go_on()
    stopped.work_all()
    assert stopped.left() == before and counted(PendingDecision) == 0


def test_who_decides_again_is_told_that_the_notice_is_held(stopped: Desk) -> None:
    case_id = stopped.held()
    version = stopped.case(case_id)["version"]
    body = {"decision": "dismiss", "reason": "A toy.", "because": "other", "version": version}
    path = f"/api/v1/cases/{case_id}"
    refused = stopped.client.post(f"{path}/decisions", headers=stopped.headers, json=body)
    assert refused.status_code == 409 and not refused.json["type"].endswith("/stale")
    assert "Undo that decision first" in refused.json["detail"]
    assert stopped.client.post(f"{path}/undo", headers=stopped.headers, json={"version": version}).status_code < 300
    stopped.decide(case_id, decision="dismiss", reason="A toy.", because="other")
    stopped.work_all()
    assert stopped.case(case_id)["state"] == "closed"


def test_a_complaint_that_is_right_takes_the_held_decision_back(stopped: Desk) -> None:
    case_id = stopped.held()
    number = complaining.complain(stopped.case(case_id)["listing"]["url"], "It is a toy.", "sela@people.test")
    with read() as session:
        complaint = session.scalars(select(Complaint.id).where(Complaint.reference == number)).one()
    correcting.answer(
        complaint, stopped.people.ids["dan"], outcome="upheld", answer="It is a toy. We are sorry.", correction="none"
    )
    assert stopped.case(case_id)["state"] == "open" and counted(PendingDecision) == 0


def test_a_notice_that_would_not_leave_any_more_lapses_and_is_not_held(stopped: Desk) -> None:
    case_id = stopped.held()
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(email="new@mercado.test"))
        companies.new_version(session)
    stopped.go_on()
    stopped.work_all()
    shown = stopped.case(case_id)
    assert shown["state"] == "open" and "whom it would go to has changed" in shown["reasons"][0]["words"]


# --- It ends ---------------------------------------------------------------------------------------------------------


def test_a_coordinator_looks_says_go_on_and_what_was_held_leaves(stopped: Desk, settings: Settings) -> None:
    people, before = stopped.people, stopped.left()
    cases = [stopped.held() for _ in range(3)]
    page = see(people, "cora", "/companies/mercado/quality")
    assert "3 decided notices wait." in page and page.count("As our rules say.") == 5, "those against us"
    assert see(people, "cora", "/companies/mercado/quality?basis=policy&all=1").count("As our rules say.") == 20
    done = stopped.go_on()
    assert "3 held notices are let go." in html.unescape(done.text) and "The pattern caught toys." in done.text
    assert audited("notices_let_go") == 1
    with read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "notices_let_go")).one()
        assert row.actor_id == people.ids["cora"] and row.detail["released"] == 3
    sent = len(mails(settings, SPOC))
    stopped.work_all()
    stopped.work_all()
    assert stopped.left() == (before[0] + 3, before[1] + 3) and len(mails(settings, SPOC)) == sent + 3
    assert {stopped.case(case_id)["notice_held"] for case_id in cases} == {False}
    assert stopped.anas()[0][0] == "notified" and counted(PendingDecision) == 0
    assert "are held" not in see(people, "cora", "/attention")
    assert "Reviewed before" in see(people, "dan", "/companies/mercado/quality")


def test_the_stop_does_not_fall_again_on_the_same_answers(stopped: Desk) -> None:
    people = stopped.people
    stopped.go_on()
    with read() as session:
        same = list(session.scalars(select(Notice.id).where(Notice.answer == WRONG)))
    for notice_id in same:  # the same, in other words
        answer(people, notice_id, WRONG, "As our rules say, once more.")
    case_id = flag(people, listing(stopped.report))
    assert stopped.decide(case_id)["notice_held"] is False and len(stops()) == 1
    already(people, stopped.report, [RIGHT] * 14)
    already(people, stopped.report, [WRONG] * 5)
    assert len(stops()) == 1, "nineteen since somebody looked"
    reviewed(people, stopped.report, [WRONG])
    assert [(stop.wrong, stop.reviewed, stop.ended_at is None) for stop in stops()] == [(5, 20, False), (6, 20, True)]


def test_one_coordinator_lets_them_leave_and_says_why(stopped: Desk) -> None:
    stopped.held()
    for why in ("", "   ", "x" * 2001):
        refused = stopped.go_on(why=why)
        assert refused.status_code == 422 and "Say what you found" in refused.text
    assert stops()[0].ended_at is None
    assert stopped.go_on("dan").status_code == 200
    assert "Another coordinator has just reviewed this" in stopped.go_on("cora", stop=0).text
    (stop,) = stops()
    assert stop.ended_by_id == stopped.people.ids["dan"] and audited("notices_let_go") == 1


@pytest.mark.parametrize(("who", "page", "door"), [("ana", 403, 403), ("mia", 403, 403), ("ada", 200, 403)])
def test_who_sees_it_and_who_may_let_them_leave(people: People, who: str, page: int, door: int) -> None:
    browser = people.browser(who)
    for path in ("/companies/quality", "/companies/mercado/quality"):
        assert browser.get(path).status_code == page
    assert browser.post("/companies/mercado/quality/none/go-on", data={"why": "x"}).status_code == door


def test_what_is_not_there_is_not_found(people: People) -> None:
    cora = people.browser("cora")
    assert cora.get("/companies/nobody/quality").status_code == 404
    assert cora.post("/companies/mercado/quality/none/go-on", data={"why": "Looked."}).status_code == 404
    assert cora.get("/companies/mercado/quality?cursor=x").status_code in (400, 422)
    assert "No company has reviewed a notice" in see(people, "cora", "/companies/quality")


# --- It is read in one look ------------------------------------------------------------------------------------------


def test_the_gauge_is_one_indexed_read(app: Flask, people: People, report_json: Make) -> None:
    notify(people, report_json())
    with read() as session:
        company_id = session.scalars(select(Notice.company_id)).one()
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("SQLite only: PostgreSQL reads a small table as a whole, whatever its indexes")
        with asked() as seen:
            stop_store.read_gauge(session, On(company_id, Basis.POLICY))
        statement = next(text for text in seen.statements if "GROUP BY" in text)
        plan = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", tuple("x" for _ in range(statement.count("?")))
        )
        steps = [row[3] for row in plan]
    assert any("USING COVERING INDEX ix_notices_reviewed" in step for step in steps), steps
    assert counted(NoticeStop) == 0
