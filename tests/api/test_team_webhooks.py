"""A company's webhooks on its own page: seen, rotated, tested and replayed by managers; nothing else of it changes."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, outbound, work
from server.core.audit import AuditRow
from server.core.database import new_id, read, write
from server.core.outbox import Work
from server.core.words import Channel, DeliveryState, Role
from server.journeys.company import webhooks
from server.journeys.report import answering, replaying
from server.journeys.spotter import joining
from server.ledger.companies import secret_store
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Company, Spoc, WebhookSecret
from server.ledger.companies.signing_secret import fingerprint
from server.ledger.delivery import resting, run_store, webhook
from server.ledger.delivery.models import Message, MessageAttempt, WebhookRun
from tests.conftest import PASSWORD
from tests.messages import message_of
from tests.receiving import FIRST, Receiver, name_webhook, receiver
from tests.story import notify


@pytest.fixture(autouse=True)
def nobody_rests(monkeypatch):
    monkeypatch.setattr(resting, "_until", {})


@pytest.fixture
def server(monkeypatch) -> Iterator[Receiver]:
    with receiver(monkeypatch) as running:
        yield running


@pytest.fixture
def spoc_id(app, people, server):
    """Mercado's webhook. The parrot's platform stays Mercado's."""
    with write() as session:
        session.execute(update(Spoc).values(retired_at=clock.now()))
    return name_hook(server)


def name_hook(server, *secrets):
    """A file that names the webhook alone, and replaces nothing."""
    return name_webhook(server.address, *secrets)


def act(who, spoc_id, what, **data):
    return who.post(f"/team/webhooks/{spoc_id}/{what}", data=data)


def new_secret(page):
    return re.search(r">(whsec_[\w+/=]+)<", page.text)[1]


def text(who):
    page = who.get("/team/webhooks").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def active(spoc_id):
    with read() as session:
        return [secret.fingerprint for secret in secret_store.active(session, session.get_one(Spoc, spoc_id))]


def test_mia_rotates_the_secret_and_not_one_message_is_refused_meanwhile(people, spoc_id, server, report_json):
    mia = people.browser("mia")
    notify(people, report_json())
    work.run_due()
    page = act(mia, spoc_id, "secrets")
    made = new_secret(page)
    assert page.headers["Cache-Control"] == "no-store" and len(made) == len("whsec_") + 44, "32 bytes"
    again = mia.get("/team/webhooks").text
    assert made not in again and FIRST not in again and server.address not in again and "127.0.0.1" in again
    assert active(spoc_id) == [fingerprint(FIRST), fingerprint(made)]
    assert all(name in again for name in active(spoc_id))
    notify(people, report_json(url="https://mercado.test/itm/grey-parrot/265370482806"))
    work.run_due()  # its program still knows the old one alone
    server.secrets = [FIRST, made]
    notify(people, report_json(url="https://mercado.test/itm/grey-parrot/265370482807"))
    work.run_due()
    assert act(mia, spoc_id, "secrets").status_code == 409, "two at most"
    assert act(mia, spoc_id, f"secrets/{fingerprint(FIRST)}/retire").status_code == 302
    server.secrets = [made]
    notify(people, report_json(url="https://mercado.test/itm/grey-parrot/265370482808"))
    work.run_due()
    assert server.types() == ["notice.created"] * 4 and not server.refused
    assert act(mia, spoc_id, f"secrets/{fingerprint(made)}/retire").status_code == 409, "one stays"
    assert act(mia, spoc_id, f"secrets/{fingerprint(FIRST)}/retire").status_code == 404
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.object_id == spoc_id).order_by(AuditRow.seq)).all()
    assert [row.action for row in rows] == ["webhook_secret_made", "webhook_secret_retired"]
    assert made not in str([vars(row) for row in rows])


def test_an_old_companies_file_neither_brings_back_a_retired_secret_nor_takes_the_new_one(people, spoc_id, server):
    mia = people.browser("mia")
    made = new_secret(act(mia, spoc_id, "secrets"))
    name_hook(server, FIRST)
    assert active(spoc_id) == [fingerprint(FIRST), fingerprint(made)]
    act(mia, spoc_id, f"secrets/{fingerprint(FIRST)}/retire")
    name_hook(server, FIRST)
    assert active(spoc_id) == [fingerprint(made)]


