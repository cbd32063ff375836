"""What a notice counts in: every answer, with every check, in every state."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from server.core import phrases
from server.core.outcome import (
    BY_ANSWER,
    MEANS,
    MEDIAN,
    P90,
    STATUS,
    Figure,
    NoticeFacts,
    detail,
    figures,
    is_open,
    quantile,
    ranks,
    rounded,
)
from server.core.words import Answer, CheckState, Status, StatusDetail

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# Said once more and by hand: what a notice counts in by its answer alone, while nobody has looked.
STATED = {
    None: "open",
    Answer.RECEIVED: "open",
    Answer.PASSED_ON: "open",
    Answer.NEED_INFO: "open asked",
    Answer.CANNOT_LOCATE: "open asked",
    Answer.MOVED: "open asked",
    Answer.DUPLICATE: "open",
    Answer.REMOVED: "answered removed_stated takedown",
    Answer.ACCESS_DISABLED: "answered removed_stated takedown",
    Answer.ACCOUNT_SUSPENDED: "answered removed_stated takedown",
    Answer.ALREADY_GONE: "answered gone_before",
    Answer.RESTRICTED: "answered restricted",
    Answer.NOT_VIOLATING: "answered kept",
    Answer.REINSTATED: "answered kept reinstated",
}
# Answers after which it is nobody's removal that the listing is gone.
EXPLAINED = {
    Answer.ALREADY_GONE,
    Answer.MOVED,
    Answer.CANNOT_LOCATE,
    Answer.NOT_VIOLATING,
    Answer.REINSTATED,
}
SAYS_REMOVED = {Answer.REMOVED, Answer.ACCESS_DISABLED, Answer.ACCOUNT_SUSPENDED}
STATES = ("stands", "replaced", "withdrawn", "recalled")


def expected(answer: Answer | None, check: CheckState | None, later: bool, state: str) -> set[str]:
    if state == "withdrawn":
        return {"withdrawn"}
    if state == "recalled":
        return {"withdrawn", "recalled"}
    counted = set(STATED[answer].split())
    if check is CheckState.GONE and answer not in EXPLAINED:
        counted |= {"removed_verified", "takedown"}
    if check is CheckState.PRESENT and later:
        counted -= {"takedown"}
    return counted - {"open", "asked"} if state == "replaced" else counted


@pytest.mark.parametrize(
    ("answer", "check", "later", "state"),
    list(product([None, *Answer], [None, CheckState.GONE, CheckState.PRESENT], [False, True], STATES)),
)
def test_every_answer_with_every_check_in_every_state(
    answer: Answer | None, check: CheckState | None, later: bool, state: str
) -> None:
    facts = NoticeFacts(
        answer,
        AT if answer else None,
        check,
        (AT + DAY if later else AT - DAY) if check else None,
        withdrawn=state in ("withdrawn", "recalled"),
        recalled=state == "recalled",
        replaced=state == "replaced",
    )
    assert {figure.value for figure in figures(facts)} == expected(answer, check, later, state)


@pytest.mark.parametrize("answer", list(Answer))
def test_the_sets_that_sql_counts_by_say_the_same_of_every_answer(answer: Answer) -> None:
    counted = figures(NoticeFacts(answer, AT))
    assert {figure for figure, answers in BY_ANSWER.items() if answer in answers} == counted & set(BY_ANSWER)


@pytest.mark.parametrize("answer", [None, *Answer])
@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize(
    ("gone_at", "back_at", "counts"),
    [(None, None, False), (AT, None, False), (None, AT, False), (AT, AT, False), (AT, AT - DAY, False), (AT, AT + DAY, True)],
)  # fmt: skip
def test_a_listing_is_relisted_when_it_was_there_after_it_was_gone(
    answer: Answer | None, withdrawn: bool, gone_at: datetime | None, back_at: datetime | None, counts: bool
) -> None:
    counted = figures(NoticeFacts(answer, AT, withdrawn=withdrawn, gone_at=gone_at, back_at=back_at))
    assert (Figure.RELISTED in counted) == (counts and not withdrawn)


@pytest.mark.parametrize(
    ("hours", "median", "p90"),
    [
        ([], None, None),
        ([5], 5, 5),
        ([1, 3], 2, 2.8),
        ([1, 2, 4], 2, 3.6),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9),
        ([1, 1, 1, 1, 100], 1, 60.4),
    ],
)
def test_half_and_nine_tenths_of_the_hours(hours: list[float], median: float | None, p90: float | None) -> None:
    """What a spreadsheet's PERCENTILE.INC says of them."""
    by_rank = dict(enumerate(hours))
    assert rounded(quantile(by_rank, len(hours), MEDIAN)) == median
    assert rounded(quantile(by_rank, len(hours), P90)) == p90


