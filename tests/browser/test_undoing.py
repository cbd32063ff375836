"""A coordinator takes decisions back by the keyboard, in a real Chromium, as the program ships: within ten seconds."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from server.demo import people
from tests.browser.chromium import until, without_extension
from tests.browser.instance import Instance, demonstration
from tests.browser.pairing import page_text, sign_in
from tests.browser.popup_rig import needs_chromium

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with demonstration(tmp_path_factory.mktemp("instance"), undo_seconds=10) as running:
        yield running


@pytest.fixture(scope="module")
def desk(instance: Instance) -> Iterator[webdriver.Chrome]:
    """Cora's browser, signed in."""
    with without_extension() as driver:
        sign_in(driver, instance.base, people.CORA)
        yield driver


def dismiss(driver: webdriver.Chrome, base: str, query: str = "") -> str:
    """The first waiting case is dismissed by the keyboard; its title."""
    driver.get(f"{base}/cases{query}")
    driver.get(driver.find_elements("css selector", "[data-case]")[0].get_attribute("href"))
    title = driver.find_element("id", "case-name").text
    driver.find_element("css selector", "body").send_keys("d")
    until(lambda: driver.find_elements("name", "because"), "the panel")
    driver.find_element("css selector", "[name=because][value=other]").send_keys(Keys.SPACE)
    driver.find_element("name", "reason").send_keys("Nothing of this is offered.", Keys.CONTROL, Keys.ENTER)
    until(lambda: driver.find_elements("css selector", "form.undo"), "the offer to undo it")
    return title


def test_z_takes_a_decision_back(instance: Instance, desk: webdriver.Chrome) -> None:
    title = dismiss(desk, instance.base)
    offer = desk.find_element("css selector", "form.undo")
    assert title in offer.text and "Nothing has been sent yet." in offer.text
    assert desk.find_element("id", "case-name").text != title, "the next case is shown"
    first = offer.find_element("css selector", "[data-left]").text
    until(lambda: offer.find_element("css selector", "[data-left]").text != first, "the seconds to be counted")
    desk.find_element("css selector", "body").send_keys("z")
    until(lambda: "Undone: 1 decision." in page_text(desk), "the word that it is undone")
    assert desk.find_element("id", "case-name").text == title
    assert desk.find_elements("css selector", "[data-key=d]"), "and it can be decided"


def test_the_offer_goes_with_the_last_second(instance: Instance, desk: webdriver.Chrome) -> None:
    dismiss(desk, instance.base)
    until(lambda: not desk.find_elements("css selector", "form.undo"), "the offer to end", seconds=20)


def test_x_ticks_and_many_are_dismissed_and_undone_at_once(instance: Instance, desk: webdriver.Chrome) -> None:
    desk.get(f"{instance.base}/cases")
    bar = desk.find_element("css selector", ".many-bar")
    assert not bar.is_displayed()
    desk.find_element("css selector", "body").send_keys("x")
    desk.find_elements("css selector", ".cases [name=case]")[1].send_keys(Keys.SPACE)
    assert bar.is_displayed() and len(desk.find_elements("css selector", ".cases [name=case]:checked")) == 2
    bar.find_element("css selector", "[value=dismiss]").send_keys(Keys.ENTER)
    until(lambda: "Dismiss 2 cases" in page_text(desk), "the page of the two")
    desk.find_element("css selector", "[name=because][value=not_offered]").send_keys(Keys.SPACE)
    desk.find_element("name", "reason").send_keys("A museum’s page.", Keys.CONTROL, Keys.ENTER)
    until(lambda: "Decided: dismiss 2 cases." in page_text(desk), "the offer to undo both")
    desk.find_element("css selector", "body").send_keys("z")
    until(lambda: "Undone: 2 decisions." in page_text(desk), "the word that both are undone")