def test_a_secret_made_while_a_companies_file_is_read_stays_recorded_as_active(app, people, spoc_id):
    made = []

    def rotate():
        with app.app_context():
            made.append(webhooks.make_secret(company_id, spoc_id, people.ids["mia"]))

    with write() as session:
        spoc = session.get_one(Spoc, spoc_id)
        company_id = spoc.company_id
        rotating = threading.Thread(target=rotate)
        rotating.start()
        rotating.join(2)  # on SQLite she waits for the file, on PostgreSQL she is done by now
        secret_store.note(session, spoc)
    rotating.join()
    assert active(spoc_id) == [fingerprint(FIRST), fingerprint(made[0])]
    with read() as session:
        assert session.scalars(select(WebhookSecret.retired_at).where(WebhookSecret.spoc_id == spoc_id)).all() == [
            None,
            None,
        ]


def test_until_the_company_makes_one_the_companies_file_says_what_signs_and_since_when(people, spoc_id, server):
    other = "whsec_" + "c2Vjb25kIHNlY3JldCBvZiAzMiByYW5kb20gYnl0ZXMuLi4="
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        name_hook(server, FIRST, other)
        at = clock.now()
    with read() as session:
        first, second = secret_store.active(session, session.get_one(Spoc, spoc_id))
    assert (first.fingerprint, second.fingerprint) == (fingerprint(FIRST), fingerprint(other))
    assert second.since == at and first.since < at and not first.own
    name_hook(server, other)
    assert active(spoc_id) == [fingerprint(other)]


def test_a_test_is_sent_by_the_worker_signed_and_nobody_takes_it_for_a_notice(people, spoc_id, server):
    mia = people.browser("mia")
    assert act(mia, spoc_id, "test").status_code == 302
    assert not server.taken, "never in the request"
    assert "not sent yet" in text(mia)
    work.run_due()
    ((webhook_id, event),) = server.taken
    assert event["type"] == webhook.TEST == "webhook.test"
    assert set(event["data"]) == {"test", "company", "asked_at"} and event["data"]["company"] == "mercado"
    assert webhook_id.startswith("msg_test_")
    assert "Your server accepted the test" in text(mia)
    with read() as session:
        assert not session.scalars(select(Message.id)).all()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "Not delivered: the webhook answered with status 500"),
        (302, "Not delivered: the webhook answered with status 302"),
        (410, "Not delivered: the webhook says that it is closed (status 410)"),
    ],
)
def test_a_test_that_fails_is_said_in_words_and_changes_nothing_of_the_channel(people, spoc_id, server, status, said):
    mia = people.browser("mia")
    server.script.append(status)
    act(mia, spoc_id, "test")
    work.run_due()
    assert said in text(mia)
    with read() as session:
        assert session.get_one(Spoc, spoc_id).bounced_at is None
        assert not session.scalars(select(Work.id).where(Work.done_at.is_(None), Work.kind == "test_webhook")).all()


def test_a_test_never_reaches_inside_and_tells_mia_nothing_of_what_is_there(people, spoc_id, server, monkeypatch):
    monkeypatch.setattr(webhook, "client", outbound.HttpClient())
    with write() as session:
        session.get_one(Spoc, spoc_id).webhook_url = "https://10.0.0.7/hook"
    mia = people.browser("mia")
    act(mia, spoc_id, "test")
    work.run_due()
    assert "Not delivered: nothing is sent to such an address" in text(mia)
    assert "not a public address" not in text(mia)


def test_one_test_a_minute(people, spoc_id, server):
    mia = people.browser("mia")
    act(mia, spoc_id, "test")
    work.run_due()
    assert "Once a minute at most" not in text(mia)
    act(mia, spoc_id, "test")
    assert "Once a minute at most" in text(mia), "on the page that she pressed the button on"
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert act(mia, spoc_id, "test").status_code == 302
        work.run_due()
    assert server.types() == ["webhook.test"] * 2 and len(set(server.ids())) == 2


def spans(since, until):
    return {"since": f"{since:%Y-%m-%dT%H:%M}", "until": f"{until:%Y-%m-%dT%H:%M}"}


