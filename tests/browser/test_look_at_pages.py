"""Pages that the gallery does not draw, as the server shows them to whoever has one: axe-core, and nothing over the edge."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.chrome.webdriver import WebDriver

from tests import story
from tests.browser import signing_in, sites
from tests.browser.looking import axe, driver, sideways  # noqa: F401
from tests.conftest import People

Make = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.browser

PAGES = {
    "ada": ("/audit", "/companies", "/operations"),
    "cora": ("/species", "/companies", "/people/desk"),
    "mia": ("/team", "/team/tokens", "/notices", "/notices/file"),
    "ben": ("/training", "/training/flagging-well", "/training/flagging-well/practice", "/privacy"),
}


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with sites.ours(app) as address:
        yield address


@pytest.mark.parametrize("who", PAGES)
def test_a_page_is_sound_on_a_laptop_and_on_a_phone(
    who: str, driver: WebDriver, site: str, people: People, report_json: Make
) -> None:
    story.notify(people, report_json())
    signing_in.sign_in(driver, site, f"{who}@people.test")
    found = {}
    for path in PAGES[who]:
        for width in (1280, 320):
            driver.set_window_size(width, 900)
            driver.get(f"{site}{path}")
            assert "404" not in driver.title and driver.find_elements("css selector", "main h1"), path
            found[f"{path} {width}"] = axe(driver), max(sideways(driver), 0)
    driver.delete_all_cookies()
    assert {where: what for where, what in found.items() if what != ([], 0)} == {}
