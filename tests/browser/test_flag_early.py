"""Flagged before the picture is there: it leaves once, whole; and where no picture comes, the person reads it first."""

import hashlib

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import click, element, needs_chromium, pair, queue, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium

READ = "document.getElementById('read')"


@pytest.fixture
def ana(slow: Browser, server: StandIn) -> Browser:
    return pair(slow, server, retry_base=200)


def flag_early(browser: Browser) -> None:
    """Both keys at once, and the second one again: nobody sees yet that it is on its way."""
    element(browser, "body").send_keys("1", Keys.CONTROL, Keys.ENTER, Keys.ENTER)
    assert "Waiting for the picture…" in element(browser, "#flag").text


def test_it_leaves_once_and_whole_when_the_picture_comes(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        flag_early(ana)
        click(ana, "#flag")
        assert (queue(ana), server.kept) == ([], {}), "nothing leaves by halves"
        ana.driver.execute_script("shutter.resolve()")
        until(lambda: "Flagged and received." in text(ana), "the server's word")
    ((report, files),) = server.kept.values()
    assert len(server.keys) == 1
    assert report["listing"]["title"].startswith("African grey parrot")
    assert files["screenshot"].startswith(b"\xff\xd8\xff")
    assert report["evidence"] == [{"name": "screenshot", "sha256": hashlib.sha256(files["screenshot"]).hexdigest()}]


def test_what_is_taken_back_meanwhile_does_not_leave(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        flag_early(ana)
        element(ana, "#open-review").click()
        element(ana, "#send-seller").click()
        ana.driver.execute_script("shutter.resolve()")
        until(lambda: server.kept, "the report")
    ((report, _),) = server.kept.values()
    assert "seller" not in report["listing"]


def test_something_worse_said_meanwhile_lets_nothing_leave(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        flag_early(ana)
        element(ana, "#open-hotlines").click()
        ana.driver.execute_script("shutter.resolve()")
        until(lambda: ana.driver.execute_script("return globalThis.cyberSpotter !== undefined"), "the picture")
        assert "Something worse" in text(ana)
        assert ana.driver.execute_script("return cyberSpotter.captured") is None
    assert (queue(ana), server.kept) == ([], {})


@pytest.mark.parametrize("path", ["/itm/265370482", "/shell"], ids=["an ad", "no listing"])
def test_where_no_picture_comes_the_person_reads_it_and_decides(
    ana: Browser, server: StandIn, market: str, path: str
) -> None:
    ana.driver.get(market + path)
    with ana.popup(READ):
        flag_early(ana)
        ana.driver.execute_script("shutter.reject(new Error('no picture'))")
        notice = until(lambda: ana.driver.find_elements("id", "without-picture"), "the word that there is none")[0]
        assert notice.text == sentence("flagWithoutPicture")
        assert ana.driver.switch_to.active_element == notice
        assert (queue(ana), server.kept) == ([], {})
        assert sentence("kind_empty") in text(ana) or path != "/shell"
        assert ana.axe() == []
        element(ana, "body").send_keys(Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged and received." in text(ana), "the server's word")
    ((report, files),) = server.kept.values()
    assert (report["evidence"], files) == ([], {})
    assert bool(report["listing"].get("title")) == (path != "/shell")


def test_what_is_missing_is_said_at_once(ana: Browser, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        element(ana, "body").send_keys(Keys.CONTROL, Keys.ENTER)
        assert "Choose what is offered" in ana.driver.find_element("id", "errors").text
        ana.driver.execute_script("shutter.resolve()")