def test_what_was_created_in_a_span_is_sent_again_as_it_was(people, spoc_id, server, report_json):
    mia, start = people.browser("mia"), clock.now()
    made = []
    for hours, number in ((0, 5), (2, 6), (4, 7), (6, 8)):
        with time_machine.travel(start + timedelta(hours=hours)):
            made.append(notify(people, report_json(url=f"https://mercado.test/itm/grey-parrot/26537048280{number}")))
            work.run_due()
    before = list(server.taken)
    with time_machine.travel(start + timedelta(hours=8)):
        answering.withdraw_notice(made[1], people.ids["cora"], "We were wrong.")
        work.run_due()
        assert server.types()[-1] == "notice.withdrawn"
        del server.taken[:]
        span = spans(start + timedelta(hours=1), start + timedelta(hours=5))
        assert act(mia, spoc_id, "replay", **span).status_code == 302
        assert not server.taken, "never in the request"
        work.run_due()
        assert server.taken == [before[2]], "same id, same content; the withdrawn one is left out"
        assert "1 message sent, 1 left out. Done." in text(mia)
        assert act(mia, spoc_id, "replay", **span).status_code == 429
    with read() as session:
        attempts = session.scalars(select(MessageAttempt.n).where(MessageAttempt.message_id == message_of(made[2]).id))
        assert attempts.all() == [1], "how it was delivered stays what it was"


def test_a_replay_that_fails_stops_and_takes_nothing_back(people, spoc_id, server, report_json):
    mia, start = people.browser("mia"), clock.now()
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/grey-parrot/26537048280{n}")) for n in (5, 6, 7)]
    work.run_due()
    del server.taken[:]
    server.script += [204, 503]
    act(mia, spoc_id, "replay", **spans(start - timedelta(hours=1), start + timedelta(hours=1)))
    work.run_due()
    assert len(server.taken) == 1
    assert "Stopped: the webhook answered with status 503" in text(mia)
    assert {message_of(each).state for each in ids} == {DeliveryState.DELIVERED}
    with read() as session:
        assert session.get_one(Spoc, spoc_id).bounced_at is None


def test_a_worker_that_dies_in_a_replay_goes_on_where_it_was(people, spoc_id, server, report_json, monkeypatch):
    mia, start = people.browser("mia"), clock.now()
    for number in (5, 6, 7):
        notify(people, report_json(url=f"https://mercado.test/itm/grey-parrot/26537048280{number}"))
    work.run_due()
    first = sorted(server.ids())  # as they were created, which is the order of a replay
    del server.taken[:]
    act(mia, spoc_id, "replay", **spans(start - timedelta(hours=1), start + timedelta(hours=1)))
    send, calls = webhook.send, []

    def dying(message):
        send(message)
        calls.append(message)
        if len(calls) == 2:
            raise MemoryError("the machine is full")

    monkeypatch.setattr(webhook, "send", dying)
    work.run_due()
    monkeypatch.setattr(webhook, "send", send)
    with write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    work.run_due()
    assert server.ids() == [first[0], first[1], first[1], first[2]], "one twice, with one id; none left out"
    assert "3 messages sent. Done." in text(mia)


def test_what_a_replay_passes_over_is_kept_by_and_by(people, spoc_id, server, report_json, monkeypatch):
    mia, start, monkey = people.browser("mia"), clock.now(), monkeypatch.context
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/grey-parrot/26537048280{n}")) for n in range(5)]
    work.run_due()
    for notice_id in ids[:4]:
        answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")
    work.run_due()
    del server.taken[:]
    monkeypatch.setattr(replaying, "WALKED", 2)
    act(mia, spoc_id, "replay", **spans(start - timedelta(hours=1), start + timedelta(hours=1)))
    went_on, passed = run_store.went_on, []

    def dying(run, message_id, *, sent):
        passed.append(message_id)
        if len(passed) == 4:
            raise MemoryError("the machine is full")
        went_on(run, message_id, sent=sent)

    with monkey() as full:
        full.setattr(run_store, "went_on", dying)
        work.run_due()
    with read() as session:
        assert session.scalars(select(WebhookRun.left_out)).one() == 2, "the first two were one transaction"
    with write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    work.run_due()
    page = text(mia)
    assert "4 left out. Done." in page and "5 messages sent" in page, page[page.index("left out") - 40 :][:80]


