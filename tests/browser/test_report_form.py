"""The report form with the keyboard alone: what is known of the address stands there as it is typed, and again with a draft."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import gallery, looking, signing_in, sites
from tests.browser.chromium import until
from tests.conftest import People
from tests.story import flag

pytestmark = pytest.mark.browser
REPORTED = "https://mercado.test/itm/grey-parrot/265370482805"


@pytest.fixture
def site(app: Flask, people: People, report_json: Callable[..., dict[str, Any]]) -> Iterator[str]:
    flag(people, report_json())
    with sites.ours(app) as address:
        yield address


@pytest.fixture
def driver(site: str) -> Iterator[WebDriver]:
    driver = gallery.browser()
    gallery.resize(driver, 320, 640)
    signing_in.sign_in(driver, site, "ana@people.test")
    driver.get(f"{site}/reports/new")
    yield driver
    driver.quit()


def press(driver: WebDriver, *keys: str) -> None:
    ActionChains(driver).send_keys(*keys).perform()


def focused(driver: WebDriver) -> str:
    return str(driver.execute_script("return document.activeElement.name || document.activeElement.tagName"))


def tab_to(driver: WebDriver, name: str) -> None:
    """Tab from here to what is called so, over nothing that is not on the way: at most five stops."""
    for _ in range(5):
        press(driver, Keys.TAB)
        if focused(driver) == name:
            return
    raise AssertionError(f"no {name} within five stops; here is {focused(driver)}")


def text_of(driver: WebDriver, selector: str) -> str:
    """What stands there now, read in one step: the page may be replaced meanwhile."""
    script = "return document.querySelector(arguments[0])?.innerText ?? ''"
    return str(driver.execute_script(script, selector))


def about(driver: WebDriver) -> str:
    return text_of(driver, "#about-address")


def test_a_report_by_keyboard_of_an_ad_one_has_reported(driver: WebDriver) -> None:
    driver.find_element("name", "url").send_keys(REPORTED)
    until(lambda: "You reported this ad on" in about(driver), "what is known of the address")
    assert "Platform: Mercado." in about(driver)
    assert focused(driver) == "url" and driver.find_element("name", "url").get_property("value") == REPORTED
    assert not driver.find_elements("css selector", ":checked")
    assert looking.axe(driver) == [] and looking.sideways(driver) == 0
    tab_to(driver, "again")
    press(driver, Keys.SPACE)
    tab_to(driver, "category")
    press(driver, Keys.SPACE)
    tab_to(driver, "reason")
    press(driver, "Six more, and a new price.")
    tab_to(driver, "SUMMARY")
    assert not driver.find_element("name", "species").is_displayed()
    press(driver, Keys.ENTER)
    assert driver.find_element("name", "species").is_displayed()
    ActionChains(driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    until(lambda: "Flagged. Thank you." in text_of(driver, "main"), "the receipt")


def test_each_address_has_its_own_words_and_a_draft_is_looked_up_again(driver: WebDriver, site: str) -> None:
    field = driver.find_element("name", "url")
    field.send_keys("https://mercado.test/search?q=ivory")
    until(lambda: "a list of ads" in about(driver), "the word that it is no single ad")
    field.clear()
    field.send_keys(REPORTED)
    until(lambda: "You reported this ad on" in about(driver), "what is known of the address")
    assert "a list of ads" not in about(driver)
    driver.get(f"{site}/reports/new")
    assert driver.find_element("name", "url").get_property("value") == REPORTED
    until(lambda: "You reported this ad on" in about(driver), "what is known of the draft")


def test_what_cannot_be_looked_up_leaves_no_word_of_another_address(driver: WebDriver) -> None:
    field = driver.find_element("name", "url")
    field.send_keys(REPORTED)
    until(lambda: "You reported this ad on" in about(driver), "what is known of the address")
    driver.set_network_conditions(offline=True, latency=0, throughput=0)
    field.send_keys("7")
    until(lambda: about(driver) == "", "nothing to be said")
    assert field.get_property("value") == f"{REPORTED}7"
    assert driver.find_element("id", "live").get_property("textContent") == ""
