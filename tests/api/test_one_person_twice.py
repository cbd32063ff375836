"""Two who apply or join under one name, or one who does so under two spellings of an address: each has their own, and the desk sees it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core import rates
from server.core.config import Settings
from server.core.database import read, write
from server.journeys.spotter import applying, freezing, joining
from server.people.accounts.models import Account
from server.people.recruitment.models import Application
from tests.conftest import People, settings_for
from tests.story import mails

FORM: dict[str, Any] = {
    "name": "Noor Vexwold", "email": "noor@mail.example", "languages": ["en"], "hours": "3", "why": "I read <Arabic>.",
    "heard": "friend", "adult": "y", "no_stake": "y", "question_private-message": "0", "question_not-sure": "1",
}  # fmt: skip
SAME = "Perhaps the same person"


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_JOINING="apply")


@pytest.fixture
def stranger(app: Flask, people: People) -> Iterator[FlaskClient]:
    rates._limiter.storage.reset()
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    rates._limiter.storage.reset()


def apply(stranger: FlaskClient, **changes: str) -> int:
    return stranger.post("/apply", data=FORM | changes).status_code


def applications() -> dict[str, str]:
    """What everybody who waits wrote, by address."""
    with read() as session:
        return {row.email: row.why for row in session.scalars(select(Application).order_by(Application.id))}


@pytest.mark.parametrize(
    "spelling",
    ["NOOR@mail.example", "  noor@MAIL.example ", "noor@mail.example\n", "noor\u212a@mail.example", "no\u200bor@mail.example"],
)  # fmt: skip
def test_another_spelling_of_an_address_overwrites_nothing(stranger: FlaskClient, spelling: str) -> None:
    """Case and spaces are no other address; a letter that only looks like one is no letter of an address."""
    apply(stranger)
    apply(stranger, email=spelling, why="Another text.")
    waiting = applications()
    assert waiting.pop("noor@mail.example") == "I read <Arabic>."
    assert set(waiting) <= {"noork@mail.example"}, "the Kelvin sign in lower case is a k: the mail goes to that k"


@pytest.mark.parametrize(
    "email", ["noor@маil.example", "nооr@mail.example", "noor@bücher.example", "noor@mail.example\u3002"]
)
def test_an_address_in_letters_that_look_alike_is_refused(stranger: FlaskClient, email: str) -> None:
    assert apply(stranger, email=email) == 422
    assert applications() == {}


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ({}, {"email": "noor+two@mail.example", "name": "Zephyrine"}, True),
        ({"email": "no.or@gmail.com"}, {"email": "noor+x@googlemail.com", "name": "Zephyrine"}, True),
        ({}, {"email": "other@mail.example"}, True),
        ({}, {"email": "other@mail.example", "name": "vexwold  NOOR"}, True),
        ({}, {"email": "other@mail.example", "name": "Nооr Vexwold"}, True),
        ({}, {"email": "no.or@mail.example", "name": "Zephyrine"}, False),  # elsewhere a dot counts
        ({}, {"email": "noor@mail.example.org", "name": "Noor Souza"}, False),
    ],
)  # fmt: skip
def test_who_may_be_the_same_person_is_shown_to_the_desk(
    stranger: FlaskClient, people: People, settings: Settings, first: Any, second: Any, seen: bool
) -> None:
    assert [apply(stranger, **first), apply(stranger, **second)] == [200, 200]
    assert len(applications()) == 2
    page = people.browser("cora").get("/people/applications").text
    assert page.count(SAME) == (2 if seen else 0)
    for one, other in ((first, second), (second, first)):
        assert (f"{(FORM | one)['name']} ({(FORM | one)['email']})" in page) == seen, (one, other)


def test_each_is_mailed_at_their_own_address_and_keeps_their_own_account(
    stranger: FlaskClient, people: People, settings: Settings, work_all: Any
) -> None:
    """Both are given a place: two accounts, each of which says that there is the other."""
    apply(stranger)
    apply(stranger, email="noor+two@mail.example")
    with read() as session:
        ids = list(session.scalars(select(Application.id).order_by(Application.id)))
    for application_id in ids:
        applying.invite_applicant(application_id, people.ids["cora"])
    work_all()
    links = set()
    for address in ("noor@mail.example", "noor+two@mail.example"):
        bodies = [mail.get_body(("plain",)) for mail in mails(settings, address)]
        links.add("".join(body.get_content() for body in bodies if body))
    assert len(links) == 2 and all("/join/" in text for text in links)
    with read() as session:
        accounts = session.scalars(select(Account).where(Account.email.contains("noor"))).all()
    assert len(accounts) == 2
    cora = people.browser("cora")
    for account, other in (accounts, accounts[::-1]):
        page = cora.get(f"/people/{account.id}").text
        assert SAME in page and f"{other.name} ({other.email})" in page
    assert SAME not in cora.get(f"/people/{people.ids['ben']}").text


def test_an_applicant_who_has_an_account_at_another_spelling_is_shown_beside_it(
    stranger: FlaskClient, people: People
) -> None:
    joining.add_account("sol@people.test", "Sol Okafor", "spotter", None)
    apply(stranger, email="sol+again@people.test", name="Zephyrine")
    assert "Sol Okafor (sol@people.test)" in people.browser("cora").get("/people/applications").text


def test_a_frozen_account_is_told_of_nowhere(stranger: FlaskClient, people: People) -> None:
    with write() as session:
        session.get_one(Account, people.ids["ben"]).name = "Quill Zephyrine"
    freezing.freeze(people.ids["ben"], people.ids["cora"])
    apply(stranger, email="ben+again@people.test", name="Otterline Vexwold")
    page = people.browser("cora").get("/people/applications").text
    assert SAME not in page and "Quill Zephyrine" not in page
