"""Evidence is of the ad that was flagged: pages that go on to another ad by themselves, and what is still being blacked out."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import PARROT, click, element, flag, needs_chromium, pair, queue, sentence
from tests.browser.standin import StandIn

pytestmark = needs_chromium
READ = "document.getElementById('read')"

GATE = """const real = createImageBitmap;
globalThis.gate = Promise.withResolvers();
globalThis.createImageBitmap = async (blob) => { await gate.promise; return real(blob); };"""


def go_on(browser: Browser) -> None:
    """The page under the popup shows another ad, as single-page applications do: without loading anew."""
    browser.driver.execute_async_script(
        """const done = arguments[0];
        const func = () => { history.pushState({}, '', '/itm/7'); document.querySelector('h1').textContent = 'Wooden chair'; };
        chrome.tabs.query({ active: true, currentWindow: true })
            .then(([tab]) => chrome.scripting.executeScript({ target: { tabId: tab.id }, func })).then(() => done());"""
    )


def test_no_picture_of_another_ad_is_taken(slow: Browser, server: StandIn, market: str) -> None:
    ana = pair(slow, server, retry_base=200)
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        go_on(ana)
        ana.driver.execute_script("shutter.resolve()")
        until(lambda: ana.driver.execute_script("return Boolean(globalThis.cyberSpotter)"), "the capture")
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, files),) = server.kept.values()
    assert (report["url"], report["listing"]["title"]) == (f"{market}/itm/265370482", PARROT["name"])
    assert files == {}


@pytest.mark.parametrize("moved", [False, True], ids=["this ad", "another ad"])
def test_the_full_page_is_pictured_only_of_this_ad(ana: Browser, market: str, moved: bool) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        if moved:
            go_on(ana)
        element(ana, "body").send_keys("v")
        click(ana, "#take-full-page")
        until(lambda: not ana.driver.find_elements("id", "progress"), "the end")
        assert bool(ana.driver.find_elements("id", "send-full_page")) is not moved
        assert (sentence("fullPageFailed") in element(ana, "#view").text) is moved


def test_what_is_still_being_blacked_out_is_waited_for(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        before = ana.driver.execute_script("return cyberSpotter.captured.sha256.screenshot")
        element(ana, "body").send_keys("1", "v")
        element(ana, "#black-out-screenshot").click()
        element(ana, "#add-box").click()
        ana.driver.execute_script(GATE)
        element(ana, "#paint").click()
        element(ana, ".back").click()
        element(ana, "#flag").send_keys(Keys.CONTROL, Keys.ENTER)
        assert (queue(ana), server.kept) == ([], {})
        ana.driver.execute_script("gate.resolve()")
        until(lambda: server.kept, "the report")
    ((report, _files),) = server.kept.values()
    assert report["evidence"][0]["sha256"] != before
