"""The rules of complaints, as tables: clock, corrections, what an answer lacks, and to whom a confirmation may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.complaints import drafts, states
from server.ledger.complaints.states import GAP, ComplaintOutcome, Correction

O, C = ComplaintOutcome, Correction  # noqa: E741
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
SAID = "We withdraw it. The papers were in the second picture."


def test_an_answer_is_due_fourteen_days_later() -> None:
    assert states.due_at(AT) == AT + timedelta(days=14)


@pytest.mark.parametrize(
    ("outcome", "stands", "first", "last"),
    [
        (O.UPHELD, True, "You are right: our suspicion was wrong", "We will tell the platform"),
        (O.UPHELD, False, "You are right: our suspicion was wrong", "There is no notice of ours to withdraw"),
        (O.PARTLY, True, "You are partly right", "The platform decides"),
        (O.REJECTED, True, "our suspicion remains", "The platform decides"),
        (O.NOT_OURS, True, "was not decided by us", "The platform decides"),
    ],
)
def test_a_draft_says_what_was_decided_and_leaves_the_reason_to_a_person(
    outcome: ComplaintOutcome, stands: bool, first: str, last: str
) -> None:
    paragraphs = drafts.draft(outcome, notice_stands=stands)
    assert first in paragraphs[0] and last in paragraphs[-1]
    assert any(GAP in paragraph for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("outcome", "stands", "corrections"),
    [
        (O.UPHELD, True, {C.WITHDRAW, C.WRITE}),  # never "upheld" and the company keeps a wrong notice
        (O.UPHELD, False, {C.NONE}),
        (O.PARTLY, True, {C.WRITE, C.WITHDRAW, C.NONE}),
        (O.PARTLY, False, {C.NONE}),
        (O.REJECTED, True, {C.NONE}),
        (O.REJECTED, False, {C.NONE}),
        (O.NOT_OURS, True, {C.NONE}),
        (O.NOT_OURS, False, {C.NONE}),
    ],
)
def test_which_correction_goes_with_which_outcome(outcome: O, stands: bool, corrections: set[C]) -> None:
    assert set(states.corrections(outcome, notice_stands=stands)) == corrections


@pytest.mark.parametrize(
    ("outcome", "correction", "answer", "words", "has_case", "stands", "fields"),
    [
        ("upheld", "withdraw", SAID, "It is a budgerigar.", True, True, set()),
        ("upheld", "write", SAID, "It is a budgerigar.", True, True, set()),
        ("upheld", "none", SAID, "", True, True, {"correction"}),
        ("upheld", "none", SAID, "", True, False, set()),
        ("upheld", "withdraw", SAID, " ", True, True, {"words"}),
        ("upheld", "withdraw", SAID, "seller@X.test says so", True, True, {"words"}),
        ("upheld", "withdraw", "", "", True, True, {"answer", "words"}),
        ("upheld", "none", SAID, "", False, False, {"outcome"}),
        ("partly", "none", SAID, "", True, True, set()),
        ("partly", "", SAID, "", True, True, {"correction"}),
        ("rejected", "withdraw", SAID, "x", True, True, {"correction"}),
        ("rejected", "none", f"The reason: {GAP}", "", True, True, {"answer"}),
        ("rejected", "none", SAID, "", False, False, {"outcome"}),
        ("not_ours", "none", SAID, "", False, False, set()),
        ("perhaps", "none", SAID, "", True, True, {"outcome"}),
        ("", "none", SAID, "", True, True, {"outcome"}),
    ],
)
def test_what_is_wrong_with_an_answer(
    outcome: str, correction: str, answer: str, words: str, has_case: bool, stands: bool, fields: set[str]
) -> None:
    found = states.problems(
        outcome, correction, answer, words, email="Seller@x.test", has_case=has_case, notice_stands=stands
    )
    assert set(found) == fields


@pytest.mark.parametrize("outcome", list(O))
@pytest.mark.parametrize("stands", [True, False])
def test_no_draft_can_be_sent_as_it_is(outcome: O, stands: bool) -> None:
    text = "\n\n".join(str(part) % part.params for part in drafts.draft(outcome, notice_stands=stands))
    correction = states.corrections(outcome, notice_stands=stands)[0]
    found = states.problems(outcome, correction, text, "x", email="a@x.test", has_case=True, notice_stands=stands)
    assert set(found) == {"answer"}


@pytest.mark.parametrize(
    ("email", "lately", "may"),
    [
        ("eve@x.test", [], True),
        ("eve@x.test", ["eve@y.test", "even@x.test"], True),
        ("eve@x.test", ["eve@x.test"], False),
        ("Eve@X.test", ["eve@x.test"], False),
        ("eve+1@x.test", ["eve+2@x.test"], False),
        ("eve@x.test", ["eve+2@x.test"], False),
        ("+1@x.test", ["+2@x.test"], True),  # nothing before the plus: whole names that differ
        ("eve@x.test", [f"{n}@x.test" for n in range(states.ACKNOWLEDGED_A_DAY)], False),
        ("eve@x.test", [f"{n}@x.test" for n in range(states.ACKNOWLEDGED_A_DAY - 1)], True),
    ],
)
def test_nobody_can_make_us_mail_a_third_person_twice_a_day(email: str, lately: list[str], may: bool) -> None:
    assert states.may_acknowledge(email, lately) is may
