"""Flagging in seconds: three interactions for a plain case, and everything by keyboard."""

import json

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import element, needs_chromium, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def suspicions(server: StandIn) -> list[tuple[str, str]]:
    """What came in, the first one first: category and reason."""
    return [(report["suspicion"]["category"], report["suspicion"]["reason"]) for report, _ in server.kept.values()]


def test_a_plain_case_is_open_one_choice_and_send(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():  # the first interaction
        element(ana, "body").send_keys("1")  # the second
        assert sentence("reasonUnsaid", sentence("reason_unsaid")) in text(ana)
        element(ana, "body").send_keys(Keys.CONTROL, Keys.ENTER)  # the third
        until(lambda: "Flagged" in text(ana), "the word that it is flagged")
    until(lambda: suspicions(server) == [("live", "May be a protected species.")], "the report")


def test_the_next_one_remembers_what_was_offered_and_needs_a_reason_or_a_yes(
    ana: Browser, server: StandIn, market: str
) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "body").send_keys("4", Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged" in text(ana), "the first report")
    ana.driver.get(f"{market}/long")
    with ana.popup():
        assert "as last time" in text(ana)
        element(ana, "body").send_keys(Keys.CONTROL, Keys.ENTER)
        assert "Say why you suspect it" in text(ana), "nobody has looked at this one yet"
        element(ana, "#pick-1").send_keys(Keys.SPACE)
        element(ana, "#pick-1").send_keys(Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged" in text(ana), "the second report")
    until(lambda: [category for category, _ in suspicions(server)] == ["plant", "plant"], "both reports")
    assert suspicions(server)[1][1] == "Many at once."


def test_every_step_has_a_key_and_none_needs_the_mouse(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup() as popup:
        until(lambda: popup.execute_script("return cyberSpotter.vocabulary !== null"), "the species list")

        def press(*keys: str) -> None:
            popup.switch_to.active_element.send_keys(*keys)

        press("2")
        press("p")
        press("gris", Keys.ARROW_DOWN, Keys.ENTER)
        assert "Timneh parrot" in text(ana)
        press("r")
        press(Keys.SPACE)
        press("v")
        until(lambda: popup.find_elements("id", "send-location"), "the list of what is sent")
        while popup.switch_to.active_element.get_attribute("id") != "send-location":
            press(Keys.TAB)
        press(Keys.SPACE)
        press(Keys.ESCAPE)
        press("v")
        assert popup.execute_script("return document.getElementById('send-location').checked") is False
        press(Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged" in text(ana), "the word that it is flagged")
    until(lambda: server.kept, "the report")
    report, _ = next(iter(server.kept.values()))
    assert report["suspicion"] == {
        "category": "part",
        "species": "Psittacus timneh",
        "taxon_id": "t2",
        "legality_evidence": "unknown",
        "confidence": None,
        "reason": "No permit or document shown.",
    }
    assert "location" not in report["listing"]


def choose_in_menu(browser: Browser, selector: str) -> None:
    """What the browser does when somebody chooses our entry in the context menu of a link, and turns to the popup.

    Nothing can open the menu itself; the click on the toolbar before it lends the page as the entry would.
    """
    page = browser.driver.current_window_handle
    with browser.popup():
        pass
    link = browser.driver.execute_script("return document.querySelector(arguments[0]).href", selector)
    info = json.dumps({"menuItemId": "flag", "linkUrl": link, "frameId": 0, "pageUrl": browser.driver.current_url})
    browser.in_worker(
        "chrome.tabs.query({active: true}).then(([tab]) =>"
        f" {{ chrome.contextMenus.onClicked.dispatch({info}, tab); }})"
    )
    popup = until(lambda: set(browser.driver.window_handles) - {page}, "the popup").pop()
    browser.driver.switch_to.window(popup)
    until(lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter?.captured)"), "the capture")


def test_a_listing_is_flagged_from_its_link_in_a_page_of_results(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/search")
    page = ana.driver.current_window_handle
    choose_in_menu(ana, "#wordy")
    said_here = text(ana)
    assert sentence("fromLink") in said_here
    title = element(ana, "#own-title")
    assert title.get_attribute("value") == "Papagaio cinzento manso"
    title.send_keys(", seis")
    element(ana, "#open-review").click()
    assert sentence("fullPageTake") not in text(ana), "it is not the listing's page"
    element(ana, "#done").send_keys(Keys.ESCAPE)
    element(ana, "body").send_keys("1", Keys.CONTROL, Keys.ENTER)
    until(lambda: "Flagged" in text(ana), "the word that it is flagged")
    ana.driver.switch_to.window(page)
    until(lambda: server.kept, "the report")
    report, files = next(iter(server.kept.values()))
    assert report["url"] == f"{market}/itm/265370482"
    assert report["listing"] == {
        "title": "Papagaio cinzento manso, seis",
        "language": "pt",
        "images": [{"url": f"{market}/a.jpg", "alt": "Papagaio no poleiro"}],
    }
    assert files["screenshot"][:3] == b"\xff\xd8\xff"


def test_of_a_link_goes_what_the_server_can_take(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/search")
    page = ana.driver.current_window_handle
    broken = """document.documentElement.lang = 'Portuguese as it is spoken in Lisbon and around it';
        const [shown, long] = [document.querySelector('#wordy img'), new Image()];
        long.src = '/long.jpg?' + 'x'.repeat(5000);
        shown.alt = 'y'.repeat(299) + '🦜';
        shown.before(long);"""
    ana.driver.execute_script(broken)
    choose_in_menu(ana, "#wordy")
    element(ana, "body").send_keys("1", Keys.CONTROL, Keys.ENTER)
    until(lambda: "Flagged" in text(ana), "the word that it is flagged")
    ana.driver.switch_to.window(page)
    until(lambda: server.kept, "the report")
    ((report, _files),) = server.kept.values()
    assert report["listing"] == {
        "title": "Papagaio cinzento manso",
        "images": [{"url": f"{market}/a.jpg", "alt": "y" * 299}],
    }


def test_a_link_without_words_or_to_no_page_is_told_as_what_it_is(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/search")
    page = ana.driver.current_window_handle
    choose_in_menu(ana, "#bare")
    assert element(ana, "#own-title").get_attribute("value") == ""
    ana.driver.switch_to.window(page)
    choose_in_menu(ana, "#script")
    assert sentence("linkNowhere") in text(ana)
    ana.driver.switch_to.window(page)
    with ana.popup():
        assert "Papagaio cinzento manso" not in text(ana), "the button means the page, not the link of before"
