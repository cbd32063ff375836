"""What the extension's tests share: a small marketplace, what a person does, what can be looked at."""

import contextlib
import html
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys

from server.core import languages, payloads, problems
from server.core.config import Settings
from server.core.words import Refused
from server.ledger.reports import schemas
from tests.browser.chromium import CHROMIUM, DRIVER, EXTENSION, Browser, until
from tests.browser.sites import Site
from tests.browser.standin import StandIn

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM or not DRIVER, reason="chromium or its driver is not installed: make tools installs them"
    ),
]

TEXTS = {
    key: entry["message"] for key, entry in json.loads((EXTENSION / "_locales/en/messages.json").read_text()).items()
}


def sentence(key: str, *values: object) -> str:
    """What the extension says in English under this key, with its blanks filled."""
    return re.sub(r"\$(\d)", lambda blank: str(values[int(blank[1]) - 1]), TEXTS[key])


PARROT = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "African grey parrot, hand tame, 6 available",
    "description": "Beautiful African grey congo chicks, hand tame, 14 weeks. Papers can be arranged.",
    "image": ["/a.jpg", "/b.jpg"],
    "offers": {
        "@type": "Offer",
        "price": "1250.00",
        "priceCurrency": "EUR",
        "seller": {"@type": "Person", "name": "birdroom_lx"},
        "availableAtOrFrom": {"address": "Lisbon, Benfica"},
    },
}


def page(product: dict[str, Any]) -> str:
    """An ad with its data beside it."""
    name, data = html.escape(product["name"]), json.dumps(product).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{name}</title>
        <script type="application/ld+json">{data}</script>
        <body style="font:20px sans-serif;background:#dde"><h1>{name}</h1><p class="price">€ 1,250</p>"""


PAGES = {
    "/itm/265370482": page(PARROT),
    "/long": page(
        PARROT
        | {
            "name": "นกแก้วแอฟริกันเกรย์ " * 40,
            "description": "x" * 20001,
            "offers": PARROT["offers"] | {"seller": {"name": "بائع الطيور النادرة " * 10}},
        }
    ),
    "/broken": page(
        PARROT
        | {
            "description": "Talks all day \ud83d",  # cut in the middle of an emoji, as sites do
            "image": {"@type": "ImageObject", "url": "/a.jpg", "caption": "On its perch. " * 400},
            "offers": PARROT["offers"] | {"price": "1250.00 for the pair " * 16},
        }
    ),
    "/search": """<!DOCTYPE html><html lang="pt"><meta charset="utf-8"><title>Resultados</title><h1>Aves</h1>
        <nav id="account"><span class="user-name">Ana Volunteer</span></nav>
        <ul><li><a id="wordy" href="/itm/265370482?utm_source=list"><img src="/a.jpg" alt="Papagaio no poleiro"><h3>Papagaio cinzento manso</h3><p>1 250 €</p></a>
        <li><a id="pictured" href="/itm/7"><img src="/b.jpg" alt="Tartaruga estrelada, jovem"></a> <a id="bare" href="/itm/8">  </a> <a id="script" href="javascript:0">x</a></ul>""",
    "/shell": "<!DOCTYPE html><html lang='en'><title>Shop</title><div id=root></div>",
    "/hostile": page(PARROT | {"name": "<img src=x onerror=alert(1)><script>alert(2)</script>\r\nBcc: a@b.example"}),
}


class Market(Site):
    """A small marketplace."""

    def body(self) -> bytes:
        return PAGES.get(self.path, "").encode()


EMPTY = """(async () => {
    const { drafts, outbox, settings } = cyberSpotter;
    await chrome.storage.local.clear(); await chrome.storage.session.clear(); await chrome.alarms.clearAll();
    await settings.remove('connection', 'pairing');
    await settings.set(%s);
    for (const item of await outbox.all()) await outbox.remove(item.id);
    await drafts.sweep(Infinity);
    await chrome.action.setBadgeText({text: ''});
})()"""


def pair(browser: Browser, server: StandIn, **settings: Any) -> Browser:
    """The browser, paired with the server and with nothing of an earlier test left in it; `settings` as they are kept."""
    browser.driver.get("about:blank")
    browser.in_worker(EMPTY % json.dumps({"connection": server.connection} | settings))
    return browser


def element(browser: Browser, selector: str) -> Any:
    """The first such element, once it is there: a page is drawn after it has loaded."""
    return until(lambda: browser.driver.find_elements("css selector", selector), selector)[0]


def click(browser: Browser, selector: str) -> None:
    """Clicks what is there now, in one breath: a list that is fetched meanwhile is drawn anew."""
    browser.driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def text(browser: Browser) -> str:
    return str(browser.driver.execute_script("return document.body.innerText"))


def refusal(**changed: Any) -> tuple[int, dict[str, Any]]:
    """What the real server answers to a report that is in order but for what is `changed`."""
    report = {
        "url": "https://market.example/ad/1",
        "captured_at": "2026-11-24T10:00:00Z",
        "suspicion": {"category": "live", "reason": "Six at once."},
    }
    app = Flask("refusing")
    app.config["SPOTTER"] = SimpleNamespace(max_json=Settings.max_json, base_url="https://spotter.example")
    languages.init_app(app, lambda: languages.ENGLISH)
    with app.test_request_context("/api/v1/reports"):
        with pytest.raises(Refused) as refused:
            payloads.load(schemas.NewReport, payloads.read_json(json.dumps(report | changed).encode()))
        refusal = refused.value
        answer = problems.problem(
            refusal.kind, problems.STATUS[refusal.kind], refusal.detail, refusal.errors, refusal.extra
        )
        return answer.status_code, json.loads(answer.get_data())


def flag(browser: Browser, reason: str = "Six at once.") -> None:
    """What a person does in the popup, by keyboard where there is a key."""
    body = element(browser, "body")
    body.send_keys("1")
    click(browser, "#pick-own")
    element(browser, "#words").send_keys(reason)
    element(browser, "#words").send_keys(Keys.CONTROL, Keys.ENTER)
    until(
        lambda: "Flagged" in text(browser) or browser.driver.find_elements("id", "ask-first"), "the word or a question"
    )
    if browser.driver.find_elements("id", "ask-first"):
        element(browser, "body").send_keys(Keys.CONTROL, Keys.ENTER)
    until(lambda: "Flagged" in text(browser), "the word that it is flagged")


def open_fix(browser: Browser) -> None:
    """Opens the form that fixes a report; it is drawn once its draft has been read from the disk."""
    click(browser, '[id^="fix-"]')
    element(browser, ".fix-form")


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


def queue(browser: Browser) -> list[dict[str, Any]]:
    """What is in the outbox, read from the browser's own disk."""
    return list(
        browser.in_worker(
            "cyberSpotter.outbox.all().then((items) => items.map(({id, state, attempts, report, files}) =>"
            " ({id, state, attempts, title: report.listing?.title, size: files.screenshot?.size})))"
        )
    )


