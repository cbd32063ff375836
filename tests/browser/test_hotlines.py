"""Something worse: nothing of the page stays, and the country's lines are shown."""

import json

from selenium.webdriver.support.select import Select

from tests.browser.chromium import Browser, until
from tests.browser.kept import KEPT
from tests.browser.popup_rig import element, needs_chromium, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def test_nothing_of_the_page_stays_anywhere(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    # Chosen in the menu of another tab's link a moment ago, and not taken up yet.
    ana.in_worker("chrome.storage.session.set({link: {url: 'https://x.example/265370482', tab: -1, at: Date.now()}})")
    with ana.popup() as popup:
        element(ana, "#pick-own").send_keys(" ")
        element(ana, "#words").send_keys("seen here")
        until(lambda: "seen here" in str(ana.in_worker(KEPT)), "the draft, while the form is filled in")
        assert f"{market}/itm/265370482" not in str(ana.in_worker(KEPT)), "what is not flagged leaves no address"
        popup.execute_script("window.shot = cyberSpotter.screenshotUrl")
        element(ana, "#open-hotlines").click()
        until(lambda: "seen here" not in str(ana.in_worker(KEPT)), "the draft to be gone")
        kept = str(ana.in_worker(KEPT))
        assert "hand tame" not in kept and "265370482" not in kept
        state = json.dumps(
            popup.execute_script(
                "const { captured, form, shot, flagged, errors } = cyberSpotter; return { captured, form, shot, flagged, errors };"
            )
        )
        assert "265370482" not in state and "hand tame" not in state and "seen here" not in state
        assert popup.execute_script("return document.querySelectorAll('img').length") == 0
        assert popup.find_elements("css selector", ".back") == [], "there is nothing to go back to"
        gone = popup.execute_async_script(
            "fetch(window.shot).then(() => arguments[0](false), () => arguments[0](true))"
        )
        assert gone is True, "the picture's address leads nowhere any more"
    assert server.kept == {}


def test_a_page_still_being_read_is_dropped_too(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    page = ana.driver.current_window_handle
    ana.click_toolbar()
    ana.driver.execute_script("document.getElementById('open-hotlines')?.click()")
    element(ana, "body")
    until(lambda: ana.driver.execute_script("return Boolean(globalThis.cyberSpotter)"), "the end of the reading")
    if not ana.driver.execute_script("return cyberSpotter.dropped === true"):
        element(ana, "#open-hotlines").click()
    assert ana.driver.execute_script("return cyberSpotter.captured") is None
    assert "inhope.org" in text(ana)
    ana.driver.switch_to.window(page)


def test_the_countrys_lines_are_shown_and_another_can_be_chosen(ana: Browser, market: str) -> None:
    ana.in_worker("cyberSpotter.settings.set({country: 'GB'})")
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#open-hotlines").click()
        assert "08000 121 700" in text(ana) and "Internet Watch Foundation" in text(ana)
        assert element(ana, 'a[href="tel:08000121700"]').is_displayed(), "it can be dialled"
        Select(element(ana, "#country")).select_by_value("ZA")
        shown = text(ana)
        assert "0800 222 777" in shown and "Find your hotline at inhope.org" in shown
        assert "08000 121 700" not in shown
        assert ana.axe() == []
    assert ana.in_worker("cyberSpotter.settings.get('country')") == "GB", "a choice in that view is not kept"


def test_a_country_without_a_line_is_named_and_told_whom_to_turn_to(ana: Browser, market: str) -> None:
    ana.in_worker("cyberSpotter.settings.set({country: 'CN'})")
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#open-hotlines").click()
        assert Select(element(ana, "#country")).first_selected_option.text.startswith("China")
        shown = text(ana)
        assert sentence("hotlinesChildNone") in shown
        assert sentence("hotlinesPeoplePolice") in shown
        assert sentence("hotlinesPeopleDo") not in shown
        assert sentence("hotlinesDangerDo") in shown and element(ana, 'a[href="tel:110"]').is_displayed()
        assert sentence("hotlinesWildlifeNone") in shown
        Select(element(ana, "#country")).select_by_value("KE")
        shown = text(ana)
        assert "0800 597 000" in shown and "Child Helpline 116" in shown, "lines that are known"


def test_in_a_tab_of_its_own_nothing_was_read_and_it_leads_back_and_out(ana: Browser) -> None:
    """As where a browser cannot open a popup: reports alone, and a tab that is not closed."""
    driver = ana.driver
    driver.get(ana.address("popup/popup.html"))
    page, before = driver.current_window_handle, set(driver.window_handles)
    element(ana, "#open-hotlines").click()
    assert sentence("hotlinesIntroPanel") in text(ana)
    driver.find_element("partial link text", "Find your hotline at inhope.org").click()
    opened = until(lambda: set(driver.window_handles) - before, "the hotlines' page").pop()
    driver.switch_to.window(opened)
    driver.close()
    driver.switch_to.window(page)
    element(ana, "#hotlines-done").click()
    until(lambda: "My reports" in text(ana), "the reports again")
