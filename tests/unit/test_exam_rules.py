"""When an exam may begin and what it counts for: the rules as tables."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from server.people.courses.bank import Choice, Question
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


# --- What is drawn ---------------------------------------------------------------------------------------------------


def bank(lessons: dict[str, int]) -> list[Question]:
    """A bank with so many questions of each lesson."""
    return [
        Question(f"{lesson}{at}", "single", lesson, "?", (Choice("a", right=True), Choice("b", right=False)), "", None)
        for lesson, many in lessons.items()
        for at in range(many)
    ]


def drawn(questions: list[Question], seed: int, before=(), difficulties=None) -> set[str]:
    return {item.name for item in exam.draw(questions, seed, before, difficulties)}


@pytest.mark.parametrize(
    ("lessons", "attempts", "most"),
    [
        (dict.fromkeys("abcdef", 10), 5, 3),
        (dict.fromkeys("abcdefghijklmno", 4), 5, 3),
        ({"a": 4, "b": 20, "c": 36}, 5, 3),
        ({"a": 1, "b": 1, "c": 58}, 5, 3),  # a lesson with one question asks it each time
        (dict.fromkeys("abcdef", 5), 2, 3),  # thirty are enough for two exams
    ],
)
def test_no_two_exams_of_one_person_share_more_than_three_and_none_leaves_a_lesson_out(lessons, attempts, most):
    questions = bank(lessons)
    for seed in range(0, 300, 10):
        before: list[set[str]] = []
        for number in range(attempts):
            now = drawn(questions, seed + number, before)
            assert len(now) == exam.LENGTH and {name[0] for name in now} == set(lessons)
            assert all(len(now & earlier) <= most for earlier in before)
            before.insert(0, now)


def test_a_bank_that_is_too_small_keeps_the_newest_exam_apart_first():
    questions = bank(dict.fromkeys("abcdef", 5))
    before: list[set[str]] = []
    for seed in range(5):
        now = drawn(questions, seed, before)
        assert not before or len(now & before[0]) <= 6
        before.insert(0, now)
    tiny = bank({"a": 6, "b": 6})
    assert len(drawn(tiny, 1, [drawn(tiny, 2)])) == 12, "fewer than fifteen: all of them"


def test_what_was_drawn_from_another_bank_keeps_nothing_apart():
    questions = bank({"a": 20, "b": 20})
    assert drawn(questions, 7, [{f"old{number}" for number in range(15)}]) == drawn(questions, 7)


@pytest.mark.parametrize("known", [1.0, 0.5, 0.0])
def test_every_exam_is_as_hard_as_its_bank_within_the_band(known):
    """60 people in five exams each, with difficulties as banks have them: from almost nobody wrong to most."""
    questions, chance = bank(dict.fromkeys("abcdef", 10)), random.Random(12)
    difficulties = {q.name: chance.betavariate(2, 4) for q in questions if chance.random() < known}
    mean = sum(difficulties.values()) / len(difficulties) if difficulties else 0.0
    off, shared = [], []
    for person in range(60):
        before: list[set[str]] = []
        for number in range(5):
            now = drawn(questions, 100 * person + number, before, difficulties)
            shared += [len(now & earlier) for earlier in before]
            off.append(abs(sum(difficulties.get(name, mean) - mean for name in now)) / exam.LENGTH)
            before.insert(0, now)
    assert max(off) <= exam.BAND and max(shared) <= exam.MOST_SHARED


def test_without_equating_some_are_lucky(monkeypatch):
    """The mutation of the test above: the first draw is taken, whatever it is."""
    monkeypatch.setattr(exam, "TRIES", 1)
    with pytest.raises(AssertionError):
        test_every_exam_is_as_hard_as_its_bank_within_the_band(1.0)
