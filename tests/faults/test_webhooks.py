"""Delivery by webhook over real HTTP: signed, tried again, closed by the company, never inside our own network.

Each comes with the mutation that must make it fail.
"""

import base64
import dataclasses
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from standardwebhooks import Webhook

from server.core import clock, database, outbound, work
from server.core.database import read
from server.core.words import Channel, DeliveryState, Event, Via
from server.journeys.report import answering, following_up, message_to_send, replying, rerouting
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import registry, resting, webhook
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import store
from server.reads import inboxes, outgoing
from tests.conftest import People
from tests.faults.delivering import (  # noqa: F401
    SECRET,
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
)
from tests.messages import at_work, attempts_at, message_of
from tests.smtp_rig import MailServer
from tests.story import notify

ROTATED = "whsec_" + base64.b64encode(b"the new one of thirty-two bytes.").decode()


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


@pytest.mark.parametrize("mutation", [None, _nobody_reads])
def test_a_webhook_that_the_company_has_closed_leaves_it_the_portal(
    mutation: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((410, {}))
    with caught(mutation, monkeypatch):
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


@pytest.mark.parametrize("mutation", [None, _called_again])
def test_a_closed_webhook_is_not_called_again(
    mutation: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited for it and what follows go to the portal, too."""
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    for each in ids:
        by_webhook(each, hook)
    Hook.script.append((410, {}))
    with caught(mutation, monkeypatch):
        work.run_due()
        assert len(Hook.taken) == 1
        assert [message_of(each).channel for each in ids] == [Channel.PORTAL] * 3
        assert [message_of(each).state for each in ids] == [DeliveryState.DELIVERED] * 3


def _no_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerouting, "other_spoc", lambda session, notice: None)


@pytest.mark.parametrize("mutation", [None, _no_other_way])
def test_what_a_closed_webhook_does_not_take_goes_to_the_companys_other_contact(
    mutation: Mutate | None,
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
    with caught(mutation, monkeypatch):
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


@pytest.mark.parametrize("mutation", [None, _by_the_first_way])
def test_what_follows_takes_the_way_that_is_left_when_the_webhook_was_closed_meanwhile(
    mutation: Mutate | None,
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
    with caught(mutation, monkeypatch):
        with time_machine.travel(at_work(timedelta(days=7))):
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
    assert "the webhook says that it is closed (status 410)" in people.browser("cora").get(f"/cases/{case_id}").text


def test_a_webhook_hears_of_all_that_becomes_of_a_notice_signed_with_both_secrets(
    hook: str, people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    with database.write() as session:
        session.execute(update(Spoc).where(Spoc.webhook_url == hook).values(webhook_secrets=[SECRET, ROTATED]))
    run_now()
    with time_machine.travel(at_work(timedelta(days=8)), tick=True):
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


@pytest.mark.parametrize(("status", "told"), [(504, True), (404, False)])
def test_whoever_may_have_a_withdrawn_notice_though_it_looked_failed_is_told(
    status: int, told: bool, hook: str, people: People, report_json: Make
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.append((status, {}))
    run_now()
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    run_now()
    types = [Webhook(SECRET).verify(body, headers)["type"] for headers, body in Hook.taken]
    assert types == ["notice.created", *["notice.withdrawn"] * told]


def _as_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        registry.CHANNELS,
        Channel.WEBHOOK,
        dataclasses.replace(registry.CHANNELS[Channel.WEBHOOK], retries=registry.CHANNELS[Channel.MAIL].retries),
    )


@pytest.mark.parametrize("mutation", [None, _as_mail])
def test_a_webhook_that_never_takes_it_is_given_up_after_ten_attempts_in_three_days(
    mutation: Mutate | None, hook: str, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = notify(people, report_json())
    by_webhook(notice_id, hook)
    Hook.script.extend([(500, {})] * 30)
    start = clock.now()
    with caught(mutation, monkeypatch):
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
