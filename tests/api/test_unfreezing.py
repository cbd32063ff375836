"""What Ana was to be mailed when her account was frozen, and what happened meanwhile, she hears once it is unfrozen."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.core import clock, recurring, work
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting, closing, factor_mails, freezing, round_mails
from server.ledger.cases.models import Case
from server.people.accreditation import store as accreditation
from server.people.rounds import store as rounds
from tests.round_stories import PLAN, hand, join, plan  # noqa: F401
from tests.story import flag, mails

STARTS = {"starts_on": "2026-12-09"}


@pytest.fixture
def heard(people, settings, hand):
    """The subjects of all that Ana was mailed since the last look; two hours pass first."""
    seen = []

    def look(who="ana"):
        hand.shift(timedelta(hours=2))
        recurring.heartbeat()
        work.run_due()
        every = [mail["Subject"] for mail in mails(settings, f"{who}@people.test")]
        new = every[len(seen) :]
        seen[:] = every
        return new

    return look


@pytest.fixture(params=["frozen", "closed"])
def away(people, request):
    """Ana's account is frozen, or closed; and open again."""
    ana, cora = people.ids["ana"], people.ids["cora"]
    if request.param == "frozen":
        return lambda: freezing.freeze(ana, cora), lambda: freezing.unfreeze(ana, cora, "Safe again.")
    return lambda: closing.close(ana, cora, "Has left."), lambda: closing.reopen(ana, cora, "Is back.")


def change(people, round_id, state):
    answer = people.browser("cora").post(f"/rounds/{round_id}/edit", data=PLAN | STARTS | {"state": state})
    assert answer.status_code == 302


@pytest.mark.parametrize("before", [True, False])
def test_that_her_round_is_cancelled(people, heard, away, before):
    leaves, returns = away
    round_id = plan(people, **STARTS)
    join(people, "ana", round_id)
    heard()
    if before:
        change(people, round_id, "cancelled")
        round_mails.announce_round(round_id)
        leaves()
    else:
        leaves()
        change(people, round_id, "cancelled")
    assert heard() == []
    returns()
    assert heard() == ["A round is cancelled"]
    assert heard() == []


def test_that_her_round_takes_place_after_all(people, heard, away):
    leaves, returns = away
    round_id = plan(people, **STARTS)
    join(people, "ana", round_id)
    change(people, round_id, "cancelled")
    assert "A round is cancelled" in heard()
    leaves()
    change(people, round_id, "open")
    assert heard() == []
    returns()
    assert heard() == ["A round takes place after all"]
    assert heard() == []


def test_that_she_leads_a_team(people, heard, away):
    leaves, returns = away
    round_id = plan(people, **STARTS)
    join(people, "ana", round_id)
    heard()
    with write() as session:
        [herons, _] = rounds.teams(session, round_id)
        rounds.choose_lead(session, round_id, herons.id, people.ids["ana"], people.ids["cora"])
    round_mails.announce_lead(herons.id)
    leaves()
    assert heard() == []
    returns()
    assert heard() == ["You lead a team"]


def test_that_somebody_decided_about_her(people, heard, away):
    leaves, returns = away
    heard()
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    leaves()
    assert heard() == []
    returns()
    assert heard() == ["Your accreditation is suspended"]
    assert heard() == []


def test_that_somebody_was_named_as_the_second_person_is_told_though_she_is_frozen(people, heard, settings):
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "Known.", Level.TRUSTED, waive_exam=True, second="dan@people.test"
    )
    freezing.freeze(people.ids["ben"], people.ids["cora"])
    assert heard("ben") == []
    assert [mail["Subject"] for mail in mails(settings, "dan@people.test")] == ["You were named as the second person"]


@pytest.mark.parametrize("before", [True, False])
def test_what_became_of_her_report(people, heard, away, hand, report_json, before):
    leaves, returns = away
    case_id = flag(people, report_json())
    heard()
    if before:
        dismiss(people, case_id)
        leaves()
    else:
        leaves()
        dismiss(people, case_id)
    assert heard() == []
    returns()
    hand.shift(timedelta(days=1))
    assert heard() == ["Your reports: 1 not forwarded"]
    assert heard() == []


def dismiss(people, case_id):
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", note="A toy.", version=version, dismiss_reason="not_protected"
    )


@pytest.mark.parametrize("before", [True, False])
def test_that_she_is_on_probation_again(people, heard, away, before):
    leaves, returns = away
    heard()
    if before:
        step_down(people.ids["ana"])
        leaves()
    else:
        leaves()
        step_down(people.ids["ana"])
    assert heard() == []
    returns()
    assert heard() == ["A second pair of eyes for a while"]
    assert heard() == []


def step_down(account_id):
    params = {"judged": 20, "low": 30, "high": 60, "asks": 70}
    with write() as session:
        work.enqueue(session, "mail_step_down", accreditation.step_down(session, account_id, params, clock.now()))


@pytest.mark.parametrize("before", [True, False])
def test_that_her_second_factor_was_removed_once_she_is_safe(people, heard, before):
    ana, cora = people.ids["ana"], people.ids["cora"]
    heard()
    if not before:
        freezing.freeze(ana, cora)
    with write() as session:
        factor_mails.tell(session, ana, "mail_factor_reset")
    if before:
        with write() as session:
            error = update(Work).where(Work.kind == "mail_factor_reset")
            session.execute(error.values(last_error="550 <ana@people.test>: no such mailbox"))
        freezing.freeze(ana, cora)
    with read() as session:
        assert not session.scalars(select(Work.id).where(Work.last_error.contains("ana@people.test"))).all()
    assert heard() == []
    freezing.unfreeze(ana, cora, "Safe again.")
    assert heard() == ["Your second factor is removed"]
    assert heard() == []
