"""Delivery over real SMTP and real HTTP when the other side refuses, hangs, drops, and when our own worker dies.

Every scenario comes with the mutation that must make it fail: a rig that passes with it would prove nothing.
"""

import base64
import contextlib
import dataclasses
import os
import secrets
import smtplib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from standardwebhooks import Webhook

from server.core import clock, database, outbound, post, work
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.core.words import Channel, DeliveryState, Event, Via
from server.journeys.report import answering, delivery, following_up, message_to_send, replying, rerouting
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import registry, resting, webhook
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message, MessageAttempt
from server.ledger.notices import store
from server.reads import inboxes, outgoing
from tests.conftest import People, settings_for
from tests.killed_workers import leases_lapse
from tests.messages import attempts_at, message_of, set_message
from tests.smtp_rig import MailServer, mail_server, silent_server
from tests.story import notify

ROOT = Path(__file__).parents[2]
SPOC = "spoc@mercado.test"
Make = Callable[..., dict[str, Any]]
Mutate = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        running.scripted = SPOC
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, server: MailServer) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)


@pytest.fixture(autouse=True)
def nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "_until", {})


@contextlib.contextmanager
def caught(mutate: Mutate | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As it is, the scenario holds; mutated, it must not."""
    if mutate is None:
        yield
    else:
        mutate(monkeypatch)
        with pytest.raises(AssertionError):
            yield


def run_now() -> None:
    """The worker, when the pauses are over."""
    with database.write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    resting._until.clear()
    work.run_due()


def piece(notice_id: str) -> Work:
    """The piece of work that delivers a notice."""
    with read() as session:
        return session.scalars(select(Work).where(Work.subject_id == notice_id)).one()


def message_ids(server: MailServer) -> set[str]:
    return {str(taken.message["Message-ID"]) for taken in server.to(SPOC)}


# --- Refused for now, refused for good -------------------------------------------------------------------------------


def _all_permanent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_reply", lambda code, *_: post.Permanent(str(code)))


def _all_temporary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_reply", lambda code, *_: post.Temporary(str(code)))


@pytest.mark.parametrize("reply", ["450", "451 data"])
@pytest.mark.parametrize("mutate", [None, _all_permanent])
def test_refused_for_now_it_is_tried_again_within_15_seconds_and_arrives(
    reply: str,
    mutate: Mutate | None,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    server.script.append(reply)
    with caught(mutate, monkeypatch):
        work.run_due()
        assert message_of(notice_id).state == DeliveryState.QUEUED
        assert (message_of(notice_id).last_error or "").startswith(reply[:3])
        assert piece(notice_id).due_at - clock.now() <= timedelta(seconds=15)
        run_now()
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert attempts_at(notice_id) == ["retry", "sent"]
        assert len(server.to(SPOC)) == 1


@pytest.mark.parametrize("reply", ["550", "554 data"])
@pytest.mark.parametrize("mutate", [None, _all_temporary])
def test_refused_for_good_it_is_never_tried_again_and_a_coordinator_sees_it(
    reply: str,
    mutate: Mutate | None,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    server.script.append(reply)
    with caught(mutate, monkeypatch):
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


@pytest.mark.parametrize("mutate", [None, _ours_is_theirs])
def test_our_own_mail_server_that_refuses_us_costs_no_spoc_and_no_notice(
    mutate: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """530 at MAIL FROM: a password was changed. Once it is mended all of it leaves."""
    notice_id = notify(people, report_json())
    server.script.extend(["530 sender"] * 3)
    with caught(mutate, monkeypatch):
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
    assert f"Given up after {tries} attempts: the mail server did not take it this time (450" in page


# --- Gone after DATA -------------------------------------------------------------------------------------------------


def _fresh_message_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = message_to_send.plain_message

    def fresh(attempt: Any) -> Any:
        return dataclasses.replace(honest(attempt), stable_id=f"<{secrets.token_hex(8)}@spotter.test>")

    monkeypatch.setattr(message_to_send, "plain_message", fresh)


@pytest.mark.parametrize("mutate", [None, _fresh_message_ids])
def test_dropped_after_data_it_comes_again_under_the_same_message_id(
    mutate: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    server.script.append("drop")
    with caught(mutate, monkeypatch):
        work.run_due()
        assert message_of(notice_id).state == DeliveryState.QUEUED
        run_now()
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert len(server.to(SPOC)) == 2
        assert message_ids(server) == {message_of(notice_id).stable_id}


# --- A destination that hangs ----------------------------------------------------------------------------------------


class Hook(BaseHTTPRequestHandler):
    """A company's webhook, real HTTP on loopback. `script` holds the next answers; then 204."""

    script: list[tuple[int, dict[str, str]]] = []
    taken: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        status, headers = self.script.pop(0) if self.script else (204, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The webhook's address; the one port is opened for the worker."""
    listening = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setattr(Hook, "script", [])
    monkeypatch.setattr(Hook, "taken", [])
    monkeypatch.setattr(webhook, "client", outbound.HttpClient(loopback_port=listening.server_port))
    yield f"http://127.0.0.1:{listening.server_port}/hook"
    listening.shutdown()
    thread.join()
    listening.server_close()


SECRET = "whsec_" + "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMgYXQgbGVhc3Q="
ROTATED = "whsec_" + base64.b64encode(b"the new one of thirty-two bytes.").decode()


def by_webhook(notice_id: str, address: str) -> None:
    """This notice's SPOC is reached by webhook."""
    from server.ledger.notices.models import Notice

    set_message(notice_id, channel=Channel.WEBHOOK, address=address)
    with database.write() as session:
        spoc_id = session.get_one(Notice, notice_id).spoc_id
        hook = {"channel": Channel.WEBHOOK, "webhook_url": address, "webhook_secrets": [SECRET]}
        session.execute(update(Spoc).where(Spoc.id == spoc_id).values(hook))
        companies.new_version(session)


def _nobody_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "rest", lambda destination: None)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("mutate", [None, _nobody_rests])
def test_a_mail_server_that_hangs_is_waited_for_once_and_holds_up_no_other_destination(
    mutate: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "TIMEOUT", 0.3)
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    other = notify(people, report_json(url="https://tradepost.test/ad/4471"))
    by_webhook(other, hook)
    with silent_server() as port:
        monkeypatch.setattr(people.app.extensions["mail"], "port", port)
        with caught(mutate, monkeypatch):
            work.run_due()
            assert message_of(other).state == DeliveryState.DELIVERED
            assert [message_of(each).state for each in ids] == [DeliveryState.QUEUED] * 3
            assert sum(len(attempts_at(each)) for each in ids) == 1, "one wait, not one for each mail"


# --- By webhook ------------------------------------------------------------------------------------------------------


def test_a_webhook_is_signed_thin_and_the_same_message_at_every_attempt(
    hook: str, people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((500, {}))
    run_now()
    run_now()
    assert attempts_at(notice_id) == ["retry", "sent"]
    (first, _), (headers, body) = Hook.taken
    sent = Webhook(SECRET).verify(body, headers)
    assert sent["type"] == "notice.created"
    assert sent["data"]["id"] == notice_id
    assert sent["data"]["answer_url"].startswith("http://spotter.test/answers/")
    assert b"African grey" not in body
    assert b"birdroom" not in body
    assert first["webhook-id"] == headers["webhook-id"]
    for spoiled in (body + b" ", body.replace(b"notice.created", b"notice.creates")):
        with pytest.raises(Exception, match="No matching signature"):
            Webhook(SECRET).verify(spoiled, headers)


@pytest.mark.parametrize(
    ("status", "headers", "state", "after"),
    [
        (302, {"Location": "http://127.0.0.1:1/"}, DeliveryState.QUEUED, 10),
        (429, {"Retry-After": "3600"}, DeliveryState.QUEUED, 3600),
        (503, {"Retry-After": "999999999"}, DeliveryState.QUEUED, 86_400),
        (503, {"Retry-After": "soon"}, DeliveryState.QUEUED, 10),
        (404, {}, DeliveryState.QUEUED, 10),
    ],
)
def test_what_a_webhook_answers_says_when_to_come_again(
    status: int,
    headers: dict[str, str],
    state: DeliveryState,
    after: int | None,
    hook: str,
    people: People,
    report_json: Make,
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((status, headers))
    work.run_due()
    assert message_of(notice_id).state == state
    assert len(Hook.taken) == 1, "a redirect is not followed"
    if after is not None:
        waits = (piece(notice_id).due_at - clock.now()).total_seconds()
        assert after - 60 < waits <= after + 1


def _nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "readers", lambda session, company_id: [])


@pytest.mark.parametrize("mutate", [None, _nobody_reads])
def test_a_webhook_that_the_company_has_closed_leaves_it_the_portal(
    mutate: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((410, {}))
    with caught(mutate, monkeypatch):
        work.run_due()
        message = message_of(notice_id)
        assert (message.channel, message.state) == (Channel.PORTAL, DeliveryState.DELIVERED)
        assert attempts_at(notice_id) == ["permanent_failure", "sent"]
        with read() as session:
            assert store.get(session, None, notice_id).replaced_at is None
            assert session.scalar(outgoing.undelivered().limit(1)) is None
    assert len(Hook.taken) == 1


def _called_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_to_send.MessageToSend, "refuse_closed", lambda attempt: None)


@pytest.mark.parametrize("mutate", [None, _called_again])
def test_a_closed_webhook_is_not_called_again(
    mutate: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited for it and what follows go to the portal, too."""
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    for each in ids:
        by_webhook(each, hook)
    Hook.script.append((410, {}))
    with caught(mutate, monkeypatch):
        work.run_due()
        assert len(Hook.taken) == 1
        assert [message_of(each).channel for each in ids] == [Channel.PORTAL] * 3
        assert [message_of(each).state for each in ids] == [DeliveryState.DELIVERED] * 3


def _no_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerouting, "other_spoc", lambda session, notice: None)


@pytest.mark.parametrize("mutate", [None, _no_other_way])
def test_what_a_closed_webhook_does_not_take_goes_to_the_companys_other_contact(
    mutate: Mutate | None,
    hook: str,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    with database.write() as session:
        notice = store.get(session, None, notice_id)
        other = Spoc(id=database.new_id(), company_id=notice.company_id, name="Legal", channel=Channel.MAIL,
                     email="legal@mercado.test", regions=[], languages=["en"], groups=[], platforms=[])  # fmt: skip
        session.add(other)
        companies.new_version(session)
    Hook.script.append((410, {}))
    with caught(mutate, monkeypatch):
        run_now()
        assert len(server.to("legal@mercado.test")) == 1
        mail = server.to("legal@mercado.test")[0]
        assert mail.message["Message-ID"] == message_of(notice_id).stable_id
        with read() as session:
            assert store.get(session, None, notice_id).spoc_id == other.id
            assert session.scalar(outgoing.undelivered().limit(1)) is None
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
        run_now()
        assert [each.message["In-Reply-To"] for each in server.to("legal@mercado.test")] == [
            None,
            message_of(notice_id).stable_id,
        ]
    assert len(Hook.taken) == 1


def _by_the_first_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "_about", lambda notice_id: about(notice_id).where(Message.event == Event.CREATED))


about = deliveries._about


@pytest.mark.parametrize("mutate", [None, _by_the_first_way])
def test_what_follows_takes_the_way_that_is_left_when_the_webhook_was_closed_meanwhile(
    mutate: Mutate | None,
    hook: str,
    server: MailServer,
    people: People,
    report_json: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    with database.write() as session:
        notice = store.get(session, None, notice_id)
        session.add(Spoc(id=database.new_id(), company_id=notice.company_id, name="Legal", channel=Channel.MAIL,
                         email="legal@mercado.test", regions=[], languages=["en"], groups=[], platforms=[]))  # fmt: skip
        companies.new_version(session)
    run_now()
    Hook.script.append((410, {}))
    with caught(mutate, monkeypatch):
        following_up.remind_notice(notice_id)
        assert len(server.to("legal@mercado.test")) == 1
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
        run_now()
        assert len(server.to("legal@mercado.test")) == 2


def test_without_another_way_a_closed_webhook_leaves_its_case_to_a_coordinator(
    hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _nobody_reads(monkeypatch)
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((410, {}))
    run_now()
    assert message_of(notice_id).state == DeliveryState.FAILED
    with read() as session:
        case_id = store.get(session, None, notice_id).case_id
        assert list(session.scalars(outgoing.undelivered())) == [case_id]
    assert "the company has closed this webhook" in people.browser("cora").get(f"/cases/{case_id}").text


def test_a_webhook_hears_of_all_that_becomes_of_a_notice_signed_with_both_secrets(
    hook: str, people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    with database.write() as session:
        session.execute(update(Spoc).where(Spoc.webhook_url == hook).values(webhook_secrets=[SECRET, ROTATED]))
    run_now()
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=True):
        following_up.remind()
        run_now()
        answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which picture?"}, Via.API)
        replying.reply_to_company(notice_id, people.ids["cora"], "The second one.")
        run_now()
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
        run_now()
        sent = [
            (Webhook(SECRET).verify(body, headers), Webhook(ROTATED).verify(body, headers))
            for headers, body in Hook.taken[1:]
        ]
    types = [first["type"] for first, _ in sent]
    assert types == ["notice.reminded", "notice.replied", "notice.withdrawn"]
    assert all(first == second and first["data"]["id"] == notice_id for first, second in sent)
    assert not [body for _, body in Hook.taken if b"African grey" in body or b"second one" in body], "thin"
    assert len({headers["webhook-id"] for headers, _ in Hook.taken}) == 4


def _as_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        registry.CHANNELS,
        Channel.WEBHOOK,
        dataclasses.replace(registry.CHANNELS[Channel.WEBHOOK], retries=registry.CHANNELS[Channel.MAIL].retries),
    )


@pytest.mark.parametrize("mutate", [None, _as_mail])
def test_a_webhook_that_never_takes_it_is_given_up_after_ten_attempts_in_three_days(
    mutate: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.extend([(500, {})] * 30)
    start = clock.now()
    with caught(mutate, monkeypatch):
        for _ in range(12):
            with time_machine.travel(piece(notice_id).due_at + timedelta(seconds=1), tick=True):
                resting._until.clear()
                work.run_due()
        assert attempts_at(notice_id) == ["retry"] * 9 + ["permanent_failure"]
        assert timedelta(days=3) < piece(notice_id).due_at - start < timedelta(days=3.5)
        with read() as session:
            assert list(session.scalars(outgoing.undelivered())) == [store.get(session, None, notice_id).case_id]


def test_a_webhook_inside_our_own_network_is_never_called(
    hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "client", outbound.HttpClient())
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    work.run_due()
    assert Hook.taken == []
    assert message_of(notice_id).state == DeliveryState.FAILED


# --- Our own worker dies ---------------------------------------------------------------------------------------------

CRASH = {
    "before it is sent": "post.send = lambda *given, **more: os._exit(9)",
    "after it is sent": "delivery._finish = lambda *given: os._exit(9)",
}
RECORD_FIRST = """
honest = message_to_send.plain_message
def hasty(attempt):
    delivery._finish(attempt, AttemptOutcome.SENT)
    return honest(attempt)
message_to_send.plain_message = hasty
"""


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
    code = f"""
import os
from server import create_app
from server.commands import worker
from server.core import post, work
from server.journeys.report import delivery, message_to_send
from server.ledger.delivery.models import AttemptOutcome
with create_app().app_context():
    worker.prepare()
    {CRASH[crash]}
{"".join(f"    {line}" + chr(10) for line in mutation.splitlines())}
    work.run_due()
"""
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_MAIL_URL": settings.mail_url,
        "SPOTTER_BASE_URL": settings.base_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
    }
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert killed.returncode == 9, killed.stderr.decode()
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
    monkeypatch.setattr(deliveries, "under_way", lambda session, message_id: False)


@pytest.mark.parametrize("mutate", [None, _nobody_asks])
def test_while_one_worker_is_at_it_another_does_not_send_it_too(
    mutate: Mutate | None, server: MailServer, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By other work than the notice's own, such as that of its digest."""
    notice_id = notify(people, report_json())
    with database.write() as session:
        work.enqueue(session, "tell", "1", due_at=clock.now() + timedelta(days=1))
        session.execute(update(Work).where(Work.kind == "tell").values(leased_by="another"))
    delivery._start(message_of(notice_id).id)
    with database.write() as session:
        session.execute(update(MessageAttempt).values(leased_by="another"))
    with caught(mutate, monkeypatch):
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
    monkeypatch.setitem(work._recurring, "a second", (0, lambda: done.append("!")))
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
