"""What somebody has begun is there again on the same page, whatever closed the popup; and it never leaves by itself."""

from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.kept import KEPT
from tests.browser.popup_rig import click, element, needs_chromium, pair, queue, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium
READ = "document.getElementById('read')"


@pytest.fixture
def ana(slow: Browser, server: StandIn) -> Browser:
    return pair(slow, server, retry_base=200)


def picture(browser: Browser) -> None:
    """Lets the browser give its picture, and waits until all is captured."""
    browser.driver.execute_script("shutter.resolve()")
    until(lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter)"), "the picture")


def begin(browser: Browser, words: str) -> None:
    """A kind, papers, a quick reason, own words and something left out; the words last, so that closing follows a key."""
    element(browser, "body").send_keys("1")
    element(browser, "#legality").send_keys("No")
    click(browser, "#pick-1")
    element(browser, "#open-review").click()
    element(browser, "#send-seller").click()
    element(browser, "#done").click()
    click(browser, "#pick-own")
    element(browser, "#words").send_keys(words)


def standing(browser: Browser) -> list[object]:
    """What the form says, as it is seen."""
    return list(
        browser.driver.execute_script(
            """const of = (selector, what) => document.querySelector(selector)?.[what] ?? null;
            return [of('[name=category]:checked', 'value'), of('#legality', 'value'), of('#pick-1', 'checked'), of('#words', 'value'),
                of('#read .row', 'innerText').includes('10 of 11') || of('#read .row', 'innerText').includes('9 of 10')]"""
        )
    )


@pytest.mark.parametrize("whole", [False, True], ids=["while the picture is still coming", "with all captured"])
def test_it_is_there_again_and_leaves_only_when_flagged(
    ana: Browser, server: StandIn, market: str, whole: bool
) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        if whole:
            picture(ana)
        begin(ana, "Six at once, no rings.")
    with ana.popup(READ):
        assert standing(ana) == ["live", "none", True, "Six at once, no rings.", True]
        element(ana, "#words").send_keys(" Seen twice.")
        picture(ana)
        assert standing(ana)[3] == "Six at once, no rings. Seen twice.", "the picture's coming takes nothing back"
    assert (queue(ana), server.kept) == ([], {})
    with ana.popup(READ):
        picture(ana)
        assert (queue(ana), server.kept) == ([], {})
        element(ana, "#words").send_keys(Keys.CONTROL, Keys.ENTER)
        until(lambda: "Flagged and received." in text(ana), "the server's word")
    ((report, _),) = server.kept.values()
    assert report["suspicion"]["reason"] == "Many at once. Six at once, no rings. Seen twice."
    assert "seller" not in report["listing"]
    with ana.popup(READ):
        assert standing(ana)[2:4] == [False, ""], "flagged is flagged"
        picture(ana)