def test_a_replay_is_bounded_and_its_span_is_checked(people, spoc_id, server, report_json, monkeypatch):
    mia, now = people.browser("mia"), clock.now()
    notify(people, report_json())
    notify(people, report_json(url="https://mercado.test/itm/grey-parrot/265370482806"))
    work.run_due()
    hour = timedelta(hours=1)

    def said(since, until):
        page = act(mia, spoc_id, "replay", **spans(since, until))
        assert page.status_code == 422
        return page.text

    assert "The end must be after the beginning" in said(now, now - hour)
    assert "31 days at most" in said(now - timedelta(days=60), now)
    assert "Nothing that was created then" in said(now - 3 * hour, now - 2 * hour)
    assert "Enter a date and time" in act(mia, spoc_id, "replay", since="soon", until="").text
    monkeypatch.setattr(webhooks, "MOST", 1)
    assert "2 messages are too many at once" in said(now - hour, now + hour)
    assert len(server.taken) == 2


def test_a_member_and_another_company_neither_see_nor_touch_it(people, spoc_id, server):
    people.ids["zoe"] = joining.add_account("zoe@people.test", "Zoe", Role.COMPANY, PASSWORD, "mercado")
    otto, zoe = people.browser("otto"), people.browser("zoe")
    assert zoe.get("/team/webhooks").status_code == 403 and "127.0.0.1" not in otto.get("/team/webhooks").text
    assert "no webhook" in otto.get("/team/webhooks").text
    span = spans(clock.now() - timedelta(hours=1), clock.now())
    for what in ("secrets", f"secrets/{fingerprint(FIRST)}/retire", "test", "replay"):
        assert act(zoe, spoc_id, what, **span).status_code == 403
        assert act(otto, spoc_id, what, **span).status_code == 404
    assert active(spoc_id) == [fingerprint(FIRST)]
    with read() as session:
        assert not session.scalars(select(WebhookRun)).all()


def test_the_page_says_when_it_rests_and_that_its_server_closed_it(people, spoc_id, server, report_json):
    mia = people.browser("mia")
    assert "Open" in text(mia) and "Nothing has been sent" in text(mia)
    server.script.append(503)
    notify(people, report_json())
    work.run_due()
    page = text(mia)
    assert "Waiting to retry" in page and "the webhook answered with status 503" in page and "Next attempt" in page
    server.script.append(410)
    with write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    work.run_due()
    assert "Closed" in text(mia) and "to open a closed webhook again, write to us" in text(mia)
    assert act(mia, spoc_id, "replay", **spans(clock.now() - timedelta(hours=1), clock.now())).status_code == 409
    with read() as session:
        assert session.scalars(select(Message.channel)).all() == [Channel.PORTAL]


def test_a_test_and_a_replay_wait_while_sending_is_paused(people, spoc_id, server):
    assert {"test_webhook", "replay_webhook"} <= work.SENDING


def test_what_a_program_verifies_is_what_standard_webhooks_verifies(people, spoc_id, server):
    """The library that we sign with also refuses: a receiver that knows another secret takes nothing."""
    server.secrets = ["whsec_" + "c29tZWJvZHkgZWxzZSdzIHNlY3JldCBvZiAzMiBieXRlcy4="]
    mia = people.browser("mia")
    act(mia, spoc_id, "test")
    work.run_due()
    assert not server.taken and len(server.refused) == 1
    assert "status 401" in text(mia)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("pending", "It waits for your server to accept a signed test event."),
        ("proven", "It waits for a second person on our team to approve it."),
        ("approved", "It is not in force yet."),
    ],
)
def test_a_webhook_that_waits_is_told_and_for_whom(people, state, text):
    at = clock.now()
    with write() as session:
        company_id = session.scalars(select(Company.id).where(Company.slug == "mercado")).one()
        change = AddressChange(
            id=new_id(), company_id=company_id, name="Hooks", source="page", state=state, channel="webhook", why="They wrote to us.",
            new_address="https://hooks.mercado.test/in?key=hidden", new_secret="whsec_hidden", proposed_by_id=people.ids["cora"],
            proposed_at=at, proven_at=None if state == "pending" else at, expires_at=at + timedelta(days=7),
        )  # fmt: skip
        if state == "approved":
            change.approved_by_id, change.approved_at = people.ids["ada"], at
        session.add(change)
    page = people.browser("mia").get("/team/webhooks").text
    assert text in page and "hooks.mercado.test" in page and "key=hidden" not in page and "whsec_" not in page
    assert "Your company has no webhook" not in page
