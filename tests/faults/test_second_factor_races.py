"""One code, many requests at once: one signs in. Each ships with the mutation that must make it fail."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from server.core import clock
from server.core.database import db, read, write
from server.journeys.spotter import factor_reset, second_factor
from server.people.accounts import factors, signing_in
from server.people.accounts.factor_models import UsedCode
from server.people.accounts.models import SignInFailures
from tests.authenticator import App, set_up
from tests.conftest import PASSWORD, People
from tests.racing import RACERS, audited, one_won, race, without_locks


@pytest.fixture
def ada(app: Flask, people: People):
    """Ada's app and recovery codes, at a moment at which the clock stands still."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        phone, codes = set_up(people.browser("ada"))
        traveller.shift(30)
        yield phone, codes


def challenges() -> list[str]:
    """As many browsers in which the right password was given."""
    return [signing_in.sign_in("ada@people.test", PASSWORD, f"192.0.2.{n}").secret for n in range(RACERS)]


def sign_in_together(app: Flask, code: str) -> list[str]:
    jobs = [
        lambda secret=secret, n=n: second_factor.sign_in_by_code(secret, code, f"192.0.2.{n}")
        for n, secret in enumerate(challenges())
    ]
    return race(app, jobs)


def test_one_code_at_many_browsers_at_once_signs_in_once(app: Flask, ada: tuple[App, list[str]]) -> None:
    before = audited("signed_in")
    one_won(sign_in_together(app, ada[0].code()), "invalid", "too-many")
    assert audited("signed_in") == before + 1


def test_one_recovery_code_at_many_browsers_at_once_signs_in_once(app: Flask, ada: tuple[App, list[str]]) -> None:
    one_won(sign_in_together(app, ada[1][0]), "invalid", "too-many")


def test_without_locks_the_primary_key_alone_still_lets_one_code_in_once(
    app: Flask, ada: tuple[App, list[str]]
) -> None:
    """The database decides, whatever waits for whom; on SQLite others then fail because the database is busy."""
    secrets = challenges()
    before = audited("signed_in")
    jobs = [lambda secret=secret: _without_counting(secret, ada[0].code()) for secret in secrets]
    with without_locks():
        assert race(app, jobs).count("won") == 1
    assert audited("signed_in") == before + 1


def _without_counting(secret: str, code: str) -> None:
    at = clock.now()
    with write() as session:
        account = signing_in.account_by_challenge(session, secret, at)
        if not factors.use(session, account.id, code, at):
            raise factors.refused()
        signing_in.pass_challenge(session, secret, account, at)


@pytest.mark.mutation
def test_mutation_a_code_that_is_not_used_up_signs_in_many(
    app: Flask, ada: tuple[App, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the row that uses a code up, the test above fails."""
    monkeypatch.setattr(factors, "_use_up", lambda *_arguments: True)
    assert sign_in_together(app, ada[0].code()).count("won") > 1


def test_the_database_itself_refuses_a_second_use(app: Flask, ada: tuple[App, list[str]], people: People) -> None:
    with read() as session:
        step = session.scalar(select(func.max(UsedCode.step)))
    with pytest.raises(Exception, match=r"(?i)unique"), write() as session:
        session.execute(text("INSERT INTO used_codes VALUES (:a, :s)"), {"a": people.ids["ada"], "s": step})


def test_many_guesses_at_once_are_not_more_guesses(app: Flask, ada: tuple[App, list[str]]) -> None:
    """Each is counted before the next is looked at: after the free ones everybody waits."""
    outcomes = sign_in_together(app, "000000")
    assert outcomes.count("invalid") == 5 and outcomes.count("too-many") == RACERS - 5, outcomes


@pytest.mark.mutation
def test_mutation_guesses_that_do_not_wait_for_each_other_are_more(
    app: Flask, ada: tuple[App, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at before the transaction, as of a page: all are let through."""
    waits = signing_in.refuse_waiting
    with read() as session:
        assert session.get(SignInFailures, "none") is None
        monkeypatch.setattr(
            signing_in, "refuse_waiting", lambda _session, paced, words: waits(session, [], words) if paced else None
        )
        assert sign_in_together(app, "000000").count("invalid") > 5


def test_two_who_confirm_one_reset_at_once_reset_once(app: Flask, people: People) -> None:
    set_up(people.browser("ana"))
    factor_reset.ask_reset(people.ids["ana"], people.ids["ada"], "Lost.")
    people.app.test_client()
    jobs = [lambda by=by: factor_reset.confirm_reset(people.ids["ana"], people.ids[by]) for by in ("cora", "dan") * 4]
    one_won(race(app, jobs), "conflict")
    assert audited("factor_reset") == 1


def test_a_password_given_while_a_factor_is_set_up_opens_no_session_past_it(app: Flask, people: People) -> None:
    """A session that begins at the same moment, before the factor is there, is none once it is."""
    ana = people.browser("ana")
    secret = signing_in.sign_in("ana@people.test", PASSWORD, "192.0.2.1").secret
    assert signing_in.account_by_session(secret)
    set_up(ana)
    db.session.rollback()
    assert signing_in.account_by_session(secret) is None
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert signing_in.account_by_session(secret) is None
