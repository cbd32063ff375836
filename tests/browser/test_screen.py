"""What only a browser on a screen can show: its question about marks, the shortcut, the entry in the menu of links."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException

from tests.browser.chromium import Browser, blameless, until
from tests.browser.hinting import marks
from tests.browser.popup_rig import element, needs_chromium, pair, text
from tests.browser.results_rig import MATCHING, Platform, vocabulary
from tests.browser.screen import XDOTOOL, XVFB, Screen, screen
from tests.browser.sites import served
from tests.browser.standin import StandIn

pytestmark = [
    *needs_chromium,
    pytest.mark.skipif(not XVFB or not XDOTOOL, reason="xvfb or xdotool is not installed: make tools installs them"),
]


@pytest.fixture(scope="module")
def shown() -> Iterator[Screen]:
    with screen() as there:
        yield there


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory, shown: Screen) -> Iterator[Browser]:
    with blameless(tmp_path_factory.mktemp("profile"), display=shown.display) as browser:
        yield browser


@pytest.fixture
def ana(headed: Browser, server: StandIn) -> Browser:
    """Ana's browser on her screen, paired."""
    server.vocabulary = vocabulary()
    return pair(headed, server)


def turn_to_popup(browser: Browser, others: list[str]) -> None:
    """To the popup that somebody has opened, captured and drawn."""
    browser.driver.switch_to.window(until(lambda: set(browser.driver.window_handles) - set(others), "the popup").pop())
    until(lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter?.captured)"), "the capture")


def test_the_shortcut_opens_it_and_keys_alone_flag(ana: Browser, shown: Screen, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    page, windows = ana.driver.current_window_handle, ana.driver.window_handles
    shown.press("alt+shift+f")
    turn_to_popup(ana, windows)
    shown.press("1", "ctrl+Return")
    until(lambda: "Flagged and received." in text(ana), "the server's word")
    ana.driver.switch_to.window(page)
    ((report, files),) = server.kept.values()
    assert report["suspicion"]["category"] == "live"
    assert files["screenshot"].startswith(b"\xff\xd8\xff")


def test_a_listing_is_flagged_from_the_menu_of_its_link(
    ana: Browser, shown: Screen, server: StandIn, market: str
) -> None:
    ana.driver.get(f"{market}/search")
    page, windows = ana.driver.current_window_handle, ana.driver.window_handles
    across, down = ana.driver.execute_script(
        """const { left, top } = document.querySelector('#wordy h3').getBoundingClientRect();
        return [screenX + left + 40, screenY + outerHeight - innerHeight + top + 10]"""
    )
    before = len(shown.windows())
    shown.click(across, down, button=3)
    until(lambda: len(shown.windows()) > before, "the menu")
    shown.press("Up", "Up", "Return")  # above the last entry, the browser's own
    turn_to_popup(ana, windows)
    assert "The ad was not opened, so nothing in it was read." in text(ana)
    assert element(ana, "#own-title").get_attribute("value") == "Papagaio cinzento manso"
    assert ana.driver.execute_script("return cyberSpotter.captured.screenshot?.size > 0"), "the menu lends the page"
    ana.driver.switch_to.window(page)


def test_marks_come_with_the_answer_to_the_browsers_own_question(ana: Browser, shown: Screen) -> None:
    settings = ana.address("options/options.html")
    ana.driver.get(settings)

    def ask() -> None:
        """Turns the switch until the browser asks: a click may meet one that is just being drawn anew."""
        for _ in range(5):
            with contextlib.suppress(AssertionError, StaleElementReferenceException):
                element(ana, "#hints").click()
                until(lambda: not ana.driver.execute_script("return document.hasFocus()"), "the question", seconds=4)
                return
        raise AssertionError("the browser's question did not come")

    def answer(word: str, *keys: str) -> None:
        ask()
        # Lest somebody be tricked, the browser takes no key in the first half second, nor one soon after a refused one.
        time.sleep(1)
        shown.press(*keys)
        until(lambda: word in text(ana), f"the word: {word}")

    answer("Marks stay off", "Return")  # what it offers first is to deny
    assert ana.in_worker("chrome.scripting.getRegisteredContentScripts()") == []
    answer("Marks are on.", "Tab", "Return")
    granted: Any = ana.in_worker("chrome.permissions.getAll()")
    assert granted["origins"] == ["*://mercado.localhost/*"]
    with served(Platform) as port:
        ana.driver.get(f"http://mercado.localhost:{port}/search")
        marks(ana, len(MATCHING))
