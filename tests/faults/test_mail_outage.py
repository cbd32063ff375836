"""The mail server is away for a day: nothing is lost, and all of it has left within a quarter of an hour of its return."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock, mail_server, recurring, work
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.core.words import DeliveryState
from server.journeys.report import answering
from server.ledger.delivery import resting
from tests import smtp_rig
from tests.conftest import People, settings_for
from tests.messages import attempts_at, message_of
from tests.story import notify

SPOC = "spoc@mercado.test"
AWAY, DRAINED = timedelta(hours=24), timedelta(minutes=15)
Make = Callable[..., dict[str, Any]]


@pytest.fixture
def port() -> int:
    return smtp_rig.free_port()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, port: int) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=f"smtp://127.0.0.1:{port}")


@pytest.fixture(autouse=True)
def nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "_until", {})


def live(start: datetime, lasting: timedelta, step: timedelta, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The worker through this time, by the clock of the test; when it has passed."""
    now, end = start, start + lasting
    while now < end:
        now += step
        monkeypatch.setattr(clock, "_seen", dict(clock._seen))
        with time_machine.travel(now, tick=False):
            recurring.heartbeat()
            work.run_due()
    return now


def waiting() -> int:
    """How many mails wait to be tried again."""
    with read() as session:
        undone = (Work.kind.startswith("mail_") | (Work.kind == "deliver_notice")) & Work.done_at.is_(None)
        return session.scalar(select(func.count()).where(undone)) or 0


def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_server.work, "wake", lambda *_: 0)


@pytest.mark.parametrize("mutation", [None, _nobody_is_woken])
def test_a_day_without_a_mail_server_loses_nothing_and_is_made_up_for_in_minutes(
    mutation: Callable[[pytest.MonkeyPatch], None] | None,
    port: int, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if mutation:
        mutation(monkeypatch)
    numbers = range(265370482801, 265370482807)
    notices = [notify(people, report_json(f"https://mercado.test/itm/{number}")) for number in numbers]
    now = live(clock.now(), AWAY, timedelta(minutes=5), monkeypatch)
    assert {message_of(notice).state for notice in notices} == {DeliveryState.QUEUED}, "and none is given up"
    assert waiting() > len(notices), "the spotters' mails wait, too"

    with smtp_rig.mail_server(port=port) as server:
        live(now, DRAINED, timedelta(minutes=1), monkeypatch)
        if mutation:
            assert waiting(), "their own next attempt is hours off"
            return
        assert waiting() == 0
        assert {message_of(notice).state for notice in notices} == {DeliveryState.DELIVERED}
        assert all(attempts_at(notice).count("sent") == 1 for notice in notices)
        counted = Counter(str(taken.message["Message-ID"]) for taken in server.taken)
        assert len(server.to(SPOC)) == len(notices) and set(counted.values()) == {1}


def test_one_that_comes_and_goes_costs_no_mail_its_attempts(
    port: int, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = notify(people, report_json())
    now = live(clock.now(), timedelta(hours=4), timedelta(minutes=5), monkeypatch)
    made = len(attempts_at(notice))
    for _ in range(10):  # it answers when it is asked, and is away a moment later
        with monkeypatch.context() as patch:
            patch.setattr(mail_server.mail_connection, "connect", lambda: None)
            now = live(now, timedelta(minutes=1), timedelta(minutes=1), monkeypatch)
        with time_machine.travel(now, tick=False):
            mail_server.heartbeats.note(mail_server.post.MAIL_STUCK)
    assert message_of(notice).state == DeliveryState.QUEUED
    assert len(attempts_at(notice)) <= made + 2, "it is left to its own schedule"


@pytest.mark.parametrize(("step", "told"), [("drop", True), ("451 data", False)])
def test_a_notice_that_may_have_arrived_when_the_server_hung_up_is_withdrawn_by_mail(
    step: str, told: bool, port: int, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_rig.mail_server(port=port) as server:
        server.scripted = SPOC
        server.script.append(step)
        notice = notify(people, report_json())
        work.run_due()
        answering.withdraw_notice(notice, people.ids["cora"], "It was a toy.")
        live(clock.now(), timedelta(minutes=10), timedelta(minutes=1), monkeypatch)
    withdrawn = ["withdrawn" in str(taken.message["Subject"]) for taken in server.to(SPOC)]
    assert withdrawn == ([False, True] if told else [])


def test_a_mail_at_which_the_server_hangs_up_keeps_to_its_own_pauses(
    port: int, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_rig.mail_server(port=port) as server:
        server.scripted = SPOC
        server.script.extend(["drop"] * 40)
        notice = notify(people, report_json())
        live(clock.now(), timedelta(hours=2), timedelta(minutes=1), monkeypatch)
    assert 5 <= len(attempts_at(notice)) <= 12, "10 s, 20 s, 40 s ... and never sooner"
