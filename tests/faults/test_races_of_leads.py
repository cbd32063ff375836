"""Leads, coordinators and spotters at once: a question has one answer, three wait at most, a report has one confirmation."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock
from server.core.database import db, read, write
from server.journeys.report import confirming, decision
from server.journeys.spotter import asking_lead
from server.people.accreditation.models import StandingMail
from server.people.accreditation.occasions import Occasion
from server.people.leads import rules
from server.people.leads.models import Confirmation, LeadQuestion
from tests.conftest import People
from tests.lead_stories import lead, reported
from tests.racing import RACERS, audited, one_won, race, without_locks

Make = Callable[..., Any]


def count(model: Any, *where: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_a_lead_and_coordinators_answer_one_question_and_one_answer_is_sent(app: Flask, people: People) -> None:
    lead(people)
    question_id = asking_lead.ask(people.ids["ben"], "Is this horn?")
    with write() as session:
        session.get_one(LeadQuestion, question_id).asked_at = clock.now() - rules.DESK_AFTER

    def answer(n: int) -> None:
        if n % 2:
            asking_lead.answer(question_id, people.ids["ana"], f"Answer {n}.")
        else:
            asking_lead.answer_at_desk(question_id, people.ids["cora"], f"Answer {n}.")

    one_won(race(app, [lambda n=n: answer(n) for n in range(RACERS)]), "conflict")
    assert audited("lead_question_answered") == count(StandingMail, StandingMail.occasion == Occasion.ANSWERED) == 1


def test_16_questions_at_once_and_three_wait(app: Flask, people: People) -> None:
    lead(people)
    told = race(app, [lambda n=n: asking_lead.ask(people.ids["ben"], f"Question {n}?") for n in range(RACERS)])
    assert Counter(told) == {"won": rules.OPEN_AT_MOST, "too-many": RACERS - rules.OPEN_AT_MOST}
    assert count(LeadQuestion) == rules.OPEN_AT_MOST


def test_16_confirmations_at_once_and_one_counts(app: Flask, people: People, report_json: Make) -> None:
    lead(people)
    report_id, _ = reported(people, report_json())
    ways = [("confirm", ""), ("doubt", "scam")]
    told = race(
        app, [lambda n=n: confirming.confirm(report_id, people.ids["ana"], *ways[n % 2]) for n in range(RACERS)]
    )
    one_won(told, "conflict")
    assert audited("report_confirmed") == count(Confirmation) == 1


def test_nothing_is_said_of_a_report_after_its_decision(app: Flask, people: People, report_json: Make) -> None:
    lead(people)
    report_id, case_id = reported(people, report_json())

    def dismiss() -> None:
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", note="A toy.", version=1, dismiss_reason="other"
        )

    def turn() -> None:
        confirming.confirm(report_id, people.ids["ana"], "confirm")
        confirming.take_back(report_id, people.ids["ana"])

    told = race(app, [dismiss, *[turn] * (RACERS - 1)])
    assert told[0] == "won" and set(told[1:]) <= {"won", "conflict", "not-found"}
    said, taken = audited("report_confirmed"), audited("confirmation_taken_back")
    assert said - taken == count(Confirmation)


@pytest.fixture
def one_file(app: Flask) -> None:
    """SQLite, where one lock stands for all; on PostgreSQL what is written decides as well, not locks alone."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only: on PostgreSQL what is written decides too, so the mutation changes nothing")


@pytest.mark.mutation
def test_a_race_finds_that_a_question_is_answered_beside_others(app: Flask, people: People, one_file: None) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_a_lead_and_coordinators_answer_one_question_and_one_answer_is_sent(app, people)


@pytest.mark.mutation
def test_a_race_finds_that_questions_are_counted_beside_each_other(app: Flask, people: People, one_file: None) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_questions_at_once_and_three_wait(app, people)


@pytest.mark.mutation
def test_a_race_finds_that_reports_are_confirmed_beside_each_other(
    app: Flask, people: People, report_json: Make, one_file: None
) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_confirmations_at_once_and_one_counts(app, people, report_json)
