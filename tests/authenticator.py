"""Somebody's authenticator app: learns a key from the page, and shows its codes."""

import re
from typing import Any

import pyotp
from flask.testing import FlaskClient

from server.core import clock
from tests.conftest import PASSWORD


class App:
    """The app on a phone."""

    def __init__(self, key: str) -> None:
        self.key = key

    def code(self) -> str:
        return pyotp.TOTP(self.key).at(int(clock.now().timestamp()))


def learn(page: str) -> tuple[App, str]:
    """The app that has read the key off a page of set-up, and the page's hidden field."""
    key = re.search(r'class="key mono"[^>]*>([A-Z2-7 ]+)<', page)
    sealed = re.search(r'name="key"[^>]* value="([^"]+)"', page)
    assert key and sealed, page
    return App(key[1].replace(" ", "")), sealed[1]


def set_up(browser: FlaskClient, password: str = PASSWORD) -> tuple[App, list[str]]:
    """A second factor for who is signed in in this browser: the app, and the recovery codes."""
    app, sealed = learn(browser.get("/profile/second-factor/set-up").text)
    form = {"key": sealed, "code": app.code(), "password": password}
    answer = browser.post("/profile/second-factor/set-up", data=form)
    assert answer.status_code == 200, answer.text
    return app, recovery_codes(answer.text)


def recovery_codes(page: str) -> list[str]:
    """Those a page shows."""
    return re.findall(r"<li>((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</li>", page)


def give_password(browser: FlaskClient, email: str, **more: str) -> Any:
    """The first half of signing in."""
    answer = browser.post("/sign-in", data={"email": email, "password": PASSWORD, **more})
    assert answer.status_code == 302 and answer.location == "/sign-in/code", answer.text
    return answer
