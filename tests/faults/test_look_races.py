"""A look comes back while workers let its decision take effect and people undo it: one of them has it, and nothing leaves unseen.

The mutations at the end take away what decides between them, and the wait for the look.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, work
from server.core.config import Settings
from server.core.database import read
from server.journeys.report import decision, effect, looking_first, verification, watched_notices
from server.ledger.cases import decisions
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.delivery.models import Message
from server.ledger.monitoring.reading import PageKind
from server.ledger.notices.models import Notice
from tests.conftest import People, settings_for
from tests.digests import digest_contact
from tests.racing import audited, race, without_locks
from tests.story import flag
from tests.watched_site import AGREED, agreed

Make = Callable[..., dict[str, Any]]
THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)  # the digest is made on Friday at eight
EACH = 4


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


def decided(people: People, report_json: Make) -> tuple[str, str]:
    """A decision about a listing that the server looks at first; its time to be undone is over in ten seconds."""
    agreed(AGREED)
    case_id = flag(people, report_json("http://localhost/ad/7001"))
    decision.decide(case_id, people.ids["cora"], decision="notify", note="No papers.", version=1)
    with read() as session:
        return case_id, session.scalars(select(CaseDecision.id)).one()


def at_once(
    app: Flask, people: People, ids: tuple[str, str], page: PageKind, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, int]:
    """Looks, workers and people at the same moment, then the worker; how many undid it, and how many notices there are."""
    case_id, decision_id = ids
    monkeypatch.setattr(verification.Watched, "look", lambda *_, **__: page)
    with time_machine.travel(clock.now() + timedelta(seconds=11), tick=True):
        jobs = [
            lambda: looking_first.look_first(decision_id),
            lambda: effect.take_effect(decision_id),
            lambda: effect.undo(case_id, people.ids["dan"], 2),
        ]
        told = race(app, jobs * EACH)
        assert set(told) <= {"won", "conflict", "stale", "Retry"}, told
        work.run_due()
    with read() as session:
        count = lambda model: session.scalar(select(func.count()).select_from(model)) or 0  # noqa: E731
        notices, state = count(Notice), session.get_one(Case, case_id).state
        assert count(PendingDecision) == 0 and count(Message) == notices == count(CaseDecision)
        assert state == ("notified" if notices else "open")
    undone = told[2::3].count("won")
    assert undone == audited("case_undo")
    return undone, notices


def check_either(app: Flask, people: People, make: Make, page: PageKind, monkeypatch: pytest.MonkeyPatch) -> None:
    undone, notices = at_once(app, people, decided(people, make), page, monkeypatch)
    lapsed = audited("case_lapse")
    assert undone + lapsed + notices == 1
    assert notices == 0 if page is PageKind.NOT_FOUND else lapsed == 0


@pytest.mark.parametrize("page", [PageKind.NOT_FOUND, PageKind.LISTING, PageKind.TROUBLE])
def test_it_is_undone_or_lapses_or_leaves_once(
    app: Flask, people: People, report_json: Make, page: PageKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_either(app, people, report_json, page, monkeypatch)


def test_workers_let_what_waits_for_a_digest_leave_once_and_after_its_look(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(AGREED)
    digest_contact("desk@bazaar.test")
    looks: list[Any] = []
    monkeypatch.setattr(verification.Watched, "look", lambda *_, **__: looks.append(clock.now()) or PageKind.LISTING)
    with time_machine.travel(THURSDAY, tick=True) as traveller:
        case_id = flag(people, report_json("http://localhost/ad/7001"))
        decision.decide(case_id, people.ids["cora"], decision="notify", note="No papers.", version=1)
        with read() as session:
            decision_id = session.scalars(select(CaseDecision.id)).one()
        traveller.shift(11)
        work.run_due()
        with read() as session:
            row = session.get_one(PendingDecision, decision_id)
            assert row.waits_for == "digest" and row.waits_until
            until = row.waits_until
        traveller.move_to(until + timedelta(seconds=1))
        jobs = [lambda: effect.take_effect(decision_id), lambda: looking_first.look_first(decision_id)]
        assert set(race(app, jobs * EACH)) <= {"won", "Retry"}
        work.run_due()
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 1
    assert len(looks) >= 2 and looks[1] > until, "once when it was decided, and again just before"


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_nothing_decides_between_them(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = decisions.settle
    monkeypatch.setattr(decisions, "settle", lambda session, decision_id: settle(session, decision_id) or True)
    with without_locks(), pytest.raises(AssertionError):
        check_either(app, people, report_json, PageKind.LISTING, monkeypatch)


@pytest.mark.mutation
def test_a_worker_that_waits_for_no_look_lets_it_leave_unseen(
    people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, decision_id = decided(people, report_json)
    with time_machine.travel(clock.now() + timedelta(seconds=11), tick=True):
        with pytest.raises(work.Retry):
            effect.take_effect(decision_id)
        monkeypatch.setattr(watched_notices, "look_wanted", lambda *_: None)
        effect.take_effect(decision_id)
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 1
