"""When a company is told that notices wait in its inbox."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.delivery.alerting import BETWEEN, is_due

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def ago(hours):
    return None if hours is None else NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("arrived", "reminded", "last", "due"),
    [
        (0, None, None, True),  # the first notice: at once
        (1, None, 2, False),  # another one on the same day waits for tomorrow's mail
        (1, None, 24, True),
        (1, None, 23.99, False),
        (48, None, 47, False),  # nothing new since
        (200, None, 47, False),
        (200, 1, 47, True),  # an answer is late
        (200, 1, 2, False),
        (200, 60, 47, False),  # said before
        (24, None, 24, False),
    ],
)
def test_one_mail_when_something_new_waits_and_one_a_day_at_most(arrived, reminded, last, due):
    assert is_due(ago(arrived), ago(reminded), ago(last), NOW, at_work=True) is due


@pytest.mark.parametrize(("arrived", "last", "due"), [(200, 47, False), (1, 47, True), (200, None, True)])
def test_a_reminder_waits_until_somebody_is_at_work_and_a_new_notice_does_not(arrived, last, due):
    assert is_due(ago(arrived), ago(1), ago(last), NOW, at_work=False) is due


def test_a_day_lies_between_two_mails():
    assert timedelta(hours=24) == BETWEEN
