"""When recurring work is due: also where it failed, or its worker died at it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from server.core import heartbeats, recurring, work
from server.core.heartbeats import Heartbeat

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@pytest.mark.parametrize(
    ("seconds", "done", "begun", "due"),
    [
        (DAY, None, None, True),
        (DAY, DAY, DAY, True),
        (DAY, DAY - 1, DAY - 1, False),
        (DAY, DAY + 1, DAY + 1, True),
        (DAY, None, HOUR - 1, False),
        (DAY, None, HOUR, True),
        (DAY, DAY + HOUR, HOUR - 1, False),
        (DAY, DAY + HOUR, HOUR, True),
        (DAY, HOUR, 5, False),
        (MINUTE, 2 * MINUTE, MINUTE - 1, False),
        (MINUTE, 2 * MINUTE, MINUTE, True),
        (0, 0, 0, True),
    ],
)  # done, begun: seconds ago
def test_what_was_begun_and_not_done_is_begun_again_within_an_hour(
    seconds: float, done: float | None, begun: float | None, due: bool
) -> None:
    moments = (None if ago is None else NOON - timedelta(seconds=ago) for ago in (done, begun))
    assert recurring.is_due(NOON, seconds, *moments) is due


def test_the_names_of_recurring_work_fit_where_it_is_noted_that_it_was_begun(app: Flask) -> None:
    """SQLite keeps a longer one, PostgreSQL refuses it."""
    most = Heartbeat.__table__.c.name.type.length
    assert [name for name in recurring.jobs if len(f"{recurring.BEGUN} {name}") > most] == []


def test_of_two_workers_that_find_it_never_done_one_does_it(app: Flask) -> None:
    assert [heartbeats.mark("first", NOON, None) for _ in range(2)] == [True, False]
    assert [heartbeats.mark("first", NOON + timedelta(seconds=1), NOON) for _ in range(2)] == [True, False]


def test_a_worker_outlives_a_database_that_is_away_for_a_night(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks again every 30 seconds: some 1,100 times in nine hours."""
    looks: list[float] = []

    def away(*_: object, **__: object) -> int:
        raise OSError("The database does not answer.")

    monkeypatch.setattr(recurring, "heartbeat", lambda: None)
    monkeypatch.setattr(work, "_run_batch", away)
    monkeypatch.setattr(work, "_sleep", lambda seconds, _stop: looks.append(seconds))
    work.run(lambda: len(looks) >= 1100)
    assert (looks[0], max(looks), looks[-1]) == (2, work.LONGEST_WAIT, work.LONGEST_WAIT)
