"""One report's whole journey: real extension, real Chromium, real server, real SMTP.

Ana flags an ad of the demonstration's marketplace; Cora decides; the notice arrives by mail; Mercado answers by its
link; Ana's popup tells what became of it. The ad and the server have different hosts, so that a missing CORS answer shows.
"""

import contextlib
import re
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from server.demo import people
from tests.browser.chromium import Browser, until, without_extension
from tests.browser.instance import Instance, demonstration
from tests.browser.pairing import page_text, pair, sign_in
from tests.browser.popup_rig import needs_chromium

pytestmark = needs_chromium
AD = "265376940"  # a carved cup "from the big grey one": in no story of the demonstration
REASON = "We removed it: rhinoceros horn is not allowed here."


@pytest.fixture
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with demonstration(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Ana's browser, with the extension."""
    browser = Browser(tmp_path_factory.mktemp("ana"))
    yield browser
    browser.quit()


@pytest.fixture
def desk() -> Iterator[webdriver.Chrome]:
    """Another browser, without the extension: the coordinator's, then the company's."""
    with without_extension() as driver:
        yield driver


def press(driver: webdriver.Chrome, selector: str) -> None:
    """Clicks what is there now, in one breath: parts of a page may be drawn anew at any time."""
    assert driver.execute_script(
        "const there = document.querySelector(arguments[0]); there?.click(); return Boolean(there)", selector
    ), selector


def test_from_the_click_to_the_companys_answer_and_back(
    instance: Instance, chromium: Browser, desk: webdriver.Chrome
) -> None:
    pair(chromium, instance.base)

    # Ana flags an ad: category, reason, Ctrl+Enter.
    chromium.driver.get(f"{instance.market}/itm/{AD}")
    with chromium.popup() as popup:
        assert "Antique cup, carved, dark amber" in page_text(popup)
        until(lambda: popup.execute_script("return Boolean(cyberSpotter.vocabulary)"), "the vocabulary")
        popup.find_element("css selector", "body").send_keys("p")
        popup.find_element("id", "species-field").send_keys("white rhino")
        until(lambda: "Ceratotherium simum" in page_text(popup), "the white rhinoceros")
        popup.find_element("id", "species-field").send_keys(Keys.ENTER)
        popup.find_element("css selector", "body").send_keys("2")
        popup.execute_script("document.getElementById('pick-own').click()")
        popup.find_element("id", "words").send_keys("“The big grey one” hides the animal.")
        popup.find_element("id", "words").send_keys(Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged and received." in page_text(popup), "the server's reference")
        reference = re.search(r"R-[\w-]*\w", page_text(popup))
        assert reference

    # Cora finds it in the queue and notifies the company.
    sign_in(desk, instance.base, people.CORA)
    desk.get(f"{instance.base}/cases?q=Antique+cup")
    desk.find_element("partial link text", "Antique cup, carved, dark amber").click()
    until(lambda: "The big grey one" in page_text(desk), "the case with the spotter's words")
    before = len(instance.mail.taken)
    press(desk, 'a[href*="panel=notify"]')
    until(lambda: desk.find_elements("name", "good_faith"), "the panel")
    desk.find_element("name", "reason").clear()
    desk.find_element("name", "reason").send_keys("A carved cup offered in words that hide the animal.")
    press(desk, "#taxa-choices [name=taxa]")
    press(desk, "[name=good_faith]")
    press(desk, "form[data-send] .btn-primary")

    # The notice arrives by SMTP at Mercado's contact point, with a link to answer by.
    def notice() -> str | None:
        for each in instance.mail.taken[before:]:
            plain = each.message.get_body(preferencelist=("plain",))
            link = plain and re.search(r"https?://\S+/answers/\S+", plain.get_content())
            if link and each.recipients == ("trust@mercado.example",):
                return link[0]
        return None

    answer = until(notice, "the notice by mail")
    with chromium.popup() as popup:
        popup.find_element("id", "reports").click()
        until(lambda: "Company notified" in page_text(popup), "the popup's word that the company is notified")

    # Mercado answers by the link, without an account.
    desk.delete_all_cookies()
    desk.get(answer)
    assert "Antique cup" in page_text(desk)
    press(desk, "[name=answer][value=removed]")
    desk.find_element("name", "reason").send_keys(REASON)
    press(desk, "form[data-send] .btn-primary")

    # Ana's popup tells what became of it, in the company's words. It fetches the list once, after it has drawn the old one:
    # it must stay open until the new one is there, however slow the machine is.
    def outcome() -> bool:
        with chromium.popup() as popup:
            popup.find_element("id", "reports").click()

            def told() -> bool:
                mine = popup.find_element("css selector", f'[data-reference="{reference[0]}"]').text
                return "Removed" in mine and f"Mercado: “{REASON}”" in mine

            with contextlib.suppress(AssertionError):
                return until(told, "the outcome in the list", seconds=10)
        return False

    assert until(outcome, "the outcome in the popup")
