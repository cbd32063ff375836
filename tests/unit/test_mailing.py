"""Which mail about a report goes when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.core.words import Mails, Status
from server.ledger.reports import mailing
from server.ledger.reports.mailing import A_DAY, PAUSE, Told, When

NOW, DAY, WEEK, NEVER = When.NOW, When.DAY, When.WEEK, When.NEVER
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOTHING = Told()
STEP, OUTCOME = Mails.STEP, Mails.OUTCOME


@pytest.mark.parametrize(
    ("status", "at_every_step", "per_outcome", "once_a_week"),
    [
        (Status.RECEIVED, NOW, NEVER, WEEK),
        (Status.IN_REVIEW, NOW, NEVER, WEEK),
        (Status.NEEDS_INFO, NOW, NOW, NOW),
        (Status.NOTIFIED, NOW, NEVER, WEEK),
        (Status.REMOVED, NOW, NOW, WEEK),
        (Status.RESTRICTED, NOW, NOW, WEEK),
        (Status.KEPT, NOW, NOW, WEEK),
        (Status.NO_ANSWER, NOW, NEVER, WEEK),
        (Status.DISMISSED, NOW, NOW, WEEK),
    ],
)
def test_a_mail_leaves_as_often_as_was_chosen_and_a_question_always_at_once(
    status: Status, at_every_step: When, per_outcome: When, once_a_week: When
) -> None:
    for before in (None, Status.IN_REVIEW):
        times = [
            mailing.when(choice, status, before, NOTHING, AT) for choice in (Mails.STEP, Mails.OUTCOME, Mails.WEEK)
        ]
        assert times == [at_every_step, per_outcome, once_a_week]


def test_the_table_names_every_status_and_every_choice() -> None:
    for choice in Mails:
        for status in Status:
            for before in (None, *Status):
                assert mailing.when(choice, status, before, NOTHING, AT) in When


@pytest.mark.parametrize(
    ("choice", "before", "status", "expected"),
    [
        (OUTCOME, Status.REMOVED, Status.REMOVED, NEVER),  # the company says more of it
        (OUTCOME, Status.REMOVED, Status.KEPT, NOW),  # reinstated: another outcome
        (OUTCOME, Status.IN_REVIEW, Status.REMOVED, NOW),  # was still there, and is gone again
        (OUTCOME, Status.NEEDS_INFO, Status.NEEDS_INFO, NOW),  # a second question
        (STEP, Status.REMOVED, Status.REMOVED, NOW),
        (Mails.WEEK, Status.REMOVED, Status.REMOVED, WEEK),
    ],
)
def test_an_outcome_said_twice_in_a_row_is_one_outcome(
    choice: Mails, before: Status, status: Status, expected: When
) -> None:
    assert mailing.when(choice, status, before, NOTHING, AT) is expected


@pytest.mark.parametrize(
    ("choice", "status", "told", "expected"),
    [
        (STEP, Status.REMOVED, Told(same=True), NEVER),  # of another report on the same case
        (STEP, Status.NEEDS_INFO, Told(same=True), NEVER),
        (Mails.WEEK, Status.REMOVED, Told(same=True), WEEK),  # one mail anyway
        (STEP, Status.KEPT, Told(back_at=AT - PAUSE + timedelta(seconds=1)), DAY),  # answers change back and forth
        (STEP, Status.KEPT, Told(back_at=AT - PAUSE), NOW),
        (OUTCOME, Status.KEPT, Told(back_at=AT), DAY),
        (STEP, Status.NEEDS_INFO, Told(back_at=AT), NOW),  # somebody waits for the answer
        (STEP, Status.REMOVED, Told(day=A_DAY - 1), NOW),
        (STEP, Status.REMOVED, Told(day=A_DAY), DAY),
        (STEP, Status.NEEDS_INFO, Told(day=A_DAY), DAY),
        (OUTCOME, Status.IN_REVIEW, Told(day=A_DAY), NEVER),
    ],
)
def test_mails_to_one_person_are_bounded(choice: Mails, status: Status, told: Told, expected: When) -> None:
    assert mailing.when(choice, status, None, told, AT) is expected


def test_what_is_too_much_for_today_is_told_tomorrow() -> None:
    assert mailing.due_on(DAY, date(2026, 11, 26)) == date(2026, 11, 27)
    assert mailing.due_on(WEEK, date(2026, 11, 26)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-22", "2026-11-23"),  # a Sunday
        ("2026-11-23", "2026-11-30"),  # a Monday is never its own
        ("2026-11-25", "2026-11-30"),
        ("2026-12-31", "2027-01-04"),
    ],
)
def test_a_weekly_mail_leaves_on_the_next_monday(day: str, monday: str) -> None:
    assert mailing.monday_after(date.fromisoformat(day)) == date.fromisoformat(monday)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({Status.REMOVED: 1}, "1 removed"),
        ({Status.NOTIFIED: 2, Status.NO_ANSWER: 1}, "3 on the way"),
        (
            dict.fromkeys(Status, 1200),
            "1,200 removed, 1,200 restricted, 1,200 kept online, 1,200 not sent on, 6,000 on the way",
        ),
    ],
)
def test_what_moved_is_said_outcomes_first_in_words_a_subject_may_hold(counts: dict[Status, int], words: str) -> None:
    assert mailing.moved(counts) == words


def test_what_was_gone_before_anybody_acted_is_no_removal() -> None:
    assert mailing.moved({Status.REMOVED: 3}, gone_before=1) == "2 removed, 1 already gone"
    assert mailing.moved({Status.REMOVED: 1}, gone_before=1) == "1 already gone"