def test_a_quantile_needs_two_ranks_at_most() -> None:
    for number in range(1, 300):
        for part in (MEDIAN, P90):
            low, high = ranks(number, part)
            assert 0 <= low <= high <= number - 1 and high - low <= 1
            assert low <= quantile({low: low, high: high}, number, part) <= high  # type: ignore[operator]


@pytest.mark.parametrize(("hours", "said"), [(None, None), (0.04, 0.0), (0.05, 0.1), (26.25, 26.3), (26.0, 26.0)])
def test_hours_are_said_to_a_tenth(hours: float | None, said: float | None) -> None:
    assert rounded(hours) == said


def test_every_answer_means_something() -> None:
    assert set(MEANS) == set(Answer)
    assert {answer for answer in Answer if not is_open(answer)} == {
        answer for answer in Answer if "open" not in STATED[answer].split()
    }


def test_a_standing_notice_is_open_or_answered_and_a_takedown_is_never_gone_before() -> None:
    for answer, check in product([None, *Answer], [None, *CheckState]):
        counted = figures(NoticeFacts(answer, AT, check, AT + DAY))
        assert (Figure.OPEN in counted) != (Figure.ANSWERED in counted)
        assert not {Figure.GONE_BEFORE, Figure.TAKEDOWN} <= counted
        assert Figure.ASKED not in counted or Figure.OPEN in counted


def test_a_check_that_settled_nothing_says_nothing() -> None:
    for answer, check in product([None, *Answer], [CheckState.OPEN, CheckState.DROPPED]):
        assert figures(NoticeFacts(answer, AT, check, AT + DAY)) == figures(NoticeFacts(answer, AT))


def test_a_look_at_the_moment_of_the_answer_counts_as_after_it() -> None:
    assert Figure.TAKEDOWN not in figures(NoticeFacts(Answer.REMOVED, AT, CheckState.PRESENT, AT))


@pytest.mark.parametrize(("answered_at", "checked_at"), [(None, AT), (AT, None), (None, None)])
def test_a_look_whose_order_is_not_known_counts_as_after_the_answer(
    answered_at: datetime | None, checked_at: datetime | None
) -> None:
    assert Figure.TAKEDOWN not in figures(NoticeFacts(Answer.REMOVED, answered_at, CheckState.PRESENT, checked_at))


def test_what_a_spotter_is_told_is_true_in_every_state() -> None:
    """Every status, newest answer and way of a notice: no sentence says what has not happened."""
    yes_or_no = (False, True)
    for status, answer, noticed, arrived, withdrawn in product(Status, (None, *Answer), *[yes_or_no] * 3):
        told = detail(status, answer, noticed=noticed, arrived=arrived, withdrawn=withdrawn)
        phrase = phrases.of_report(status, told)
        said = f"{phrase.word} {phrase.sentence}"
        if "has the notice" in said or "Company notified" in said:
            assert arrived
        if "No notice was sent" in said or "Not forwarded" in said:
            assert not noticed
        if "withdrawn" in said.lower():  # the report by its spotter, or the notice by us
            assert status is Status.RETRACTED or (noticed and withdrawn)
        if "has removed" in said:
            assert answer not in (Answer.ALREADY_GONE, Answer.ACCESS_DISABLED, Answer.ACCOUNT_SUSPENDED)
        if answer and STATUS.get(MEANS[answer]) is status:  # the answer made the status
            assert ("gone before" in said) == (answer is Answer.ALREADY_GONE)
            assert ("back online" in said.lower()) == (answer is Answer.REINSTATED)
        elif told:
            assert told in (StatusDetail.TO_BE_NOTIFIED, StatusDetail.WITHDRAWN, StatusDetail.CLOSED)


@pytest.mark.parametrize("answer", [None, *Answer])
@pytest.mark.parametrize(
    ("noticed", "withdrawn", "said"),
    [
        (False, False, "No notice was sent."),
        (True, True, "The notice was withdrawn."),
        (True, False, "A coordinator has closed the case."),  # what a company decided stands: nothing was taken back
    ],
)
def test_a_dismissal_is_told_as_it_happened(answer: Answer | None, noticed: bool, withdrawn: bool, said: str) -> None:
    told = detail(Status.DISMISSED, answer, noticed=noticed, arrived=noticed, withdrawn=withdrawn)
    ending = phrases.of_report(Status.DISMISSED, told).sentence
    assert ending == f"{said} A single report does not affect your standing."
