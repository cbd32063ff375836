"""The website as an app on a phone: what another app shares with it opens the report form."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selenium.webdriver.chrome.webdriver import WebDriver

from server.core.words import Level
from server.journeys.spotter import accrediting
from tests.browser import gallery, signing_in, sites
from tests.browser.chromium import until
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
    manifest = driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert manifest["errors"] == []
    assert driver.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"] == []
    target = json.loads(manifest["data"])["share_target"]
    # Shared as Android does it: the words and the address in one text.
    given = {"title": "Carved tusk", "text": "Look what I found! https://mercado.test/itm/7", "url": ""}
    query = urlencode({target["params"][name]: value for name, value in given.items()})
    form = people.browser("ana").get(f"{target['action']}?{query}").text
    assert 'value="https://mercado.test/itm/7"' in form and 'value="Carved tusk"' in form
    signed_out = client.get(f"{target['action']}?{query}")
    assert signed_out.location.startswith("/sign-in?next=/reports/new?title"), "and is still there after signing in"


def test_an_address_that_was_typed_is_there_again_but_not_for_the_next_person(
    driver: WebDriver, site: str, people: People
) -> None:
    """At a shared computer: Ana signs out with a report half written, and Ben signs in."""

    def sign_in(who: str) -> None:
        signing_in.sign_in(driver, site, f"{who}@people.test")

    def address() -> str:
        driver.get(f"{site}/reports/new")
        return str(driver.find_element("name", "url").get_property("value"))

    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    sign_in("ana")
    assert address() == ""
    driver.find_element("name", "url").send_keys("https://mercado.test/itm/7")
    assert address() == "https://mercado.test/itm/7"
    driver.execute_script("document.querySelector('form[data-forget] button').click()")
    until(lambda: driver.find_elements("css selector", 'a[href^="/sign-in"]'), "the page after signing out")
    sign_in("ben")
    assert address() == ""
