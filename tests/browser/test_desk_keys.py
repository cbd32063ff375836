"""The coordinators' queue in a real Chromium, on the gallery's pages."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.keys import Keys

from tests.browser import gallery, sites

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    driver = gallery.browser()
    driver.set_window_size(1280, 1000)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with sites.ours(gallery.make_app()) as address:
        yield address


def press(driver: WebDriver, *keys: str) -> None:
    for key in keys:
        driver.switch_to.active_element.send_keys(key)


def test_all_that_was_found_ticks_the_page_until_a_case_is_left_out(driver: WebDriver, site: str) -> None:
    driver.get(f"{site}/_/queue")
    rows = driver.find_elements("css selector", ".cases [name=case]")
    found = driver.find_element("css selector", ".many-bar [name=found]")
    press(driver, "x")
    assert found.is_displayed() and "All 173 found" in driver.find_element("css selector", ".many-bar").text
    assert driver.find_element("css selector", ".many-bar .ticked").is_displayed()
    found.send_keys(Keys.SPACE)
    assert all(row.is_selected() for row in rows)
    assert not driver.find_element("css selector", ".many-bar .ticked").is_displayed(), "they are more than the page's"
    rows[1].send_keys(Keys.SPACE)
    assert not found.is_selected() and rows[0].is_selected()
