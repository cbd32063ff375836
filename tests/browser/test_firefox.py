"""The extension in a real Firefox, from pairing to a report that waited for the server: with the real server."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from server.demo import people
from tests.browser.chromium import EXTENSION, until
from tests.browser.firefox import Firefox, needs_firefox
from tests.browser.instance import Instance, demonstration

pytestmark = needs_firefox


ENTER = "\ue007"


@pytest.fixture
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with demonstration(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    browser = Firefox(tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.quit()


def sign_in(firefox: Firefox, base: str) -> None:
    firefox.driver.navigate(f"{base}/sign-in")
    firefox.fill("[name=email]", people.ANA.email)
    firefox.fill("[name=password]", people.ANA.password + ENTER)
    until(lambda: "/sign-in" not in firefox.driver.get_url(), "Ana signed in")


def pair(firefox: Firefox, base: str) -> str:
    """As a person pairs, over the page that opens; the token, as the extension keeps it."""
    firefox.driver.navigate(firefox.address("options/options.html"))
    options = firefox.driver.current_window_handle
    until(lambda: firefox.find("#server") is not None, "the settings")
    firefox.fill("#server", base)
    firefox.press("#pair")
    until(lambda: len(firefox.driver.window_handles) == 2, "the pairing page")
    code = until(lambda: firefox.find("#user-code"), "the code")
    page = next(handle for handle in firefox.driver.window_handles if handle != options)
    firefox.driver.switch_to_window(page)
    until(lambda: code in firefox.text(), "the same code on the page")
    firefox.press("button[value=approve]")

    def agreed() -> bool:
        return "can now send your reports" in firefox.text()

    try:
        until(agreed, "the agreement", 10)
    except AssertionError:  # a click is lost when the page moves under it
        firefox.press("button[value=approve]")
        until(agreed, "the agreement")
    firefox.driver.close()
    firefox.driver.switch_to_window(options)
    until(lambda: f"Paired with {base}" in firefox.text(), "the pairing")
    return str(firefox.kept("cyber-spotter-keys", "keys", "connection")["token"])


def flag(firefox: Firefox) -> None:
    """Ana flags what stands in the tab."""
    firefox.click_toolbar()
    for button in ("[name=category]", "#pick-0", "#flag"):
        firefox.in_popup(f"document.querySelector('{button}').click() ?? true")
    until(lambda: "Flagged" in popup_text(firefox), "the word that it is flagged")


def popup_text(firefox: Firefox) -> str:
    return str(firefox.in_popup("document.body.innerText"))


def reports(base: str, token: str) -> list[dict[str, Any]]:
    """What the server has of Ana's, by her own key."""
    asked = urllib.request.Request(f"{base}/api/v1/reports", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return list(json.load(answer)["items"])


def test_the_version_here_is_one_the_manifest_allows(firefox: Firefox) -> None:
    gecko = json.loads((EXTENSION / "manifest.json").read_text())["browser_specific_settings"]["gecko"]
    least = float(gecko["strict_min_version"])
    assert least >= 140, "from 140 on Firefox asks for consent to what the extension declares that it collects"
    assert float(".".join(firefox.version.split(".")[:2])) >= least


def test_from_pairing_to_a_report_that_waited_for_the_server(instance: Instance, firefox: Firefox) -> None:
    sign_in(firefox, instance.base)
    token = pair(firefox, instance.base)
    before = len(reports(instance.base, token))

    firefox.driver.navigate(f"{instance.market}/itm/265376940")
    flag(firefox)
    until(lambda: "Flagged and received." in popup_text(firefox), "the server's reference", seconds=100)
    seen = firefox.in_popup("[document.defaultView.innerWidth, document.defaultView.innerHeight]")
    assert seen == [380, 600], "the popup is as large as it asks to be, and not drawn where nobody sees it"
    quick = "content.wrappedJSObject.browser.storage.local.set(Components.utils.cloneInto({ retry_base: 200 }, content)) && true"
    assert firefox.in_popup(quick)
    firefox.close_popup()
    (sent, *_others) = reports(instance.base, token)
    assert len(reports(instance.base, token)) == before + 1
    assert sent["title"].startswith("Antique cup, carved, dark amber")

    # What is begun and not flagged is there again, and stays here.
    firefox.driver.navigate(f"{instance.market}/itm/265376940")
    firefox.click_toolbar()
    for button in ("[name=category][value=plant]", "#pick-1"):
        firefox.in_popup(f"document.querySelector('{button}').click() ?? true")
    picked = "[document.querySelector('[name=category]:checked')?.value, document.querySelector('.pick :checked')?.parentNode.innerText]"
    begun = firefox.in_popup(picked)
    assert begun[0] == "plant" and begun[1]
    firefox.close_popup()
    firefox.click_toolbar()  # meanwhile the server's own list of reasons may have come
    assert firefox.in_popup(picked) == begun
    firefox.close_popup()

    # The next ad is open when the server goes. Firefox ends the extension's event page, too.
    firefox.driver.navigate(f"{instance.market}/itm/265370482")
    instance.stop()
    flag(firefox)
    until(lambda: firefox.in_popup("cyberSpotter.queue[0]?.problem?.reason") == "offline", "the attempt that failed")
    firefox.close_popup()
    firefox.stop_background()
    assert firefox.background() == "stopped"
    instance.start()
    until(lambda: len(reports(instance.base, token)) == before + 2, "the report, by the alarm alone", seconds=60)
    firefox.click_toolbar()
    until(lambda: firefox.in_popup("cyberSpotter.queue.length") == 0, "the receipt, which follows the report")
    firefox.close_popup()
    assert len(reports(instance.base, token)) == before + 2


def test_a_private_window_stores_nothing_and_every_page_says_so(firefox: Firefox) -> None:
    firefox.open_private_window()
    firefox.driver.navigate("data:text/html,<h1>An ad</h1>")
    firefox.press_toolbar()
    until(lambda: "open the ad in a normal window" in popup_text(firefox), "the popup's word")
    firefox.close_popup()
    for path in ("options/options.html", "panel/panel.html"):
        firefox.driver.navigate(firefox.address(path))
        until(lambda: "open the ad in a normal window" in firefox.text(), f"the word of {path}")
