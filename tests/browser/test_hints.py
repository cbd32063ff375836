"""Marks in search results: off until switched on, on registered platforms only, quiet, reachable, and nothing leaves."""

import json

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.hinting import MARKS, TIP, ana, browser, in_script, marks, port, switch_on  # noqa: F401
from tests.browser.popup_rig import element, needs_chromium, text
from tests.browser.results_rig import INNOCENT, MATCHING, Platform
from tests.browser.standin import StandIn

pytestmark = needs_chromium


EDGES = """(({button}, tip) => [button, tip].map((one) => one.getBoundingClientRect().toJSON()))(
    Array.from(cyberSpotterHints.marks.values())[AT], cyberSpotterHints.shadow.querySelector('[popover]'))"""


def test_marks_are_off_until_somebody_switches_them_on(ana: Browser, port: int) -> None:
    assert ana.in_worker("chrome.scripting.getRegisteredContentScripts()") == []
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    assert in_script(ana, "1") is None
    assert ana.driver.execute_script("return document.documentElement.children.length") == 2


def test_listings_whose_words_match_get_a_mark_with_the_reason_and_innocent_ones_none(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    by_title = {mark["title"]: mark for mark in marks(ana, len(MATCHING))}
    assert set(by_title) == set(MATCHING)
    for title, reason in MATCHING.items():
        assert reason in by_title[title]["label"]
        assert by_title[title]["label"].startswith("Suspected: ")
        assert by_title[title]["label"].endswith("Words alone prove nothing. Look at the ad first.")
        assert min(by_title[title]["size"]) >= 24


def test_nothing_moves_and_the_page_cannot_read_what_is_marked(ana: Browser, port: int) -> None:
    places = "return Array.from(document.querySelectorAll('body *'), (one) => Object.values(one.getBoundingClientRect().toJSON()))"
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    before = ana.driver.execute_script(places)
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    marks(ana, len(MATCHING))
    driver = ana.driver
    assert driver.execute_script(places) == before
    assert driver.execute_script("return shifts") == []
    sizes = "return [document.documentElement.scrollWidth, innerWidth]"
    assert driver.execute_script(sizes)[0] <= driver.execute_script(sizes)[1]
    # One element beside the body, for all marks, whose inside is closed; no text, no name, no style of ours elsewhere.
    assert driver.execute_script("return Array.from(document.documentElement.children, (one) => one.localName)") == [
        "head",
        "body",
        "div",
    ]
    assert driver.execute_script("return document.documentElement.lastChild.shadowRoot") is None
    assert driver.execute_script("return document.querySelectorAll('body [style], body button').length") == 0
    assert "uspected" not in driver.execute_script(
        "return document.documentElement.innerText + document.documentElement.outerHTML"
    )
    assert driver.execute_script("return typeof cyberSpotterHints") == "undefined"
    names = "return performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.includes('extension'))"
    assert driver.execute_script(names) == []


def test_nothing_is_sent_anywhere(ana: Browser, server: StandIn, port: int) -> None:
    switch_on(ana)
    server.heard.clear()
    Platform.asked.clear()
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    marks(ana, len(MATCHING))
    assert server.heard == []
    assert [path for path in Platform.asked if not path.startswith(("/search", "/p/", "/favicon"))] == []


def test_other_sites_are_left_alone(ana: Browser, port: int) -> None:
    switch_on(ana)
    for host in ("tradepost.localhost", "xmercado.localhost", "mercado.localhost.example.localhost"):
        ana.driver.get(f"http://{host}:{port}/search")
        assert in_script(ana, "1") is None, host


def test_the_reason_shows_on_hover_and_on_focus_and_goes_with_escape(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    marks(ana, len(MATCHING))
    ana.driver.execute_script("document.querySelector('#c5 h3 a').focus()")
    links = len(INNOCENT) * 2
    for _ in range(links):
        ActionChains(ana.driver).send_keys(Keys.TAB).perform()
    assert in_script(ana, TIP) == ""
    ActionChains(ana.driver).send_keys(Keys.TAB).perform()
    assert "“ivory netsuke” is a trade term" in until(lambda: in_script(ana, TIP), "the reason on focus")
    ActionChains(ana.driver).send_keys(Keys.TAB).perform()
    assert "hides the word" in in_script(ana, TIP)
    ActionChains(ana.driver).send_keys(Keys.ESCAPE).perform()
    assert in_script(ana, TIP) == ""
    card = element(ana, "#c4")
    corner = (-(card.size["width"] // 2) + 16, -(card.size["height"] // 2) + 16)
    ActionChains(ana.driver).move_to_element_with_offset(card, *corner).perform()
    assert "“象牙 摆件” is a trade term" in until(lambda: in_script(ana, TIP), "the reason on hover")
    ActionChains(ana.driver).move_to_element(element(ana, "h1")).perform()
    until(lambda: in_script(ana, TIP) == "", "the reason to go")
    address = ana.driver.current_url
    ActionChains(ana.driver).move_to_element_with_offset(card, *corner).click().perform()
    assert ana.driver.current_url == address, "a click on a mark must not follow the link under it"
    assert "“象牙 摆件”" in in_script(ana, TIP)


def test_results_that_come_later_are_marked_and_those_that_go_lose_theirs(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    marks(ana, len(MATCHING))
    ana.driver.execute_script(
        """const card = document.getElementById('c0').cloneNode(true);
        card.id = 'new';
        card.querySelectorAll('a').forEach((one) => { one.href = '/itm/2799999999'; });
        card.querySelector('h3 a').textContent = 'Pangolin scales, dried';
        document.querySelector('ul').prepend(card);
        document.getElementById('c1').remove();"""
    )
    until(lambda: "Pangolin scales, dried" in [mark["title"] for mark in in_script(ana, MARKS)], "the new mark")
    by_title = {mark["title"]: mark for mark in marks(ana, len(MATCHING))}
    assert "Old 1v0ry carving, Japan" not in by_title


def test_marks_keep_to_their_listings_when_a_part_of_the_page_scrolls_or_something_above_grows(
    ana: Browser, port: int
) -> None:
    switch_on(ana)
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    marks(ana, len(MATCHING))
    ana.driver.execute_script("document.querySelector('nav').style.cssText = 'display:block;height:70px'")
    ana.driver.execute_script("scrollTo(0, 40)")
    assert len(marks(ana, len(MATCHING))) == len(MATCHING)
    # A list of its own height: what is scrolled out of it has no mark on whatever lies there.
    ana.driver.execute_script(
        """document.querySelector('ul').style.cssText = 'margin-top:250px;height:300px;overflow:auto;grid-template-columns:1fr';
        document.querySelector('ul').scrollTop = 300;"""
    )
    astray = """(() => { const list = document.querySelector('ul').getBoundingClientRect();
        const seen = Array.from(cyberSpotterHints.marks.values(), (one) => one.button).filter((one) => getComputedStyle(one).visibility === 'visible');
        const inside = (one) => { const {top, bottom} = one.getBoundingClientRect(); return top > list.top - 24 && bottom < list.bottom + 24; };
        const there = seen.filter((one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight);
        return [there.length > 0, there.every(inside)] })()"""
    until(lambda: in_script(ana, astray) == [True, True], "marks inside the list alone")


@pytest.mark.parametrize("query", ["", "?rtl"], ids=["left to right", "right to left"])
def test_on_a_page_of_320_pixels_marks_and_reasons_are_in_view(ana: Browser, port: int, query: str) -> None:
    switch_on(ana)
    narrow = {"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": False}
    ana.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        ana.driver.get(f"http://mercado.localhost:{port}/search{query}")
        marks(ana, len(MATCHING))
        view, whole = ana.driver.execute_script(
            "return [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        assert whole <= view < 320, "nothing scrolls sideways; a scroll bar takes its part"
        for at in (0, 1):  # the one in view, and one that is scrolled to
            in_script(ana, f"Array.from(cyberSpotterHints.marks.values())[{at}].button.focus()")
            until(lambda: in_script(ana, TIP), "the reason")
            mark, tip = in_script(ana, EDGES.replace("AT", str(at)))
            assert (tip["left"] >= 0, tip["right"] <= view) == (True, True)
            assert (mark["left"] < view / 2) == (query == ""), "where reading begins on this page"
    finally:
        ana.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(
    ("topics", "left"),
    [
        (["mammal"], {"African grey parrot, hand tame, for sale"}),
        (["live"], set(MATCHING) - {"African grey parrot, hand tame, for sale"}),
        (
            ["product"],
            # A term of two words, ivory and ornament, does not say which kind of goods it names.
            {title for title in MATCHING if not any(word in title for word in ("netsuke", "carving"))},
        ),
    ],
    ids=["a group of species", "live animals", "products"],
)
def test_what_a_spotter_has_opted_out_of_is_not_marked(
    ana: Browser, port: int, topics: list[str], left: set[str]
) -> None:
    """The settings' own words: groups of species, and categories where the words of the listing tell."""
    switch_on(ana)
    ana.in_worker(f"cyberSpotter.settings.set({{opted_out: {json.dumps(topics)}}})")
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    assert {mark["title"] for mark in marks(ana, len(left))} == left


def test_switched_off_they_are_gone_and_the_permission_is_revoked(ana: Browser, port: int) -> None:
    switch_on(ana)
    ana.driver.get(ana.address("options/options.html"))
    assert element(ana, "#hints").is_selected()
    element(ana, "#hints").click()
    until(lambda: "Marks are off" in text(ana), "the word that marks are off")
    assert ana.in_worker("chrome.scripting.getRegisteredContentScripts()") == []
    ana.driver.get(f"http://mercado.localhost:{port}/search")
    assert in_script(ana, "1") is None


def test_the_settings_read_well_in_light_and_dark(ana: Browser) -> None:
    switch_on(ana)
    for scheme in ("light", "dark"):
        ana.theme(scheme)
        assert ana.axe() == []
