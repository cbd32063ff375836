"""The life of a case: which move leads where, and how long a case may wait."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import CaseState, Decision, Refused
from server.ledger.cases import states

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ahead", "may_wait"),
    [
        (-SECOND, False),
        (timedelta(0), False),
        (SECOND, True),
        (timedelta(days=366) - SECOND, True),  # within a year, also a leap year
        (timedelta(days=366), False),
    ],
)
def test_a_case_is_held_until_a_future_day_within_a_year(ahead: timedelta, may_wait: bool) -> None:
    assert states.may_wait_until(NOON + ahead, NOON) is may_wait


@pytest.mark.parametrize(
    ("state", "event", "to"),
    [
        ("open", "notify", "notified"),
        ("held", "notify", "notified"),
        ("asked", "reply", "open"),
        ("notified", "answer", "answered"),
        ("notified", "question", "open"),
        ("closed", "again", "open"),
        ("open", "release", None),
        ("closed", "notify", None),
        ("notified", "dismiss", None),
    ],
)
def test_an_event_leads_on_or_is_refused(state: str, event: str, to: str | None) -> None:
    assert states.possible(state, event) is (to is not None)
    if to:
        assert states.after(state, event) == to
    else:
        with pytest.raises(Refused) as refused:
            states.after(state, event)
        assert refused.value.kind == "conflict"


def test_where_a_case_came_from_counts_for_what_takes_a_decision_back_alone() -> None:
    assert states.after("notified", "undo", "asked") is CaseState.ASKED
    assert states.after("open", "notify", "asked") is CaseState.NOTIFIED
    with pytest.raises(Refused):
        states.after("notified", "undo")


@pytest.mark.parametrize("state", CaseState)
def test_a_withdrawn_case_is_closed_from_every_state_and_a_recalled_one_open(state: CaseState) -> None:
    assert states.after(state, "withdraw") is CaseState.CLOSED
    assert states.after(state, "recall") is CaseState.OPEN


@pytest.mark.parametrize(
    ("decision", "because", "duplicate_of", "problems"),
    [
        ("dismiss", "look_alike", None, {}),
        ("dismiss", "duplicate", 7, {}),
        ("dismiss", None, None, {"because": "Say what it was."}),
        ("dismiss", None, 7, {"because": "Say what it was."}),
        ("dismiss", "duplicate", None, {"duplicate_of": "Name the case it duplicates."}),
        ("dismiss", "look_alike", 7, {"duplicate_of": "Only a duplicate names another case."}),
        ("notify", None, None, {}),
        ("hold", "look_alike", None, {"because": "Only a dismissal has a reason from this list."}),
        ("notify", None, 7, {"duplicate_of": "Only a dismissal has a reason from this list."}),
        ("ask", "duplicate", 7, {"because": "Only a dismissal has a reason from this list."}),
    ],
)
def test_a_dismissal_has_its_reason_and_no_other_decision_has(
    decision: str, because: str | None, duplicate_of: int | None, problems: dict[str, str]
) -> None:
    found = states.dismissal_problems(decision, because, duplicate_of)
    assert {field: texts[0] for field, texts in found.items()} == problems


@pytest.mark.parametrize(
    ("stated", "belongs_to"),
    [
        ({"until": "2026-12-24"}, {"hold"}),
        ({"why": "police_first"}, {"hold"}),
        ({"basis": "illegal"}, {"notify"}),
        ({"law": {"jurisdiction": "EU"}}, {"notify"}),
        ({"policy_reference": "Rule 2"}, {"notify"}),
        ({"leave_out": ["title"]}, {"notify"}),
        ({"ad_words": ["rosa"]}, set(Decision)),  # what a spotter is told may have a word of the ad, too
        ({"basis": "policy", "until": None, "leave_out": [], "taxa": ["Loxodonta africana"]}, set(Decision)),
    ],
)
def test_what_only_one_decision_has_is_refused_of_the_others(stated: dict[str, object], belongs_to: set[str]) -> None:
    for decision in Decision:
        wrong = states.foreign_fields(decision, stated)
        assert set(wrong) == (set() if decision in belongs_to else set(stated)), decision
