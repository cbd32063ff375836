"""Every view and state of the extension, one after the other, in a browser of any language: for what looks at them all.

Whatever is clicked is found by its name in the page, never by its words.
"""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import OWN, PAGES, PARROT, click, element, open_fix, page, pair, panel
from tests.browser.standin import StandIn

LANGUAGES = {"en": "en-GB", "fr": "fr", "es": "es", "zh-CN": "zh-CN", "ar": "ar"}
"""What Chromium is started in, and what its texts then say they are."""

PAGES["/arabic"] = page(
    PARROT
    | {
        "name": "ببغاء رمادي أفريقي (Psittacus erithacus) للبيع، 6 أفراخ",
        "description": "أفراخ جميلة مرباة باليد، عمرها 14 أسبوعًا.",
        "offers": PARROT["offers"] | {"price": "4500.00", "priceCurrency": "AED", "seller": {"name": "طيور الخليج 77"}},
    }
).replace('lang="en"', 'lang="ar" dir="rtl"')

ARABIC = {
    "id": "e",
    "reference": "R-E",
    "url": "https://x.example/5",
    "title": "سلحفاة نجمية (Geochelone elegans)، زوج صغير",
    "status": "notified",
    "outcome": None,
    "received_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-21T10:00:00Z",
    "feedback": [
        {
            "at": "2026-11-21T10:00:00Z",
            "status": "notified",
            "speaker": "متجر الخليج",
            "text": "وصلنا الإشعار وننظر فيه.",
        }
    ],
}

REFUSED = (
    422,
    {
        "detail": "One field does not fit.",
        "errors": {"suspicion.reason": ["Say why."], "listing.description": ["Longer than maximum length 20000."]},
    },
)


@contextlib.contextmanager
def speaking(language: str, profile: Path) -> Iterator[Browser]:
    """A browser in that language."""
    browser = Browser(profile, arguments=(f"--lang={language}",))
    try:
        yield browser
    finally:
        browser.quit()


def walk(browser: Browser, server: StandIn, market: str, look: Callable[[str], None]) -> None:
    """Calls `look` with the name of each view, while it stands in the current window."""
    pair(browser, server, retry_base=200)
    server.own = [*OWN, ARABIC]
    driver = browser.driver
    for name, path in {"ad": "/itm/265370482", "arabic ad": "/arabic", "long ad": "/long", "no ad": "/shell"}.items():
        driver.get(market + path)
        with browser.popup():
            look(f"flag, {name}")
            if driver.find_elements("id", "own-title"):
                continue
            element(browser, "#flag").click()
            element(browser, "#errors")
            look(f"errors, {name}")
            element(browser, "#open-review").click()
            look(f"check, {name}")
            if name == "ad":
                element(browser, "#black-out-screenshot").click()
                until(lambda: driver.execute_script("return innerWidth") > 500, "the window to widen")
                element(browser, "#add-box").click()
                look("black out")
                click(browser, "#leave")
            element(browser, "#done")
            click(browser, "#done")
            element(browser, "#open-species").click()
            element(browser, "#species-field").send_keys("gris")
            look(f"species, {name}")
            element(browser, "#species-field").send_keys(Keys.ENTER)
            element(browser, "#pick-own").send_keys(Keys.SPACE)
            look(f"chosen, {name}")
            element(browser, "#reports").click()
            element(browser, "#own")
            until(lambda: not driver.find_elements("css selector", "[aria-busy]"), "the list to be fetched")
            look(f"reports, {name}")
    server.script = [REFUSED]
    driver.get(f"{market}/itm/265370482")
    with browser.popup():
        driver.execute_script("document.querySelector('[name=\"category\"]').click()")
        click(browser, "#pick-0")
        element(browser, "#flag").click()
        element(browser, "#flagged")
        look("flagged")
        element(browser, "#reports").click()
        until(lambda: driver.find_elements("css selector", '[id^="fix-"]'), "the refusal")
        look("refused")
        open_fix(browser)
        look("fixing")
    with browser.popup():
        element(browser, "#open-hotlines").click()
        look("hotlines")
    with panel(browser):
        element(browser, "#own")
        look("panel")
        narrow = {"width": 252, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
        look("panel, as narrow as Firefox begins with")
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        click(browser, "#open-hotlines")
        look("panel, hotlines")
    browser.in_worker("cyberSpotter.settings.remove('connection')")
    with browser.popup():
        look("flag, not paired")
        element(browser, "#reports").click()
        look("reports, not paired")
    settings(browser, server, look)


def settings(browser: Browser, server: StandIn, look: Callable[[str], None]) -> None:
    """The page of settings: paired, refused by the server, unpaired with a wrong address, pairing."""
    browser.in_worker(f"cyberSpotter.settings.set({json.dumps({'connection': server.connection})})")
    driver = browser.driver
    driver.get(browser.address("options/options.html"))
    element(browser, "#unpair")
    look("settings, paired")
    refused = server.connection | {"refused": {"reason": "answer", "status": 401}}
    browser.in_worker(f"cyberSpotter.settings.set({json.dumps({'connection': refused})})")
    driver.refresh()
    element(browser, "#server")
    look("settings, refused")
    element(browser, "#unpair").click()
    until(lambda: not driver.find_elements("id", "unpair"), "the key to be gone")
    element(browser, "#server").send_keys("://")
    element(browser, "#pair").click()
    element(browser, "#server-error")
    look("settings, wrong address")
    pairing = {
        "base": server.base,
        "device_code": "d",
        "user_code": "WDJBMJHT",
        "verification_uri": server.base,
        "verification_uri_complete": server.base,
        "interval": 60,
        "expires_at": 4_000_000_000_000,
        "next_at": 4_000_000_000_000,
        "state": "pending",
    }
    browser.in_worker(f"cyberSpotter.settings.set({json.dumps({'pairing': pairing})})")
    driver.refresh()
    element(browser, "#user-code")
    look("settings, pairing")
    browser.in_worker("cyberSpotter.settings.remove('pairing')")
