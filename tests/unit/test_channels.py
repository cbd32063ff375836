"""What a channel is: one file each, in a registry that holds every one of them; and nothing else is ever stored."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from server.core import outbound, work
from server.core.database import new_id, read, write
from server.core.words import Channel
from server.ledger.companies.models import Spoc
from server.ledger.companies.routing import RoutedSpoc
from server.ledger.delivery import digest, mail, registry, webhook
from server.ledger.delivery.channel import Bounced, Departure, PlainMessage, Retries
from server.ledger.delivery.models import Message
from tests.conftest import People

ROOM = Path(registry.__file__).parent
# Address of a SPOC, how it leaves, the server of ours for all addresses, bytes and notices at most, attempts, first and longest pause
TABLE = {
    Channel.MAIL: ("email", Departure.SENT, "mail", 7_000_000, None, 20, 10, 21_600),
    Channel.DIGEST: ("email", Departure.SENT, "mail", 7_000_000, 20, 20, 10, 21_600),
    Channel.WEBHOOK: ("webhook_url", Departure.SENT, None, 20_000, None, 10, 10, 86_400),
    Channel.PORTAL: (None, Departure.FETCHED, None, None, None, 20, 10, 21_600),
    Channel.API: (None, Departure.FETCHED, None, None, None, 20, 10, 21_600),
    Channel.FORM: ("form_url", Departure.BY_HAND, None, None, None, 20, 10, 21_600),
}


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_is_one_file_in_the_registry(channel: Channel) -> None:
    definition = registry.CHANNELS[channel]
    source = (ROOM / f"{channel.value}.py").read_text()
    assert f"DEFINITION = Definition(Channel.{channel.name}, " in source
    assert "Delivered " in source.splitlines()[0], "its docstring says what counts as delivered"
    retries = definition.retries
    assert TABLE[channel] == (
        channel.address_field, definition.departure, definition.server, definition.largest,
        definition.together, retries.attempts, retries.pauses[0], retries.pauses[-1],
    )  # fmt: skip


def test_a_channel_sends_exactly_where_it_leaves_by_itself() -> None:
    for channel, definition in registry.CHANNELS.items():
        assert (definition.send is not None) == (definition.departure is Departure.SENT)
        assert RoutedSpoc("1", "Mia", channel).by_hand == (definition.departure is Departure.BY_HAND)
        for field in channel.needs:
            assert field in Spoc.__table__.c


def test_pauses_grow_from_seconds_to_hours() -> None:
    retries = Retries()
    assert [retries.pause(attempts) for attempts in (0, 1, 2, 3, 12, 13, 20)] == [
        10,
        10,
        20,
        40,
        20_480,
        21_600,
        21_600,
    ]
    assert 50 < sum(retries.pause(attempts) for attempts in range(1, retries.attempts)) / 3600 < 56, "about two days"


def test_a_webhook_is_tried_ten_times_over_three_days_and_not_by_all_at_once() -> None:
    retries = webhook.DEFINITION.retries
    for chance, least, most in ((0, 75, 76), (1, 83, 84)):  # hours
        hours = sum(retries.pause(n, chance) for n in range(1, retries.attempts)) / 3600
        assert least < hours < most
    assert retries.pause(1, 1) < 15, "contract: tried again within 15 seconds"
    assert registry.CHANNELS[Channel.MAIL].retries.pause(5, 1) == 160


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), (" 5 ", 5), ("999999999999999999", 86_400), ("Tue, 24 Nov 2026 11:02:00 GMT", 120),
     ("Tue, 24 Nov 2026 10:00:00 GMT", 0), ("Tue, 24 Nov 2026 11:02:00 -0000", 120), ("Fri, 01 Jan 2100 00:00:00 GMT", 86_400),
     ("soon", None), ("", None), ("-5", None), ("1.5", None), ("٣", None), ("Tue, 99 Nov 2026 11:02:00 GMT", None),
     ("Tue, 24 Nov 99999999999999999999 11:02:00 GMT", None)],
)  # fmt: skip
def test_retry_after_is_read_in_both_its_forms(value: str, seconds: float | None) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), tick=False):
        assert webhook._retry_after(outbound.HttpReply(503, {"retry-after": value}, b"")) == seconds


def test_one_server_of_ours_is_one_destination_and_every_webhook_host_its_own() -> None:
    assert mail.DEFINITION.destination("mia@mercado.test") == mail.DEFINITION.destination("otto@tradepost.test")
    assert digest.DEFINITION.destination("ines@ferry.test") == mail.DEFINITION.destination("mia@mercado.test")
    assert webhook.DEFINITION.destination("https://mercado.test/a") == "mercado.test"


@pytest.mark.parametrize("definition", [mail.DEFINITION, webhook.DEFINITION])
def test_a_message_that_is_too_large_fails_for_good_and_nothing_is_sent(definition: Any) -> None:
    size = definition.largest + 1
    message = PlainMessage("<1@spotter.test>", "https://mercado.test", "notice.created", "Notice", "x" * size, "",
                           {"text": "x" * size}, secrets=("whsec_" + "c2VjcmV0" * 6,))  # fmt: skip
    with pytest.raises(work.PermanentFailure, match=f"too_large bytes=.* largest={definition.largest}"):
        definition.send(message)


def _spoc(channel: str) -> Any:
    return update(Spoc).values(channel=channel)


def _message(channel: str) -> Any:
    row = {"id": new_id(), "event": "notice.created", "channel": channel, "address": "", "state": "queued"}
    return insert(Message).values(**row, stable_id="<1@spotter.test>")


@pytest.mark.parametrize("statement", [_spoc, _message])
@pytest.mark.parametrize("channel", ["pigeon", "digests", "", "MAIL"])
def test_an_unknown_channel_cannot_be_stored(
    statement: Callable[[str], Any], channel: str, people: People, app: Flask
) -> None:
    with pytest.raises(IntegrityError, match="channel"), write() as session:
        session.execute(statement(channel))
    with read() as session:
        assert set(session.scalars(select(Spoc.channel))) == {"mail"}
        assert session.scalars(select(Message.channel)).all() == []


NEW, OLD = ("whsec_" + base64.b64encode(sign * 32).decode() for sign in (b"n", b"o"))


class Taken:
    """Stands in for the client: keeps what would be sent."""

    loopback_port, total, most = None, 20, 64_000

    def post(self, address, body, headers):
        self.address, self.body, self.headers = address, body, headers
        return outbound.HttpReply(204, {}, b"")


def hook(address: str, *secrets: str) -> PlainMessage:
    return PlainMessage("<a@b>", address, "notice.created", "", "", "", {"id": "1"}, secrets=secrets)


def test_while_a_secret_is_rotated_both_signatures_stand_in_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Taken()
    monkeypatch.setattr(webhook, "client", taken)
    webhook.send(hook("https://mercado.test/hook", NEW, OLD))
    assert len(taken.headers["webhook-signature"].split(" ")) == 2
    for secret in (NEW, OLD):
        assert Webhook(secret).verify(taken.body, taken.headers)["type"] == "notice.created"
    webhook.send(hook("https://mercado.test/hook", NEW))
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(taken.body, taken.headers)


@pytest.mark.parametrize("address", ["http://mercado.test/hook", "http://127.0.0.1:8123/hook"])
def test_over_http_nothing_leaves_outside_the_demo(app, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    taken = Taken()
    monkeypatch.setattr(webhook, "client", taken)
    with pytest.raises(Bounced, match="https"):
        webhook.send(hook(address, NEW))
    assert not hasattr(taken, "address")
