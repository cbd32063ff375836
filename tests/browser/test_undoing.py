"""A coordinator takes decisions back by the keyboard, in a real Chromium, as the program ships: within ten seconds."""

import re
from collections.abc import Callable, Iterator

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


def notify(driver: webdriver.Chrome, base: str) -> str:
    """The company of a waiting case is notified, by Cora; the case's title."""
    driver.get(f"{base}/cases")
    driver.get(driver.find_elements("css selector", "[data-case]")[0].get_attribute("href"))
    title = driver.find_element("id", "case-name").text
    driver.find_element("css selector", "body").send_keys("n")
    until(lambda: driver.find_elements("name", "good_faith"), "the panel")
    driver.find_element("name", "none_of_these").send_keys(Keys.SPACE)
    reason = driver.find_element("name", "reason")
    reason.clear()
    reason.send_keys("What the ad shows is enough.")
    driver.find_element("name", "good_faith").send_keys(Keys.SPACE, Keys.CONTROL, Keys.ENTER)
    until(lambda: driver.find_elements("css selector", "form.undo"), "the offer to undo it")
    return title


@pytest.mark.parametrize(("decide", "words"), [(dismiss, r"Done\."), (notify, r"Sent to (Mercado|Tradepost)\.")])
def test_when_its_time_is_over_words_take_the_place_of_undo_and_nothing_moves(
    instance: Instance, desk: webdriver.Chrome, decide: Callable[[webdriver.Chrome, str], str], words: str
) -> None:
    title = decide(desk, instance.base)
    offer = desk.find_element("css selector", "form.undo")
    below = desk.find_element("id", "case-name")
    before = offer.rect, below.rect
    until(lambda: not offer.find_elements("css selector", "button"), "the offer to end", seconds=20)
    assert (offer.rect, below.rect) == before, "whatever stood below Undo stands there still"
    assert re.search(words, offer.text) and title in offer.text and "Nothing has been sent yet." not in offer.text
    until(
        lambda: re.search(words, desk.find_element("id", "live").get_attribute("textContent") or ""),
        "the live region to say it",
    )
    offer.find_element("link text", "See the case").send_keys(Keys.ENTER)
    until(lambda: desk.find_element("id", "case-name").text == title, "the case that was decided")


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
