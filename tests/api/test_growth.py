"""What follows from judgements: a coordinator is asked, or the rules protect; nobody is blamed for a change of mind."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock, work
from server.core.database import read, write
from server.core.words import Level, Refused, Via
from server.journeys.report import answering
from server.journeys.spotter import accrediting, freezing, gate, growth
from server.people.accreditation import store as accreditation
from server.people.skill.posterior import Outcome
from server.reads import judgements
from tests.growing import answer_lane, asked, dismiss, judge, outcomes, probation, reported
from tests.story import decide, flag, mails


def level(people, who="ana"):
    with read() as session:
        return accreditation.current(session, people.ids[who]).level


@pytest.mark.parametrize(
    ("because", "outcome"),
    [("innocent_word", Outcome.DISMISSED_INNOCENT), ("look_alike", Outcome.DISMISSED_INNOCENT),
     ("too_little", Outcome.DISMISSED_OTHERWISE), ("duplicate", Outcome.DISMISSED_OTHERWISE)],
)  # fmt: skip
def test_a_dismissal_counts_by_what_the_listing_was(people, report_json, because, outcome):
    original = flag(people, report_json("https://mercado.test/itm/999999999999")) if because == "duplicate" else None
    dismiss(people, flag(people, report_json()), because, duplicate_of=original)
    assert outcomes(people) == [outcome]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [([], Outcome.NOTIFIED), (["removed"], Outcome.ACTED), (["restricted"], Outcome.ACTED),
     (["not_violating"], Outcome.NOT_VIOLATING), (["already_gone"], Outcome.NOTIFIED),
     (["removed", "reinstated"], Outcome.ACTED), (["passed_on"], Outcome.NOTIFIED)],
)  # fmt: skip
def test_a_companys_answer_counts_and_its_change_of_mind_never_punishes(people, report_json, answers, outcome):
    notice_id = decide(people, flag(people, report_json()))
    for answer in answers:
        answering.answer_notice(notice_id, {"answer": answer, "reason": "Looked at."}, Via.PORTAL)
    assert outcomes(people) == [outcome]


def test_reports_of_one_listing_count_once(people, report_json):
    for _ in range(3):
        case_id = flag(people, report_json())
    decide(people, case_id)
    assert outcomes(people) == [Outcome.NOTIFIED]


def test_who_judges_well_is_proposed_and_a_coordinator_decides(people, report_json):
    probation(people)
    judge(people, "ben", True, 20)
    assert asked(people, "ben") is None
    assert "a report of yours must have been decided, too" in people.browser("ben").get("/skill").text
    reported(people, report_json())
    judge(people, "ben", True, 1, skip=20)
    assert asked(people, "ben") == "up" and level(people, "ben") == Level.PROBATION
    accrediting.change_level(people.ids["ben"], people.ids["dan"], "Well seen.", Level.TRUSTED)
    assert asked(people, "ben") is None and level(people, "ben") == Level.TRUSTED


def test_who_is_raised_with_a_renewal_is_not_proposed_any_more(people, report_json):
    probation(people)
    reported(people, report_json())
    judge(people, "ben", True, 20)
    assert asked(people, "ben") == "up"
    with time_machine.travel(clock.now() + timedelta(days=310)):
        accrediting.accredit(people.ids["ben"], people.ids["dan"], "Sharp.", Level.PROBATION, waive_exam=True)
        assert asked(people, "ben") == "up", "as before"
    with time_machine.travel(clock.now() + timedelta(days=620)):
        accrediting.accredit(people.ids["ben"], people.ids["dan"], "Sharp.", Level.TRUSTED, waive_exam=True)
    assert asked(people, "ben") is None


def test_not_now_is_kept_with_its_reason_and_not_asked_again_at_once(people):
    probation(people)
    judge(people, "ben", False, 10)
    assert asked(people, "ben") == "stop"
    with pytest.raises(Refused):
        growth.not_now(people.ids["ben"], people.ids["ana"], "I say so.")
    cora, page = people.browser("cora"), f"/people/{people.ids['ben']}"
    assert "Leave the level as it is" in cora.get(page).text
    assert cora.post(f"{page}/not-now", data={"why": ""}).status_code == 422
    assert cora.post(f"{page}/not-now", data={"why": "We have talked."}).status_code == 302
    assert "Leave the level as it is" not in cora.get(page).text
    judge(people, "ben", False, 1, skip=10)
    assert asked(people, "ben") is None


def test_a_trusted_spotter_who_errs_too_often_steps_down_at_once_and_is_told_kindly(people, settings, work_all):
    judge(people, "ana", False, 9)
    assert level(people) == Level.TRUSTED
    judge(people, "ana", False, 1, skip=9)
    assert level(people) == gate.may_report(people.ids["ana"]).level == Level.PROBATION
    work_all()
    mail = mails(settings, "ana@people.test")[-1]
    assert "second pair of eyes" in mail["Subject"] and "ana" not in mail["Subject"].lower()
    page = people.browser("cora").get(f"/people/{people.ids['ana']}").text
    assert "by the rules" in page
    growth.review_skill(people.ids["ana"])
    assert asked(people, "ana") is None, "who stepped down begins anew"
    accrediting.change_level(people.ids["ana"], people.ids["dan"], "We have talked.", Level.TRUSTED)
    assert level(people) == Level.TRUSTED
    growth.review_skill(people.ids["ana"])
    assert level(people) == Level.TRUSTED, "what led to the first step down counts no more"
    page = people.browser("cora").get(f"/people/{people.ids['ana']}").text
    history = page[page.index("Decisions") :]
    assert history.index("We have talked.") < history.index("by the rules") < history.index("For the tests.")


def test_the_rules_still_look_at_what_came_before_an_account_was_frozen(people, work_all):
    answer_lane(people, "ana", False, 10)
    with write() as session:
        work.enqueue(session, "review_skill", people.ids["ana"])
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    work_all()
    assert level(people) == Level.PROBATION


def test_who_was_raised_again_before_the_mail_left_is_told_of_no_step_down(people, settings, work_all):
    judge(people, "ana", False, 10)
    assert level(people) == Level.PROBATION
    accrediting.change_level(people.ids["ana"], people.ids["dan"], "We have talked.", Level.TRUSTED)
    work_all()
    assert [mail["Subject"] for mail in mails(settings, "ana@people.test")] == ["Your level or its scope has changed"]


def test_nobody_waits_while_the_rules_look_and_where_nothing_follows_nothing_is_written(
    people, report_json, monkeypatch
):
    move, writing = judgements.move, []
    monkeypatch.setattr(
        judgements, "move", lambda session, who: writing.append("writing" in session.info) or move(session, who)
    )
    probation(people)
    reported(people, report_json())
    judge(people, "ben", True, 20)
    assert asked(people, "ben") == "up" and writing == [False]
    monkeypatch.setattr(growth, "write", None)  # what is asked already, or asks nothing, takes no turn
    growth.review_skill(people.ids["ben"])
    growth.review_skill(people.ids["ana"])
    assert writing == [False] * 3


def test_what_is_asked_no_longer_is_closed(people, report_json):
    probation(people)
    reported(people, report_json())
    judge(people, "ben", True, 20)
    assert asked(people, "ben") == "up"
    judge(people, "ben", False, 6, skip=20)
    assert asked(people, "ben") is None


def test_who_is_suspended_while_the_rules_look_is_not_put_back_as_well(people, monkeypatch):
    move = judgements.move

    def meanwhile(session, who):
        result = move(session, who)
        accrediting.suspend(who, people.ids["dan"], "While we talk.")
        return result

    monkeypatch.setattr(judgements, "move", meanwhile)
    judge(people, "ana", False, 10)
    with read() as session:
        assert accreditation.step_downs(session, people.ids["ana"]) == []


def test_the_rules_lower_nobody_who_is_not_trusted(people):
    probation(people)
    with pytest.raises(Refused), write() as session:
        accreditation.step_down(session, people.ids["ben"], {}, clock.now())
    judge(people, "ben", False, 12)
    assert level(people, "ben") == Level.PROBATION


def test_the_spotter_and_the_desk_see_skill_with_its_uncertainty_and_what_is_asked(people, report_json):
    probation(people)
    reported(people, report_json())
    judge(people, "ben", True, 21)
    mine = people.browser("ben").get("/skill").text
    assert "A coordinator has been asked to raise your level" in mine and "Only you and coordinators see this" in mine
    cora = people.browser("cora")
    assert "can move up a level" in cora.get("/people").text
    assert "The rules propose moving up a level" in cora.get(f"/people/{people.ids['ben']}").text


def test_of_a_spotter_of_many_years_the_newest_reports_are_looked_at_and_every_takedown_is_thanked_for(
    people, report_json, monkeypatch
):
    monkeypatch.setattr(judgements, "NEWEST", 2)
    for number, answer in enumerate(("removed", "removed", "not_violating", "already_gone")):
        notice_id = decide(people, flag(people, report_json(f"https://mercado.test/itm/{265370482805 + number}")))
        answering.answer_notice(notice_id, {"answer": answer, "reason": "Looked at."}, Via.PORTAL)
    flag(people, report_json("https://mercado.test/itm/265370482805"))  # again, and nobody has looked yet
    assert outcomes(people) == [Outcome.NOT_VIOLATING, Outcome.NOTIFIED]
    assert "2 of your reports led to listings being taken down" in people.browser("ana").get("/skill").text
