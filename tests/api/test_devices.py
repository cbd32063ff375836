"""A device of one's own: paired under a name, seen in the profile, ended at once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from server.core.database import read
from server.people.accounts.devices import browser_name
from server.people.accounts.models import Token
from tests.conftest import People
from tests.sending import send

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
CLIENT = {"client_id": "cyber-spotter-extension"}
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def pair(people: People, key: str, agent: str, label: str | None = None) -> dict[str, str]:
    """Pair a browser as a person does; the header it sends from now on."""
    client = people.app.test_client()
    asked = client.post("/api/v1/device/authorize", data=CLIENT, headers={"User-Agent": agent}).json
    data = {"user_code": asked["user_code"], "decision": "approve"} | ({"label": label} if label else {})
    assert people.browser(key).post("/device/approve", data=data).status_code == 200
    form = CLIENT | {"grant_type": GRANT, "device_code": asked["device_code"]}
    return {"Authorization": f"Bearer {client.post('/api/v1/device/token', data=form).json['access_token']}"}


def devices(people: People, key: str) -> dict[str, str]:
    """Each device in the profile with the id by which it is ended."""
    page = people.browser(key).get("/profile").text
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?/profile/tokens/(\w+)/revoke', page, re.DOTALL)
    return dict(rows)


def test_a_browser_is_known_by_its_kind_and_may_be_given_a_name(people: People) -> None:
    pair(people, "ana", FIREFOX)
    pair(people, "ana", CHROME, label="The old laptop")
    assert set(devices(people, "ana")) == {"Firefox on Windows", "The old laptop"}
    assert devices(people, "ben") == {}


def test_the_pairing_page_offers_the_browsers_name_and_refuses_one_that_is_too_long(people: People) -> None:
    client, ana = people.app.test_client(), people.browser("ana")
    code = client.post("/api/v1/device/authorize", data=CLIENT, headers={"User-Agent": CHROME}).json["user_code"]
    assert 'value="Chrome on Linux"' in ana.get(f"/device?user_code={code}").text
    long = ana.post("/device/approve", data={"user_code": code, "decision": "approve", "label": "x" * 61})
    assert long.status_code == 422 and "Fix the following" in long.text and code in long.text


def test_an_ended_device_stops_at_once_and_the_others_go_on(
    people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    client = people.app.test_client()
    lost, kept = pair(people, "ana", FIREFOX), pair(people, "ana", CHROME)
    assert send(client, lost, report_json()).status_code == 201
    browser, device = people.browser("ana"), devices(people, "ana")["Firefox on Windows"]
    assert people.browser("ben").post(f"/profile/tokens/{device}/revoke").status_code == 404, "not Ben's to end"
    assert client.get("/api/v1/reports", headers=lost).status_code == 200
    assert "Firefox on Windows" in browser.post(f"/profile/tokens/{device}/revoke", follow_redirects=True).text
    for answer in (
        send(client, lost, report_json()),
        client.get("/api/v1/reports", headers=lost),
        client.get("/api/v1/vocabulary", headers=lost),
        client.get("/api/v1/checks", headers=lost),
    ):
        assert answer.status_code == 401
    assert client.get("/api/v1/reports", headers=kept).status_code == 200
    assert set(devices(people, "ana")) == {"Chrome on Linux"}
    assert browser.post(f"/profile/tokens/{device}/revoke").status_code == 404, "ended once"


def test_of_its_last_use_the_day_alone_is_kept(people: People) -> None:
    client, headers = people.app.test_client(), pair(people, "ana", FIREFOX)
    for hour in (9, 23):
        with time_machine.travel(datetime(2027, 3, 4, hour, 41, tzinfo=UTC)):
            assert client.get("/api/v1/vocabulary", headers=headers).status_code == 200
            with read() as session:
                assert session.scalar(select(func.max(Token.last_used_at))) == datetime(2027, 3, 4, tzinfo=UTC)
    assert "4 March 2027" in people.browser("ana").get("/profile").text


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Linux"),
        (CHROME + " Edg/142.0.0.0", "Edge on Linux"),
        (CHROME.replace("X11; Linux x86_64", "Linux; Android 16; K"), "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on macOS"),
        ("curl/8.14", "Browser extension"),
        ("", "Browser extension"),
    ],
)
def test_a_browsers_name_tells_its_kind_and_no_version(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_a_wrong_password_and_a_locked_address_are_said_on_the_page(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = {"email": "nobody@people.test", "password": "not the one"}
    for _ in range(5):
        answer = client.post("/sign-in", data=wrong)
        assert answer.status_code == 422 and "The email address or the password is incorrect." in answer.text
    locked = client.post("/sign-in", data=wrong)
    assert locked.status_code == 429 and int(locked.headers["Retry-After"]) > 0 and "Too many attempts" in locked.text


def test_the_description_names_the_refusals_of_pairing_as_they_are(people: People) -> None:
    client = people.app.test_client()
    described = client.get("/api/v1/openapi.json").json
    for path, form, status in (
        ("/api/v1/device/authorize", {}, 401),
        ("/api/v1/device/token", {}, 400),
        ("/api/v1/device/token", CLIENT | {"grant_type": GRANT, "device_code": "unknown"}, 400),
    ):
        answer = client.post(path, data=form)
        assert (answer.status_code, answer.content_type, list(answer.json)) == (status, "application/json", ["error"])
        described_answer = described["paths"][path]["post"]["responses"][str(status)]["content"]
        assert described_answer == {"application/json": {"schema": {"$ref": "#/components/schemas/DeviceError"}}}
    form = described["paths"]["/api/v1/device/token"]["post"]["requestBody"]["content"]
    assert form["application/x-www-form-urlencoded"]["schema"]["required"] == ["client_id", "grant_type", "device_code"]


@pytest.mark.parametrize("twice", ["client_id", "scope", "label", "anything"])
def test_what_a_device_sends_twice_is_refused_as_rfc_6749_has_it(people: People, twice: str) -> None:
    client, value = people.app.test_client(), (CLIENT | {"scope": "reports:write"}).get(twice, "x")
    form = MultiDict([*CLIENT.items(), (twice, value), (twice, value)])
    refused = client.post("/api/v1/device/authorize", data=form)
    assert (refused.status_code, refused.json) == (400, {"error": "invalid_request"})
    asked = client.post("/api/v1/device/authorize", data=CLIENT).json
    form = MultiDict([*CLIENT.items(), ("grant_type", GRANT), ("device_code", asked["device_code"]), (twice, value)])
    form.add(twice, value)
    refused = client.post("/api/v1/device/token", data=form)
    assert (refused.status_code, refused.json) == (400, {"error": "invalid_request"})


def test_what_a_device_sends_without_a_value_counts_as_not_sent(people: People) -> None:
    client = people.app.test_client()
    assert client.post("/api/v1/device/authorize", data=CLIENT | {"scope": ""}).status_code == 200
