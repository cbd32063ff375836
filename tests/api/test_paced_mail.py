"""A mailbox is asked about thirty cases an hour at most; what is more waits, and nobody else's mail with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from server.core import clock
from server.core.config import Settings
from server.core.database import read
from server.core.words import Channel, DeliveryState, Via
from server.journeys.report import answering
from server.ledger.delivery import registry
from server.ledger.notices import store as notices
from tests.conftest import People
from tests.messages import message_of
from tests.story import mails, notify

SPOC = "spoc@mercado.test"


@pytest.fixture(autouse=True)
def three_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = registry.CHANNELS[Channel.MAIL]
    assert mail.most_an_hour == 30
    monkeypatch.setitem(registry.CHANNELS, Channel.MAIL, replace(mail, most_an_hour=3))


def test_a_fourth_notice_of_an_hour_waits_for_its_turn(
    people: People, report_json: Callable[..., dict[str, Any]], work_all: Callable[[], int], settings: Settings
) -> None:
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(5)]
    work_all()
    assert len(mails(settings, SPOC)) == 3
    with read() as session:
        waits = next(each for each in ids if message_of(each).state == DeliveryState.QUEUED)
        case_id = notices.get(session, None, waits).case_id
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "At most 3 notices and reminders an hour go to one mailbox. This one will be sent" in page
    arrived = next(each for each in ids if message_of(each).state == DeliveryState.DELIVERED)
    answering.withdraw_notice(arrived, people.ids["cora"], "It was a toy.")
    work_all()
    assert len(mails(settings, SPOC)) == 4, "a withdrawal waits for nothing"
    with time_machine.travel(clock.now() + timedelta(minutes=59), tick=True):
        work_all()
        assert len(mails(settings, SPOC)) == 4
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=True):
        work_all()
        sent = [mail["Message-ID"] for mail in mails(settings, SPOC)]
        assert len(sent) == len(set(sent)) == 6
        work_all()
        assert len(mails(settings, SPOC)) == 6, "nothing is sent twice"


def test_what_its_company_answers_before_it_leaves_does_not_leave(
    people: People, report_json: Callable[..., dict[str, Any]], work_all: Callable[[], int], settings: Settings
) -> None:
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(4)]
    work_all()
    (waits,) = (each for each in ids if message_of(each).state == DeliveryState.QUEUED)
    answering.answer_notice(waits, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=True):
        work_all()
    assert len(mails(settings, SPOC)) == 3 and message_of(waits).state == DeliveryState.DELIVERED
