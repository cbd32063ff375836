"""What waits to leave when the award, the mechanism or the directory changes, told by Ada, Cora and Mercado's contacts."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, post, work
from server.core.config import Settings
from server.core.database import new_id, read, write
from server.core.words import Channel, DeliveryState, Event
from server.journeys.company import directory_import
from server.journeys.report import gathering, organisations, rerouting
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Platform, Spoc
from server.ledger.companies.schemas import read_file
from server.ledger.delivery import store as deliveries
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from tests.awards import ILLEGAL, SPOC, awarded, change_award, spoc
from tests.conftest import People
from tests.digests import digest_contact, next_slot, worker_at
from tests.messages import at_work, message_of
from tests.story import decide, flag, mails

PARROT = ["Psittacus erithacus"]
NEW = "new@mercado.test"
TRADEPOST = rb"""
companies:
  - {slug: mercado, name: Mercado}
  - slug: tradepost
    name: Tradepost
    platforms: [{slug: mercado, name: Mercado, domains: [mercado.test], listing: '/itm/(?P<id>\d{9,})'}]
"""


@pytest.fixture
def fund(people: People) -> str:
    return awarded(people)


def notice(people: People, report: dict[str, Any], **more: Any) -> Notice:
    notice_id = decide(people, flag(people, report), **{"taxa": PARROT, **ILLEGAL, **more})
    with read() as session:
        return session.get_one(Notice, notice_id)


def moves_to(**values: Any) -> None:
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(**values))
        companies.new_version(session)


def other_contact(channel: Channel = Channel.MAIL) -> str:
    with write() as session:
        own: dict[str, Any] = {"regions": [], "languages": ["en"], "groups": [], "platforms": []}
        other = Spoc(id=new_id(), company_id=spoc().company_id, name="Legal", channel=channel,
                     email="legal@mercado.test", form_url="https://mercado.test/report", **own)  # fmt: skip
        session.add(other)
        companies.new_version(session)
        return other.id


def becomes(whose: str) -> None:
    """The platform is another company's from now on, or nobody's."""
    if whose == "anothers":
        directory_import.import_companies(read_file(TRADEPOST))
        return
    with write() as session:
        session.execute(update(Platform).values(retired_at=clock.now()))
        companies.new_version(session)


def run_again() -> None:
    """The worker, when the pauses are over."""
    with write() as session:
        session.execute(update(work.Work).where(work.Work.done_at.is_(None)).values(due_at=clock.now()))
    work.run_due()


def sent_to_mercado(settings: Settings) -> list[str]:
    return [mail["Subject"] for mail in mails(settings) if mail["To"].endswith("@mercado.test")]


def comes_back(notice_id: str, why: str | None = "award") -> None:
    """The case is before a coordinator again, who reads why, and the spotter hears that it did not arrive."""
    with read() as session:
        case = session.get_one(Case, session.get_one(Notice, notice_id).case_id)
        report = session.scalars(select(Report).where(Report.case_id == case.id)).one()
        assert (case.state, report.status) == ("open", "in_review")
        lapses = [reason["params"]["why"] for reason in case.reasons if reason["code"] == "lapsed"]
        assert lapses == ([why] if why else [])
    assert message_of(notice_id).state == DeliveryState.FAILED


def test_a_notice_that_claims_priority_takes_no_way_that_is_not_the_companys_own(people, settings, fund, report_json):
    sent = notice(people, report_json())
    other = other_contact()
    with write() as session:
        companies.mark_bounced(session, spoc().id, SPOC)
    assert rerouting.take_another_way(message_of(sent.id).id, sent.id) is None
    assert message_of(sent.id).address == SPOC
    plain = notice(people, report_json(url="https://mercado.test/itm/265370482806"), basis="policy", law=None)
    with write() as session:
        session.get_one(Notice, plain.id).spoc_id = spoc().id
    other_way = rerouting.take_another_way(message_of(plain.id).id, plain.id)
    assert other_way and other_way.address == "legal@mercado.test", "what claims nothing may"
    with write() as session:
        companies_own = {spoc().id: SPOC, other: "legal@mercado.test"}
        organisations.notifiers.record_mechanisms(session, sent.company_id, companies_own, people.ids["ada"])
    other_way = rerouting.take_another_way(message_of(sent.id).id, sent.id)
    assert other_way and other_way.address == "legal@mercado.test", "nor is there harm in another mechanism of theirs"


@pytest.mark.parametrize(
    "change",
    [
        lambda people, fund: organisations.suspend(fund, people.ids["ada"]),
        lambda people, fund: change_award(people, fund, until=date(2026, 1, 1)),
        lambda people, fund: change_award(people, fund, categories=["part"]),
        lambda people, fund: change_award(people, fund, groups=["mammal"]),
        lambda people, fund: change_award(people, fund, area="Live birds of prey"),
        lambda people, fund: organisations.choose("mercado", fund, {}, people.ids["ada"]),
        lambda people, fund: moves_to(email=NEW),
    ],
)
@pytest.mark.parametrize("when", ["decided", "queued"])
def test_whatever_keeps_a_claim_from_being_made_keeps_it_from_leaving(
    people, settings, fund, report_json, change, when
):
    case_id, hour = flag(people, report_json()), timedelta(hours=1)
    more: dict[str, Any] = {"undo_until": clock.now() + hour} if when == "decided" else {}
    notice_id = decide(people, case_id, taxa=PARROT, **ILLEGAL | more)
    change(people, fund)
    worker_at(clock.now() + 2 * hour)
    assert sent_to_mercado(settings) == []
    if when == "queued":
        comes_back(notice_id)
        page = people.browser("cora").get(f"/cases/{case_id}").text
        assert "no notice was sent: the trusted-flagger status it names has changed" in page
    else:
        with read() as session:
            assert session.get_one(Case, case_id).state == "open" and session.get(Notice, notice_id) is None


def test_a_digest_leaves_without_what_claims_too_much(people, settings, fund, report_json):
    digest_contact()
    claims = notice(people, report_json())
    plain = notice(people, report_json(url="https://mercado.test/itm/265370482806"), basis="policy", law=None)
    organisations.suspend(fund, people.ids["ada"])
    worker_at(next_slot())
    (mail,) = mails(settings, SPOC)
    text = mail.get_body(("plain",)).get_content()
    assert plain.reference in text and claims.reference not in text
    comes_back(claims.id)


def test_so_does_one_that_was_gathered_before_the_award_was_suspended(people, settings, fund, report_json, monkeypatch):
    digest_contact()
    claims = notice(people, report_json())
    plain = notice(people, report_json(url="https://mercado.test/itm/265370482806"), basis="policy", law=None)
    away(monkeypatch)
    slot = next_slot()
    worker_at(slot)
    assert message_of(claims.id).id == message_of(plain.id).id and sent_to_mercado(settings) == []
    organisations.suspend(fund, people.ids["ada"])
    monkeypatch.undo()
    worker_at(slot + timedelta(minutes=5))
    (mail,) = mails(settings, SPOC)
    text = mail.get_body(("plain",)).get_content()
    assert plain.reference in text and claims.reference not in text
    comes_back(claims.id)


def away(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: Any, **__: Any) -> None:
        raise post.Temporary("451 not now")

    monkeypatch.setattr(post, "send", refuses)


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST])
def test_what_waits_while_mail_is_down_goes_to_the_address_of_today(
    people: People, settings: Settings, report_json: Any, monkeypatch: pytest.MonkeyPatch, channel: Channel
) -> None:
    moves_to(channel=channel)
    sent = notice(people, report_json(), basis="policy", law=None)
    away(monkeypatch)
    slot = next_slot()
    worker_at(slot)
    moves_to(email=NEW)
    monkeypatch.undo()
    worker_at(slot + timedelta(minutes=5))
    assert mails(settings, SPOC) == [] and len(mails(settings, NEW)) == 1
    assert message_of(sent.id).state == DeliveryState.DELIVERED


@pytest.mark.parametrize("event", [Event.REMINDED, Event.WITHDRAWN])
def test_so_does_what_follows_a_notice(people, settings, report_json, monkeypatch, event):
    sent = notice(people, report_json(), basis="policy", law=None)
    work.run_due()
    with write() as session:
        first = deliveries.of_notice(session, sent.id)
        later = deliveries.follow_up(session, first, sent.id, event)
        work.enqueue(session, "deliver_digest", later.id)
    moves_to(email=NEW)
    with time_machine.travel(at_work(timedelta(days=7))):
        work.run_due()
    assert len(mails(settings, SPOC)) == len(mails(settings, NEW)) == 1


def test_a_contact_who_has_gone_gets_nothing_that_waited(people, settings, report_json):
    sent = notice(people, report_json(), basis="policy", law=None)
    other_contact()
    moves_to(retired_at=clock.now())
    work.run_due()
    assert mails(settings, SPOC) == [] and len(mails(settings, "legal@mercado.test")) == 1
    with read() as session:
        assert session.get_one(Notice, sent.id).spoc_id == spoc("legal@mercado.test").id


@pytest.mark.parametrize("has_left", [False, True])
@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST])
def test_nor_does_a_contact_whose_address_bounces(people, settings, report_json, channel, has_left):
    digest_contact(channel=channel)
    notice(people, report_json(), basis="policy", law=None)
    if has_left:
        worker_at(next_slot())
    other_contact()
    with write() as session:
        companies.mark_bounced(session, spoc().id, SPOC)
    for days in range(1, 14) if has_left else [1]:
        worker_at(at_work(timedelta(days=days)))
    assert len(mails(settings, SPOC)) == has_left
    assert len(mails(settings, "legal@mercado.test")) == (2 if has_left else 1), "both reminders, or the notice"


@pytest.mark.parametrize("other", [Channel.MAIL, Channel.FORM, None])
def test_nor_a_reminder_of_what_reached_them(people, settings, report_json, other):
    sent = notice(people, report_json(), basis="policy", law=None)
    work.run_due()
    if other:
        other_contact(other)
    moves_to(retired_at=clock.now())
    with write() as session:
        work.enqueue(session, "remind_notice", sent.id)
    with time_machine.travel(at_work(timedelta(days=7)), tick=False):
        work.run_due()
    assert len(mails(settings, SPOC)) == 1, "the notice alone"
    reached = other is Channel.MAIL  # nobody is asked to take a reminder to a form
    assert len(mails(settings, "legal@mercado.test")) == reached
    with read() as session:
        failed = session.scalars(select(work.Work.kind).where(work.Work.dead_lettered_at.is_not(None))).all()
        assert len(failed) == (not reached), "who runs this reads that it did not leave"


def test_without_another_contact_it_comes_back(people, settings, report_json):
    sent = notice(people, report_json(), basis="policy", law=None)
    moves_to(retired_at=clock.now())
    work.run_due()
    assert sent_to_mercado(settings) == []
    comes_back(sent.id, None)


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST, Channel.PORTAL, Channel.FORM])
@pytest.mark.parametrize("now", ["nobodys", "anothers"])
def test_what_waits_comes_back_when_the_platform_is_another_companys_or_nobodys(
    people, settings, report_json, channel, now
):
    moves_to(channel=channel, form_url="https://mercado.test/report")
    sent = notice(people, report_json(), basis="policy", law=None)
    becomes(now)
    worker_at(next_slot())
    assert sent_to_mercado(settings) == []
    comes_back(sent.id, "route")


def test_a_digest_leaves_without_what_became_another_companys_after_it_was_gathered(people, settings, report_json):
    digest_contact()
    sent = notice(people, report_json(), basis="policy", law=None)
    with time_machine.travel(next_slot(), tick=False):
        assert not gathering.gather(sent.id, Event.CREATED)
        becomes("anothers")
        work.run_due()
    assert sent_to_mercado(settings) == []
    comes_back(sent.id, "route")


def test_a_contact_who_reads_the_portal_now_finds_there_what_waited(people, settings, report_json):
    sent = notice(people, report_json(), basis="policy", law=None)
    moves_to(channel=Channel.PORTAL)
    work.run_due()
    assert mails(settings, SPOC) == []
    assert (message_of(sent.id).channel, message_of(sent.id).state) == (Channel.PORTAL, DeliveryState.DELIVERED)


def test_a_form_that_waits_for_a_hand_comes_back_with_its_claim(people, settings, fund, report_json):
    moves_to(channel=Channel.FORM, form_url="https://mercado.test/report")
    organisations.choose("mercado", fund, {spoc().id: spoc().form_url}, people.ids["ada"])
    sent = notice(people, report_json())
    assert "trusted_flagger" in sent.document["notifier"]
    work.run_due()
    organisations.suspend(fund, people.ids["ada"])
    worker_at(clock.now() + timedelta(minutes=20))
    comes_back(sent.id)
    later = notice(people, report_json(url="https://mercado.test/itm/265370482806"))
    moves_to(form_url="https://mercado.test/new")
    worker_at(clock.now() + timedelta(minutes=40))
    assert message_of(later.id).address == "https://mercado.test/new"


def test_a_decision_goes_to_the_address_that_the_page_showed(people, settings, report_json):
    case_id = flag(people, report_json())
    cora, page = people.browser("cora"), f"/cases/{case_id}"
    shown = cora.get(f"{page}?panel=notify").text
    form = {
        "version": re.findall(r'name="version"[^>]* value="(\d+)"', shown)[0], "decision": "notify", "category": "live",
        "taxa": PARROT, "reason": "Six chicks.", "basis": "policy", "good_faith": "y",
        "to": re.findall(r'name="to" value="([^"]+)"', shown)[0],
    }  # fmt: skip
    moves_to(email=NEW)
    refused = cora.post(f"{page}/decisions", data=form)
    assert refused.status_code == 409 and "another address than the one you saw" in refused.text
    assert "Six chicks." in refused.text and NEW in refused.text
    with read() as session:
        assert session.scalars(select(Notice)).all() == [] and session.get_one(Case, case_id).state == "open"
    form["to"] = re.findall(r'name="to" value="([^"]+)"', refused.text)[0]
    assert cora.post(f"{page}/decisions", data=form).status_code == 302
    work.run_due()
    assert len(mails(settings, NEW)) == 1
