"""Signing in while others guess: waits that pass, a link by mail that always works, and codes that nobody guesses."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.database import read, write
from server.journeys.spotter import closing
from server.people.accounts import pairing, signing_in
from server.people.accounts.models import DeviceGrant, SignInLink
from tests.conftest import PASSWORD, People
from tests.statements import statements
from tests.story import mails

ANA, BEN = "ana@people.test", "ben@people.test"


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def travel():
    """The clock stands still, and is moved by hand."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def sign_in(people, email, password=PASSWORD, network="192.0.2.1"):
    client = people.app.test_client()
    return client.post("/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": network})


def test_five_wrong_passwords_cost_a_second_and_a_right_one_forgets_them(people: People, travel):
    for _ in range(5):
        assert sign_in(people, ANA, "wrong").status_code == 422
    held = sign_in(people, ANA)
    assert held.status_code == 429 and held.headers["Retry-After"] == "1" and "link that we email you" in held.text
    travel.shift(1)
    assert sign_in(people, ANA).status_code == 302
    assert sign_in(people, ANA, "wrong").status_code == 422
    assert sign_in(people, ANA).status_code == 302


def test_a_right_password_that_confirms_something_is_no_failure(people: People, travel):
    with people.app.test_request_context():
        for _ in range(10):
            signing_in.confirm(people.ids["ana"], PASSWORD, "192.0.2.1")
    assert sign_in(people, ANA).status_code == 302


def test_whoever_is_guessed_at_for_a_day_waits_five_minutes_at_most(people: People, travel):
    for _ in range(40):
        sign_in(people, ANA, "wrong", "198.51.100.7")
        travel.shift(301)
    assert sign_in(people, ANA, "wrong", "198.51.100.7").status_code in (422, 429)
    travel.shift(300)
    assert sign_in(people, ANA).status_code == 302


def test_an_office_is_not_locked_out_by_an_attack_or_by_one_typo(people: People, travel):
    """The finding: 101 failures in seconds locked an address of the network for hours, and a right sign-in changed nothing."""
    for number in range(101):
        assert sign_in(people, f"nobody{number}@people.test", "wrong").status_code == 422
    assert sign_in(people, BEN).status_code == 429
    travel.shift(1)
    assert sign_in(people, BEN).status_code == 302
    for _ in range(3):
        assert sign_in(people, ANA, "a typo").status_code == 422
    assert sign_in(people, ANA).status_code == 302
    assert sign_in(people, BEN, network="203.0.113.9").status_code == 302


def test_whoever_has_an_account_does_not_guess_at_others_between_their_own_sign_ins(people: People, travel):
    told = []
    for attempt in range(300):
        if attempt % 30 == 0:
            sign_in(people, BEN)
        told.append(sign_in(people, f"nobody{attempt}@people.test", "wrong").status_code)
    assert told.count(422) == 101


def test_guesses_from_all_addresses_of_one_ipv6_network_are_counted_together(people: People, travel):
    told = [sign_in(people, f"nobody{n}@people.test", "wrong", f"2001:db8:0:7::{n:x}").status_code for n in range(102)]
    assert told == [422] * 101 + [429]
    assert sign_in(people, BEN, network="2001:db8:0:8::1").status_code == 302


def link_of(settings, email):
    text = mails(settings, email)[-1].get_body(("plain",)).get_content()
    return re.search(r"/sign-in/link/[\w-]+", text)[0]


def ask(people, email):
    return people.app.test_client().post("/sign-in/link", data={"email": email})


def test_ana_signs_in_by_mail_while_somebody_keeps_guessing_at_her(people: People, travel, work_all, settings):
    for _ in range(30):
        sign_in(people, ANA, "wrong")
    assert sign_in(people, ANA).status_code == 429
    assert ask(people, ANA).status_code == 200
    work_all()
    path, ana = link_of(settings, ANA), people.app.test_client()
    assert ana.get(path).status_code == 200 and ana.get("/reports").status_code == 302, (
        "a scanner of mails signs nobody in"
    )
    assert ana.post(path).status_code == 302
    assert ana.get("/reports").status_code == 200
    assert people.app.test_client().post(path).status_code == 410, "once"


def test_the_page_after_asking_says_what_the_link_does(people: People):
    page, chosen = ask(people, ANA).text, people.app.test_client().post("/forgotten", data={"email": ANA}).text
    assert "once, within 15 minutes" in page and "three days" not in page
    assert "three days and lets you choose a password" in chosen


def test_a_link_ends_after_15_minutes_with_a_new_password_and_with_the_account(people, travel, work_all, settings):
    ask(people, ANA)
    work_all()
    path = link_of(settings, ANA)
    travel.shift(15 * 60)
    assert people.app.test_client().post(path).status_code == 410
    ask(people, ANA)
    work_all()
    assert link_of(settings, ANA) != path
    people.browser("ana").post("/profile/sessions/end")
    assert people.app.test_client().post(link_of(settings, ANA)).status_code == 410
    travel.shift(timedelta(minutes=11))
    ask(people, ANA)
    work_all()
    closing.close(people.ids["ana"], people.ids["cora"], "Has left.")
    assert people.app.test_client().post(link_of(settings, ANA)).status_code == 410
    ask(people, ANA)
    work_all()
    with read() as session:
        assert session.scalars(select(SignInLink)).all() == []


