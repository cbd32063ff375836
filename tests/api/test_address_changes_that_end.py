"""Another address for a SPOC that does not come in force: who stops it, when it lapses, and which dead mailboxes hold nothing up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.core import clock, post, work
from server.core.database import read, write
from server.journeys.company import addresses
from server.ledger.companies import store
from server.ledger.companies.address_models import AddressChange, AddressWarning
from tests.address_stories import NEW, OLD, PAGE, approved, change, link_in, mercado, now, propose, shown  # noqa: F401 - the time
from tests.story import mails


@pytest.mark.parametrize("side", ["old", "new"])
def test_either_address_stops_it_by_a_button(people, settings, side, now):
    approved(people, settings)
    mail = mails(settings, OLD if side == "old" else NEW)[0]
    reader = people.app.test_client()
    assert "Stop this change" in reader.get(link_in(mail)).text and change().state == "approved"
    assert "has ended without effect" in reader.post(link_in(mail), data={}, follow_redirects=True).text
    assert (change().state, change().ended) == ("refused", f"{side}_address")
    now.shift(timedelta(days=2))
    addresses.move_on()
    assert mercado().email == OLD
    assert ("Stopped by a contact of the company." if side == "old" else "Rejected by the new address.") in shown(
        people.browser("cora")
    )
    reader.post(link_in(mail), data={"agrees": "1"})
    assert change().state == "refused"


def test_the_old_address_confirms_nothing(people, settings):
    propose(people.browser("cora"))
    work.run_due()
    people.app.test_client().post(link_in(mails(settings, OLD)[0]), data={"agrees": "1"})
    assert change().state == "pending"


@pytest.mark.parametrize(("who", "state", "words"), [
    ("cora", "withdrawn", "Withdrawn by Cora."), ("ada", "refused", "Rejected by Ada."),
])  # fmt: skip
def test_the_desk_takes_it_back_or_refuses_it(people, settings, who, state, words):
    approved(people, settings)
    someone = people.browser(who)
    someone.post(f"{PAGE}/{change().id}/refuse")
    assert change().state == state and words in shown(someone)
    link = link_in(mails(settings, NEW)[0])
    assert "has ended without effect" in people.app.test_client().get(link).text
    page = someone.post(f"{PAGE}/{change().id}/refuse", follow_redirects=True).text
    assert "has moved on meanwhile" in page
    assert propose(someone).status_code == 302, "another may be proposed"


def test_what_is_in_force_is_stopped_by_nobody(people, settings, now):
    approved(people, settings)
    now.shift(timedelta(days=1))
    addresses.move_on()
    reader = people.app.test_client()
    page = reader.post(link_in(mails(settings, OLD)[0]), data={}, follow_redirects=True).text
    assert "has moved on meanwhile" in page and "In force since" in page and mercado().email == NEW


def test_steps_that_nobody_takes_lapse(people, settings, now):
    propose(people.browser("cora"))
    now.shift(timedelta(days=7))
    addresses.move_on()
    assert (change().state, change().ended) == ("lapsed", "expired")
    work.run_due()
    assert not mails(settings, NEW), "nor is a link mailed that would not work"
    now.shift(timedelta(days=366))
    addresses.move_on()
    with read() as session:
        assert not session.scalars(select(AddressChange).where(AddressChange.source == "page")).all()
        assert not session.scalars(select(AddressWarning)).all()


def test_the_day_begins_when_the_old_address_was_told(people, settings, now, monkeypatch):
    send = post.send

    def slow(to, *arguments, **options):
        if to == OLD:
            raise post.Temporary("421 later")
        send(to, *arguments, **options)

    monkeypatch.setattr(post, "send", slow)
    approved(people, settings)
    assert (
        change().earliest_at is None
        and "The day starts once the emails to the company’s contacts have been sent" in shown(people.browser("cora"))
    )
    now.shift(timedelta(days=2))
    monkeypatch.setattr(post, "send", send)
    addresses.move_on()
    assert mercado().email == OLD
    work.run_due()
    assert change().earliest_at == clock.now() + timedelta(days=1)
    now.shift(timedelta(days=1))
    addresses.move_on()
    assert mercado().email == NEW


def test_an_old_address_that_is_dead_holds_nothing_up(people, settings, now, monkeypatch):
    send = post.send

    def refusing(to, *arguments, **options):
        if to == OLD:
            raise post.AddressRefused("550 no such user")
        send(to, *arguments, **options)

    with write() as session:
        store.mark_bounced(session, mercado().id, OLD)
    monkeypatch.setattr(post, "send", refusing)
    approved(people, settings)
    assert f"{OLD} rejected our email, so nobody there was told" in shown(people.browser("cora"))
    now.shift(timedelta(days=1))
    addresses.move_on()
    assert mercado().email == NEW and mercado().bounced_at is None


@pytest.mark.parametrize(
    "why", [post.AddressRefused("550 no such user"), post.Permanent("554 no"), RuntimeError("a fault")]
)
def test_a_new_address_that_cannot_be_mailed_ends_it(people, settings, monkeypatch, why, now):
    monkeypatch.setattr(post, "send", _failing(NEW, why))
    propose(people.browser("cora"))
    _until_it_is_set_aside(now)
    assert change().ended == "unreachable"


@pytest.mark.parametrize("why", [post.Permanent("554 no"), RuntimeError("a fault")])
def test_a_warning_that_can_never_leave_holds_nothing_up(people, settings, monkeypatch, why, now):
    monkeypatch.setattr(post, "send", _failing(OLD, why))
    approved(people, settings)
    _until_it_is_set_aside(now)
    assert change().earliest_at and "nobody there was told" in shown(people.browser("cora"))
    now.move_to(change().earliest_at)
    addresses.move_on()
    assert mercado().email == NEW


def test_one_whose_warning_left_at_last_does_not_lapse_before_its_day(people, settings, monkeypatch, now):
    send = post.send
    monkeypatch.setattr(post, "send", _failing(OLD, post.Temporary("421 later")))
    approved(people, settings)
    monkeypatch.setattr(post, "send", send)
    now.shift(timedelta(days=6, hours=20))
    work.run_due()
    assert change().earliest_at == clock.now() + timedelta(days=1)
    for hours, state in ((12, "approved"), (13, "in_force")):
        now.shift(timedelta(hours=hours))
        addresses.move_on()
        assert change().state == state


def _failing(address, why):
    """A mail server that takes everything but what is for this address."""
    send = post.send

    def fail(to, *arguments, **options):
        if to == address:
            raise why
        send(to, *arguments, **options)

    return fail


def _until_it_is_set_aside(now) -> None:
    """The worker tries again and again, until it gives up."""
    for _ in range(work.MAX_ATTEMPTS):
        work.run_due()
        now.shift(timedelta(hours=7))
