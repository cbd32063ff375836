"""Accreditation and exams in small: whose address, whose failures, who decides, and what is written down about it."""

import shutil
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Level, Refused
from server.journeys.spotter import accrediting, gate, learning
from server.people.accreditation import certificates, store
from server.people.courses import catalogue
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from tests.small_module import PROMISES, learn, sign, small_module, take_exam, teach_small


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


@pytest.fixture
def accredited(people):
    sign(people.browser("ben"))
    accrediting.accredit(
        people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, waive_exam=True, second_id=people.ids["dan"]
    )


def audited(people, who="ben"):
    with read() as session:
        rows = select(AuditRow.action, AuditRow.actor_id).where(AuditRow.object_id == people.ids[who])
        names = {identifier: name for name, identifier in people.ids.items()} | {None: "the rules"}
        return [(action, names[by]) for action, by in session.execute(rows.order_by(AuditRow.seq))]


def address(people, who):
    with read() as session:
        certificate = certificates.open_certificate(session, people.ids[who], clock.now())
        return certificate and certificate.code


def show(people, who, alias="Otter"):
    with write() as session:
        return certificates.show_certificate(session, people.ids[who], alias, 30, clock.now())


def failed(people, who, count):
    with write() as session:
        for number in range(count):
            at = clock.now() - timedelta(minutes=count - number)
            session.add(Attempt(
                account_id=people.ids[who], module="small", content_hash="x", drawn=[], started_at=at, finished_at=at,
                right=0, of=15, passed=False))  # fmt: skip


def may_start(people, who, slug="small"):
    with read() as session:
        return exams.wait(session, people.ids[who], slug, clock.now()) is None


# --- Certificates ----------------------------------------------------------------------------------------------------


def test_one_address_is_open_at_a_time_and_nobody_closes_that_of_another(people, accredited):
    first, ana = show(people, "ben"), show(people, "ana")
    second = show(people, "ben")
    with read() as session:
        with pytest.raises(Refused):
            certificates.by_code(session, first, clock.now())
        assert certificates.by_code(session, second, clock.now()).alias == "Otter"
    with write() as session:
        certificates.hide_certificate(session, people.ids["ben"], clock.now())
    assert (address(people, "ben"), address(people, "ana")) == (None, ana)


def test_an_address_is_opened_under_a_name_for_days_that_are_offered(people, accredited):
    for alias, days in ((" ", 30), ("Otter", 31), ("Otter", 36500)):
        with pytest.raises(Refused), write() as session:
            certificates.show_certificate(session, people.ids["ben"], alias, days, clock.now())


def test_who_is_stopped_opens_no_address(people, accredited):
    ben = people.browser("ben")
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
    assert ben.post("/training/certificate/show", data={"alias": "Otter", "days": "30"}).status_code == 403
    assert address(people, "ben") is None


# --- What is written down --------------------------------------------------------------------------------------------


def test_every_decision_and_every_act_of_ones_own_is_in_the_audit_trail(people, accredited):
    show(people, "ben")
    with write() as session:
        certificates.hide_certificate(session, people.ids["ben"], clock.now())
        certificates.hide_certificate(session, people.ids["ben"], clock.now())
    with write() as session:
        store.step_down(session, people.ids["ben"], {"judged": 12, "low": 20, "high": 50, "asks": 70}, clock.now())
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
    accrediting.appeal(people.ids["ben"], "I was tired.")
    accrediting.decide_appeal(people.ids["ben"], people.ids["cora"], "Rest.", granted=False)
    accrediting.reinstate(people.ids["ben"], people.ids["cora"], "Rested.")
    assert [row for row in audited(people) if row[0] not in ("account_added", "signed_in")] == [
        ("agreement_signed", "ben"), ("accredited", "cora"), ("certificate_shown", "ben"), ("certificate_hidden", "ben"),
        ("stepped_down", "the rules"), ("accreditation_suspended", "dan"), ("appealed", "ben"), ("appeal_dismissed", "cora"),
        ("accreditation_reinstated", "cora"),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["ada", "mia", "ana", "ben"])
def test_nobody_but_a_coordinator_decides_about_anybody(people, accredited, by):
    who, other = people.ids["ben"], people.ids[by]
    failed(people, "ben", exam.MOST_FAILED)
    acts = (
        lambda: accrediting.suspend(who, other, "x"),
        lambda: accrediting.withdraw(who, other, "x"),
        lambda: accrediting.change_level(who, other, "x", Level.LEAD),
        lambda: learning.open_exam(who, "small", other, "x"),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.kind == "forbidden"


def test_a_decision_needs_a_reason_and_a_spotter(people, accredited):
    failed(people, "ben", exam.MOST_FAILED)
    cora = people.ids["cora"]
    for act in (
        lambda: accrediting.suspend(people.ids["ben"], cora, "  "),
        lambda: accrediting.change_level(people.ids["ben"], people.ids["dan"], "", Level.LEAD),
        lambda: learning.open_exam(people.ids["ben"], "small", cora, " "),
    ):
        with pytest.raises(Refused, match="Enter a reason"):
            act()
    with pytest.raises(Refused, match="no such spotter"):
        accrediting.suspend(people.ids["dan"], cora, "x")
    assert not may_start(people, "ben")


# --- Exams -----------------------------------------------------------------------------------------------------------


def test_who_failed_often_keeps_nobody_else_from_trying_and_is_let_in_alone(people):
    for who in ("ana", "ben"):
        failed(people, who, exam.MOST_FAILED)
    assert may_start(people, "cora") and not may_start(people, "ben")
    assert may_start(people, "ben", "another module")
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        learning.open_exam(people.ids["ben"], "small", people.ids["cora"], "We have practised.")
        assert may_start(people, "ben")
        assert not may_start(people, "ana")


def test_a_coordinator_opens_no_exam_that_a_short_wait_keeps_closed(people):
    failed(people, "ben", 1)
    with pytest.raises(Refused, match="can already try"):
        learning.open_exam(people.ids["ben"], "small", people.ids["cora"], "Hurry.")


def test_what_is_passed_counts_for_whoever_passed_it(people):
    take_exam(people.browser("ben"))
    with read() as session:
        at = clock.now()
        assert exams.all_passed(session, people.ids["ben"], [small_module()], at)
        assert not exams.all_passed(session, people.ids["ana"], [small_module()], at)
        assert exams.last_attempts(session, people.ids["ana"]) == {}


# --- What changes later ----------------------------------------------------------------------------------------------


def test_a_changed_agreement_stops_reports_after_thirty_days_until_it_is_signed(app, people, small, tmp_path):
    with time_machine.travel("2026-12-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=10))
        shutil.copytree(small.parent, tmp_path / "changed")
        shipped = (catalogue.CONTENT / "agreement.md").read_text()
        (tmp_path / "changed/agreement.md").write_text(shipped + "\nOne more line.\n")
        app.config["TRAINING_MODULES"] = str(tmp_path / "changed")
        gate.note_content()
        assert gate.may_report(people.ids["ben"]).level is Level.TRUSTED
        hand.shift(timedelta(days=31))
        with pytest.raises(Refused, match="has changed"):
            gate.may_report(people.ids["ben"])
        assert sign(people.browser("ben"), promises=PROMISES).status_code == 302
        db.session.rollback()  # what was read so far is from before
        assert gate.may_report(people.ids["ben"]).level is Level.TRUSTED
