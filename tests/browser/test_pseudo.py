"""Every page of the gallery in a language nobody speaks: nothing was left unmarked for translation, and longer words have room."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest
from babel import Locale
from selenium.webdriver.chrome.webdriver import WebDriver

from server.core import languages
from tests.browser import gallery, pseudo, sites
from tests.browser.looking import driver, sideways  # noqa: F401

pytestmark = pytest.mark.browser

PAGES = gallery.pages()
READ_ALOUD = ("aria-label", "alt", "placeholder", "title")
NAMES = {"Cyber", "Spotter", "Chromium", "Chrome", "Edge", "Firefox", "PDF", "CSV", "JSON", "SHA", "UTC", "Ctrl", "Esc"}
NAMES |= {"Example", "Wildlife", "Alliance"}  # who runs the gallery's programme


class Texts(HTMLParser):
    """What a page says outside of what is marked, which the pseudo-language puts into brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self._depth = 0  # brackets may open in one element and close in another
        self._unread = 0
        self._english: list[str] = []  # the elements open in a part that says of itself that it is in English

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in ("script", "style", "code")
        if self._english or (tag != "html" and dict(attrs).get("lang") == "en"):
            self._english.append(tag)
            return
        self.unmarked += [
            "".join(_outside(value, 0)[0])
            for name, value in attrs
            if value and (name in READ_ALOUD or name.startswith("data-say"))
        ]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style", "code")
        if tag in self._english:
            del self._english[len(self._english) - 1 - self._english[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._unread and not self._english:
            outside, self._depth = _outside(data, self._depth)
            self.unmarked.append(" ".join("".join(outside).split()))


def _outside(text: str, depth: int) -> tuple[list[str], int]:
    """The characters that stand in no brackets, and how many brackets are open at the end."""
    outside = []
    for character in text:
        depth += (character == "[") - (character == "]")
        if not depth and character != "]":
            outside.append(character)
    return outside, depth


def _strings(value: Any, seen: set[int]) -> Iterator[str]:
    """Every text in what a page is given: its data."""
    if isinstance(value, str):
        yield from (" ".join(html.unescape(part).split()) for part in re.split(r"</?\w+>", value))
    elif id(value) not in seen and not isinstance(value, type | ModuleType):
        seen.add(id(value))
        if isinstance(value, dict):
            value = [*value, *value.values()]
        elif not isinstance(value, list | tuple | set | frozenset):
            slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
            value = (
                [*vars(value).values()] if hasattr(value, "__dict__") else [getattr(value, name, "") for name in slots]
            )
        for item in value:
            yield from _strings(item, seen)


def _said_by_babel() -> set[str]:
    """Names of months, days and languages, and the short words of lengths of time."""
    locale = Locale.parse(pseudo.LOCALE)
    names = [*locale.languages.values(), "hr hrs min mins day days week weeks month months year years and"]
    for calendar in (locale.months, locale.days):
        names += [name for widths in calendar.values() for width in widths.values() for name in width.values()]
    names += [languages.own_name(language) for language in ("fr", "ar")]
    return {word for name in names for word in re.findall(r"[^\W\d_]+", name)}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with sites.ours(gallery.make_app()) as address:
        yield address


def test_every_word_is_marked_for_translation() -> None:
    client = gallery.make_app().test_client()
    known = NAMES | _said_by_babel()
    unmarked: dict[str, list[str]] = {}
    for name, (_, context) in PAGES.items():
        texts = Texts()
        texts.feed(client.get(f"/_/{name}?lang=pseudo").text.replace("<wbr>", ""))
        data = sorted({text for text in _strings(context, set()) if len(text) > 2}, key=len, reverse=True)
        for text in texts.unmarked:
            if all(_words(part) - known for part in (text, _without(text, data))):
                unmarked.setdefault(name, []).append(text)
    assert not unmarked, "\n".join(f"{n}: {t}" for n, t in unmarked.items())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text))


def _without(text: str, data: list[str]) -> str:
    for part in data:
        text = text.replace(part, " ")
    return text


@pytest.mark.parametrize("language", ["pseudo", *languages.offered()[1:]])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_room_for_longer_words(driver: WebDriver, site: str, name: str, language: str) -> None:
    gallery.resize(driver, 320)
    driver.get(f"{site}/_/{name}?lang={language}")
    assert sideways(driver) <= 0
