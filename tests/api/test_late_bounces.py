"""A bounce that comes late: what was answered stays, what nobody else would hear of is set aside, and an old one strikes nobody."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, recurring, return_address, work
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.return_address import Purpose
from server.core.words import CaseState, Channel, DeliveryState, Event, Status
from server.journeys.oversight import operating
from server.journeys.report import answering, reading_mail
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound.models import InboundMail
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from tests.conftest import People, settings_for
from tests.digests import SPOC, digest_contact, notices
from tests.messages import at_work, message_of
from tests.returned_mails import OURS, dsn, reply
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_RETURN_ADDRESS=OURS)


def come_back(message: Message, settings: Settings, attempt: int = 1) -> None:
    to = return_address.make(OURS, Purpose.RETURN, message.id, attempt, settings.secret_key)
    raw = dsn(to=to)
    assert reading_mail.file(raw, len(raw))


def about(notice_id: str, event: Event) -> Message:
    with read() as session:
        message = deliveries.of_notice(session, notice_id, event)
    assert message
    return message


def standing(notice_id: str) -> tuple[str, set[str]]:
    """The state of the case, and where its reports stand."""
    with read() as session:
        case = session.get_one(Case, session.get_one(Notice, notice_id).case_id)
        return case.state, {report.status for report in reports.of_notice(session, notice_id)}


def work_at(moment: Any) -> None:
    with time_machine.travel(moment, tick=False):
        recurring.heartbeat()
        work.run_due()


def dead_letters() -> list[Work]:
    with read() as session:
        return list(session.scalars(select(Work).where(Work.dead_lettered_at.is_not(None), Work.done_at.is_(None))))


def answer(notice_id: str, people: People) -> None:
    answering.record_answer(notice_id, {"answer": "received"}, answering.Via.MAIL, people.ids["cora"])


# --- It comes after the answer was due ------------------------------------------------------------------------------


def test_what_never_arrived_met_no_silence(people: People, report_json: Make, settings: Settings) -> None:
    notice_id = notify(people, report_json())
    for days in (0, 8):
        work_at(at_work(timedelta(days=days)))
    assert standing(notice_id) == (CaseState.NOTIFIED, {Status.NO_ANSWER})
    come_back(message_of(notice_id), settings)
    work_at(at_work(timedelta(days=9)))
    assert standing(notice_id) == (CaseState.OPEN, {Status.IN_REVIEW})


def test_what_reaches_its_company_late_is_followed_up(people: People, report_json: Make, settings: Settings) -> None:
    notice_id, legal = notify(people, report_json()), "legal@mercado.test"
    for days in range(11):
        work_at(at_work(timedelta(days=days)))
    with write() as session:
        company_id = session.scalars(select(Spoc.company_id).where(Spoc.email == SPOC)).one()
        session.add(
            Spoc(company_id=company_id, name="Legal", channel=Channel.MAIL, email=legal, regions=[], languages=["en"])
        )
        companies.new_version(session)
    come_back(message_of(notice_id), settings)
    for days in range(11, 24):
        work_at(at_work(timedelta(days=days)))
    assert len(mails(settings, legal)) == 3, "the notice and both reminders"


# --- What was answered has arrived -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["answered", "asked"])
def test_of_a_digest_that_bounces_only_what_was_not_answered_is_not_delivered(
    how: str, people: People, report_json: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "is_working_day", lambda *_: True)  # whatever day this runs on
    digest_contact()
    one, other = notices(people, report_json, 2)
    work_at(clock.now() + timedelta(days=5))
    message = message_of(one)
    assert message.id == message_of(other).id and message.state == DeliveryState.DELIVERED
    if how == "answered":
        answer(one, people)
    else:
        with read() as session:
            reference = session.get_one(Notice, one).reference
        to = return_address.make(OURS, Purpose.REPLY, message.id, 1, settings.secret_key)
        raw = reply("Which photo?", to, Subject=f"Re: Notice {reference}")
        assert reading_mail.file(raw, len(raw))
    before = standing(one)
    come_back(message, settings)
    work.run_due()
    assert standing(one) == before and Status.IN_REVIEW not in before[1]
    assert message_of(one).state == DeliveryState.DELIVERED and message_of(one).delivered_at
    assert standing(other) == (CaseState.OPEN, {Status.IN_REVIEW})
    assert message_of(other).state == DeliveryState.FAILED


def test_an_answer_between_the_bounce_and_its_work_counts(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    come_back(message_of(notice_id), settings)
    answer(notice_id, people)
    before = standing(notice_id)
    work_all()
    assert standing(notice_id) == before and Status.IN_REVIEW not in before[1]
    assert message_of(notice_id).state == DeliveryState.DELIVERED


# --- A reminder and a withdrawal -------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST])
@pytest.mark.parametrize("event", [Event.REMINDED, Event.WITHDRAWN])
def test_a_reminder_or_a_withdrawal_that_bounces_is_set_aside_and_can_be_sent_again(
    event: Event, channel: Channel, people: People, report_json: Make, settings: Settings
) -> None:
    digest_contact(channel=channel)
    (notice_id,) = notices(people, report_json, 1)
    work_at(at_work(timedelta(days=5)))
    if event is Event.WITHDRAWN:
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    for days in range(10, 20):
        work_at(at_work(timedelta(days=5 + days)))
    message = about(notice_id, event)
    assert message.state == DeliveryState.DELIVERED and dead_letters() == []
    with time_machine.travel(at_work(timedelta(days=25)), tick=False):
        come_back(message, settings)
        work.run_due()
        (letter,) = dead_letters()
        assert (letter.kind, letter.subject_id) == ("message_returned", message.id) and "550" in (
            letter.last_error or ""
        )
        operating.try_again(people.ids["ada"], letter.id)
        work.run_due()
        work.run_due()
    with read() as session:
        attempts = deliveries.attempts(session, message.id)
    assert about(notice_id, event).state == DeliveryState.DELIVERED and dead_letters() == []
    assert [attempt.outcome for attempt in attempts] == ["sent", "sent"]


# --- An old bounce ---------------------------------------------------------------------------------------------------


def test_an_old_bounce_that_is_filed_late_strikes_no_new_contact(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    with write() as session:
        before = session.scalars(select(Spoc).where(Spoc.email == SPOC)).one()
        other = Spoc(company_id=before.company_id, name="Legal", channel=Channel.MAIL, email="legal@mercado.test")
        other.regions, other.languages, other.verified_on = [], ["en"], clock.now().date()
        session.add(other)
    message = message_of(notice_id)
    old = dsn(words="An unproven one.", original=message.stable_id)
    assert reading_mail.file(old, len(old))
    come_back(message, settings)
    with read() as session:
        old_mail = session.scalars(select(InboundMail).where(InboundMail.state == "waiting")).one()
        reference = session.get_one(Notice, notice_id).reference
    work_all()
    new = message_of(notice_id)
    assert (new.address, new.state) == ("legal@mercado.test", DeliveryState.DELIVERED)
    client = people.browser("cora")
    page = client.post(f"/mail/{old_mail.id}/file", data={"reference": reference}, follow_redirects=True).text
    assert "This bounce is of an earlier attempt" in page
    work_all()
    with read() as session:
        assert session.scalars(select(Spoc).where(Spoc.email == "legal@mercado.test")).one().bounced_at is None
        assert session.get_one(InboundMail, old_mail.id).state == "filed"
    assert message_of(notice_id).state == DeliveryState.DELIVERED and len(mails(settings, "legal@mercado.test")) in (
        0,
        1,
    )


def test_a_second_bounce_while_it_waits_for_the_new_contact_strikes_nobody(
    people: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    with write() as session:
        message = deliveries.of_notice(session, notice_id)
        assert message
        message.state = DeliveryState.QUEUED
    come_back(message, settings)
    with read() as session:
        assert session.scalars(select(Spoc).where(Spoc.email == SPOC)).one().bounced_at is None
