"""Marks in a real Firefox: its own question, the marks on a page of results, and nothing once they are off again."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import until
from tests.browser.firefox import Firefox, needs_firefox
from tests.browser.results_rig import MATCHING, Platform, vocabulary
from tests.browser.sites import served
from tests.browser.standin import StandIn

pytestmark = needs_firefox

MARKS = """const { openOrClosedShadowRoot: shadow } = document.documentElement.lastElementChild;
return Array.from(shadow?.querySelectorAll('button') ?? [], (mark) => {
    const { x, y } = mark.getBoundingClientRect();
    const card = document.elementsFromPoint(x + 12, y + 12).find((each) => each.matches('li'));
    return [card?.querySelector('h3').textContent ?? null, mark.getAttribute('aria-label')];
});"""
TIP = """const { openOrClosedShadowRoot: shadow } = document.documentElement.lastElementChild;
const tip = shadow.querySelector('[popover]');
return tip.matches(':popover-open') ? tip.innerText : '';"""
REGISTERED = "return WebExtensionPolicy.getByID(arguments[0]).contentScripts.length;"


@pytest.fixture
def site() -> Iterator[str]:
    with served(Platform) as port:
        yield f"http://mercado.localhost:{port}/search"


@pytest.fixture
def ana(tmp_path: Any, server: StandIn) -> Iterator[Firefox]:
    """Ana's Firefox, paired, with the word list, marks off."""
    server.vocabulary = vocabulary()
    firefox = Firefox(tmp_path)
    try:
        firefox.driver.navigate(firefox.address("options/options.html"))
        firefox.keep("cyber-spotter-keys", "keys", "connection", server.connection)
        firefox.driver.refresh()
        until(lambda: firefox.find("#hints") is not None, "the word list")
        yield firefox
    finally:
        firefox.quit()


def test_marks_are_asked_for_shown_and_given_back(ana: Firefox, server: StandIn, site: str) -> None:
    settings = ana.address("options/options.html")
    ana.press("#hints")
    assert "mercado.localhost" in ana.answer_question(allow=False)
    until(lambda: "Marks stay off" in ana.text(), "the word that marks stay off")
    assert ana.in_chrome(REGISTERED) == 0

    ana.press("#hints")
    asked = ana.answer_question(allow=True)
    assert ("mercado.localhost" in asked, "all websites" in asked) == (True, False)
    until(lambda: "Marks are on." in ana.text(), "the word that marks are on")
    assert ana.in_chrome(REGISTERED) == 1
    server.heard.clear()

    ana.stop_background()  # what judges the words is woken by the page
    ana.driver.navigate(site)
    reasons = until(
        lambda: (marks := dict(ana.within_page(MARKS))).keys() == MATCHING.keys() and marks, "each mark on its listing"
    )
    assert [title for title, reason in MATCHING.items() if reason not in reasons[title]] == []
    assert ana.driver.execute_script("return document.documentElement.lastElementChild.shadowRoot") is None
    assert server.heard == []
    ana.within_page("document.documentElement.lastElementChild.openOrClosedShadowRoot.querySelector('button').focus()")
    assert "“ivory netsuke” is a trade term" in until(lambda: ana.within_page(TIP), "the reason on focus")

    ana.driver.navigate(settings)
    until(lambda: ana.find("#hints") is not None, "the settings")
    ana.press("#hints")
    until(lambda: "Marks are off" in ana.text(), "the word that marks are off")
    assert ana.in_chrome(REGISTERED) == 0
    given = "return WebExtensionPolicy.getByID(arguments[0]).allowedOrigins.patterns.map((each) => each.pattern);"
    assert [pattern for pattern in ana.in_chrome(given) if "mercado" in pattern] == []
    ana.driver.navigate(site)
    assert ana.driver.execute_script("return document.documentElement.children.length") == 2
