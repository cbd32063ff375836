"""Many sign-ins at the same moment: each is counted before its password is looked at, and none fails for another's sake."""

from collections import Counter
from contextlib import suppress

from flask import Flask

from server.core.database import read
from server.core.words import Refused
from server.people.accounts import signing_in
from server.people.accounts.models import SignInFailures
from tests.conftest import PASSWORD, People
from tests.racing import RACERS, race

ANA, NETWORK = "ana@people.test", "192.0.2.1"


def counts(email: str) -> list[int]:
    """The failures that are counted of an address and of the network."""
    with read() as session:
        rows = [session.get(SignInFailures, key) for key in signing_in._keys(email, NETWORK)]
        return [row.count if row else 0 for row in rows]


def test_of_16_wrong_passwords_for_one_address_at_once_five_are_looked_at(app: Flask, people: People) -> None:
    told = race(app, [lambda: signing_in.sign_in(ANA, "wrong", NETWORK)] * RACERS)
    assert Counter(told) == {"invalid": 5, "too-many": RACERS - 5}
    assert counts(ANA) == [5, 5]


def test_16_wrong_passwords_from_one_network_at_once_are_all_counted(app: Flask, people: People) -> None:
    jobs = [lambda n=n: signing_in.sign_in(f"{n}@people.test", "wrong", NETWORK) for n in range(RACERS)]
    assert race(app, jobs) == ["invalid"] * RACERS
    assert counts("0@people.test") == [1, RACERS]


def test_right_and_wrong_passwords_at_once_do_not_wait_for_each_other_without_end(app: Flask, people: People) -> None:
    people.app.test_client()
    for _ in range(3):
        with suppress(Refused):
            signing_in.sign_in(ANA, "wrong", NETWORK)
        jobs = [lambda n=n: signing_in.sign_in(ANA, "wrong" if n % 2 else PASSWORD, NETWORK) for n in range(RACERS)]
        assert set(race(app, jobs)) <= {"won", "invalid", "too-many"}
