"""How the extension looks and reads in each of its languages: every view and state, light and dark, both directions."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import Browser
from tests.browser.extension_views import LANGUAGES, speaking, walk
from tests.browser.popup_rig import needs_chromium
from tests.browser.standin import StandIn

pytestmark = needs_chromium

AT_FAULT = """
const found = [], root = document.documentElement, main = document.querySelector('main');
if (root.lang !== arguments[0]) found.push('language ' + root.lang);
if (root.dir !== (arguments[0] === 'ar' ? 'rtl' : 'ltr')) found.push('direction ' + root.dir);
if (root.scrollWidth > root.clientWidth) found.push('the page scrolls sideways');
if (main.scrollWidth > main.clientWidth + 1) found.push('the view scrolls sideways');
for (const each of document.querySelectorAll('button, label, select, h1, h2, .button, .pick span, .seg span, .st, .state')) {
  if (!each.checkVisibility() || each.closest('.visually-hidden, .clamp, .thumb')) continue;
  const { left, right } = each.getBoundingClientRect();
  if (left < -1 || right > innerWidth + 1) found.push('out of view: ' + each.textContent);
  if (each.clientWidth && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline') found.push('cut: ' + each.textContent);
}
for (const select of document.querySelectorAll('select')) {
  const style = getComputedStyle(select), pen = new OffscreenCanvas(1, 1).getContext('2d');
  pen.font = style.font;
  const room = select.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - 20;
  for (const option of select.options) if (pen.measureText(option.text).width > room) found.push('cut: ' + option.text);
}
const heading = document.querySelector('h1');
heading.style.overflowWrap = 'normal';
if (heading.scrollWidth > heading.clientWidth + 1) found.push('a broken word: ' + heading.textContent);
heading.style.overflowWrap = '';
const foot = document.querySelector('footer:not(:empty)')?.getBoundingClientRect().bottom ?? 0;
if (foot > innerHeight + 1) found.push('the foot is out of view');
if (location.pathname.startsWith('/popup/') && ![380, 780].includes(innerWidth)) found.push('a popup of ' + innerWidth + ' pixels');
return found;
"""
"""What a person would call broken: wrong language or direction, something cut, something out of reach."""


@pytest.fixture
def standin() -> Iterator[StandIn]:
    server = StandIn()
    yield server
    server.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_is_whole_in_every_language(tmp_path: Any, standin: StandIn, market: str, language: str) -> None:
    """In English and Arabic for axe-core too, light and dark: the other languages are laid out like the first."""
    problems: dict[str, list[str]] = {}
    with speaking(language, tmp_path) as browser:

        def look(name: str) -> None:
            faults = list(browser.driver.execute_script(AT_FAULT, LANGUAGES[language]))
            if language in ("en", "ar"):
                faults += axe_in_both_themes(browser)
            if faults:
                problems[name] = faults

        walk(browser, standin, market, look)
        assert problems == {}
        assert browser.complaints() == []


def axe_in_both_themes(browser: Browser) -> list[str]:
    """In the dark the colours alone differ."""
    browser.theme("light")
    faults = [f"light: {each}" for each in browser.axe()]
    browser.theme("dark")
    return faults + [f"dark: {each}" for each in browser.axe("color-contrast")]