def test_flagging_that_was_waiting_for_the_picture_is_a_draft_again(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        element(ana, "body").send_keys("3", Keys.CONTROL, Keys.ENTER)
        assert "Waiting for the picture…" in element(ana, "#flag").text
    with ana.popup(READ):
        picture(ana)
        assert standing(ana)[0] == "product"
        assert sentence("asLastTime") not in text(ana)
        assert "Ctrl ↵" in element(ana, "#flag").text
    assert (queue(ana), server.kept) == ([], {})


def test_each_page_has_its_own_when_somebody_goes_from_tab_to_tab(ana: Browser, market: str) -> None:
    driver = ana.driver
    driver.get(f"{market}/itm/265370482")
    first = driver.current_window_handle
    with ana.popup(READ):
        begin(ana, "Six at once.")
    driver.switch_to.new_window("tab")
    driver.get(f"{market}/hostile")
    second = driver.current_window_handle
    with ana.popup(READ):
        assert standing(ana)[3] == ""
        element(ana, "body").send_keys("4")
    driver.close()
    driver.switch_to.window(first)
    with ana.popup(READ):
        assert standing(ana)[:4] == ["live", "none", True, "Six at once."]
    assert second not in driver.window_handles


def test_of_a_private_window_it_is_kept_in_memory_alone(ana: Browser, market: str) -> None:
    on_disk = KEPT.replace("await chrome.storage.session.get(), ", "")
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        ana.driver.execute_script("localStorage.setItem('private', 'yes')")
    with ana.popup(READ):
        begin(ana, "Six at once.")
        until(lambda: "Six at once." in str(ana.in_worker(KEPT)), "the draft")
        assert "Six at once." not in str(ana.in_worker(on_disk))
    with ana.popup(READ):
        assert standing(ana)[3] == "Six at once."
        ana.driver.execute_script("localStorage.removeItem('private')")
    with ana.popup(READ):
        assert standing(ana)[3] == "", "a window of its own"


def test_it_outlives_a_browser_that_is_killed(tmp_path: Path, server: StandIn, market: str) -> None:
    address = f"{market}/itm/265370482"
    browser = Browser(tmp_path / "profile")
    pair(browser, server)
    browser.driver.get(address)
    browser.click_toolbar()
    until(lambda: browser.driver.execute_script(f"return Boolean({READ})"), "the form")
    begin(browser, "Six at once.")
    until(lambda: "Six at once." in str(browser.in_worker(KEPT)), "the draft on the disk")
    browser.kill()
    # It offers to bring its pages back, in a bubble that would take the focus from the popup.
    browser = Browser(tmp_path / "profile", arguments=("--hide-crash-restore-bubble",))
    try:
        browser.driver.get(address)
        with browser.popup():
            assert standing(browser)[:4] == ["live", "none", True, "Six at once."]
        assert (queue(browser), server.kept) == ([], {})
    finally:
        browser.quit()


def test_a_picture_that_was_blacked_out_and_is_taken_anew_stays_here_until_it_is_looked_at(
    ana: Browser, server: StandIn, market: str
) -> None:
    def black_out() -> None:
        until(lambda: ana.driver.execute_script("return innerWidth") > 500, "the window to widen")
        element(ana, "#add-box").click()
        element(ana, "#paint").click()
        until(lambda: ana.driver.find_elements("id", "send-screenshot"), "the picture, painted")

    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        picture(ana)
        element(ana, "#open-review").click()
        element(ana, "#black-out-screenshot").click()
        black_out()
        assert element(ana, "#send-screenshot").is_selected()
    with ana.popup(READ):
        picture(ana)
        assert sentence("blackOutAgain") in text(ana)
        element(ana, "#open-review").click()
        assert not element(ana, "#send-screenshot").is_selected()
        element(ana, "#done").click()
        assert ana.axe() == []
        element(ana, "#black-out-again").click()
        black_out()
        assert element(ana, "#send-screenshot").is_selected()
        element(ana, "#done").click()
        assert sentence("blackOutAgain") not in text(ana)


def test_what_runs_in_a_page_can_lay_no_words_into_a_draft(ana: Browser, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        picture(ana)
        result = ana.driver.execute_async_script(
            """const done = arguments[0];
            chrome.scripting.executeScript({ target: { tabId: cyberSpotter.tab.id }, args: [cyberSpotter.page], func: async (key) => {
                await chrome.runtime.sendMessage({ type: 'draft', key, said: { form: { words: 'Not hers.' }, left_out: [] } });
                return 'told';
            } }).then(([{ result }]) => done(result), (error) => done(String(error)));"""
        )
    assert result == "told"
    assert "Not hers." not in str(ana.in_worker(KEPT))


def test_a_quick_reason_stays_picked_when_the_servers_own_reasons_come(
    ana: Browser, server: StandIn, market: str
) -> None:
    reasons = ["No permit or document shown or mentioned", "Several at once"]
    picked = "return [...document.querySelectorAll('.pick :checked')].map((box) => box.parentNode.innerText.trim())"
    server.vocabulary = server.vocabulary | {"reasons": reasons}
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup(READ):
        click(ana, "#pick-1")
        assert ana.driver.execute_script(picked) == ["Many at once"]
        picture(ana)
        until(lambda: ana.driver.execute_script("return cyberSpotter.vocabulary?.reasons.length"), "the reasons")
    with ana.popup(READ):
        assert all(reason in element(ana, "#reason").text for reason in reasons)
        assert ana.driver.execute_script(picked) == ["Many at once"]
        click(ana, "#pick-2")
        assert ana.driver.execute_script(picked) == []
        picture(ana)
