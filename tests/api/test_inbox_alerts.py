"""A company that uses the portal hears by mail that notices wait there, seldom; a closed webhook leaves it the portal."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, work
from server.core.database import read, write
from server.core.words import CaseState, Channel, DeliveryState, Scope
from server.ledger.cases.models import Case
from server.ledger.companies.models import Spoc
from server.ledger.notices.models import Notice
from server.people.accounts.models import Account
from tests.messages import message_of
from tests.story import decide, flag, mails, notify

MIA = "mia@spotter.test"


@pytest.fixture(autouse=True)
def tuesday(app):
    with time_machine.travel(datetime(2026, 11, 24, 10, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def mia(people):
    with read() as session:
        return session.get_one(Account, people.ids["mia"]).email


def by_portal(**more):
    with write() as session:
        session.execute(update(Spoc).values(channel=Channel.PORTAL, **more))


@pytest.fixture
def soon(work_all):
    """The worker delivers, and in ten minutes looks what waits."""

    def run():
        work_all()
        with time_machine.travel(clock.now() + timedelta(minutes=10), tick=True):
            work_all()

    return run


def listing(report_json, n):
    return report_json(url=f"https://mercado.test/itm/26537048280{n}")


def test_notices_that_wait_bring_one_mail_a_day_and_one_when_they_are_late(people, report_json, soon, settings, mia):
    by_portal(email=None)
    start = clock.now()

    def later(hours):
        with time_machine.travel(start + timedelta(hours=hours), tick=True):
            soon()
        return [mail["Subject"] for mail in mails(settings, mia)]

    first = [notify(people, listing(report_json, n)) for n in range(2)]
    assert later(0.1) == ["2 notices wait for your answer"]
    notify(people, listing(report_json, 3))
    assert later(1) == later(20) == ["2 notices wait for your answer"]
    assert later(25) == ["2 notices wait for your answer", "3 notices wait for your answer"]
    assert len(later(100)) == 2, "nothing new"
    client, token = people.app.test_client(), people.token("mia", Scope.COMPANY)
    for notice_id in first:
        client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json={"answer": "removed"})
    assert later(7 * 24 + 26)[2:] == ["1 notice waits for your answer"]
    assert len(later(9 * 24 + 26)) == len(later(20 * 24)) == 3, "one reminder"
    texts = [mail.get_body(("plain",)).get_content() for mail in mails(settings, mia)]
    assert "http://spotter.test/notices" in texts[0]
    assert "The answer to 1 of them is overdue." in texts[2]
    assert not [text for text in texts if "African grey" in text or "birdroom" in text or "265370482" in text]


def test_a_portals_spoc_with_an_address_is_told_too_and_who_has_left_is_not(people, report_json, soon, settings, mia):
    by_portal(email="desk@mercado.test")
    with write() as session:
        session.execute(update(Account).where(Account.email == mia).values(disabled_at=clock.now()))
    notify(people, report_json())
    soon()
    assert len(mails(settings, "desk@mercado.test")) == 1
    assert mails(settings, mia) == []


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.API])
def test_other_channels_bring_no_such_mail(people, report_json, soon, settings, mia, channel):
    with write() as session:
        session.execute(update(Spoc).values(channel=channel))
    notify(people, report_json())
    soon()
    assert mails(settings, mia) == []


def test_an_answered_or_withdrawn_notice_brings_none(people, report_json, soon, settings, mia):
    by_portal(email=None)
    notice_id = notify(people, report_json())
    client, token = people.app.test_client(), people.token("mia", Scope.COMPANY)
    client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json={"answer": "removed"})
    soon()
    assert mails(settings, mia) == []


def test_after_its_webhook_is_closed_a_company_has_the_portal(people, report_json, soon, settings, mia):
    hook = {"channel": Channel.WEBHOOK, "webhook_url": "https://hooks.mercado.test/in", "bounced_at": clock.now()}
    with write() as session:
        session.execute(update(Spoc).values(**hook))
    case_id = flag(people, report_json())
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "The webhook of Mercado is closed. The notice waits in the portal." in page
    notice_id = decide(people, case_id)
    soon()
    message = message_of(notice_id)
    assert (message.channel, message.state) == (Channel.PORTAL, DeliveryState.DELIVERED)
    with read() as session:
        assert session.scalars(select(Case.state)).one() == CaseState.NOTIFIED
        assert session.scalars(select(Notice.spoc_id)).one()
    assert len(mails(settings, mia)) == 1


def test_without_anybody_who_could_sign_in_a_closed_webhook_leaves_no_way(people, report_json, mia):
    with write() as session:
        session.execute(
            update(Spoc).values(channel=Channel.WEBHOOK, webhook_url="https://h.test/", bounced_at=clock.now())
        )
        session.execute(update(Account).where(Account.email == mia).values(disabled_at=clock.now()))
    case_id = flag(people, report_json())
    answer = people.app.test_client().post(
        f"/api/v1/cases/{case_id}/decisions",
        headers=people.token("cora", Scope.CASES),
        json={"decision": "notify", "reason": "Chicks.", "version": 1, "category": "live", "taxa": []},
    )
    assert answer.status_code == 409
    assert answer.json["type"].endswith("/unrouted")


def test_a_second_look_asks_for_no_second_mail(people, report_json, soon, settings, mia):
    by_portal(email=None)
    notify(people, report_json())
    soon()
    soon()
    work.run_due()
    assert len(mails(settings, mia)) == 1
