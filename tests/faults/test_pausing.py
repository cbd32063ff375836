"""Sending paused while a worker has just taken a piece of work, and a dead letter that two people try again at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from server.core import clock, pausing, set_aside, work
from server.core.config import Settings
from server.core.database import read, write
from server.core.failures import WorkFailure
from server.core.outbox import Work
from server.core.words import Refused
from server.journeys.oversight import operating
from tests.conftest import People
from tests.messages import message_of
from tests.racing import RACERS, audited, one_won, race, without_locks
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"


def _no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutation: paused or not is asked when work is claimed, and not again when a piece begins."""
    claim = work.claim

    def claimed(*arguments: Any, **named: Any) -> Any:
        batch = claim(*arguments, **named)
        monkeypatch.setattr(pausing, "is_paused", lambda _: False)
        return batch

    monkeypatch.setattr(work, "claim", claimed)


@contextmanager
def caught(mutation: Callable[[pytest.MonkeyPatch], None] | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As it is, the scenario holds; mutated, it must not."""
    if mutation is None:
        yield
    else:
        mutation(monkeypatch)
        with pytest.raises(AssertionError):
            yield


@pytest.mark.parametrize("mutation", [None, _no_second_look])
def test_what_a_worker_has_just_taken_does_not_leave_once_sending_is_paused(
    people: People,
    report_json: Make,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    mutation: Callable[[pytest.MonkeyPatch], None] | None,
) -> None:
    notice_id = notify(people, report_json())
    with caught(mutation, monkeypatch):
        claim = work.claim

        def taken(*arguments: Any, **named: Any) -> Any:
            batch = claim(*arguments, **named)
            if any(kind == "deliver_notice" for _, kind, *_ in batch):
                with write() as session:  # the administrator presses the button in this moment
                    pausing.pause(session, people.ids["ada"], pausing.PauseReason.BY_HAND)
            return batch

        monkeypatch.setattr(work, "claim", taken)
        work.run_due()
        assert mails(settings, SPOC) == []
        with read() as session:
            piece = session.scalars(select(Work).where(Work.kind == "deliver_notice")).one()
        assert (piece.attempts, piece.leased_by, piece.done_at) == (0, None, None), "kept, and no attempt"
    if mutation is None:
        monkeypatch.setattr(work, "claim", claim)
        operating.resume(people.ids["ada"])
        work.run_due()
        assert len(mails(settings, SPOC)) == 1 and message_of(notice_id).delivered_at


def _dead_letter(kind: str, subject_id: str) -> str:
    with write() as session:
        work.enqueue(session, kind, subject_id)
        session.flush()
        row = session.scalars(select(Work).where(Work.kind == kind)).one()
        row.dead_lettered_at, row.failure, row.attempts = clock.now(), WorkFailure.REFUSED, 20
        return row.id


def _whatever_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutation: what is taken up again is not looked at when it is changed."""

    def again(session: Any, actor_id: str, ids: list[str]) -> int:
        session.execute(update(Work).where(Work.id.in_(ids)).values(dead_lettered_at=None, due_at=clock.now()))
        set_aside.audit.record(session, actor_id, "work_retried", "work", ids[0])
        return 1

    monkeypatch.setattr(set_aside, "take_up_again", again)


@pytest.mark.parametrize("mutation", [None, _whatever_it_is_now])
def test_16_try_one_dead_letter_again_and_it_is_sent_once(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, mutation: Callable[[pytest.MonkeyPatch], None] | None
) -> None:
    sent: list[str] = []
    monkeypatch.setitem(work._handlers, "mail_week", sent.append)
    letter = _dead_letter("mail_week", "ana")
    with caught(mutation, monkeypatch):
        one_won(race(app, [lambda: operating.try_again(people.ids["ada"], letter)] * RACERS), "conflict")
        work.run_due()
        assert sent == ["ana"] and audited("work_retried") == 1


def test_16_pause_at_once_and_it_is_recorded_once(app: Flask, people: People) -> None:
    one_won(race(app, [lambda: operating.pause(people.ids["ada"])] * RACERS), "conflict")
    assert audited("sending_paused") == 1
    one_won(race(app, [lambda: operating.resume(people.ids["ada"])] * RACERS), "conflict")
    assert audited("sending_resumed") == 1


def test_the_race_finds_that_nobody_waits(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pausing, "alone", lambda *_: None)

    def pause_often() -> None:
        for _ in range(5):
            one_won(race(app, [lambda: operating.pause(people.ids["ada"])] * RACERS), "conflict")
            operating.resume(people.ids["ada"])

    with without_locks(), pytest.raises((AssertionError, Refused)):
        pause_often()
