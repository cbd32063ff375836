"""Is it really gone? Who is asked to look, what is established, and what follows: never anything by itself."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.core import clock
from server.core.config import Settings
from server.core.database import db, read
from server.core.words import Refused, Seen, Via
from server.journeys.report import answering, decision, following_up, verification
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.reads import figures
from tests.conftest import People
from tests.crew import Crew
from tests.statements import statements
from tests.story import decide, flag, mails

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]
URL = "https://mercado.test/itm/grey-parrot/265370482805"


@pytest.fixture
def crew(people: People, report_json: Make) -> Crew:
    crew = Crew(people, report_json(url=URL + "?utm_source=ana&colour=grey"))
    answering.answer_notice(crew.notice, {"answer": "removed", "reason": "Not allowed here."}, Via.LINK)
    return crew


@pytest.fixture
def next_day(crew: Crew) -> Any:
    """The day after the answer."""
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=True):
        yield


def test_nobody_is_asked_before_the_platform_had_a_day(crew: Crew) -> None:
    assert crew.offered("noor") == []


@pytest.mark.usefixtures("next_day")
def test_trusted_spotters_who_did_not_report_it_are_asked_and_told_only_where_to_look(crew: Crew) -> None:
    (item,) = crew.offered("noor")
    assert set(item) == {"id", "url", "title", "platform", "category"}
    assert item["url"] == "https://mercado.test/itm/grey-parrot/265370482805?colour=grey", "nothing of who had it open"
    assert (item["title"], item["platform"]) == ("African grey parrot, hand tame, 6 available", "Mercado")
    assert [check["id"] for check in crew.offered("sol")] == [item["id"]]
    for key in ("ana", "ben", "cora"):  # who reported it; on probation; no spotter
        assert crew.offered(key) == []
        assert crew.look(key, item["id"], "gone").status_code == 404
    assert crew.offered("noor", "?without=live,plant") == [], "a topic opted out of"
    assert len(crew.offered("noor", "?without=plant")) == 1
    assert crew.client.get("/api/v1/checks?without=animals", headers=crew.people.token("noor")).status_code == 422


@pytest.mark.usefixtures("next_day")
def test_two_who_see_it_gone_establish_it_and_the_trail_says_so_only_then(crew: Crew, settings: Settings) -> None:
    check = crew.offered("noor")[0]["id"]
    assert crew.look("noor", check, "gone", note="404 since this morning").status_code == 201
    assert crew.report()["checked_at"] is None and "Checked" not in crew.page()
    trail = f"/reports/{crew.report()['id']}"
    assert "Checked" not in crew.people.browser("ana").get(trail).text
    assert crew.look("noor", check, "gone").status_code == 201, "the same look twice is one"
    assert crew.look("noor", check, "present").status_code == 409
    assert crew.offered("noor") == [] and crew.state() == "answered"

    assert crew.look("lia", check, "gone").status_code == 201
    report = crew.report()
    assert (report["status"], report["outcome"]) == ("removed", "removed"), "a status moves by answers, not by checks"
    assert report["checked_at"] and report["feedback"][-1]["text"].endswith("it is gone.")
    assert report["feedback"][-2]["text"] == "Not allowed here."
    page = crew.people.browser("ana").get(trail).text
    assert "Checked" in page and "Not allowed here." in page and "noor" not in page.lower()
    page = crew.page()
    assert "Checked: gone" in page and "404 since this morning" in page and crew.state() == "answered"
    assert crew.look("sol", check, "gone").status_code == 410, "others were faster"
    assert crew.look("lia", check, "gone").status_code == 201, "a lost answer is asked for again"
    assert crew.report() == report, "and settles nothing anew"
    with read() as session:
        counted = figures.landing(session, clock.now() + timedelta(seconds=1))
    assert (counted["removed"], counted["verified"]) == (1, 1)


@pytest.mark.usefixtures("next_day")
def test_what_was_found_gone_is_not_said_to_be_gone_once_its_company_has_put_it_back(crew: Crew) -> None:
    check = crew.offered("noor")[0]["id"]
    crew.look("noor", check, "gone")
    crew.look("lia", check, "gone")
    ana = crew.people.browser("ana")
    paths = ("/reports", f"/reports/{crew.report()['id']}")
    gone = [ana.get(path).text.partition("What happened")[0].count("it is gone.") for path in paths]
    assert gone == [1, 1] and crew.report()["checked_at"]
    answering.answer_notice(crew.notice, {"answer": "reinstated"}, Via.LINK)
    for path in paths:
        page = ana.get(path).text.partition("What happened")[0]
        assert "The company put it back online." in page and "it is gone." not in page
    assert crew.report()["checked_at"] is None


@pytest.mark.usefixtures("next_day")
def test_still_there_after_removed_brings_the_case_back_and_nothing_leaves_by_itself(
    crew: Crew, work_all: Work, settings: Settings
) -> None:
    work_all()
    before = len(mails(settings, "spoc@mercado.test"))
    check = crew.offered("noor")[0]["id"]
    crew.look("noor", check, "present")
    crew.look("lia", check, "cannot_tell")
    assert crew.state() == "answered"
    crew.look("sol", check, "present")
    assert crew.state() == "open"
    report = crew.report()
    assert report["status"] == "in_review" and "still there" in report["feedback"][-1]["text"]
    assert report["checked_at"] is None
    work_all()
    assert len(mails(settings, "spoc@mercado.test")) == before
    body = mails(settings, "ana@people.test")[-1].get_body(("plain",))
    assert body and "it is still there" in " ".join(body.get_content().split())
    page = crew.page()
    assert "though the company answered “Removed”" in page and "Checked: still there" in page
    assert decide(crew.people, crew.case) != crew.notice, "a coordinator may notify anew"
    assert crew.report()["status"] == "notified"


@pytest.mark.usefixtures("next_day")
def test_a_coordinator_settles_it_alone_on_the_cases_page(crew: Crew) -> None:
    browser = crew.people.browser("cora")
    assert "I checked: it is gone" in crew.page() and "I checked: it is gone" not in crew.page("ada")
    assert browser.post(f"/cases/{crew.case}/looks", data={"seen": "cannot_tell"}).status_code == 302
    assert crew.report()["checked_at"] is None
    assert browser.post(f"/cases/{crew.case}/looks", data={"seen": "nonsense"}).status_code == 422
    dan = crew.people.browser("dan")
    assert dan.post(f"/cases/{crew.case}/looks", data={"seen": "gone"}).status_code == 302
    assert crew.report()["checked_at"]
    assert crew.offered("noor") == []


def test_a_coordinator_may_ask_for_a_look_at_once(crew: Crew) -> None:
    browser = crew.people.browser("cora")
    verification.look_as_coordinator(crew.case, crew.people.ids["dan"], Seen.GONE)
    assert crew.offered("noor") == []
    assert browser.post(f"/cases/{crew.case}/checks").status_code == 302
    assert len(crew.offered("noor")) == 1
    assert "A check is open because a coordinator asked for it." in crew.page()


def test_before_a_notice_there_is_nothing_to_verify(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    with pytest.raises(Refused) as refused:
        verification.ask_check(case_id, people.ids["cora"])
    assert refused.value.kind == "conflict"


@pytest.mark.usefixtures("next_day")
@pytest.mark.parametrize("then", ["not_violating", "reinstated", "withdrawn"])
def test_a_question_that_is_over_is_asked_no_more(crew: Crew, then: str) -> None:
    assert len(crew.offered("noor")) == 1
    if then == "withdrawn":
        answering.withdraw_notice(crew.notice, crew.people.ids["dan"], "It is a toy.")
    else:
        answering.answer_notice(crew.notice, {"answer": then, "reason": "It may stay."}, Via.PORTAL)
    assert crew.offered("noor") == []


def test_silence_is_looked_into_and_moves_no_status(people: People, report_json: Make, work_all: Work) -> None:
    crew = Crew(people, report_json())
    work_all()
    with read() as session:
        answer_by = session.scalars(select(Notice.answer_by)).one()
    with time_machine.travel(answer_by + timedelta(minutes=1), tick=True):
        following_up.remind()
        work_all()
        assert crew.report()["status"] == "no_answer"
        check = crew.offered("noor")[0]["id"]
        crew.look("noor", check, "gone")
        crew.look("lia", check, "gone")
        assert crew.report()["status"] == "no_answer" and crew.state() == "notified"
        assert crew.report()["checked_at"]
        answering.answer_notice(crew.notice, {"answer": "removed"}, Via.LINK)
        assert crew.report()["status"] == "removed", "and the answer is looked into in its turn"
    with time_machine.travel(answer_by + timedelta(days=2), tick=True):
        assert len(crew.offered("noor")) == 1


@pytest.mark.usefixtures("next_day")
def test_few_are_offered_at_a_time_and_by_as_many_statements_however_many_wait(crew: Crew, report_json: Make) -> None:
    noor = crew.people.token("noor")
    crew.client.get("/api/v1/checks", headers=noor)
    with statements() as few:
        crew.client.get("/api/v1/checks", headers=noor)
    for number in range(5):
        case = flag(crew.people, report_json(f"https://mercado.test/itm/{300000000 + number}"))
        decide(crew.people, case)
        verification.ask_check(case, crew.people.ids["cora"])
    with statements() as many:
        items = crew.client.get("/api/v1/checks", headers=noor).json["items"]
    assert len(items) == 3 and len(many) <= len(few)


@pytest.mark.usefixtures("next_day")
def test_what_somebody_saw_is_checked_like_all_that_comes_from_outside(crew: Crew) -> None:
    check = crew.offered("noor")[0]["id"]
    assert crew.look("noor", check, "vanished").status_code == 422
    assert crew.look("noor", check, "gone", note="x" * 501).status_code == 422
    assert crew.look("noor", check, "gone", colour="red").status_code == 422
    assert crew.look("noor", uuid.uuid4().hex, "gone").status_code == 404
    assert crew.look("noor", check, "gone", note="<script>alert(1)</script>").status_code == 201
    assert "<script>alert" not in crew.page()


def test_no_check_tells_a_company_anything(crew: Crew, client: FlaskClient) -> None:
    verification.look_as_coordinator(crew.case, crew.people.ids["cora"], Seen.PRESENT)
    mia = crew.people.browser("mia")
    for page in ("/notices", f"/notices/{crew.notice}"):
        text = mia.get(page).text
        assert "looked" not in text.lower() and "still there" not in text.lower()


def test_the_reports_list_takes_as_many_statements_however_many_there_are(people: People, report_json: Make) -> None:
    client, ana = people.app.test_client(), people.token("ana")
    counted = []
    for number in range(2):
        for extra in range(1 + number * 4):
            case = flag(people, report_json(f"https://mercado.test/itm/{400000000 + number * 10 + extra}"))
            decision.decide(
                case, people.ids["cora"], decision="dismiss", note="A toy.", version=1, dismiss_reason="scam"
            )
        client.get("/api/v1/reports", headers=ana)
        with statements() as ran:
            assert client.get("/api/v1/reports", headers=ana).status_code == 200
        counted.append(len(ran))
    assert counted[0] == counted[1]
    assert db.session.scalar(select(func.count()).select_from(Case)) == 6
