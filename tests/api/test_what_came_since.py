"""What becomes of a case and its reports when an answer, a withdrawal, an undo or a ring meets what has come since."""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from server.core import clock
from server.core.database import read, write
from server.core.words import FeedbackCode, HoldReason, Level, Refused, Seen, Via
from server.journeys.report import adding, answering, composing, decision, effect, feedback, ring, verification
from server.journeys.spotter import accrediting
from server.ledger.alarms import store as alarms
from server.ledger.alarms.surge import Surge
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Feedback, Report
from tests.conftest import People
from tests.lane_stories import second_opinion
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def people(people: People, request: pytest.FixtureRequest) -> People:
    """Ben reports, too: on probation, or at the level that the test names."""
    level = getattr(request, "param", Level.PROBATION)
    second = "" if level == Level.PROBATION else "dan@people.test"
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "Tests.", level, waive_exam=True, second=second
    )
    return people


def case_of(case_id: str) -> Case:
    with read() as session:
        return session.get_one(Case, case_id)


def statuses(case_id: str) -> list[str]:
    with read() as session:
        return list(session.scalars(select(Report.status).where(Report.case_id == case_id).order_by(Report.id)))


def report_by(people: People, who: str) -> str:
    with read() as session:
        return session.scalars(select(Report.id).where(Report.account_id == people.ids[who])).one()


def settle(people: People, case_id: str, kind: str, who: str = "cora", **more: Any) -> str | None:
    version = case_of(case_id).version
    return decision.decide(case_id, people.ids[who], decision=kind, note="Look closer.", version=version, **more)


def set_aside(people: People, case_id: str, who: str) -> None:
    """An alarm about what somebody reported, and a coordinator who finds that it is a ring."""
    with write() as session:
        alarm = alarms.raise_alarm(session, f"case {case_id}", Surge(8, 5, 5, ()))
        alarms.add(session, alarm.id, [(report_by(people, who), case_id)], about=True)
        alarm_id = alarm.id
    ring.withdraw(alarm_id, people.ids["cora"], "Coordinated.")


@pytest.fixture
def again(people: People, report_json: Make, work_all: Callable[[], None]) -> Any:
    """An ad that its company removed, and that Ben has reported an hour after that: its case, and the notice."""
    with time_machine.travel(clock.now(), tick=True) as time:
        case_id = flag(people, report_json())
        notice_id = decide(people, case_id)
        answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
        work_all()
        time.shift(3600)
        flag(people, report_json(captured_at=clock.now().isoformat()), "ben")
        assert case_of(case_id).state == "open"
        yield case_id, notice_id


def test_a_notice_is_withdrawn_and_who_reported_since_still_waits_for_a_decision(
    people: People, report_json: Make
) -> None:
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    flag(people, report_json(), "ben")
    answering.withdraw_notice(notice_id, people.ids["cora"], "It quotes another ad.")
    assert (case_of(case_id).state, statuses(case_id)) == ("open", ["dismissed", "received"])
    settle(people, case_id, "dismiss", dismiss_reason="scam")
    assert statuses(case_id) == ["dismissed", "dismissed"]


def test_an_answer_to_the_old_notice_ends_no_wait_with_what_came_since(
    people: People, again: Any, work_all: Callable[[], None]
) -> None:
    case_id, notice_id = again
    settle(people, case_id, "hold", hold_reason="police_first")
    answering.answer_notice(notice_id, {"answer": "account_suspended"}, Via.LINK)
    work_all()
    assert (case_of(case_id).state, case_of(case_id).held_why) == ("held", "police_first")
    assert statuses(case_id) == ["removed", "in_review"]
    settle(people, case_id, "dismiss", dismiss_reason="scam")
    assert statuses(case_id) == ["removed", "dismissed"]


def test_a_look_settles_what_was_asked_about_the_newest_notice(
    people: People, again: Any, work_all: Callable[[], None]
) -> None:
    case_id, _ = again
    newest = decide(people, case_id)
    work_all()
    verification.look_as_coordinator(case_id, people.ids["dan"], Seen.GONE)
    with read() as session:
        assert session.get_one(Notice, newest).found == Seen.GONE
        told = select(Report.account_id).join(Feedback).where(Feedback.code == FeedbackCode.CHECKED_GONE)
        assert session.scalars(told).all() == [people.ids["ben"]]


