"""The website as an app on a phone: what another app shares with it opens the report form."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selenium.webdriver.chrome.webdriver import WebDriver

from tests.browser import gallery, sites
from tests.conftest import People

pytestmark = pytest.mark.browser


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with sites.ours(app) as address:
        yield address


@pytest.fixture
def driver() -> Iterator[WebDriver]:
    driver = gallery.browser()
    yield driver
    driver.quit()


def test_a_browser_would_install_it_and_knows_where_to_share(
    driver: WebDriver, site: str, people: People, client: FlaskClient
) -> None:
    driver.get(site)
    found = driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert found["errors"] == []
    assert driver.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"] == []
    target = json.loads(found["data"])["share_target"]
    # Shared as Android does it: the words and the address in one text.
    given = {"title": "Carved tusk", "text": "Look what I found! https://mercado.test/itm/7", "url": ""}
    query = urlencode({target["params"][name]: value for name, value in given.items()})
    form = people.browser("ana").get(f"{target['action']}?{query}").text
    assert 'value="https://mercado.test/itm/7"' in form and 'value="Carved tusk"' in form
    signed_out = client.get(f"{target['action']}?{query}")
    assert signed_out.location.startswith("/sign-in?next=/reports/new?title"), "and is still there after signing in"
