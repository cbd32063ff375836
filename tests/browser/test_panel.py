"""The side panel: what waits, what became of it, what is asked; beside the page, without reading it."""

import contextlib
from collections.abc import Iterator

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import OWN, element, needs_chromium, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


@contextlib.contextmanager
def panel(browser: Browser) -> Iterator[None]:
    """The panel, opened from the popup as a person opens it; closed again at the end."""
    page = browser.driver.current_window_handle
    browser.click_toolbar()
    until(lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter?.captured)"), "the capture")
    before = set(browser.driver.window_handles)
    element(browser, "#reports").click()
    element(browser, "#open-panel").click()
    opened = until(lambda: set(browser.driver.window_handles) - before, "the panel").pop()
    browser.driver.switch_to.window(opened)
    until(lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter)"), "the panel's list")
    try:
        yield
    finally:
        browser.driver.execute_script("setTimeout(() => window.close())")
        browser.driver.switch_to.window(page)


def test_the_panel_opens_beside_the_page_and_tells_what_the_popup_tells(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "Mercado: “Live protected species are not allowed.”" in text(ana), "the list")
        assert ana.driver.find_elements("id", "open-panel") == []
        assert ana.driver.execute_script("return location.pathname") == "/panel/panel.html"