def badge(browser: Browser) -> str:
    return str(browser.in_worker("chrome.action.getBadgeText({})"))


OWN = [
    {
        "id": "a",
        "reference": "R-A",
        "url": "https://x.example/1",
        "title": "Old ox-bone colour figure, crossed lines",
        "status": "needs_info",
        "outcome": None,
        "received_at": "2026-11-24T10:00:00Z",
        "updated_at": "2026-11-24T10:00:00Z",
        "feedback": [
            {
                "at": "2026-11-24T10:00:00Z",
                "status": "needs_info",
                "speaker": "coordinator",
                "text": "Does the base show crossed lines? A closer picture would help.",
            }
        ],
    },
    {
        "id": "b",
        "reference": "R-B",
        "url": "https://x.example/2",
        "title": "Star tortoise pair, young",
        "status": "removed",
        "outcome": "removed",
        "received_at": "2026-11-23T10:00:00Z",
        "updated_at": "2026-11-24T10:00:00Z",
        "checked_at": "2026-11-25T09:00:00Z",
        "feedback": [
            {
                "at": "2026-11-24T10:00:00Z",
                "status": "removed",
                "speaker": "Mercado",
                "text": "Live protected species are not allowed.",
            }
        ],
    },
    {
        "id": "c",
        "reference": "R-C",
        "url": "https://x.example/3",
        "title": None,
        "status": "received",
        "outcome": None,
        "received_at": "2026-11-22T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z",
        "feedback": [],
    },
    {
        "id": "d",
        "reference": "R-D",
        "url": "https://x.example/4",
        "title": "Ivory-coloured dress " * 40,
        "status": "kept",
        "outcome": "not_violating",
        "received_at": "2026-11-21T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z",
        "feedback": [
            {
                "at": "2026-11-21T12:00:00Z",
                "status": "needs_info",
                "speaker": "coordinator",
                "text": "Is it of ivory, or of the colour?",
                "lesson": None,
            },
            {
                "at": "2026-11-21T13:00:00Z",
                "status": "needs_info",
                "speaker": "spotter",
                "text": "It does not say.",
                "lesson": None,
            },
            {
                "at": "2026-11-22T10:00:00Z",
                "status": "kept",
                "speaker": "Mercado",
                "text": "A colour, not a material.",
                "lesson": {
                    "id": "from-click-to-answer/answer",
                    "title": "When a company keeps it online",
                    "url": "https://spotter.example/training/from-click-to-answer/answer",
                },
            },
        ],
    },
]

CHECKS = [
    {
        "id": "k1",
        "url": "https://x.example/9",
        "title": "Star tortoise pair, young",
        "platform": "Mercado",
        "category": "live",
    },
    {"id": "k2", "url": "https://x.example/8", "title": "Carved tusk " * 60, "platform": None, "category": "product"},
    {"id": "k3", "url": "javascript:alert(1)", "title": None, "platform": "بازار الطيور", "category": "live"},
]
