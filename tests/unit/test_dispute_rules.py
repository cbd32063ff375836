"""The rules of disputes: which answers fall short, until when they can be disputed, and what leads to what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from server.core.outcome import NoticeFacts, Shortfall, falls_short
from server.core.words import Answer, CheckState, Refused
from server.ledger.disputes import deadline, states
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.states import DisputeMove, DisputeOutcome, DisputeState, Ending


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ANSWERED, BEFORE, LATER = at("2026-11-10T12:00"), at("2026-11-09T12:00"), at("2026-11-11T12:00")
SHORT = {
    Answer.NOT_VIOLATING: Shortfall.KEPT,
    Answer.REINSTATED: Shortfall.KEPT,
    Answer.RESTRICTED: Shortfall.RESTRICTED,
}


@pytest.mark.parametrize("answer", [None, *Answer])
def test_what_keeps_or_only_restricts_the_ad_falls_short(answer: Answer | None) -> None:
    assert falls_short(NoticeFacts(answer=answer, answered_at=ANSWERED)) is (SHORT.get(answer) if answer else None)


@pytest.mark.parametrize(
    ("check", "checked_at", "short"),
    [
        (CheckState.PRESENT, LATER, Shortfall.STILL_THERE),
        (CheckState.PRESENT, ANSWERED, Shortfall.STILL_THERE),
        (CheckState.PRESENT, BEFORE, None),  # it was there before the company acted
        (CheckState.GONE, LATER, None),
        (CheckState.OPEN, LATER, None),
        (None, None, None),
    ],
)
@pytest.mark.parametrize(
    "answer", [Answer.REMOVED, Answer.ACCESS_DISABLED, Answer.ACCOUNT_SUSPENDED, Answer.ALREADY_GONE]
)
def test_what_is_said_to_be_gone_and_was_found_since_falls_short(
    answer: Answer, check: CheckState | None, checked_at: datetime | None, short: Shortfall | None
) -> None:
    assert falls_short(NoticeFacts(answer, ANSWERED, check, checked_at)) is short


def test_what_we_no_longer_ask_for_does_not_fall_short() -> None:
    facts = NoticeFacts(answer=Answer.NOT_VIOLATING, answered_at=ANSWERED)
    assert falls_short(replace(facts, withdrawn=True)) is falls_short(replace(facts, replaced=True)) is None


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-11-28", "2027-05-28"),
        ("2026-06-30", "2026-12-30"),
        ("2026-07-01", "2027-01-01"),
        ("2026-08-31", "2027-02-28"),  # no 31 February
        ("2027-08-31", "2028-02-29"),  # a leap year
        ("2026-08-29", "2027-02-28"),
        ("2026-12-31", "2027-06-30"),
        ("2026-03-31", "2026-09-30"),
        ("2028-02-29", "2028-08-29"),
    ],
)
def test_six_months_end_on_the_same_day_of_the_month_or_its_last(day: str, last: str) -> None:
    due = deadline.due_at(Terms.DSA, date.fromisoformat(day))
    assert due is not None and due.isoformat() == f"{last}T23:59:59+00:00"


def test_of_a_companys_own_appeal_no_deadline_is_known() -> None:
    assert deadline.due_at(Terms.OWN, date(2026, 11, 28)) is None


@pytest.mark.parametrize(
    ("union_law", "directed", "terms"),
    [(True, False, Terms.DSA), (False, True, Terms.DSA), (True, True, Terms.DSA), (False, False, Terms.OWN)],
)
def test_union_law_or_an_ad_for_the_union_gives_six_months(union_law: bool, directed: bool, terms: Terms) -> None:
    assert deadline.terms(union_law=union_law, directed_at_union=directed) is terms


@pytest.mark.parametrize(
    ("answers", "day"),
    [
        ([("not_violating", "2026-11-01T10:00")], "2026-11-01"),
        ([("not_violating", "2026-11-01T23:59"), ("not_violating", "2026-11-09T10:00")], "2026-11-01"),
        ([("received", "2026-11-01T10:00"), ("not_violating", "2026-11-09T10:00")], "2026-11-09"),
        (
            [
                ("not_violating", "2026-11-01T10:00"),
                ("removed", "2026-11-05T10:00"),
                ("not_violating", "2026-11-09T10:00"),
            ],
            "2026-11-09",
        ),
    ],
)
def test_the_period_begins_when_we_were_first_told(answers: list[tuple[str, str]], day: str) -> None:
    assert deadline.told_on([(answer, at(moment)) for answer, moment in answers]).isoformat() == day


# --- What leads to what ----------------------------------------------------------------------------------------------

S, M, O = DisputeState, DisputeMove, DisputeOutcome  # noqa: E741
LEADS = {
    (S.OPEN, M.SEND, None): S.SENT,
    **{(S.SENT, M.HEAR, outcome): S(outcome) for outcome in O},
    (S.NO_ANSWER, M.HEAR, O.UPHELD): S.UPHELD,
    (S.NO_ANSWER, M.HEAR, O.REJECTED): S.REJECTED,
    (S.REJECTED, M.SETTLE, None): S.SETTLEMENT,
    (S.NO_ANSWER, M.SETTLE, None): S.SETTLEMENT,
    **{(state, M.CLOSE, None): S.CLOSED for state in S if state is not S.CLOSED},
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("move", list(M))
def test_each_move_leads_where_the_table_says_and_nowhere_else(state: DisputeState, move: DisputeMove) -> None:
    for outcome in O if move is M.HEAR else (None,):
        expected = LEADS.get((state, move, outcome))
        if expected is None:
            with pytest.raises(Refused, match="just dealt with"):
                states.after(state, move, outcome)
        else:
            assert states.after(state, move, outcome) is expected


@pytest.mark.parametrize(
    ("state", "overdue", "endings"),
    [
        (S.OPEN, False, {Ending.DONE, Ending.NOT_PURSUED}),
        (S.OPEN, True, {Ending.DONE, Ending.NOT_PURSUED, Ending.TOO_LATE}),
        (S.SENT, False, {Ending.DONE, Ending.NOT_PURSUED}),
        (S.REJECTED, False, {Ending.DONE, Ending.NOT_PURSUED}),
        (S.SETTLEMENT, False, {Ending.FOUND_FOR, Ending.FOUND_AGAINST, Ending.DONE, Ending.NOT_PURSUED}),
        (S.CLOSED, True, set()),
    ],
)
def test_only_a_body_finds_and_only_what_was_never_sent_is_too_late(
    state: DisputeState, overdue: bool, endings: set[Ending]
) -> None:
    assert set(states.endings(state, overdue=overdue)) == endings


FIRST, LAST = date(2026, 11, 1), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (None, "Give the date."),
        (FIRST, None),
        (LAST, None),
        (date(2026, 10, 31), "This date is too early: give 1 November 2026 or a later one."),
        (date(2026, 11, 29), "This date is too late: give 28 November 2026 or an earlier one."),
    ],
)
def test_a_day_lies_between_the_step_before_and_today(day: date | None, problem: str | None) -> None:
    assert states.day_problem(day, FIRST, LAST) == problem


@pytest.mark.parametrize(
    ("text", "fine"), [("", False), (" \n", False), ("a", True), ("a" * 5000, True), ("a" * 5001, False)]
)
def test_what_we_write_is_neither_empty_nor_endless(text: str, fine: bool) -> None:
    assert (states.text_problem(text) is None) is fine


@pytest.mark.parametrize(
    ("name", "required", "fine"),
    [("", False, True), ("", True, False), (" ", True, False), ("X" * 200, True, True), ("X" * 201, False, False)],
)
def test_a_receipt_may_be_missing_and_a_body_has_a_name(name: str, required: bool, fine: bool) -> None:
    assert (states.name_problem(name, required=required) is None) is fine


@pytest.mark.parametrize("state", DisputeState)
def test_what_can_be_heard_is_what_can_be_recorded(state: DisputeState) -> None:
    """Each outcome but the one that was heard before; nothing of a dispute that nobody has sent, or that is closed."""
    offered = set(states.outcomes(state))
    for outcome in DisputeOutcome:
        if outcome in offered:
            assert states.after(state, DisputeMove.HEAR, outcome) == outcome.value
        else:
            with pytest.raises(Refused):
                states.after(state, DisputeMove.HEAR, outcome)
