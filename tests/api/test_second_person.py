"""Wherever two people are needed, neither of two accounts of which one has just opened the other is the second."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Level, Refused, Scope
from server.journeys.report import decision
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from server.ledger.species import found
from server.ledger.species.finding import FoundState
from server.ledger.species.models import FoundTerm, Taxon
from server.people.accounts import second_person
from server.people.accounts.models import Account
from tests.conftest import People
from tests.story import flag

Make = Callable[..., dict[str, Any]]
WAYS = [("cora", "dan"), ("dan", "cora")]  # who opened whose account; Cora is the first of the two


def opened(people: People, by: str, whose: str, days: int = 1) -> None:
    with write() as session:
        account = session.get_one(Account, people.ids[whose])
        account.invited_by_id, account.created_at = people.ids[by], clock.now() - timedelta(days=days)


def _decide(people: People, who: str, case_id: str, **more: Any) -> None:
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(case_id, people.ids[who], version=version, **more)


def ask_for_opinion(people: People, case_id: str, **more: Any) -> None:
    _decide(people, "cora", case_id, decision="hold", note="Look closer.", hold_reason="second_opinion", **more)


def dismiss(people: People, who: str, case_id: str) -> None:
    _decide(people, who, case_id, decision="dismiss", note="A toy.", dismiss_reason="not_offered")


@pytest.mark.parametrize(("by", "whose"), WAYS)
def test_a_second_opinion_is_given_by_neither_who_opened_the_others_account(
    people: People, report_json: Make, by: str, whose: str
) -> None:
    case_id = flag(people, report_json())
    ask_for_opinion(people, case_id)
    opened(people, by, whose)
    with pytest.raises(Refused, match="opened the other’s account") as refused:
        dismiss(people, "dan", case_id)
    assert refused.value.kind == "conflict"
    dan = people.browser("dan").get(f"/cases/{case_id}").text
    assert "opened the other’s account" in dan
    token, path = people.token("dan", Scope.CASES), f"/api/v1/cases/{case_id}/claim"
    assert people.app.test_client().post(path, headers=token, json={}).status_code == 409
    opened(people, by, whose, days=31)
    dismiss(people, "dan", case_id)


def test_who_asked_for_a_second_opinion_does_not_wait_until_its_day_has_come(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    ask_for_opinion(people, case_id, until=clock.now() + timedelta(hours=1))
    with write() as session:
        session.execute(update(Case).values(held_until=clock.now() - timedelta(minutes=1)))
    decision.release_held()
    with pytest.raises(Refused, match="You asked for a second opinion"):
        dismiss(people, "cora", case_id)
    dismiss(people, "dan", case_id)


@pytest.mark.parametrize(("by", "whose"), WAYS)
def test_a_found_word_is_approved_by_two(people: People, by: str, whose: str) -> None:
    with write() as session:
        taxon = session.scalars(select(Taxon.id)).first()
        row = FoundTerm(
            text="zazzle", key="zazzle", state=FoundState.PROPOSED, found_at=clock.now(), seen_at=clock.now(),
            language="en", confirmed=8, dismissed=0, sellers=8, chance=0.001, examples=[],
        )  # fmt: skip
        session.add(row)
        session.flush()
        assert not found.approve(session, row.id, "en", str(taxon), people.ids["cora"])
        word = row.id
    opened(people, by, whose)
    form = {"language": "en", "taxon": taxon}
    answer = people.browser("dan").post(f"/terms/found/{word}/approve", data=form, follow_redirects=True)
    assert "opened the other’s account" in answer.text
    opened(people, by, whose, days=31)
    answer = people.browser("dan").post(f"/terms/found/{word}/approve", data=form, follow_redirects=True)
    assert "The word is in the lexicon" in answer.text


@pytest.mark.parametrize(("by", "whose"), WAYS)
def test_an_appeal_is_decided_by_neither_who_opened_the_others_account(people: People, by: str, whose: str) -> None:
    accrediting.suspend(people.ids["ana"], people.ids["cora"], "Shared an address.")
    accrediting.appeal(people.ids["ana"], "It was not me.")
    opened(people, by, whose)
    with pytest.raises(Refused) as refused:
        accrediting.decide_appeal(people.ids["ana"], people.ids["dan"], "Explained.", granted=True)
    assert refused.value.kind == "forbidden"
    opened(people, by, whose, days=31)
    accrediting.decide_appeal(people.ids["ana"], people.ids["dan"], "Explained.", granted=True)
    with read() as session:
        assert accrediting.accreditation.current(session, people.ids["ana"]).level == Level.TRUSTED


def test_what_somebody_behind_somebody_opened_may_be_theirs_too(people: People) -> None:
    opened(people, "ada", "cora")
    opened(people, "cora", "dan")
    with read() as session:
        ids, at = people.ids, clock.now()
        assert second_person.may_be(session, ids["ada"], at) == {ids["ada"], ids["cora"], ids["dan"]}
        assert second_person.may_be(session, ids["cora"], at) == {ids["ada"], ids["cora"], ids["dan"]}
        assert second_person.may_be(session, ids["ana"], at) == {ids["ana"]}


@pytest.mark.parametrize(("by", "whose"), WAYS)
def test_who_asked_for_a_second_opinion_is_shown_who_can_give_it_and_hands_the_case_over(
    people: People, report_json: Make, by: str, whose: str
) -> None:
    case_id = flag(people, report_json())
    ask_for_opinion(people, case_id)
    cora = people.browser("cora")
    page = cora.get(f"/cases/{case_id}").text
    assert "You can ask: <bdi>Dan</bdi>." in page and f'action="/cases/{case_id}/claim"' not in page
    assert "Cora" not in people.browser("dan").get(f"/cases/{case_id}").text.partition('id="hand-over-to"')[2]
    opened(people, by, whose)
    page = cora.get(f"/cases/{case_id}").text
    assert "there is no other coordinator who could give it" in page and "hand-over" not in page
    page = people.browser("dan").get(f"/cases/{case_id}").text
    assert "Nobody else here can do this. An administrator can invite another coordinator." in page
    opened(people, by, whose, days=31)
    handed = cora.post(f"/cases/{case_id}/hand-over", data={"to": people.ids["dan"]}, follow_redirects=True)
    assert "Handed over to Dan" in handed.text
    dismiss(people, "dan", case_id)
