"""Delivery over real SMTP when the other side refuses, hangs, drops, and when our own worker dies.

Every scenario comes with the mutation that must make it fail: a rig that passes with it would prove nothing.
"""

import contextlib
import dataclasses
import secrets
import smtplib
import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import false, select, update

from server.core import clock, database, mail_connection, post, recurring, work
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.core.words import Channel, DeliveryState
from server.journeys.report import delivery, message_to_send
from server.ledger.companies.models import Spoc
from server.ledger.delivery import attempt_store, registry, resting
from server.ledger.delivery.models import MessageAttempt
from server.ledger.notices import store
from server.reads import outgoing
from tests.conftest import People
from tests.faults.delivering import (  # noqa: F401
    RECORD_FIRST,
    SPOC,
    Hook,
    Make,
    Mutate,
    by_webhook,
    caught,
    hook,
    nobody_rests,
    piece,
    run_now,
    server,
    settings,
    worker_dies,
)
from tests.killed_workers import leases_lapse
from tests.messages import attempts_at, message_of
from tests.smtp_rig import MailServer, silent_server
from tests.story import notify


def message_ids(server: MailServer) -> set[str]:
    return {str(taken.message["Message-ID"]) for taken in server.to(SPOC)}


# --- Refused for now, refused for good -------------------------------------------------------------------------------


def _all_permanent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_reply", lambda code, *_: post.Permanent(str(code)))


def _all_temporary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_reply", lambda code, *_: post.Temporary(str(code)))


