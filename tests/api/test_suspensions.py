"""An accreditation is stopped, at once and everywhere; and its spotter is heard again, by somebody else."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine

from server import create_app
from server.core import clock, times
from server.core.database import read, write
from server.core.words import Level, Standing
from server.journeys.spotter import accrediting
from server.people.accounts.models import Account
from server.people.accreditation import deciding, store
from server.reads import eligibility, onboarding
from tests.accreditation_stories import EVE, WHY, accredited, audited, decisions, page, report, small, standing  # noqa: F401
from tests.small_module import SMALL, learn, take_exam
from tests.story import mails


def test_a_suspension_stops_sessions_tokens_and_every_process_at_once(
    people, accredited, report, settings, report_json
):
    ben, token = people.browser("ben"), people.token("ben")
    assert report().status_code == 201
    assert "Pause" not in ben.get("/reports/new").text
    elsewhere = create_app(settings)  # another process over the same database
    key = {"Idempotency-Key": str(uuid.uuid4())}
    other = report_json("https://mercado.test/itm/99999999999")
    assert (
        people.browser("dan").post(f"{page(people)}/suspend", data={"why": "Three careless ones."}).status_code == 302
    )
    assert report().status_code == 403
    with elsewhere.app_context():
        stopped = elsewhere.test_client().post("/api/v1/reports", json=other, headers=token | key)
    assert stopped.status_code == 403
    assert "suspended" in stopped.json["detail"]
    assert "A coordinator has suspended your accreditation" in ben.get("/reports/new").text
    for where in ("/reports/new", "/profile"):
        assert '<a href="/training/appeal">Appeal</a>' in ben.get(where).text, where
    assert "Three careless ones." in ben.get("/training").text
    assert people.browser("cora").post(f"{page(people)}/reinstate", data={"why": "We talked."}).status_code == 302
    assert report().status_code == 201
    assert [row.standing for row in decisions(people)] == ["active", "suspended", "active"]  # added, never changed


def test_who_lapsed_reads_since_when_where_a_report_would_start(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=400))
        page = people.browser("ben").get("/reports/new").text
    text = re.sub(r"<[^>]+>", "", page)
    assert "Your accreditation lapsed on 25 November 2027. Pass the training’s questions again" in text


def test_who_has_done_their_part_reads_that_a_coordinator_is_next_wherever_a_report_would_start(people, report_json):
    """Not that there is something left to pass: for the first time, after a lapse, and after a withdrawal."""
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
        hand.shift(timedelta(days=1))
        accrediting.withdraw(people.ids["ben"], people.ids["dan"], "Wrote to a seller.")
        said = re.sub(r"<[^>]+>", "", people.browser("ben").get("/reports/new").text)
        assert "Your accreditation was withdrawn. To return, pass the exams again." in said
        hand.shift(timedelta(days=1))
        take_exam(people.browser("ben"))
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.appeal(people.ids["ben"], "That was not me.")
        reads_that_the_appeal_is_next(people, report_json())
        accrediting.decide_appeal(people.ids["ben"], people.ids["cora"], "It was.", granted=False)
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Passed again.", Level.PROBATION)
        hand.shift(timedelta(days=400))
        take_exam(people.browser("ben"))
        reads_that_a_coordinator_is_next(people, report_json())


def reads_that_a_coordinator_is_next(people, report):
    ben = people.browser("ben")
    for path in ("/reports/new", "/work", "/lane"):
        assert "Your training is complete." in ben.get(path).text, path
    assert "A coordinator will now look at your accreditation." in ben.get("/training").text
    key = {"Idempotency-Key": str(uuid.uuid4())}
    refused = ben.post("/api/v1/reports", json=report, headers=people.token("ben") | key)
    assert refused.status_code == 403
    assert refused.json["detail"].startswith("Your training is complete. A coordinator will look at it")


def reads_that_the_appeal_is_next(people, report):
    ben = people.browser("ben")
    for path in ("/reports/new", "/work", "/lane"):
        page = ben.get(path).text
        assert "Your appeal is open." in page and "A coordinator will" not in page, path
    training = ben.get("/training").text
    assert "Your appeal" in training and "A coordinator will now look" not in training
    key = {"Idempotency-Key": str(uuid.uuid4())}
    refused = ben.post("/api/v1/reports", json=report, headers=people.token("ben") | key)
    assert refused.json["detail"].startswith("Your appeal is open. Nothing else is decided until it has been reviewed.")


def test_a_withdrawal_is_for_good_and_only_a_new_exam_brings_somebody_back(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=1))
        dan = people.browser("dan")
        assert dan.post(f"{page(people)}/withdraw", data={"why": "Wrote to a seller."}).status_code == 302
        assert dan.post(f"{page(people)}/reinstate", data={"why": "Oh well."}).status_code == 422
        refused = dan.post(f"{page(people)}/accredit", data=WHY | {"level": "probation"})
        assert "The exam is not passed yet" in refused.text  # the one passed before counts no more
        with read() as session:
            assert onboarding.awaiting(session, clock.now()) == []
        assert [action for action, _ in audited(people)][-1] == "accreditation_withdrawn"
        hand.shift(timedelta(minutes=1))
        ben = people.browser("ben")
        again = ben.get(f"{SMALL}/exam").text
        assert "</svg> Passed" not in ben.get("/training").text
        assert "this exam no longer counts" in again and "Try again" in again and "has changed since then" not in again
        take_exam(ben)
        assert "A coordinator will now look at your accreditation" in ben.get(f"{SMALL}/exam").text
        assert ben.post(f"{SMALL}/exam").status_code == 409  # and that one counts
        assert dan.post(f"{page(people)}/accredit", data=WHY | {"level": "probation"}).status_code == 302
        assert standing(people) is Standing.ACTIVE


def test_after_a_granted_appeal_the_exam_counts_as_before(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=1))
        accrediting.withdraw(people.ids["ben"], people.ids["dan"], "Wrote to a seller.")
        accrediting.appeal(people.ids["ben"], "That was not me.")
        hand.shift(timedelta(days=1))
        with read() as session:
            assert not eligibility.exam_passed(session, people.ids["ben"], clock.now())
        accrediting.decide_appeal(people.ids["ben"], people.ids["cora"], "It was not.", granted=True)
        with read() as session:
            assert eligibility.exam_passed(session, people.ids["ben"], clock.now())
        hand.shift(timedelta(days=320))
        take_exam(people.browser("ben"))
        accrediting.accredit(
            people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED, second_id=people.ids["cora"]
        )
        assert standing(people, at=clock.now() + timedelta(days=364)) is Standing.ACTIVE


def test_an_appeal_is_heard_by_somebody_else(people, accredited, report):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    assert ben.post("/training/appeal", data={"text": "Nothing happened."}).status_code == 409
    dan.post(f"{page(people)}/withdraw", data={"why": "Wrote to a seller."})
    assert "Ask somebody else to review it" in ben.get("/training").text
    assert ben.post("/training/appeal", data={"text": " "}).status_code == 422
    assert ben.post("/training/appeal", data={"text": "That was not me."}).status_code == 302
    refused = ben.post("/training/appeal", data={"text": "Really not."})
    assert refused.status_code == 409 and "Really not.</textarea>" in refused.text
    assert "Waiting for somebody else" in ben.get("/training/appeal").text
    assert page(people) in cora.get("/people").text.partition("Appeals")[2]
    assert "That was not me." in dan.get(page(people)).text
    decided = {"why": "The account was another one.", "granted": "yes"}
    refused = dan.post(f"{page(people)}/appeal", data=decided | {"second": EVE})
    assert "You invited this person or decided before" in refused.text
    assert report().status_code == 403
    assert cora.post(f"{page(people)}/appeal", data={"why": "Hm."}).status_code == 422
    assert cora.post(f"{page(people)}/appeal", data=decided).status_code == 302
    assert report().status_code == 201
    assert "Granted" in ben.get("/training/appeal").text
    assert "The account was another one." in ben.get("/training/appeal").text
    assert decisions(people)[-1].level == "trusted"
    assert [action for action, _ in audited(people)][-3:] == [
        "accreditation_withdrawn", "appealed", "accreditation_restored",
    ]  # fmt: skip


def test_an_appeal_may_fail_and_then_the_decision_stands(people, accredited):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    dan.post(f"{page(people)}/suspend", data={"why": "Careless."})
    ben.post("/training/appeal", data={"text": "I was tired."})
    assert cora.post(f"{page(people)}/appeal", data={"why": "Rest first.", "granted": "no"}).status_code == 302
    assert standing(people) is Standing.SUSPENDED
    assert "The decision stands" in ben.get("/training/appeal").text
    assert ben.post("/training/appeal", data={"text": "Again."}).status_code == 409
    dan.post(f"{page(people)}/reinstate", data={"why": "Rested."})
    assert standing(people) is Standing.ACTIVE


def test_while_an_appeal_is_open_nothing_else_is_decided(people, accredited):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    dan.post(f"{page(people)}/suspend", data={"why": "Careless."})
    ben.post("/training/appeal", data={"text": "I was tired."})
    for browser in (cora, dan):
        for door in ("reinstate", "withdraw", "level", "accredit"):
            refused = browser.post(f"{page(people)}/{door}", data={"why": "A mix-up.", "level": "probation"})
            assert refused.status_code == 409 and "This person has appealed" in refused.text
    assert standing(people) is Standing.SUSPENDED
    assert (
        "Let Ben report" not in cora.get(page(people)).text
        and "Withdraw the accreditation" not in cora.get(page(people)).text
    )
    assert cora.post(f"{page(people)}/appeal", data={"why": "Rested.", "granted": "yes"}).status_code == 302
    assert standing(people) is Standing.ACTIVE
    assert dan.post(f"{page(people)}/withdraw", data={"why": "Left."}).status_code == 302, "afterwards, as before"


@pytest.fixture
def both_concerned(people, accredited):
    """Cora invited Ben and Dan suspended him: of the two coordinators neither may hear the appeal."""
    with write() as session:
        session.get_one(Account, people.ids["ben"]).invited_by_id = people.ids["cora"]
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
    accrediting.appeal(people.ids["ben"], "It was not me.")


@pytest.mark.parametrize("granted", ["yes", "no"])
def test_an_appeal_against_one_coordinator_by_whom_the_other_invited_is_heard_by_an_administrator(
    people, both_concerned, granted
):
    for who in ("cora", "dan"):
        refused = people.browser(who).post(f"{page(people)}/appeal", data=WHY | {"granted": granted, "second": EVE})
        assert refused.status_code == 422 and "an administrator decides this appeal" in refused.text
    ada = people.browser("ada")
    assert page(people) in ada.get("/people").text.partition("Appeals")[2]
    assert "Decide the appeal" in ada.get(page(people)).text and "Change the level" not in ada.get(page(people)).text
    assert ada.post(f"{page(people)}/appeal", data=WHY | {"granted": granted}).status_code == 302
    assert standing(people) is (Standing.ACTIVE if granted == "yes" else Standing.SUSPENDED)
    assert ada.post(f"{page(people)}/suspend", data=WHY).status_code == 403, "and nothing else"


@pytest.mark.parametrize("who", ["cora", "dan"])
@pytest.mark.parametrize("granted", ["yes", "no"])
def test_where_nobody_else_has_an_account_somebody_elsewhere_looks_at_it_too_and_is_told(
    people, both_concerned, who, granted, settings, work_all
):
    with write() as session:
        session.get_one(Account, people.ids["ada"]).disabled_at = clock.now()
    browser, given = people.browser(who), WHY | {"granted": granted}
    assert "Name the person elsewhere" in browser.post(f"{page(people)}/appeal", data=given).text
    unknown = browser.post(f"{page(people)}/appeal", data=given | {"second": "Eve, WWF"})
    assert "Name the second person with their organisation and email" in unknown.text
    assert browser.post(f"{page(people)}/appeal", data=given | {"second": EVE}).status_code == 302
    assert standing(people) is (Standing.ACTIVE if granted == "yes" else Standing.SUSPENDED)
    with read() as session:
        assert store.last_appeal(session, people.ids["ben"]).second == EVE
    work_all()
    [mail] = mails(settings, deciding.address_in(EVE))
    assert "reviewed a spotter’s appeal" in " ".join(mail.get_body(("plain",)).get_content().split())


@pytest.fixture
def suspended_then_withdrawn(people, accredited):
    """Dan suspends Ben and Cora withdraws him; his appeal against the withdrawal is granted by Ada."""
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
    withdrawn_and_granted(people)


def withdrawn_and_granted(people):
    accrediting.withdraw(people.ids["ben"], people.ids["cora"], "Wrote to a seller.")
    accrediting.appeal(people.ids["ben"], "That was not me.")
    accrediting.decide_appeal(people.ids["ben"], people.ids["ada"], "It was not.", granted=True)


def test_a_granted_appeal_against_a_withdrawal_leaves_the_suspension_before_it(
    people, suspended_then_withdrawn, report, settings, work_all
):
    assert standing(people) is Standing.SUSPENDED
    assert report().status_code == 403
    shown = people.browser("ben").get("/training/appeal").text
    assert "Granted: your accreditation is no longer withdrawn, but it is suspended." in shown
    assert "restored" not in shown
    work_all()
    told = " ".join(mails(settings, "ben@people.test")[-1].get_body(("plain",)).get_content().split())
    assert "granted your appeal. Your accreditation is no longer withdrawn, but it is suspended, as before." in told
    assert "You can report from now on" not in told
    accrediting.reinstate(people.ids["ben"], people.ids["cora"], "We talked.")
    assert report().status_code == 201


def test_a_suspension_that_a_granted_appeal_left_keeps_its_own_reason_day_and_decider(people, accredited):
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False) as hand:
        day = f"{times.date(clock.now())}"
        accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
        hand.shift(timedelta(days=2))
        withdrawn_and_granted(people)
        ben, cora = people.browser("ben"), people.browser("cora")
        for where in ("/training", "/training/appeal", "/profile"):
            shown = ben.get(where).text
            assert "Careless." in shown and (where == "/training/appeal" or "It was not." not in shown), where
        assert day in re.sub(r"<[^>]+>", "", ben.get("/training/appeal").text)
        listed = cora.get("/people/desk/suspended").text
        assert "suspended by <bdi>Dan</bdi>" in listed and "Careless." in listed and "It was not." not in listed
        accrediting.appeal(people.ids["ben"], "Nor was that.")
        for who, concerned in (("dan", True), ("ada", True), ("cora", False)):
            appeals = people.browser(who).get("/people/desk/appeals").text
            assert "suspended by <bdi>Dan</bdi>" in appeals
            assert ("somebody other than you decides" in appeals) is concerned, who


def test_whoever_suspended_does_not_decide_the_appeal_after_the_withdrawal_is_undone(people, suspended_then_withdrawn):
    accrediting.appeal(people.ids["ben"], "Nor was that.")
    for who in ("dan", "ada"):
        refused = people.browser(who).post(f"{page(people)}/appeal", data=WHY | {"granted": "yes"})
        assert "decided before" in refused.text, who
    assert people.browser("cora").post(f"{page(people)}/appeal", data=WHY | {"granted": "yes"}).status_code == 302
    assert standing(people) is Standing.ACTIVE
