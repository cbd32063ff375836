"""Devices that are paired at the same moment, by two people or while the account is closed: one pairing, one token."""

import time
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core.database import read, write
from server.core.words import Level
from server.journeys.spotter import accrediting, closing
from server.people.accounts import pairing, signing_in
from server.people.accounts.models import Token
from tests.conftest import People
from tests.racing import RACERS, audited, race


def asking() -> tuple[str, str]:
    """A device's secret, and the code that it shows."""
    with write() as session:
        device_code, grant = pairing.authorize_device(session, "Firefox")
        return device_code, grant.user_code


def answer(account_id: str, user_code: str, approve: bool) -> None:
    with write() as session:
        pairing.answer_device(session, account_id, user_code, approve)


def holders() -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(Token)) or 0


def test_of_16_who_answer_at_once_one_does(app: Flask, people: People) -> None:
    """Who is told that the device is theirs has it: nobody else's answer overwrites theirs."""
    device_code, user_code = asking()
    who = [("ana", True), ("ben", True), ("ana", False), ("ben", False)]
    jobs = [lambda key=key, ok=ok: answer(people.ids[key], user_code, ok) for key, ok in who * (RACERS // 4)]
    told = race(app, jobs)
    assert sorted(told) == ["not-found"] * (RACERS - 1) + ["won"]
    key, approved = who[told.index("won") % 4]
    given = pairing.redeem_device(device_code)
    assert ("access_token" in given) == approved and audited("device_paired") == approved
    if approved:
        holder = pairing.holder(given["access_token"])
        assert holder and holder.id == people.ids[key]


def test_a_device_that_polls_16_times_at_once_gets_one_token(app: Flask, people: People) -> None:
    device_code, user_code = asking()
    answer(people.ids["ana"], user_code, True)
    given: list[dict[str, Any]] = []
    race(app, [lambda: given.append(pairing.redeem_device(device_code)) for _ in range(RACERS)])
    assert sum("access_token" in each for each in given) == 1 and len(given) == RACERS
    assert holders() == 1


def test_no_device_is_paired_with_an_account_that_was_closed_meanwhile(app: Flask, people: People) -> None:
    """Whose button was pressed just before: after a reopening the device would have a token that nobody gave it since."""
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)
    device_code, user_code = asking()
    closing.close(people.ids["ben"], people.ids["cora"], "Left.")
    told = race(app, [lambda: answer(people.ids["ben"], user_code, True)])
    assert told == ["forbidden"]
    assert pairing.redeem_device(device_code) == {"error": "authorization_pending"} and holders() == 0


def test_a_token_that_is_given_while_all_access_ends_is_revoked(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password is changed between the device's answer and its token's commit.

    Mutation, on PostgreSQL: with the tokens revoked before the pairings are deleted, this one stays valid.
    """
    device_code, user_code = asking()
    answer(people.ids["ana"], user_code, True)
    giving, given, issue = Event(), list[dict[str, Any]](), pairing.issue_token

    def slowly(*arguments: Any) -> str:
        token = issue(*arguments)
        giving.set()
        time.sleep(1)  # until the other waits for the pairing
        return token

    def end_all() -> None:
        giving.wait(10)
        with write() as session:
            signing_in.end_access(session, people.ids["ana"])

    monkeypatch.setattr(pairing, "issue_token", slowly)
    assert race(app, [lambda: given.append(pairing.redeem_device(device_code)), end_all]) == ["won", "won"]
    assert pairing.holder(given[0]["access_token"]) is None