@pytest.mark.parametrize("reply", ["450", "451 data"])
@pytest.mark.parametrize("mutation", [None, _all_permanent])
def test_refused_for_now_it_is_tried_again_within_15_seconds_and_arrives(
    reply: str,
    mutation: Mutate | None,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    server.script.append(reply)
    with caught(mutation, monkeypatch):
        work.run_due()
        assert message_of(notice_id).state == DeliveryState.QUEUED
        assert (message_of(notice_id).last_error or "").startswith(reply[:3])
        assert piece(notice_id).due_at - clock.now() <= timedelta(seconds=15)
        run_now()
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert attempts_at(notice_id) == ["retry", "sent"]
        assert len(server.to(SPOC)) == 1


@pytest.mark.parametrize("reply", ["550", "554 data"])
@pytest.mark.parametrize("mutation", [None, _all_temporary])
def test_refused_for_good_it_is_never_tried_again_and_a_coordinator_sees_it(
    reply: str,
    mutation: Mutate | None,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    server.script.append(reply)
    with caught(mutation, monkeypatch):
        for _ in range(3):
            run_now()
        failed = message_of(notice_id)
        assert failed.state == DeliveryState.FAILED
        assert failed.failed_at is not None
        assert (failed.last_error or "").startswith(reply[:3])
        assert attempts_at(notice_id) == ["permanent_failure"]
        assert server.to(SPOC) == []
        assert piece(notice_id).dead_lettered_at is not None
        with read() as session:
            assert list(session.scalars(outgoing.undelivered())) == [store.get(session, None, notice_id).case_id]
            case_id = store.get(session, None, notice_id).case_id
        assert "Failed" in people.browser("cora").get(f"/cases/{case_id}").text
        with read() as session:
            bounced = session.scalars(select(Spoc.bounced_at).where(Spoc.email == SPOC)).one() is not None
        assert bounced == (reply == "550"), "what a server says of the mail says nothing of the address"


def _ours_is_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTPDataError", smtplib.SMTPSenderRefused)


@pytest.mark.parametrize("mutation", [None, _ours_is_theirs])
def test_our_own_mail_server_that_refuses_us_costs_no_spoc_and_no_notice(
    mutation: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """530 at MAIL FROM: a password was changed. Once it is mended all of it leaves."""
    notice_id = notify(people, report_json())
    server.script.extend(["530 sender"] * 3)
    with caught(mutation, monkeypatch):
        run_now()
        assert message_of(notice_id).state == DeliveryState.QUEUED
        assert "Cannot send through the mail server: SMTPSenderRefused: (530" in (
            message_of(notice_id).last_error or ""
        )
        with read() as session:
            assert session.scalars(select(Spoc.bounced_at).where(Spoc.email == SPOC)).one() is None
        server.script.clear()
        run_now()
        assert message_of(notice_id).state == DeliveryState.DELIVERED


def test_given_up_at_last_it_is_failed_and_visible_not_queued_for_ever(
    server: MailServer, people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    tries = registry.CHANNELS[Channel.MAIL].retries.attempts
    server.script.extend(["450"] * (tries + 5))
    for _ in range(tries + 2):
        run_now()
    assert attempts_at(notice_id) == ["retry"] * (tries - 1) + ["permanent_failure"]
    assert message_of(notice_id).state == DeliveryState.FAILED
    with read() as session:
        case_id = store.get(session, None, notice_id).case_id
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert f"Given up after {tries} attempts: the mail server did not accept it this time (450" in page


# --- Gone after DATA -------------------------------------------------------------------------------------------------


def _fresh_message_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = message_to_send.plain_message

    def fresh(attempt: Any) -> Any:
        return dataclasses.replace(honest(attempt), stable_id=f"<{secrets.token_hex(8)}@spotter.test>")

    monkeypatch.setattr(message_to_send, "plain_message", fresh)


@pytest.mark.parametrize("mutation", [None, _fresh_message_ids])
def test_dropped_after_data_it_comes_again_under_the_same_message_id(
    mutation: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    server.script.append("drop")
    with caught(mutation, monkeypatch):
        work.run_due()
        assert message_of(notice_id).state == DeliveryState.QUEUED
        run_now()
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert len(server.to(SPOC)) == 2
        assert message_ids(server) == {message_of(notice_id).stable_id}


def _nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "rest", lambda destination: None)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("mutation", [None, _nobody_rests])
def test_a_mail_server_that_hangs_is_waited_for_once_and_holds_up_no_other_destination(
    mutation: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_connection, "TIMEOUT", 0.3)
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    other = notify(people, report_json(url="https://tradepost.test/ad/4471"))
    by_webhook(other, hook)
    with silent_server() as port:
        monkeypatch.setattr(people.app.extensions["mail"], "port", port)
        with caught(mutation, monkeypatch):
            work.run_due()
            assert message_of(other).state == DeliveryState.DELIVERED
            assert [message_of(each).state for each in ids] == [DeliveryState.QUEUED] * 3
            assert sum(len(attempts_at(each)) for each in ids) == 1, "one wait, not one for each mail"


def _slow_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "rest_if_slow", lambda destination, took: None)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("mutation", [None, _slow_is_fine])
def test_a_webhook_that_answers_slowly_rests_so_that_other_companies_mail_goes_in_between(
    mutation: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "SLOW", timedelta(seconds=0.2))
    answer = Hook.do_POST
    monkeypatch.setattr(Hook, "do_POST", lambda self: (time.sleep(0.4), answer(self)))
    ids = [notify(people, report_json(url=f"https://tradepost.test/ad/447{n}")) for n in range(3)]
    for each in ids:
        by_webhook(each, hook)
    other = notify(people, report_json())
    with caught(mutation, monkeypatch):
        work.run_due()
        assert message_of(other).state == DeliveryState.DELIVERED
        assert sorted(attempts_at(each) for each in ids) == [[], [], ["sent"]], "one wait, not one for each"
        for _ in range(2):
            run_now()
        assert [attempts_at(each) for each in ids] == [["sent"]] * 3, "no attempt failed"


# --- Our own worker dies ---------------------------------------------------------------------------------------------

CRASH = {
    "before it is sent": "post.send = lambda *given, **more: os._exit(9)",
    "after it is sent": "delivery._finish = lambda *given: os._exit(9)",
}


@pytest.mark.parametrize(
    ("crash", "mutation"),
    [("before it is sent", ""), ("after it is sent", ""), ("before it is sent", RECORD_FIRST)],
)
def test_a_worker_killed_around_sending_loses_nothing_and_adds_one_copy_at_most(
    crash: str, mutation: str, server: MailServer, people: People, report_json: Make, settings: Settings
) -> None:
    notice_id = notify(people, report_json())
    with database.write() as session:  # the spotters' mails are another story
        session.execute(update(Work).where(Work.kind != "deliver_notice").values(done_at=clock.now()))
    worker_dies(settings, CRASH[crash] + mutation)
    run_now()
    assert len(server.to(SPOC)) == (crash == "after it is sent"), "its lease holds: nobody else takes it up yet"
    leases_lapse()
    run_now()
    run_now()
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        assert 1 <= len(server.to(SPOC)) <= 2
        assert message_ids(server) == {message_of(notice_id).stable_id}
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert attempts_at(notice_id) == [None, "sent"], "the attempt nobody came back from stays visible"


def _nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = attempt_store._BEFORE
    monkeypatch.setattr(attempt_store, "_BEFORE", honest.with_only_columns(*list(honest.selected_columns)[:2], false()))


@pytest.mark.parametrize("mutation", [None, _nobody_asks])
def test_while_one_worker_is_at_it_another_does_not_send_it_too(
    mutation: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By other work than the notice's own, such as that of its digest."""
    notice_id = notify(people, report_json())
    with database.write() as session:
        work.enqueue(session, "tell", "1", due_at=clock.now() + timedelta(days=1))
        session.execute(update(Work).where(Work.kind == "tell").values(leased_by="another"))
    delivery._start(message_of(notice_id).id)
    with database.write() as session:
        session.execute(update(MessageAttempt).values(leased_by="another"))
    with caught(mutation, monkeypatch):
        work.run_due()
        assert server.to(SPOC) == []
        assert attempts_at(notice_id) == [None]


# --- A worker that is told to stop, and one that was too slow ---------------------------------------------------------


def test_told_to_stop_the_piece_at_hand_is_finished_and_the_rest_is_at_once_somebody_elses(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", signals.append)
    with database.write() as session:
        for number in range(30):
            work.enqueue(session, "tell", str(number))
    work.run(lambda: bool(signals), every_seconds=0)
    assert len(signals) == 1
    work.run_due()
    assert sorted(signals, key=int) == [str(number) for number in range(30)], "each once, without waiting for a lease"
    with read() as session:
        assert set(session.scalars(select(Work.attempts).where(Work.kind == "tell"))) == {1}


def test_however_much_there_is_to_do_the_worker_is_seen_and_the_recurring_work_gets_its_turn(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setitem(work._handlers, "tell", done.append)
    monkeypatch.setitem(recurring.jobs, "a second", (0, lambda: done.append("!")))
    monkeypatch.setattr(work, "RECURRING_EVERY", 0)
    with database.write() as session:
        for number in range(30):
            work.enqueue(session, "tell", str(number))
    work.run(lambda: len([piece for piece in done if piece != "!"]) == 30, every_seconds=0)
    assert ["!" if piece == "!" else "a piece" for piece in done[:4]] == ["!", "!", "a piece", "!"]


def test_who_was_too_slow_leaves_alone_what_has_become_somebody_elses(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker's lease lapses in the middle of its work; the second has taken it up when the first comes back."""

    def slow(_: str) -> None:
        with database.write() as session:
            session.execute(update(Work).values(leased_by="another"))

    monkeypatch.setitem(work._handlers, "slow", slow)
    with database.write() as session:
        work.enqueue(session, "slow", "1")
    work.run_due()
    with read() as session:
        row = session.scalars(select(Work).where(Work.kind == "slow")).one()
        assert (row.leased_by, row.done_at) == ("another", None)