@pytest.mark.parametrize("people", [Level.TRUSTED], indirect=True)
def test_another_voice_leaves_the_reason_for_which_a_case_came_back(
    people: People, report_json: Make, work_all: Callable[[], None]
) -> None:
    with time_machine.travel(clock.now(), tick=True) as time:
        case_id = flag(people, report_json())
        answering.answer_notice(decide(people, case_id), {"answer": "removed"}, Via.LINK)
        work_all()
        time.shift(timedelta(days=1))
        verification.look_as_coordinator(case_id, people.ids["dan"], Seen.PRESENT)
        before = case_of(case_id).priority
        flag(people, report_json(captured_at=clock.now().isoformat()), "ben")
        case = case_of(case_id)
        assert case.priority > before and case.reasons[0]["code"] == "still_there"


@pytest.mark.parametrize("how", ["lapsed", "undone"])
def test_a_second_opinion_is_still_wanted_after_another_decision_was_taken_back(
    people: People, report_json: Make, how: str
) -> None:
    with time_machine.travel(clock.now(), tick=True) as time:
        case_id = second_opinion(people, report_json(), until=clock.now() + timedelta(days=2))
        if how == "undone":  # the day has come
            time.shift(timedelta(days=3))
            decision.release_held()
        until = clock.now() + timedelta(seconds=60)
        settle(people, case_id, "dismiss", "dan", dismiss_reason="scam", undo_until=until)
        if how == "lapsed":
            adding.add(people.ids["ana"], report_by(people, "ana"), "One more thing.")
        else:
            effect.undo(case_id, people.ids["cora"], case_of(case_id).version)
        assert (case_of(case_id).state, case_of(case_id).held_why) == ("open", HoldReason.SECOND_OPINION)
        with pytest.raises(Refused, match="You asked for a second opinion"):
            settle(people, case_id, "dismiss", dismiss_reason="scam")


def test_a_ring_writes_no_part_of_a_notice(app: Flask, people: People, report_json: Make) -> None:
    honest = report_json()
    honest["listing"] |= {
        "seller": {"name": "birdhouse77"},
        "price": {"text": "$25", "amount": "25", "currency": "USD"},
    }
    untrue = copy.deepcopy(honest)
    untrue["listing"]["seller"] = {"name": "Innocent Rival Shop"}
    untrue["listing"] |= {"price": {"text": "$9999", "amount": "9999", "currency": "USD"}, "location": "Rival Street"}
    untrue["suspicion"] |= {"legality_evidence": "document_shown", "category": "product"}
    case_id = flag(people, honest)
    flag(people, untrue, "ben")
    assert case_of(case_id).unseen_count == 2
    set_aside(people, case_id, "ben")
    assert (case_of(case_id).spotter_count, case_of(case_id).unseen_count) == (1, 1)
    notice_id = decide(people, case_id)
    with read() as session:
        document = session.get_one(Notice, notice_id).document
    assert document["listing"]["seller"] == "birdhouse77" and document["listing"]["price"]["text"] == "$25"
    assert document["suspicion"]["category"] == "live"
    assert document["suspicion"]["legality_evidence"] == honest["suspicion"].get("legality_evidence", "none")


def test_of_a_ring_alone_the_notice_can_still_be_composed(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json(), "ben")
    set_aside(people, case_id, "ben")
    with read() as session:
        grounds = composing.Grounds(reason="x", taxa=[], category="live")
        assert composing.draft(session, session.get_one(Case, case_id), grounds).document["listing"]["url"]


def test_whom_a_ring_is_asked_for_brings_no_closed_case_back(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json(), "ben")
    settle(people, case_id, "ask")
    set_aside(people, case_id, "ben")
    assert case_of(case_id).state == "closed"
    feedback.reply(people.ids["ben"], report_by(people, "ben"), "There are six.")
    assert (case_of(case_id).state, case_of(case_id).unseen_count) == ("closed", 0)
