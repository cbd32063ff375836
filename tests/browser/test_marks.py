"""Marks on pages as only some sites write them: which words are a listing's, and what becomes of a mark when the page changes."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.hinting import TIP, ana, browser, in_script, looked, marks, port, switch_on
from tests.browser.popup_rig import needs_chromium
from tests.browser.results_rig import MATCHING, ODD

__all__ = ["ana", "browser", "port"]
pytestmark = needs_chromium

WORDS = "Array.from(cyberSpotterHints.marks.entries(), ([key, one]) => [key, one.card.innerText.trim()])"
RINGS = "Array.from(cyberSpotterHints.marks.values()).filter((one) => getComputedStyle(one.button).boxShadow.includes('3px')).length"


def on_results(browser: Browser, port: int) -> None:
    switch_on(browser)
    browser.driver.get(f"http://mercado.localhost:{port}/search")
    marks(browser, len(MATCHING))


def test_each_listing_has_its_own_words_and_what_is_none_has_no_mark(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/itm/2799999999")
    until(lambda: looked(ana) >= len(ODD) + 1, "all to be looked at")
    until(lambda: len(in_script(ana, WORDS)) == len(ODD), "a mark on each that is odd, and on no more")
    marks = dict(in_script(ana, WORDS))
    assert sorted(marks) == [f"/itm/100000{n}" for n in (1, 2, 3, 4)]
    assert marks["/itm/1000004"] == "Ivory netsuke, carved", "the other one's words are not its own"


def test_a_number_of_two_parts_tells_listings_apart(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.in_worker(
        """cyberSpotter.settings.get('lexicon').then((lexicon) => {
            lexicon.platforms[0].listing = ['/itm/(?<id>\\\\d+)-(?<id2>\\\\w+)'];
            return cyberSpotter.settings.set({ lexicon }); })"""
    )
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    ana.driver.execute_script(
        """document.querySelector('ul').innerHTML = ['a', 'b'].map((part) =>
            `<li><a href="/itm/5-${part}">Antique ivory netsuke ${part}</a></li>`).join('');"""
    )
    until(
        lambda: in_script(ana, WORDS) == [["5-a", "Antique ivory netsuke a"], ["5-b", "Antique ivory netsuke b"]],
        "both",
    )


def test_a_list_that_is_filled_anew_in_place_is_read_anew(ana: Browser, port: int) -> None:
    on_results(ana, port)
    ana.driver.execute_script(
        """document.querySelector('#c0 h3 a').textContent = 'Wooden box';
        document.querySelector('#c6 h3 a').textContent = 'Pangolin scales, dried';"""
    )
    until(lambda: "Pangolin scales, dried" in str(in_script(ana, WORDS)), "the mark on what matches now")
    until(lambda: "Wooden box" not in str(in_script(ana, WORDS)), "the mark to go from what no longer does")
    marks(ana, len(MATCHING))


def test_a_mark_goes_along_when_the_page_draws_its_listing_anew(ana: Browser, port: int) -> None:
    on_results(ana, port)
    ana.driver.execute_script(
        """const list = document.querySelector('ul');
        list.innerHTML = list.innerHTML;
        list.append(list.querySelector('#c0'));"""
    )
    held = "Array.from(cyberSpotterHints.marks.values()).every((one) => one.card.isConnected)"
    until(lambda: in_script(ana, held), "the marks to be on what stands in the page now")
    marks(ana, len(MATCHING))


def test_marks_outlive_a_page_that_sweeps_up_after_itself(ana: Browser, port: int) -> None:
    on_results(ana, port)
    ana.driver.execute_script("document.documentElement.lastElementChild.remove(); dispatchEvent(new Event('resize'))")
    marks(ana, len(MATCHING))
    until(lambda: in_script(ana, "cyberSpotterHints.shadow.host.isConnected"), "the marks, there again")


def test_a_reason_that_is_shown_goes_with_its_listing_and_with_the_focus(ana: Browser, port: int) -> None:
    on_results(ana, port)
    first = "Array.from(cyberSpotterHints.marks.values())[0].button"
    in_script(ana, f"{first}.focus()")
    until(lambda: in_script(ana, TIP), "the reason")
    passing = "for (const name of ['pointerover', 'pointerout']) MARK.dispatchEvent(new PointerEvent(name, { bubbles: true }))"
    in_script(ana, passing.replace("MARK", first))
    later = (
        f"new Promise((go) => {{ setTimeout(go, 400); }}).then(() => {TIP})"  # a reason goes 250 ms after the pointer
    )
    assert in_script(ana, later), "the pointer that goes past does not take it from who reached it by key"
    in_script(ana, f"{first}.blur()")
    until(lambda: in_script(ana, TIP) == "", "the reason to go with the focus")
    in_script(ana, f"{first}.dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true }}))")
    until(lambda: in_script(ana, TIP), "the reason again")
    ana.driver.execute_script("document.getElementById('c0').remove()")
    until(lambda: in_script(ana, TIP) == "", "the reason to go with its listing")
    assert len(marks(ana, len(MATCHING) - 1)) == len(
        in_script(ana, "[...cyberSpotterHints.shadow.querySelectorAll('button')].map(String)")
    )


def test_the_mark_that_keys_have_reached_has_a_ring_and_it_alone(ana: Browser, port: int) -> None:
    on_results(ana, port)
    spoken = "(({ lang, dir, ariaLabel }) => [lang, dir, Boolean(ariaLabel)])(cyberSpotterHints.shadow.querySelector('[role=group]'))"
    assert in_script(ana, spoken) == ["en-GB", "ltr", True], (
        "a screen reader speaks them in their own language, not the page's"
    )
    ana.driver.execute_script("document.querySelector('#c11 h3 a').focus()")
    ActionChains(ana.driver).send_keys(Keys.TAB).perform()
    until(lambda: in_script(ana, RINGS) == 1, "the ring")
    ActionChains(ana.driver).send_keys(Keys.TAB).perform()
    until(lambda: in_script(ana, RINGS) == 1, "the ring on the next one alone")


def test_what_is_done_to_a_mark_is_not_the_pages_to_handle(ana: Browser, port: int) -> None:
    on_results(ana, port)
    ana.driver.execute_script(
        "window.heard = []; for (const name of ['click', 'keydown', 'pointerdown']) addEventListener(name, () => heard.push(name))"
    )
    in_script(ana, "Array.from(cyberSpotterHints.marks.values())[0].button.click()")
    in_script(ana, "Array.from(cyberSpotterHints.marks.values())[0].button.focus()")
    ActionChains(ana.driver).send_keys("s").perform()
    assert ana.driver.execute_script("return heard") == [], "a site's own keys do not answer"


def test_a_reason_near_the_foot_of_the_window_stands_above_its_mark(ana: Browser, port: int) -> None:
    on_results(ana, port)
    ana.driver.execute_script(
        "document.body.style.paddingTop = '2000px'; document.getElementById('c0').scrollIntoView({ block: 'end' });"
        "scrollBy(0, 40 - document.getElementById('c0').offsetHeight)"
    )
    first = "Array.from(cyberSpotterHints.marks.values())[0].button"
    near = f"innerHeight - {first}.getBoundingClientRect().bottom"
    until(lambda: 0 < in_script(ana, near) < 60, "the mark at the foot")
    in_script(ana, f"{first}.focus({{ preventScroll: true }})")
    until(lambda: in_script(ana, TIP), "the reason")
    assert in_script(
        ana, "cyberSpotterHints.shadow.querySelector('[popover]').getBoundingClientRect().bottom <= innerHeight"
    )
