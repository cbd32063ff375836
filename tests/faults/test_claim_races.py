"""Several people at one case at the same moment: one of them has it, and no two decide. The mutations at the end must be found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import insert, read, write
from server.core.words import Role
from server.journeys.report import claiming, decision
from server.journeys.spotter import closing, joining
from server.ledger.cases import claim_store
from server.ledger.cases.claims import WorkClaim
from server.ledger.cases.models import Case, CaseClaim, CaseDecision
from tests.conftest import PASSWORD, People
from tests.racing import RACERS, audited, one_won, race, without_locks
from tests.story import flag

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def crowd(people: People) -> list[str]:
    """So many coordinators as there are racers: their ids."""
    return [
        joining.add_account(f"desk{n}@people.test", f"Desk {n}", Role.COORDINATOR, PASSWORD, None)
        for n in range(RACERS)
    ]


def holder(case_id: str) -> str | None:
    with read() as session:
        claim = claim_store.get(session, case_id)
        return claim.account_id if claim else None


def claimed_once(case_id: str, crowd: list[str], told: list[str]) -> None:
    """One has the case, was told so, and the trail says it once; everybody else was told whose it is."""
    one_won(told, "claimed")
    assert holder(case_id) == crowd[told.index("won")] and audited("case_claimed") == 1


@pytest.mark.parametrize("before", ["nobody", "over"])
def test_of_16_who_claim_a_case_at_once_one_has_it(
    app: Flask, people: People, crowd: list[str], report_json: Make, before: str
) -> None:
    case_id = flag(people, report_json())
    if before == "over":
        with write() as session:
            claim_store.put(session, case_id, WorkClaim(people.ids["dan"], clock.now() - timedelta(minutes=1)))
    told = race(app, [lambda who=who: claiming.claim(case_id, who) for who in crowd])
    claimed_once(case_id, crowd, told)


def test_of_16_who_take_a_case_over_at_once_each_takes_it_from_the_one_before(
    app: Flask, people: People, crowd: list[str], report_json: Make
) -> None:
    case_id = flag(people, report_json())
    claiming.claim(case_id, people.ids["dan"])
    told = race(app, [lambda who=who: claiming.claim(case_id, who, take_over=True) for who in crowd])
    assert told == ["won"] * RACERS and audited("case_taken_over") == RACERS
    assert holder(case_id) in crowd


def test_a_claim_and_a_decision_of_somebody_else_never_both_count(
    app: Flask, people: People, crowd: list[str], report_json: Make
) -> None:
    """Whoever claims first is asked before anybody decides; whoever decides first has decided."""
    case_id = flag(people, report_json())
    cora, dan = people.ids["cora"], people.ids["dan"]

    def decide() -> None:
        decision.decide(case_id, dan, decision="hold", note="Look closer.", version=1)

    told = race(app, [lambda: claiming.claim(case_id, cora), decide] * (RACERS // 2))
    decided = [kind for kind in told[1::2] if kind == "won"]
    assert set(told[1::2]) <= {"won", "claimed", "stale"} and len(decided) <= 1, told
    with read() as session:
        kept = session.scalars(select(CaseDecision.account_id)).all()
        state = session.get_one(Case, case_id).state
        rows = select(AuditRow.action).where(AuditRow.action.in_(("case_claimed", "case_hold"))).order_by(AuditRow.seq)
        first = session.scalars(rows).first()
    assert (len(kept), state) == ((1, "held") if decided else (0, "open"))
    assert first == ("case_hold" if decided else "case_claimed"), "who came first has it"


def test_who_is_closed_out_at_that_moment_keeps_no_case(app: Flask, people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    dan, ada = people.ids["dan"], people.ids["ada"]
    close = lambda: closing.close(dan, ada, "He has left.")  # noqa: E731
    told = race(app, [lambda: claiming.claim(case_id, dan), close] * 4)
    assert set(told[::2]) <= {"won", "forbidden"} and told[1::2].count("won") == 1, told
    assert holder(case_id) is None


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
@pytest.mark.parametrize("before", ["nobody", "over"])
def test_a_race_finds_that_nobody_waits_for_anybody(
    app: Flask, people: People, crowd: list[str], report_json: Make, before: str
) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_of_16_who_claim_a_case_at_once_one_has_it(app, people, crowd, report_json, before)


@pytest.mark.mutation
def test_a_race_finds_that_a_claim_is_not_looked_at(
    app: Flask, people: People, crowd: list[str], report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_store, "get", lambda session, case_id: None)
    with pytest.raises(AssertionError):
        test_of_16_who_claim_a_case_at_once_one_has_it(app, people, crowd, report_json, "nobody")


def test_the_database_keeps_one_claim_a_case(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    row = {"case_id": case_id, "account_id": people.ids["cora"], "until": clock.now(), "given_by_id": None}
    with write() as session:
        insert(session, CaseClaim, row)
    with pytest.raises(IntegrityError), write() as session:
        insert(session, CaseClaim, row | {"account_id": people.ids["dan"]})
