"""What an answer means, what it needs, and until when it may be changed."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Answer, Status
from server.ledger.notices import answers

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer.RECEIVED, None),
        (Answer.REMOVED, Status.REMOVED),
        (Answer.ACCESS_DISABLED, Status.REMOVED),
        (Answer.RESTRICTED, Status.RESTRICTED),
        (Answer.ACCOUNT_SUSPENDED, Status.REMOVED),
        (Answer.ALREADY_GONE, Status.REMOVED),
        (Answer.MOVED, Status.IN_REVIEW),
        (Answer.NOT_VIOLATING, Status.KEPT),
        (Answer.NEED_INFO, Status.IN_REVIEW),
        (Answer.CANNOT_LOCATE, Status.IN_REVIEW),
        (Answer.DUPLICATE, None),
        (Answer.PASSED_ON, None),
        (Answer.REINSTATED, Status.KEPT),
    ],
)
def test_every_answer_says_what_the_report_becomes(answer: Answer, status: Status | None) -> None:
    assert answers.status_after(answer) == status


def test_only_three_answers_need_something_more() -> None:
    needing = {answer: set(answers.problems(answer, None, None)) for answer in Answer}
    assert {answer: needs for answer, needs in needing.items() if needs} == {
        Answer.NOT_VIOLATING: {"reason"},
        Answer.NEED_INFO: {"reason"},
        Answer.MOVED: {"url"},
    }
    assert answers.problems(Answer.NOT_VIOLATING, "  \n ", None) == {"reason": ["Say why it may stay."]}
    assert answers.problems(Answer.NEED_INFO, "", None) == {"reason": ["Say what you need to know."]}
    assert not answers.problems(Answer.NOT_VIOLATING, "A certificate was shown.", None)
    assert not answers.problems(Answer.MOVED, None, "https://mercado.test/itm/2")


def test_the_clock_starts_at_the_first_answer_that_decides() -> None:
    hours = [AT + timedelta(hours=n) for n in range(4)]
    given = zip((Answer.RECEIVED, Answer.NEED_INFO, Answer.REMOVED, Answer.RESTRICTED), hours, strict=True)
    assert answers.decided_at(given) == hours[2]
    assert answers.decided_at([(Answer.RECEIVED, AT), (Answer.PASSED_ON, AT), (Answer.DUPLICATE, AT)]) is None


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ([], None),
        ([Answer.RECEIVED, Answer.PASSED_ON], 1),
        ([Answer.RECEIVED, Answer.REMOVED], 1),
        ([Answer.REMOVED, Answer.RECEIVED, Answer.PASSED_ON, Answer.DUPLICATE], 0),
        ([Answer.REMOVED, Answer.RECEIVED, Answer.RESTRICTED], 2),
        ([Answer.DUPLICATE, Answer.RECEIVED], 1),
        ([Answer.NEED_INFO, Answer.RECEIVED], 1),
        ([Answer.REMOVED, Answer.NEED_INFO, Answer.DUPLICATE, Answer.RECEIVED], 3),
    ],
)
def test_what_changes_nothing_leaves_a_decision_and_ends_a_question(given: list[Answer], stands: int | None) -> None:
    places = answers.effective(given)
    assert (places[-1] if places else None) == stands


def test_a_link_takes_changes_for_72_hours_and_a_reinstatement_always() -> None:
    assert answers.open_by_link(None, AT)
    assert answers.open_by_link(AT, AT + timedelta(hours=72))
    assert not answers.open_by_link(AT, AT + timedelta(hours=72, seconds=1))
    assert not answers.open_by_link(AT, AT + timedelta(days=9), Answer.RESTRICTED)
    assert answers.open_by_link(AT, AT + timedelta(days=900), Answer.REINSTATED)


def test_a_notice_is_answered_twenty_times_an_hour_at_most() -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    times = [now - timedelta(minutes=minutes) for minutes in range(2, 61, 3)]  # the oldest 59 minutes ago
    assert len(times) == answers.AN_HOUR == 20
    assert answers.wait(times[:-1], now) is None
    assert answers.wait(times, now) == timedelta(minutes=1)
    assert answers.wait([*times[:-1], now - timedelta(hours=1)], now) is None
