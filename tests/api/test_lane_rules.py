"""The lane and the skill learnt in it, in small: what starts the rules, what they ask again, what nobody may reckon."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import new_id, read, write
from server.core.outbox import Work
from server.core.words import Level, Refused
from server.journeys.spotter import accrediting, growth, joining
from server.ledger.cases.models import Case
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.skill import levels, store
from server.people.skill.lane import Said
from server.people.skill.levels import Move
from server.people.skill.models import LaneAnswer, Proposal
from server.people.skill.posterior import COUNTS, Outcome
from server.reads import practice_lane
from tests.growing import asked, dismiss, judge, outcomes, probation
from tests.lane_stories import accredit, live_report, second_opinion
from tests.skills import ACTED
from tests.story import flag, mails


def next_for(people, who):
    with people.app.test_request_context(), read() as session:
        return practice_lane.next_item(session, people.ids[who])


def live_for(people, who):
    with read() as session:
        return practice_lane._live(session, people.ids[who], ())


def propose(people, who, level, move):
    with write() as session:
        store.propose(session, people.ids[who], level, move, 20, clock.now())


def proposals(people, who="ben"):
    with read() as session:
        mine = select(Proposal).where(Proposal.account_id == people.ids[who]).order_by(Proposal.at)
        return [
            (proposal.move, proposal.level, proposal.decided_by_id, proposal.decided_at is None)
            for proposal in session.scalars(mine)
        ]


def queued(kind):
    with read() as session:
        return session.scalar(select(func.count()).select_from(Work).where(Work.kind == kind))


# --- What starts the rules -------------------------------------------------------------------------------------------


def test_an_answer_in_the_lane_and_an_outcome_have_the_rules_look_again(people, report_json):
    item = next_for(people, "ana")
    growth.answer_lane(people.ids["ana"], item.token, Said.FLAG, "")
    assert queued("review_skill") == 1
    case = flag(people, report_json())
    assert queued("review_skill") == 1, "a report that nobody has looked at says nothing yet"
    dismiss(people, case, "innocent_word")
    assert queued("review_skill") == 2


def test_nobody_waits_while_the_next_listing_is_looked_for(people, monkeypatch):
    honest, inside = practice_lane.next_item, []
    monkeypatch.setattr(
        practice_lane,
        "next_item",
        lambda session, who: inside.append("writing" in session.info) or honest(session, who),
    )
    assert growth.answer_lane(people.ids["ana"], next_for(people, "ana").token, Said.FLAG, "")
    assert inside == [False, False]


def test_the_same_answer_sent_twice_at_one_moment_counts_once(people, monkeypatch):
    item = next_for(people, "ana")
    assert growth.answer_lane(people.ids["ana"], item.token, Said.FLAG, "")
    monkeypatch.setattr(practice_lane, "next_item", lambda *_: item)  # the second had looked before the first was kept
    assert growth.answer_lane(people.ids["ana"], item.token, Said.INNOCENT, "") is None
    assert queued("review_skill") == 1


def test_who_is_stopped_between_the_page_and_the_answer_gives_none(people):
    item = next_for(people, "ana")
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    with pytest.raises(Refused) as refused:
        growth.answer_lane(people.ids["ana"], item.token, Said.FLAG, "")
    assert refused.value.kind == "not-accredited"


@pytest.mark.parametrize("because", ["innocent_word", "not_protected", "look_alike", "not_offered"])
def test_what_was_innocent_counts_against_who_flagged_it_whatever_kind_of_innocent_it_was(people, report_json, because):
    dismiss(people, flag(people, report_json()), because)
    assert outcomes(people) == [Outcome.DISMISSED_INNOCENT]


def test_a_coordinators_word_counts_less_than_a_companys(people):
    assert 0 < COUNTS[Outcome.NOTIFIED] < COUNTS[Outcome.ACTED]


def test_nobody_leads_after_fewer_than_sixty_judgements():
    assert levels.move(Level.TRUSTED, [ACTED] * 59) is Move.STAY
    assert levels.move(Level.TRUSTED, [ACTED] * 60) is Move.UP


# --- What is asked, and asked again ----------------------------------------------------------------------------------


def test_after_not_now_the_same_is_asked_again_in_a_month_and_anything_else_at_once(people):
    probation(people)
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        propose(people, "ben", Level.PROBATION, Move.STOP)
        growth.not_now(people.ids["ben"], people.ids["cora"], "We have talked.")
        propose(people, "ana", Level.PROBATION, Move.STOP)
        assert asked(people, "ana") == "stop", "it was said of Ben"
        hand.shift(timedelta(days=29))
        propose(people, "ben", Level.PROBATION, Move.STOP)
        assert asked(people, "ben") is None
        propose(people, "ben", Level.PROBATION, Move.UP)
        assert asked(people, "ben") == "up", "another move was not answered with not now"
        propose(people, "ben", Level.PROBATION, Move.STAY)
        hand.shift(timedelta(days=2))
        propose(people, "ben", Level.PROBATION, Move.STOP)
        assert asked(people, "ben") == "stop"


def test_what_was_overtaken_is_no_not_now_and_another_level_is_another_question(people):
    probation(people)
    propose(people, "ben", Level.PROBATION, Move.UP)
    propose(people, "ben", Level.PROBATION, Move.STAY)
    propose(people, "ben", Level.PROBATION, Move.UP)
    assert asked(people, "ben") == "up", "nobody had said not now"
    growth.not_now(people.ids["ben"], people.ids["cora"], "Later.")
    propose(people, "ben", Level.TRUSTED, Move.UP)
    assert asked(people, "ben") == "up", "not now was said of another level"
    propose(people, "ben", Level.LEAD, Move.UP)
    assert [proposal[1] for proposal in proposals(people) if proposal[3]] == ["lead"], (
        "what is asked is about the level of today"
    )


@pytest.mark.parametrize("decide", [accrediting.suspend, accrediting.withdraw])
def test_a_decision_about_somebody_settles_what_was_asked_and_leaves_earlier_answers(people, decide):
    probation(people)
    propose(people, "ben", Level.PROBATION, Move.STOP)
    growth.not_now(people.ids["ben"], people.ids["cora"], "Later.")
    propose(people, "ben", Level.PROBATION, Move.UP)
    propose(people, "ana", Level.TRUSTED, Move.UP)
    decide(people.ids["ben"], people.ids["dan"], "Wrote to a seller.")
    assert asked(people, "ana") == "up", "nothing was decided about Ana"
    assert [proposal[2] for proposal in proposals(people)] == [people.ids["cora"], people.ids["dan"]]
    assert asked(people, "ben") is None


def test_not_now_needs_a_reason_and_a_question_and_is_in_the_audit_trail(people):
    probation(people)
    with pytest.raises(Refused) as nothing:
        growth.not_now(people.ids["ben"], people.ids["cora"], "Later.")
    assert nothing.value.kind == "not-found"
    propose(people, "ben", Level.PROBATION, Move.UP)
    with pytest.raises(Refused, match="Enter a reason"):
        growth.not_now(people.ids["ben"], people.ids["cora"], "  ")
    growth.not_now(people.ids["ben"], people.ids["cora"], "Later.")
    with read() as session:
        rows = session.execute(select(AuditRow.actor_id, AuditRow.object_id, AuditRow.detail).where(
            AuditRow.action == "proposal_declined")).all()  # fmt: skip
    assert rows == [(people.ids["cora"], people.ids["ben"], {"move": "up"})]


def test_who_may_need_help_is_first_on_the_desk(people):
    probation(people)
    propose(people, "ana", Level.TRUSTED, Move.UP)
    propose(people, "ben", Level.PROBATION, Move.STOP)
    with read() as session:
        assert [proposal.move for proposal in store.open_proposals(session, accounts.open_spotters())] == ["stop", "up"]


def test_who_steps_down_is_not_proposed_for_more_and_an_erased_one_is_not_written_to(people, settings, work_all):
    propose(people, "ana", Level.TRUSTED, Move.UP)
    judge(people, "ana", False, 10)
    assert asked(people, "ana") is None
    with write() as session:
        ana = session.get_one(Account, people.ids["ana"])
        ana.erased_at = ana.disabled_at = clock.now()
    work_all()
    assert [m["Subject"] for m in mails(settings, "ana@people.test")] == []


# --- The lane --------------------------------------------------------------------------------------------------------


def test_five_opinions_on_a_listing_are_enough_and_the_longest_waiting_comes_first(people, report_json):
    accredit(people, level=Level.TRUSTED)
    with time_machine.travel("2026-12-25 10:00:00+00:00", tick=False) as hand:
        first = second_opinion(people, live_report(report_json))
        hand.shift(timedelta(hours=1))
        second = second_opinion(people, live_report(report_json, 265370482806))
        with write() as session:
            session.get_one(Case, first).updated_at = clock.now() + timedelta(hours=1)
        assert live_for(people, "ben") == [second, first]
        for number in range(5):
            assert first in live_for(people, "ben")
            who = joining.add_account(f"s{number}@people.test", f"S{number}", "spotter", None)
            with write() as session:
                session.add(LaneAnswer(id=new_id(), account_id=who, case_id=first, said="flag", at=clock.now()))
        assert live_for(people, "ben") == [second]


def test_a_listing_in_a_language_outside_the_scope_is_not_asked_about(people, report_json):
    report = live_report(report_json)
    report["listing"]["language"] = "en"
    case = second_opinion(people, report)
    accredit(people, level=Level.TRUSTED)
    assert live_for(people, "ben") == [case]
    accrediting.change_level(people.ids["ben"], people.ids["dan"], "Thai alone.", Level.TRUSTED, languages=("th",))
    assert live_for(people, "ben") == []


def test_the_name_a_page_gives_a_listing_is_told_by_this_instances_secret_alone(people, monkeypatch):
    before = next_for(people, "ana").token
    monkeypatch.setattr(practice_lane.web, "settings", lambda: type("Other", (), {"secret_key": "another secret"}))
    with read() as session:
        assert practice_lane.next_item(session, people.ids["ana"]).token != before


def test_a_case_that_is_opened_again_tells_its_spotter_nothing_of_other_opinions(people, report_json):
    case = second_opinion(people, live_report(report_json))
    accredit(people, level=Level.TRUSTED)
    with write() as session:
        store.keep_opinion(session, people.ids["ben"], case, Said.INNOCENT, "A toy, says Ben.", clock.now())
    with read() as session:
        opinions = practice_lane.opinions(session, case)
    assert opinions["counts"][Said.INNOCENT] == 1 and people.ids["ben"] not in str(opinions)
    assert "A toy, says Ben." not in people.browser("ana").get("/reports").text
