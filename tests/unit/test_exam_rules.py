"""When an exam may begin and what it counts for: the rules as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.exams import exam
from server.people.exams.exam import Passed

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("failed_ago", "opened_ago", "wait", "too_many"),
    [
        ([], None, None, False),
        ([timedelta(0)], None, 10 * MINUTE, False),
        ([9 * MINUTE], None, MINUTE, False),
        ([2 * DAY, 9 * MINUTE], None, MINUTE, False),  # the last one counts
        ([9 * MINUTE], 9 * MINUTE, None, False),  # opened as it ended
        ([10 * MINUTE], None, None, False),
        ([4 * DAY, 3 * DAY, 2 * DAY, DAY], None, None, False),
        ([5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, DAY], None, 25 * DAY, True),
        ([6 * DAY, 5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, DAY], None, 25 * DAY, True),
        ([31 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, DAY], None, None, False),  # one is longer ago than a month
        ([30 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, DAY], None, None, False),
        ([5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, DAY], timedelta(hours=1), None, False),  # opened again
        ([5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, MINUTE], DAY, 9 * MINUTE, False),  # and failed once since
    ],
)
def test_after_a_failed_attempt_one_waits_and_after_five_a_coordinator_opens(failed_ago, opened_ago, wait, too_many):
    opened = NOON - opened_ago if opened_ago is not None else None
    refusal = exam.may_start([NOON - ago for ago in failed_ago], opened, NOON)
    assert (refusal.until - NOON if refusal else None) == wait
    assert bool(refusal and refusal.too_many) is too_many


@pytest.mark.parametrize(
    ("ago", "same", "counts"),
    [(DAY, True, True), (364 * DAY, True, True), (365 * DAY, True, False), (29 * DAY, False, True),
     (30 * DAY, False, False)],
)  # fmt: skip
def test_a_passed_exam_counts_for_a_year_and_after_a_change_of_the_module_for_thirty_days(ago, same, counts):
    passed = Passed("flagging-well", "a" * 64, NOON - ago)
    assert exam.counts(passed, ("a" if same else "b") * 64, NOON) is counts


def test_what_was_not_answered_in_time_is_not_right():
    assert exam.result([True] * 12, 15).passed
    assert not exam.result([True] * 11, 15).passed
    assert exam.result([True] * 10 + [None] * 3, 15) == exam.Result(10, 12, True)
    assert not exam.result([True] * 199, 250).passed  # 79.6 per cent is not rounded up


def test_ten_answers_must_count_or_it_is_no_exam():
    assert exam.result([True] * 10 + [None] * 5, 15).passed
    assert not exam.result([True] * 9 + [None] * 6, 15).passed
    assert not exam.result([None] * 15, 15).passed


def test_an_exam_is_as_long_as_the_programme_promises():
    # "Fifteen questions" and "80 per cent": training/exam.html and the last lesson of training_modules/flagging-well.
    assert (exam.LENGTH, exam.PASS_MARK) == (15, 80)
    # Three minutes a question, and twice as long for anybody who asks: training/exam.html.
    assert (exam.TIME, exam.MORE_TIME) == (45 * MINUTE, 90 * MINUTE)
