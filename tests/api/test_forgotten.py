"""Somebody has forgotten their password. Ben asks for a way in; a stranger asks in his name; nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, database, post, work
from server.core.database import read, write
from server.core.words import Refused, Role
from server.journeys.spotter import joining
from server.people.accounts import invitation_link, passwords
from server.people.accounts.models import Account
from tests.conftest import People
from tests.story import mails


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


def address(people: People) -> str:
    with read() as session:
        return session.scalars(select(Account.email).where(Account.id == people.ids["ben"])).one()


def ask(client, email):
    return client.post("/forgotten", data={"email": email})


def link(settings, email):
    text = mails(settings, email)[-1].get_body(("plain",)).get_content()
    return re.search(r"/join/[^\s\"<]+", text)[0]


def sign_in(client, email, password):
    return client.post("/sign-in", data={"email": email, "password": password}).status_code


def test_ben_chooses_a_new_password_by_the_link_in_his_mail_and_it_works_once(people, client, work_all, settings):
    ben, other = address(people), people.browser("ben")
    assert ask(client, ben.upper()).status_code == 200
    work_all()
    path = link(settings, ben)
    assert "At least 10 characters." in client.get(path).text
    assert other.get("/reports").status_code == 200  # until then nothing has changed
    assert client.post(path, data={"password": "three green geckos"}).status_code == 302
    assert client.get("/reports").status_code == 200
    assert other.get("/reports").status_code == 302  # whoever held the old one is out
    assert client.post(path, data={"password": "some other words"}).status_code == 410
    assert sign_in(people.app.test_client(), ben, "three green geckos") == 302


def test_of_two_who_use_the_link_at_once_one_sets_the_password(people, client, work_all, settings, monkeypatch):
    ben, other, honest = address(people), people.app.test_client(), passwords.hash_password
    ask(client, ben)
    work_all()
    path = link(settings, ben)

    def meanwhile(password):
        """The other is faster, between the look at the link and the write."""
        monkeypatch.setattr(passwords, "hash_password", honest)
        assert other.post(path, data={"password": "three green geckos"}).status_code == 302
        return honest(password)

    monkeypatch.setattr(passwords, "hash_password", meanwhile)
    assert client.post(path, data={"password": "some other words"}).status_code == 410
    assert client.get("/reports").status_code == 302 and other.get("/reports").status_code == 200
    assert sign_in(people.app.test_client(), ben, "three green geckos") == 302


def test_he_is_let_in_although_his_address_was_locked_by_his_own_tries(people, client, work_all, settings):
    ben = address(people)
    for _ in range(6):
        sign_in(client, ben, "was it this one?")
    assert sign_in(client, ben, "or this?") == 429
    ask(client, ben)
    work_all()
    assert client.post(link(settings, ben), data={"password": "three green geckos"}).status_code == 302
    assert client.get("/reports").status_code == 200


def test_the_page_says_the_same_whether_the_address_has_an_account_and_strangers_get_no_mail(
    people, client, work_all, settings
):
    ben = address(people)
    with time_machine.travel(clock.now(), tick=False):  # a page says when it was made
        known, unknown = ask(client, ben), ask(client, "nobody@example.org")
    assert known.text.replace(ben, "nobody@example.org") == unknown.text
    work_all()
    assert mails(settings, ben)
    assert mails(settings, "nobody@example.org") == []


def test_a_wrong_address_is_said_at_the_field(client):
    answer = ask(client, "ben")
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text


def test_the_page_for_signing_in_leads_there(client):
    assert 'href="/forgotten"' in client.get("/sign-in").text


def test_a_stranger_who_asks_in_bens_name_again_and_again_sends_him_one_mail_in_ten_minutes(
    people, client, work_all, settings
):
    ben = address(people)
    with time_machine.travel(clock.now()) as time:
        for _ in range(5):
            assert ask(client, ben).status_code == 200
            joiner = {"name": "Ben Otieno", "email": ben, "adult": "y", "promise": "y"}
            assert client.post("/join", data=joiner).status_code == 200
            work_all()
            time.shift(2)
        assert len(mails(settings, ben)) == 1
        time.shift(timedelta(minutes=10, seconds=1))
        ask(client, ben)
        work_all()
        assert len(mails(settings, ben)) == 2


def test_the_link_shows_nothing_of_the_password_that_is_there(people, client, work_all, settings):
    ben = address(people)
    ask(client, ben)
    work_all()
    token = link(settings, ben).rsplit("/", 1)[1]
    with read() as session:
        hashed = session.scalars(select(Account.password_hash).where(Account.email == ben)).one()
    assert hashed[-8:] not in token and hashed[-8:] not in str(invitation_link.read(token))


@pytest.mark.parametrize("address", ["x@" + "a." * 300_000 + "@", "x@" + "a." * 300_000, "x" * 600_000, "@" * 600_000])
def test_no_address_is_so_made_that_reading_it_takes_long(client, address):
    """The test's own time limit is the measure: a pattern that begins again at each full stop takes minutes of the first."""
    assert ask(client, address).status_code == 422


@pytest.mark.parametrize(
    "address", ["ben@people", "ben@.test", "ben@people..test", "ben@people.test.", "a b@people.test"]
)
def test_what_cannot_be_an_address_is_refused_and_what_can_is_not(client, address):
    assert ask(client, address).status_code == 422
    assert ask(client, "b.e+n@mail.people.test").status_code == 200


def test_nobody_waits_while_a_password_is_hashed(people, client, work_all, settings, monkeypatch):
    hashed, taken = passwords.hash_password, []
    monkeypatch.setattr(
        passwords, "hash_password", lambda chosen: taken.append(database._turn.locked()) or hashed(chosen)
    )
    ask(client, ben := address(people))
    work_all()
    assert client.post(link(settings, ben), data={"password": "three green geckos"}).status_code == 302
    joining.add_account("noor@people.test", "Noor", Role.SPOTTER, "two grey parrots")
    assert taken == [False, False]


def test_a_short_password_is_refused_wherever_it_is_chosen(people):
    with pytest.raises(Refused, match="at least 10"):
        joining.add_account("noor@people.test", "Noor", Role.SPOTTER, "geckos")


def test_a_mail_that_could_not_be_sent_is_the_same_mail_when_it_is_tried_again(people, client, work_all, monkeypatch):
    sent = []

    def send(*_args, message_id, **_options):
        if ".joining@" not in message_id:
            return  # the worker has other mails, such as the head of the audit trail
        sent.append(message_id)
        if len(sent) == 1:
            raise post.Temporary("421 Not now.")

    monkeypatch.setattr(post, "send", send)
    with time_machine.travel(clock.now()) as time:
        ask(client, address(people))
        work_all()
        time.shift(60)
        work_all()
        assert len(sent) == 2 and sent[0] == sent[1]
        time.shift(601)
        ask(client, address(people))
        work_all()
    assert len(sent) == 3 and sent[2] != sent[1], "asked for again it is another"


def test_what_was_asked_for_before_has_only_the_account_for_its_subject(people, work_all, settings):
    with write() as session:
        work.enqueue(session, "mail_joining", people.ids["ben"])
    work_all()
    assert len(mails(settings, address(people))) == 1
