"""Cora owes a second factor: she has one and gave no code, or she must have one and has none. By no door does she come further."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from server.core import clock, endpoints
from server.core.config import Settings
from server.core.words import Scope
from server.journeys.spotter import joining
from server.people.accounts import pairing
from tests.authenticator import App, learn, set_up
from tests.conftest import PASSWORD, People, settings_for
from tests.story import mails

CORA, DAYS = "cora@people.test", 30
REFUSED = {302, 403}


@pytest.fixture
def settings(database_url: str, tmp_path: Any) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_FACTOR_DAYS=str(DAYS))


@pytest.fixture(autouse=True)
def travel() -> Iterator[Any]:
    """The clock stands still, and is moved by hand."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture(params=["has one", "must have one"])
def before(request: pytest.FixtureRequest, people: People, travel: Any) -> FlaskClient:
    """A browser in which Cora signed in before she owed anything; the code is asked for from now on."""
    browser = people.browser("cora")
    if request.param == "has one":
        set_up(people.browser("cora"))
    else:
        travel.shift(timedelta(days=DAYS - 1))
        browser = people.browser("cora")
        assert browser.get("/cases").status_code == 200
        travel.shift(timedelta(days=1))
    return browser


Door = Callable[[People, FlaskClient, Settings, Callable[[], Any]], FlaskClient]


def _password(people: People, *_: Any) -> FlaskClient:
    browser = people.app.test_client()
    browser.post("/sign-in", data={"email": CORA, "password": PASSWORD})
    return browser


def _link(people: People, _: Any, settings: Settings, work_all: Callable[[], Any]) -> FlaskClient:
    joining.send_sign_in_link(CORA)
    browser = people.app.test_client()
    browser.post(_mailed(settings, work_all, r"/sign-in/link/\S+"))
    return browser


def _new_password(people: People, _: Any, settings: Settings, work_all: Callable[[], Any]) -> FlaskClient:
    joining.send_password_link(CORA)
    browser = people.app.test_client()
    browser.post(_mailed(settings, work_all, r"/join/\S+"), data={"password": "three green geckos"})
    return browser


def _mailed(settings: Settings, work_all: Callable[[], Any], pattern: str) -> str:
    work_all()
    body = mails(settings, CORA)[-1].get_body(("plain",))
    found = re.search(pattern, body.get_content())
    assert found, body
    return found[0]


DOORS: dict[str, Door] = {
    "a session from before": lambda people, before, *_: before,
    "the password": _password,
    "a link by mail": _link,
    "a new password": _new_password,
}


@pytest.mark.parametrize("door", DOORS)
def test_behind_no_door_is_anything_that_a_second_factor_guards(
    people: People, before: FlaskClient, settings: Settings, work_all: Callable[[], Any], door: str
) -> None:
    browser = DOORS[door](people, before, settings, work_all)
    people.app.config["WTF_CSRF_ENABLED"] = False
    for rule in people.app.url_map.iter_rules():
        declared = endpoints.RULES[rule.endpoint]
        if not declared.action:
            continue
        values = {name: 1 if name == "number" else "f" * 32 for name in rule.arguments} | (rule.defaults or {})
        path = people.app.url_map.bind("spotter.test").build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = browser.open(path, method=method)
            expected = {401} if declared.scopes else REFUSED
            assert answer.status_code in expected, f"{method} {rule.rule}"


@pytest.mark.parametrize("door", [door for door in DOORS if door != "a session from before"])
def test_each_leads_to_the_code_and_the_code_leads_in(
    people: People, before: FlaskClient, settings: Settings, work_all: Callable[[], Any], travel: Any, door: str
) -> None:
    browser = DOORS[door](people, before, settings, work_all)
    page = browser.get("/sign-in/code").text
    if "Set up your second factor" in page:
        app, sealed = learn(page)
        browser.post("/sign-in/set-up", data={"key": sealed, "code": app.code()})
        assert browser.get("/cases").status_code == 200
    else:
        assert browser.post("/sign-in/code", data={"code": "000000"}).status_code == 422
        assert browser.get("/cases").status_code == 302


def test_a_device_goes_on_sending_reports_and_does_nothing_else(people: People, before: FlaskClient) -> None:
    """Paired in a session that was whole then; a token for cases comes from the command line alone."""
    device, server = people.token("cora"), people.token("cora", Scope.CASES)
    client = people.app.test_client()
    assert client.get("/api/v1/reports", headers=device).status_code == 200
    assert client.get("/api/v1/cases", headers=device).status_code == 403
    assert client.get("/cases", headers=device).status_code == 302
    assert client.get("/api/v1/cases", headers=server).status_code == 200


def test_no_device_is_paired_by_a_session_that_owes(people: People, before: FlaskClient) -> None:
    started = people.app.test_client().post("/api/v1/device/authorize", data={"client_id": "cyber-spotter-extension"})
    form = {"user_code": started.json["user_code"], "decision": "approve"}
    assert before.post("/device/approve", data=form).status_code == 403
    assert pairing.redeem_device(started.json["device_code"])["error"] == "authorization_pending"


def test_who_gives_the_code_keeps_the_session_that_is_whole(people: People, travel: Any) -> None:
    browser = people.browser("cora")
    app, _ = set_up(browser)
    travel.shift(timedelta(days=13))
    assert isinstance(app, App) and browser.get("/cases").status_code == 200
    travel.shift(timedelta(days=1))
    again = _password(people)
    again.post("/sign-in/code", data={"code": app.code()})
    travel.shift(timedelta(days=13, hours=23))
    assert again.get("/cases").status_code == 200, "long after the day on which the factor was due"


@pytest.mark.parametrize("key", ["ana", "mia"])
def test_nobody_else_is_signed_out_by_it(people: People, travel: Any, key: str) -> None:
    travel.shift(timedelta(days=DAYS + 1))
    assert people.browser(key).get("/profile").status_code == 200
