"""Ana's browser with marks switched on, on pages of results."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import Browser, blameless, until
from tests.browser.popup_rig import element, pair, text
from tests.browser.results_rig import Platform, granting, vocabulary
from tests.browser.sites import served
from tests.browser.standin import StandIn


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(Platform) as port:
        yield port


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("granting")
    with blameless(folder / "profile", extension=granting(folder / "extension")) as browser:
        yield browser


@pytest.fixture
def ana(browser: Browser, server: StandIn) -> Browser:
    """Ana's browser, paired, with the word list, marks off."""
    server.vocabulary = vocabulary()
    pair(browser, server)
    browser.in_worker("chrome.scripting.unregisterContentScripts()")
    browser.driver.get(browser.address("options/options.html"))
    element(browser, "#hints")  # once the word list has come
    return browser


def switch_on(browser: Browser) -> None:
    browser.driver.get(browser.address("options/options.html"))
    element(browser, "#hints").click()
    until(lambda: "Marks are on." in text(browser), "the word that marks are on")


def in_script(browser: Browser, expression: str) -> Any:
    """Evaluates in the extension's own script on the current page; None where there is none."""
    page = browser.driver.current_window_handle
    session = browser.call("Target.attachToTarget", {"targetId": page, "flatten": True})["sessionId"]
    try:
        browser._events.clear()
        browser.call("Runtime.enable", session=session)
        worlds = [
            event["params"]["context"]
            for event in browser._events
            if event["method"] == "Runtime.executionContextCreated" and event.get("sessionId") == session
        ]
        own = [each["id"] for each in worlds if browser.id in each["origin"]]
        if not own:
            return None
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True, "contextId": own[-1]}
        answer = browser.call("Runtime.evaluate", asked, session)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")
    finally:
        browser.call("Target.detachFromTarget", {"sessionId": session})


MARKS = """Array.from(cyberSpotterHints.marks.values(), (one) => {
    const [mark, card] = [one.button.getBoundingClientRect(), one.card.getBoundingClientRect()];
    return {title: one.card.querySelector('h3').textContent, label: one.button.getAttribute('aria-label'), size: [mark.width, mark.height],
        seen: getComputedStyle(one.button).visibility, on: mark.left >= card.left && mark.top >= card.top && mark.right <= card.right && mark.bottom <= card.bottom}})"""


TIP = "(() => { const tip = cyberSpotterHints.shadow.querySelector('[popover]'); return tip.matches(':popover-open') ? tip.innerText : '' })()"


def marks(browser: Browser, count: int) -> list[dict[str, Any]]:
    """The marks on the page, once there are so many, in their places."""

    def there() -> list[dict[str, Any]]:
        marks = in_script(browser, MARKS) or []
        return marks if len(marks) == count and all(mark["on"] and mark["seen"] == "visible" for mark in marks) else []

    return until(there, f"{count} marks")


def looked(browser: Browser) -> int:
    """How many listings have been looked at."""
    return int(in_script(browser, "cyberSpotterHints.listings") or 0)
