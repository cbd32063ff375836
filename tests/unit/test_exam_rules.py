"""When an exam may begin and what it counts for: the rules as tables."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from server.people.courses import module_file
from server.people.courses.bank import Choice, Question
from server.people.courses.changes import Change
from server.people.exams import exam
from server.people.exams.exam import ExamKind, ExamPlan, Passed
from tests.modules import SHIPPED

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
    assert (exam.time_for(15), exam.time_for(15, more_time=True)) == (45 * MINUTE, 90 * MINUTE)


@pytest.mark.parametrize(
    ("kind", "length", "least", "right"),
    [(ExamKind.WHOLE, 15, 10, 12), (ExamKind.RENEWAL, 10, 7, 8), (ExamKind.PART, 5, 4, 4)],
)
def test_a_shorter_exam_is_marked_by_the_same_rules(kind, length, least, right):
    """Four in five are right, two in three must count, three minutes each."""
    assert ExamPlan(kind).length == length and exam.least(length) == least
    assert exam.result([True] * right, length).passed and not exam.result([True] * (right - 1), length).passed
    assert exam.result([True] * least + [None] * (length - least), length).passed
    assert not exam.result([True] * (least - 1) + [None] * (length - least + 1), length).passed
    assert ExamPlan(kind, tuple("abcdefghijkl")).length == max(length, 12), "one of each lesson"


# --- What is drawn ---------------------------------------------------------------------------------------------------


def bank(lessons: dict[str, int]) -> list[Question]:
    """A bank with so many questions of each lesson."""
    return [
        Question(f"{lesson}{at}", "single", lesson, "?", (Choice("a", right=True), Choice("b", right=False)), "", None)
        for lesson, many in lessons.items()
        for at in range(many)
    ]


def drawn(questions: list[Question], seed: int, before=(), difficulties=None, plan=exam.WHOLE) -> set[str]:
    return {item.name for item in exam.draw(questions, seed, before, difficulties, plan)}


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


# --- Shorter exams ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lessons", "plan", "asked"),
    [
        (dict.fromkeys("abcdef", 10), ExamPlan(ExamKind.PART, ("b",)), {"b": 5}),
        (dict.fromkeys("abcdef", 10), ExamPlan(ExamKind.PART, ("b", "d", "e")), {"b": 2, "d": 2, "e": 1}),
        (dict.fromkeys("abcdef", 4), ExamPlan(ExamKind.PART, ("b",)), {"b": 4}),  # as many as there are
        ({"a": 9, "b": 2}, ExamPlan(ExamKind.PART, ("b",)), {"b": 2, "a": 1}),  # two are no test
        ({"a": 9, "b": 0}, ExamPlan(ExamKind.PART, ("b",)), {"a": 3}),
        (dict.fromkeys("abcdef", 10), ExamPlan(ExamKind.PART, tuple("abcdef")), dict.fromkeys("abcdef", 1)),
        (dict.fromkeys("abcdef", 10), ExamPlan(ExamKind.RENEWAL, ("b",)), {"b": 10}),
        (dict.fromkeys("abcdef", 6), ExamPlan(ExamKind.RENEWAL, ("b", "c")), {"b": 5, "c": 5}),
        (dict.fromkeys("abcde", 4), ExamPlan(ExamKind.RENEWAL, ("b",)), {"b": 4, "others": 6}),
        (dict.fromkeys("abcde", 10), ExamPlan(ExamKind.RENEWAL), {"others": 10}),
    ],
)
def test_a_shorter_exam_asks_about_its_lessons_first(lessons, plan, asked):
    for seed in range(20):
        names = drawn(bank(lessons), seed, plan=plan)
        counts = Counter(name[0] for name in names)
        others = sum(many for lesson, many in counts.items() if lesson not in asked)
        assert {lesson: counts[lesson] for lesson in asked if lesson != "others"} == {
            lesson: many for lesson, many in asked.items() if lesson != "others"
        }
        assert others == asked.get("others", 0)
    if plan == ExamPlan(ExamKind.RENEWAL):
        assert set(counts) == set(lessons), "with nothing to go by, one of every lesson"


def test_a_shorter_exam_shares_as_little_with_those_before():
    questions = bank(dict.fromkeys("abcdef", 10))
    for seed in range(100):
        before = [drawn(questions, seed)]
        before.insert(0, drawn(questions, seed + 1, before))
        for plan in (
            ExamPlan(ExamKind.RENEWAL, ("a", "b")),
            ExamPlan(ExamKind.PART, ("c",)),
            ExamPlan(ExamKind.RENEWAL),
        ):
            now = drawn(questions, seed + 2, before, plan=plan)
            assert all(len(now & earlier) <= exam.MOST_SHARED for earlier in before)


CHANGE = Change("ivory", date(2026, 11, 1), True, ("a", "b"), "A number")
SEEN = {CHANGE.state: NOON - 50 * DAY}
MODULE = replace(module_file.load(SHIPPED / "ivory-bone-horn"), slug="ivory", content_hash="now", changes=(CHANGE,))
WHOLE, PART, RENEWAL = ExamKind


def passed(ago: int, kind=WHOLE, lessons="", began=None, content="now") -> Passed:
    return Passed("ivory", content, NOON - ago * DAY, kind, tuple(lessons), NOON - (began or ago) * DAY)


@pytest.mark.parametrize(
    ("exams", "counts", "proven"),
    [
        ([passed(60)], False, False),  # fifty days ago it changed
        ([passed(49)], True, True),
        ([passed(49, began=51)], False, False),  # begun before it changed
        ([passed(60), passed(40, PART, "ab")], True, True),
        ([passed(60), passed(40, PART, "abc")], True, True),
        ([passed(60), passed(40, PART, "a")], False, False),  # of what changed only a part
        ([passed(60), passed(55, PART, "ab")], False, False),  # on an earlier change
        ([passed(60), passed(40, RENEWAL, "ab")], True, True),
        ([passed(60), passed(40, RENEWAL, "c")], False, False),
        ([passed(40, PART, "ab")], False, True),  # a short test alone is no exam of the module
        ([], False, False),
        ([passed(400), passed(40, PART, "ab")], False, True),  # too long ago
        ([passed(49, content="old")], False, True),  # of another module than this
    ],
)
def test_what_a_passed_exam_counts_for_when_a_part_of_the_module_changed(exams, counts, proven):
    assert bool(exam.counting(exams, [MODULE], SEEN, NOON)) is counts
    assert (exam.unproven(MODULE, exams, SEEN, NOON) == []) is proven


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (29, True), (30, False)])
def test_what_was_passed_before_a_change_counts_for_thirty_days_more(ago, counts):
    seen = {CHANGE.state: NOON - ago * DAY}
    assert bool(exam.counting([passed(60)], [MODULE], seen, NOON)) is counts
    assert exam.counting([passed(60)], [MODULE], {}, NOON), "just seen"


def test_of_several_exams_of_a_module_the_first_that_counts_is_when_it_was_passed():
    exams = [passed(20), passed(45), passed(10, PART, "ab")]
    assert exam.counting(exams, [MODULE], SEEN, NOON) == {"ivory": NOON - 45 * DAY}
    assert exam.counting(exams, [MODULE], SEEN, NOON, since=NOON - 45 * DAY) == {"ivory": NOON - 20 * DAY}
    assert exam.counting(exams, [MODULE], SEEN, NOON, since=NOON - 20 * DAY) == {}


@pytest.mark.parametrize(
    ("facts", "plan"),
    [
        ({"passed": False, "changed": ()}, exam.WHOLE),
        ({"passed": False, "changed": ("a",)}, exam.WHOLE),  # who never passed learns it all
        ({"passed": True, "changed": ("a",)}, ExamPlan(PART, ("a",))),
        ({"passed": True, "changed": ()}, exam.WHOLE),  # and the store says that it is passed
        ({"passed": False, "renewing": True, "changed": ()}, exam.WHOLE),  # the exam was waived then
        ({"passed": False, "renewing": True, "passed_before": True, "changed": ()}, ExamPlan(RENEWAL)),
        (
            {"passed": False, "renewing": True, "passed_before": True, "changed": ("a",), "wrong": ("c", "a")},
            ExamPlan(RENEWAL, ("a", "c")),
        ),
    ],
)
def test_which_exam_it_is(facts, plan):
    assert exam.plan(**facts) == plan


def test_what_was_wrong_before_is_what_was_never_put_right():
    answers = [("a", False), ("b", True), ("c", False), ("a", True), ("d", None), ("b", False), ("c", None)]
    assert exam.wrong_before(answers) == {"b", "c"}
