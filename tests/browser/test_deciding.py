"""A coordinator's decision by the keyboard, in a real Chromium."""

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
    with demonstration(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture(scope="module")
def desk(instance: Instance) -> Iterator[webdriver.Chrome]:
    """Cora's browser, signed in."""
    with without_extension() as driver:
        sign_in(driver, instance.base, people.CORA)
        yield driver


def open_panel(driver: webdriver.Chrome, base: str, place: int) -> None:
    """The notify panel of a waiting case, filled in but for what the test is about."""
    driver.get(f"{base}/cases")
    driver.get(driver.find_elements("css selector", "[data-case]")[place].get_attribute("href"))
    driver.find_element("css selector", "body").send_keys("n")
    until(lambda: driver.find_elements("name", "good_faith"), "the panel")
    driver.find_element("name", "none_of_these").send_keys(Keys.SPACE)
    reason = driver.find_element("name", "reason")
    reason.clear()
    reason.send_keys("What the ad shows is enough.")


@pytest.mark.parametrize("field", ["good_faith", "reason"])
def test_ctrl_enter_sends_the_notice_once_and_opens_no_tab(
    instance: Instance, desk: webdriver.Chrome, field: str
) -> None:
    open_panel(desk, instance.base, 0)
    before = len(desk.window_handles)
    if field == "reason":
        desk.find_element("name", "good_faith").click()
    else:
        desk.find_element("name", "good_faith").send_keys(Keys.SPACE)
    desk.find_element("name", field).send_keys(Keys.CONTROL, Keys.ENTER)
    until(lambda: "Decided. The notice" in page_text(desk), "the word that it is sent")
    assert len(desk.window_handles) == before, "no new tab"


def test_c_claims_the_case_that_is_shown_and_with_ticks_the_ticked_ones(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    desk.get(f"{instance.base}/cases")
    body = lambda: desk.find_element("css selector", "body")  # noqa: E731
    shown = desk.find_element("css selector", "[data-case][aria-current]").get_attribute("href")
    body().send_keys("c")
    until(lambda: "Claimed by you until today" in page_text(desk), "the claim")
    assert desk.current_url == shown
    desk.get(f"{instance.base}/cases")
    for place in (1, 2):
        desk.find_elements("css selector", ".cases [name=case]")[place].send_keys(Keys.SPACE)
    body().send_keys("c")
    until(lambda: "You claimed 2 cases." in page_text(desk), "the claims")
    assert "csrf" not in desk.current_url and page_text(desk).count("Claimed by you until") >= 3