JOINER = {"adult": "y", "promise": "y"}


@pytest.mark.parametrize("path", ["/sign-in/link", "/forgotten", "/join"])
def test_the_answer_and_the_work_are_the_same_for_known_and_unknown_addresses(people, travel, work_all, settings, path):
    client = people.app.test_client()

    def asked(email):
        with statements() as texts:
            joiner = JOINER | {"name": f"Noor {email.partition('@')[0]}"}
            answer = client.post(path, data={"email": email} | (joiner if path == "/join" else {}))
        assert answer.status_code == 200
        return [text.split("(")[0][:60] for text in texts]

    asked("warm@example.org")  # what a process reads once, and keeps for a second
    ben, nobody, ben_again, nobody_again = map(asked, (BEN, "nobody@example.org", BEN, "nobody@example.org"))
    assert (ben, ben_again) == (nobody, nobody_again), "also when they ask again"
    work_all()
    assert len(mails(settings, BEN)) == 1
    assert len(mails(settings, "nobody@example.org")) == (1 if path == "/join" else 0)


def test_a_wrong_password_is_the_same_work_for_known_and_unknown_addresses(people, travel):
    asked = []
    for at, email in enumerate((BEN, "nobody@example.org")):
        with statements() as texts:
            sign_in(people, email, "wrong", f"192.0.2.{at + 30}")
        asked.append([text[:60] for text in texts])
    assert asked[0] == asked[1]


# --- Codes of devices ------------------------------------------------------------------------------------------------


def waiting_device(code="BCDFGHJK"):
    with write() as session:
        device_code, grant = pairing.authorize_device(session, "Firefox")
        grant.user_code = code
    return device_code


def guess(browser, code):
    return browser.post("/device", data={"user_code": code}).status_code


def test_five_wrong_codes_and_then_a_wait_also_for_the_right_one(people: People, travel):
    waiting_device()
    ben, ana = people.browser("ana"), people.browser("cora")
    assert [guess(ben, f"TVWX-ZZZ{sign}") for sign in "BCDFG"] == [404] * 5
    assert guess(ben, "BCDF-GHJK") == 429
    assert ben.post("/device/approve", data={"user_code": "BCDFGHJK", "decision": "approve"}).status_code == 429
    assert guess(ana, "BCDF-GHJK") == 200, "somebody else goes on"
    travel.shift(61)
    assert guess(ben, "BCDF-GHJK") == 200


def test_wrong_codes_of_many_accounts_in_one_network_wait_too(people: People, travel):
    waiting_device()
    browsers = [people.browser(key) for key in ("ana", "ben", "cora", "dan")]
    tried = [guess(browser, f"TVWX-ZZ{one}{two}") for browser in browsers for one in "BC" for two in "BCD"]
    assert 429 in tried
    people.ids["eve"] = people.ids["ana"]
    assert tried.count(404) <= 20 + 1


def test_a_code_that_was_nearly_guessed_five_times_is_dead(people: People, travel):
    device_code = waiting_device()
    for sign in "BCDFG":
        travel.shift(3600 // 8)
        with write() as session:
            pairing._count_near(session, f"BCDFZZZ{sign}")
    with read() as session:
        grant = session.scalars(select(DeviceGrant)).one()
        assert grant.wrong_guesses == 1, "the first one; afterwards it had expired by itself"
    device_code = waiting_device("CDFGHJKL")
    for sign in "BCDFG":
        with write() as session:
            pairing._count_near(session, f"cdfg-zzz{sign}")
            pairing._count_near(session, "TVWXZZZZ")
    assert pairing.redeem_device(device_code) == {"error": "expired_token"}
    assert guess(people.browser("ana"), "CDFG-HJKL") == 404


def test_codes_in_addresses_are_looked_at_five_times_a_minute(people: People):
    waiting_device()
    ana = people.browser("ana")
    looks = [ana.get(f"/device?user_code=TVWXZZZ{sign}").status_code for sign in "BCDFGH"]
    assert looks == [404] * 5 + [429]


def test_the_forms_of_the_page_that_says_that_the_account_is_erased_work(people):
    """It is rendered after the cookie was emptied: a token signed for what was in it would be refused."""
    ana = people.browser("ana")
    people.app.config["WTF_CSRF_ENABLED"] = True
    token = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
    asked = token.search(ana.get("/profile/erase").text)[1]
    erased = ana.post("/profile/erase", data={"csrf_token": asked, "sure": "y", "password": PASSWORD})
    assert erased.status_code == 200 and ana.get("/profile").status_code == 302
    dark = ana.post("/theme", data={"csrf_token": token.search(erased.text)[1], "theme": "dark", "next": "/"})
    assert dark.status_code == 302
