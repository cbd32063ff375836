"""A form or a webhook for a SPOC, told by Cora and Dan: two people, proof fit to the channel, a warning to the old address, a day."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock, outbound, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import DeliveryState
from server.journeys.company import addresses, directory_import
from server.journeys.report import by_hand
from server.ledger.companies import exporting, store
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Company, Spoc, WebhookSecret
from server.ledger.companies.schemas import read_file
from server.ledger.companies.signing_secret import fingerprint
from server.ledger.delivery import resting, webhook
from tests.directory_forms import filled
from tests.messages import message_of
from tests.receiving import FIRST, Receiver, receiver
from tests.story import mails, notify

OLD = "spoc@mercado.test"
FORM, HOOK = "https://www.mercado.test/report-wildlife", "https://hooks.mercado.test/notices/token-93"
PAGE = "/companies/mercado/contacts"
LATER = timedelta(days=1, minutes=1)
FORMER = b"""
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/rules
    platforms:
      - {slug: mercado, name: Mercado, domains: [mercado.test], listing: '/itm/(?:[^/]+/)?(?P<id>\\d{9,})'}
    spocs:
      - {name: Trust and Safety, channel: form, form_url: 'https://mercado.test/old-form', languages: [en], verified: 2026-11-01}
"""


@pytest.fixture(autouse=True)
def nobody_rests(monkeypatch):
    monkeypatch.setattr(resting, "_until", {})


@pytest.fixture
def now():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def server(monkeypatch) -> Iterator[Receiver]:
    with receiver(monkeypatch) as running:
        yield running


def spocs() -> list[Spoc]:
    with read() as session:
        rows = select(Spoc).join(Company).where(Company.slug == "mercado", Spoc.retired_at.is_(None))
        return list(session.scalars(rows.order_by(Spoc.id)))


def change() -> AddressChange:
    with read() as session:
        return session.scalars(select(AddressChange).where(AddressChange.source == "page")).one()


def propose(who, channel, address, **more):
    form = {
        "spoc_id": spocs()[0].id if spocs() else "",
        "channel": channel,
        "address": address,
        "why": "They told us on the phone.",
    }
    return who.post(PAGE, data=form | more)


def act(who, what, **data):
    return who.post(f"{PAGE}/{change().id}/{what}", data=data, follow_redirects=True)


def words(page) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


def shown(who) -> str:
    return words(who.get(PAGE).text)


def plain(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def leads_to(server) -> None:
    """The name server leads to this machine."""
    with write() as session:
        session.execute(update(AddressChange).where(AddressChange.source == "page").values(new_address=server.address))


def in_force(now) -> None:
    work.run_due()  # the warnings leave
    now.move_to(change().earliest_at + timedelta(minutes=1))
    addresses.move_on()


# --- A form ----------------------------------------------------------------------------------------------------------


def test_a_form_that_the_second_person_opened_takes_the_notices_a_day_later(people, settings, report_json, now):
    cora, dan = people.browser("cora"), people.browser("dan")
    assert propose(cora, "form", FORM).status_code == 302
    page = shown(cora)
    assert f"from {OLD} to {FORM}, through their own form" in page and "for a second person" in page
    assert "Approve" not in page and "on a known domain" not in page, "who proposed it does not open it for themself"
    assert "New addresses of SPOCs wait for a second person" in dan.get("/attention").text
    work.run_due()
    [warned] = mails(settings, OLD)
    assert f"the company’s form: {FORM}" in plain(warned) and "the second after opening the form" in plain(warned)
    link = re.search(r"/contacts/\S+", warned.get_body(("plain",)).get_content())[0]
    behind = words(people.app.test_client().get(link).text)
    assert f"through the form at {FORM}" in behind and "A second person opens the form" in behind

    page = dan.get(PAGE).text
    anchor = re.search(rf'<a[^>]*href="{FORM}"[^>]*>', page)[0]
    assert "noreferrer" in anchor
    assert "I have opened the form. It is the company’s reporting form, on a known domain of the company." in words(
        page
    )
    assert "Open the form first" in words(act(dan, "approve").text) and change().state == "pending"
    assert "Open the form first" in words(act(dan, "approve", opened="yes").text)
    act(dan, "approve", opened="known")
    assert change().state == "approved" and "Opened and approved by Dan." in shown(cora)
    notify(people, report_json())
    work.run_due()
    assert len(mails(settings, OLD)) == 2, "until it is in force, notices go where they went"
    in_force(now)
    [spoc] = spocs()
    assert (spoc.channel, spoc.form_url, spoc.email) == ("form", FORM, OLD)
    assert (spoc.verified_on, spoc.bounced_at) == (clock.now().date(), None)
    notice_id = notify(people, report_json("https://mercado.test/itm/grey-parrot/265370482806"))
    work.run_due()
    assert (message_of(notice_id).channel, message_of(notice_id).address) == ("form", FORM)
    assert FORM in shown(cora) and "Change the address" in shown(cora)
    assert "Opened and approved by Dan." in shown(cora)
    with read() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.action.startswith("spoc_address_")).order_by(AuditRow.seq)
        )
        steps = {row.action: row.detail for row in rows}
        assert steps["spoc_address_approved"]["known_domain"] is True
        assert FORM not in str(steps)


@pytest.mark.parametrize(("form", "because"), [
    ("https://forms.elsewhere.test/mercado", "of another domain than the company’s"),
    ("https://mercado-forms.test/report", "added to the company’s platforms in the last 30 days, or by the person who proposes"),
])  # fmt: skip
def test_a_domain_that_is_not_known_or_new_vouches_for_no_form(people, form, because):
    cora, dan = people.browser("cora"), people.browser("dan")
    path = "/companies/mercado/platforms/mercado/edit"
    sent = filled(cora, path)
    cora.post(path, data=sent | {"domains": f"{sent['domains']}\nmercado-forms.test"})
    assert propose(cora, "form", form).status_code == 302
    page = shown(dan)
    assert because in page and "made sure in another way" in page and "on a known domain" not in page
    answer = words(act(dan, "approve", opened="known").text)
    assert "no longer on a known domain of the company" in answer and change().state == "pending"
    act(dan, "approve", opened="made_sure")
    assert change().state == "approved"
    with read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "spoc_address_approved")).one()
        assert row.detail["known_domain"] is False


def test_whoever_proposed_a_form_cannot_approve_it(people):
    cora = people.browser("cora")
    propose(cora, "form", FORM)
    assert "You proposed this change" in words(act(cora, "approve", opened="known").text)
    assert change().state == "pending"


def test_a_form_is_the_first_contact_of_a_company(people, now):
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == OLD).values(retired_at=clock.now()))
        store.new_version(session)
    cora, dan = people.browser("cora"), people.browser("dan")
    assert propose(cora, "form", FORM, name="Reporting form").status_code == 302
    act(dan, "approve", opened="known")
    in_force(now)
    [spoc] = spocs()
    assert (spoc.name, spoc.channel, spoc.form_url, spoc.email) == ("Reporting form", "form", FORM, None)


def test_what_waits_for_the_old_form_goes_through_the_new_one_once_it_counts(people, report_json, now):
    directory_import.import_companies(read_file(FORMER), replace=True)
    notice_id = notify(people, report_json())
    work.run_due()
    cora, dan = people.browser("cora"), people.browser("dan")
    propose(cora, "form", FORM)
    assert "notices go to https://mercado.test/old-form as before" in shown(cora)
    act(dan, "approve", opened="known")
    by_hand.look_by_hand()
    work.run_due()
    assert message_of(notice_id).address == "https://mercado.test/old-form", "what waits meanwhile keeps the old one"
    in_force(now)
    for _ in range(3):  # the worker looks every ten minutes, also while sending is paused
        by_hand.look_by_hand()
    assert work.run_due() == 1
    message = message_of(notice_id)
    assert (message.address, message.state) == (FORM, DeliveryState.QUEUED)


def test_nobody_waits_while_the_worker_asks_where_each_of_many_forms_is_today(people, report_json, monkeypatch):
    """Each is routed again, which takes its time; whoever reports or decides meanwhile must not wait for it."""
    directory_import.import_companies(read_file(FORMER), replace=True)
    notify(people, report_json())
    work.run_due()
    seen = []

    def asked(session, *_):
        seen.append(session.info.get("writing", False))
        return True

    monkeypatch.setattr(by_hand.rerouting, "goes_today", asked)
    by_hand.look_by_hand()
    assert seen == [False]


def test_who_had_a_form_is_written_to_again(people, settings, now):
    directory_import.import_companies(read_file(FORMER), replace=True)
    cora, dan = people.browser("cora"), people.browser("dan")
    propose(cora, "mail", "wildlife@mercado.test")
    work.run_due()
    link = re.search(r"/contacts/\S+", mails(settings, "wildlife@mercado.test")[0].get_body(("plain",)).get_content())[
        0
    ]
    people.app.test_client().post(link, data={"agrees": "1"})
    act(dan, "approve")
    in_force(now)
    [spoc] = spocs()
    assert (spoc.channel, spoc.email) == ("mail", "wildlife@mercado.test")


# --- A webhook -------------------------------------------------------------------------------------------------------


def test_a_webhook_proves_itself_by_a_signed_test_and_counts_a_day_later(people, settings, server, report_json, now):
    cora, dan = people.browser("cora"), people.browser("dan")
    page = propose(cora, "webhook", HOOK)
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    secret = re.search(r">(whsec_[\w+/=]+)<", page.text)[1]
    server.secrets = [secret]
    assert secret not in cora.get(PAGE).text and secret not in dan.get(PAGE).text, "shown this once"
    assert "for the webhook to accept a signed test" in shown(dan)
    work.run_due()
    assert not server.taken, "nobody has asked for a test yet"
    [warned] = mails(settings, OLD)
    assert "a webhook at: hooks.mercado.test" in plain(warned) and "token-93" not in plain(warned)
    link = re.search(r"/contacts/\S+", warned.get_body(("plain",)).get_content())[0]
    behind = words(people.app.test_client().get(link).text)
    assert "a webhook at hooks.mercado.test" in behind and "token-93" not in behind
    assert "has moved on" in words(act(dan, "approve").text) and change().state == "pending", "unproven"

    leads_to(server)
    act(cora, "test")
    assert "not sent yet" in shown(cora)
    work.run_due()
    ((webhook_id, event),) = server.taken
    assert event["type"] == "webhook.test" and set(event["data"]) == {"test", "company", "asked_at"}
    assert webhook_id.startswith("msg_test_")
    assert change().state == "proven" and "It accepted a signed test." in shown(cora)
    act(dan, "approve")
    notify(people, report_json())
    work.run_due()
    assert len(mails(settings, OLD)) == 2 and len(server.taken) == 1, "until it is in force, notices go where they went"
    in_force(now)
    [spoc] = spocs()
    assert (spoc.channel, spoc.webhook_url, spoc.webhook_secrets) == ("webhook", server.address, [secret])
    assert change().new_secret is None, "kept once"
    with read() as session:
        row = session.scalars(select(WebhookSecret).where(WebhookSecret.spoc_id == spoc.id)).one()
        assert (row.fingerprint, row.own, row.retired_at) == (fingerprint(secret), False, None)
        assert secret not in str([each.detail for each in session.scalars(select(AuditRow))])
        assert secret not in exporting.as_yaml(exporting.exported(session))
    notify(people, report_json("https://mercado.test/itm/grey-parrot/265370482806"))
    work.run_due()
    assert server.types() == ["webhook.test", "notice.created"]


def test_a_secret_that_was_agreed_signs_and_is_never_shown(people, server):
    cora = people.browser("cora")
    answer = propose(cora, "webhook", HOOK, secret=FIRST)
    assert answer.status_code == 302 and FIRST not in cora.get(PAGE).text
    leads_to(server)
    act(cora, "test")
    work.run_due()
    assert server.types() == ["webhook.test"] and change().state == "proven"


def test_what_is_refused_is_not_sent_back_with_its_secret(people):
    answer = propose(people.browser("cora"), "webhook", HOOK, secret=FIRST, why=" ")
    assert answer.status_code == 422 and FIRST not in answer.text


@pytest.mark.parametrize(("status", "said"), [
    (401, "the webhook answered with status 401"), (302, "the webhook answered with status 302"),
    (410, "the webhook says that it is closed (status 410)"),
])  # fmt: skip
def test_a_test_that_is_not_accepted_is_said_and_asked_for_again(people, server, now, status, said):
    cora = people.browser("cora")
    propose(cora, "webhook", HOOK, secret=FIRST)
    leads_to(server)
    server.script.append(status)
    act(cora, "test")
    work.run_due()
    assert f"Not delivered: {said}" in shown(cora) and change().state == "pending"
    assert "Once a minute at most" in words(act(cora, "test").text)
    now.shift(timedelta(seconds=61))
    act(cora, "test")
    work.run_due()
    assert change().state == "proven"


def test_a_test_never_reaches_inside(people, server, monkeypatch):
    cora = people.browser("cora")
    propose(cora, "webhook", HOOK, secret=FIRST)
    leads_to(server)
    monkeypatch.setattr(webhook, "client", outbound.HttpClient())
    act(cora, "test")
    work.run_due()
    assert "Not delivered: nothing is sent to such an address" in shown(cora)
    assert not server.taken and not server.refused and change().state == "pending"


def test_no_test_is_sent_of_a_change_that_was_stopped(people, server):
    cora = people.browser("cora")
    propose(cora, "webhook", HOOK, secret=FIRST)
    leads_to(server)
    act(cora, "test")
    act(cora, "refuse")
    work.run_due()
    assert not server.taken and (change().state, change().new_secret) == ("withdrawn", None)
    assert "has moved on" in words(act(cora, "test").text)


def test_a_form_or_a_mailbox_is_not_tried(people):
    cora = people.browser("cora")
    propose(cora, "form", FORM)
    assert "has moved on" in words(act(cora, "test").text)


def test_the_old_address_stops_a_webhook(people, settings, server):
    cora = people.browser("cora")
    propose(cora, "webhook", HOOK)
    work.run_due()
    link = re.search(r"/contacts/\S+", mails(settings, OLD)[0].get_body(("plain",)).get_content())[0]
    people.app.test_client().post(link, data={})
    assert (change().state, change().ended, change().new_secret) == ("refused", "old_address", None)


def test_the_database_keeps_a_secret_only_while_a_webhook_waits(people):
    propose(people.browser("cora"), "webhook", HOOK)
    with pytest.raises(IntegrityError), write() as session:
        session.execute(update(AddressChange).where(AddressChange.source == "page").values(new_secret=None))


@pytest.mark.parametrize(("channel", "sent", "told"), [
    ("form", {"address": "mercado.test/form"}, "Enter the whole address, starting with https"),
    ("form", {"address": "http://mercado.test/form"}, "A form’s address starts with https://."),
    ("form", {"address": "https://mercado.test/" + "x" * 1000}, "Enter at most 1,000 characters."),
    ("form", {"address": "https://form.example.org/"}, "This is a placeholder address."),
    ("form", {"address": OLD}, "Enter the whole address, starting with https"),
    ("webhook", {"address": "http://mercado.test/hook"}, "A webhook’s address starts with https://."),
    ("webhook", {"address": "https://127.0.0.1/hook"}, "is this machine itself"),
    ("webhook", {"address": "https://10.0.0.7/hook"}, "is not a public address"),
    ("webhook", {"address": "https://mercado.test:8443/hook"}, "is not a standard web port"),
    ("webhook", {"secret": "whsec_c2hvcnQ="}, "24 to 64 random bytes in base64"),
    ("webhook", {"secret": "secret"}, "24 to 64 random bytes in base64"),
    ("mail", {"address": "https://mercado.test/form"}, "Enter a valid email address."),
    ("api", {}, "Not a valid choice"),
])  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(people, channel, sent, told):
    answer = propose(people.browser("cora"), channel, sent.get("address", HOOK), secret=sent.get("secret", ""))
    assert answer.status_code == 422 and told in words(answer.text)
    with read() as session:
        assert not session.scalars(select(AddressChange).where(AddressChange.source == "page")).all()


def test_an_import_of_a_form_stands_in_the_history_and_ends_what_waits(people):
    directory_import.import_companies(read_file(FORMER), replace=True)
    cora = people.browser("cora")
    propose(cora, "form", FORM)
    directory_import.import_companies(read_file(FORMER.replace(b"old-form", b"other-form")), replace=True)
    assert (change().state, change().ended) == ("lapsed", "directory")
    page = shown(cora)
    assert "new, https://mercado.test/other-form, through their own form" in page
    assert "https://mercado.test/old-form is removed" in page


def test_where_nobody_at_the_company_can_be_told_the_page_says_so(people):
    directory_import.import_companies(read_file(FORMER), replace=True)
    with write() as session:
        session.execute(update(Spoc).where(Spoc.form_url.is_not(None)).values(email=None))
    cora = people.browser("cora")
    propose(cora, "form", FORM)
    assert "mia@people.test" in shown(cora), "the managers of its team are told"
