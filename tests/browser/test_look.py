"""Every page of the gallery, looked at by machine: axe-core, sideways scroll, small text, the content policy, the weight."""

import gzip
import re
from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import gallery, reading, sites
from tests.browser.looking import axe, driver, sideways  # noqa: F401

pytestmark = pytest.mark.browser

STATIC = gallery.ROOT / "server" / "static"
NAMES = list(gallery.pages())
RIGHT_TO_LEFT = [
    "review",
    "review-wrong",
    "landing",
    "reports",
    "reports-hard",
    "report-new-wrong",
    "case",
    "decide-notify",
    "answer",
    "inbox",
    "people-one",
    "work",
    "work-hard",
    "round",
    "round-desk",
    "round-report",
    "training",
    "training-module-arabic",
    "training-exam-arabic",
    "training-question-arabic",
    "training-practice-answered",
]
FRAMES = {"answers/_frame.html"}  # what other pages extend, and no page itself
SMALL = """
const small = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const parent = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !parent.checkVisibility()) continue;
  if (parseFloat(getComputedStyle(parent).fontSize) < 14) small.push(walk.currentNode.data.trim().slice(0, 40));
}
return small;
"""

SPLINTERS = """
const found = new Set();
for (const mark of document.querySelectorAll("mark")) {
  const line = mark.parentElement;
  for (let width = 120; width < 420; width += 1) {
    line.style.inlineSize = `${width}px`;
    if ([...mark.getClientRects()].some((part) => part.width < 8)) found.add(mark.innerText);
  }
}
return [...found];
"""  # marks whose end falls into a line of its own, at whatever width


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The gallery, served."""
    with sites.ours(gallery.make_app()) as address:
        yield address


def refused(driver: WebDriver) -> list[str]:
    """What the browser refused or could not load."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_fair_to_every_eye(driver: WebDriver, site: str, name: str) -> None:
    """Narrow and wide, light and dark: nothing for axe-core to say, nothing scrolls sideways, nothing is too small to read, and read aloud it stands in the order that is seen."""
    driver.get_log("browser")
    gallery.resize(driver, 320)
    driver.get(f"{site}/_/{name}?theme=light")
    assert sideways(driver) <= 0
    assert driver.execute_script(SMALL) == []
    assert len(driver.find_elements("css selector", "h1")) == 1
    assert axe(driver) == []
    driver.execute_script("document.documentElement.dataset.bsTheme = 'dark'")
    assert axe(driver, "color-contrast") == []
    for width in (640, 900, 1280):
        gallery.resize(driver, width)
        assert sideways(driver) <= 0
    if driver.find_elements("css selector", ".bench"):  # what only a wide window shows, in light too
        assert axe(driver) == []
        driver.execute_script("document.documentElement.dataset.bsTheme = 'light'")
        assert axe(driver, "color-contrast") == []
    else:  # its colours are those of the narrow window
        assert axe(driver, without="color-contrast") == []
    assert refused(driver) == []
    assert reading.amiss(driver) == []


def test_every_page_is_in_the_gallery() -> None:
    """A page is what extends a frame; mails are looked at by themselves, and parts with the pages that include them."""
    folder, shown = gallery.ROOT / "server" / "templates", {template for template, _ in gallery.pages().values()}
    templates = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}
    whole = {
        name for name, text in templates.items() if re.search(r"{% extends ", text) and not name.startswith("mail/")
    }
    assert whole - shown - FRAMES == set()


def test_what_a_listener_would_stumble_over_is_found(driver: WebDriver) -> None:
    gallery.resize(driver, 1280)
    driver.get("about:blank")
    page = """<a href="#m">Skip to main content</a><main id="m"><h1>Figures</h1>
      <div style="display: flex; flex-direction: column-reverse"><p>Removed</p><p>Reported</p></div>
      <p><a href="#1">The case</a> <a href="#2">The case</a></p>
      <table><caption>Cases</caption><tr><td>7</td></tr></table></main>"""
    driver.execute_script("document.documentElement.lang = 'en'; document.body.innerHTML = arguments[0]", page)
    twice, bare, order = reading.amiss(driver)
    assert twice == "“The case” is said twice" and bare.endswith("has no headers")
    assert order == "“Removed” is said before “Reported” but stands under it"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_links_of_notes_on_a_case_differ_where_they_lead_elsewhere(driver: WebDriver, site: str, language: str) -> None:
    driver.get(f"{site}/_/case-said-wrong?lang={language}")
    links = driver.find_elements("css selector", ".case > .note a")
    leads = {(link.text, link.get_attribute("href")) for link in links}
    assert len(leads) > 1 and len({text for text, _ in leads}) == len(leads)


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_a_page_reads_from_right_to_left(driver: WebDriver, site: str, name: str) -> None:
    for width in (320, 1280):
        gallery.resize(driver, width)
        driver.get(f"{site}/_/{name}?dir=rtl&theme=dark")
        assert sideways(driver) <= 0
        assert axe(driver) == []


def test_what_is_beside_a_case_stays_within_a_phones_margins(driver: WebDriver, site: str) -> None:
    """Also with a mistake marked at a date, whose field does not shrink by itself."""
    gallery.resize(driver, 320)
    driver.get(f"{site}/_/case-to-fill-in-wrong")
    ends = "return ['.case-cols', '.case-side'].map(name => document.querySelector(name).getBoundingClientRect().right)"
    columns, side = driver.execute_script(ends)
    assert side <= columns


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_colours_of_a_phones_menu_stand_in_one_line(driver: WebDriver, site: str, language: str) -> None:
    gallery.resize(driver, 320)
    driver.get(f"{site}/_/operations?lang={language}")
    driver.find_element("css selector", ".menu summary").click()
    choices = driver.find_elements("css selector", ".menu .theme-choice")
    assert len(choices) == 3 and len({choice.rect["y"] for choice in choices}) == 1
    assert sideways(driver) <= 0 and axe(driver) == []


def test_what_is_written_from_left_to_right_stands_beside_its_label(driver: WebDriver, site: str) -> None:
    """In a page from right to left, a name or a title in Latin letters is at the page's start and not across it."""
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/profile?dir=rtl")
    text = "const range = document.createRange(); range.selectNodeContents(arguments[0]); return range.getBoundingClientRect().right"
    for value in driver.find_elements("css selector", ".facts dd[dir=auto]"):
        box = value.rect
        assert abs(driver.execute_script(text, value) - box["x"] - box["width"]) < 2, value.text


@pytest.mark.parametrize("name", ["sign-in", "case", "answer", "landing"])
def test_a_site_without_an_assessment_says_not_for_real_data(driver: WebDriver, site: str, name: str) -> None:
    driver.get(f"{site}/_/{name}?real=1")
    assert "Not for real data" in driver.find_element("css selector", ".strip").text
    assert axe(driver) == []


def test_a_picture_is_not_loaded_clear_before_somebody_looks(driver: WebDriver, site: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/case")
    image = driver.find_element("css selector", ".veil img")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", image)
    assert "blurred" in image.get_attribute("src")
    driver.find_element("css selector", ".veil [data-look]").click()
    assert "clear" in image.get_attribute("src")
    driver.find_element("css selector", ".veil [data-look]").click()
    assert "blurred" in image.get_attribute("src")


def test_the_desk_is_worked_from_the_keyboard(driver: WebDriver, site: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/case")
    hrefs = {key: driver.find_element("css selector", f'[data-key="{key}"]').get_attribute("href") for key in "nahd"}
    assert {key: href.partition("panel=")[2].partition("#")[0] for key, href in hrefs.items()} == {
        "n": "notify",
        "a": "ask",
        "h": "hold",
        "d": "dismiss",
    }
    driver.find_element("tag name", "body").send_keys("/")
    assert driver.switch_to.active_element.get_attribute("id") == "q"
    driver.switch_to.active_element.send_keys("n")
    assert driver.current_url.endswith("/_/case")


def test_the_next_case_opens_in_place_and_takes_the_focus(driver: WebDriver, site: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/cases/c1")
    driver.execute_script("window.same = true")
    driver.find_element("tag name", "body").send_keys("j")
    WebDriverWait(driver, 5).until(lambda d: d.current_url.endswith("/cases/c2"))
    WebDriverWait(driver, 5).until(lambda d: d.switch_to.active_element.get_attribute("id") == "case-name")
    assert driver.execute_script("return window.same")
    assert driver.find_element("css selector", "[data-case][aria-current]").get_attribute("href").endswith("/cases/c2")
    assert refused(driver) == []


def test_a_decision_panel_takes_the_focus(driver: WebDriver, site: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/decide-hold#decision-name")
    WebDriverWait(driver, 5).until(lambda d: d.switch_to.active_element.get_attribute("id") == "decision-name")


def test_a_lens_clears_a_circle_and_moves_by_arrow_keys(driver: WebDriver, site: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/case")
    lens = driver.find_element("css selector", "[data-lens]")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", lens)
    lens.click()
    before = driver.execute_script("return document.querySelector('.lens').style.getPropertyValue('--x')")
    lens.send_keys(Keys.ARROW_RIGHT)
    assert driver.execute_script("return document.querySelector('.lens').style.getPropertyValue('--x')") != before
    assert "blurred" in driver.find_element("css selector", ".veil img").get_attribute("src")
    lens.click()
    assert not driver.find_elements("css selector", ".lens")


def test_what_every_page_loads_stays_under_its_budget() -> None:
    """90 KB of style and script and 130 KB of fonts, compressed, for the heaviest page."""
    loaded = ["vendor/bootstrap/bootstrap.min.css", "spotter.css", "vendor/htmx/htmx.min.js", "spotter.js"]
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in loaded) < 90_000
    fonts = list(STATIC.rglob("*-latin-wght-*.woff2"))
    assert sum(path.stat().st_size for path in fonts) < 130_000


def test_pages_hold_no_style_and_no_script_of_their_own() -> None:
    """The content policy would drop them without a word."""
    bad = re.compile(r"<[^>]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)")
    client = gallery.make_app().test_client()
    assert [name for name in NAMES if bad.search(client.get(f"/_/{name}").text)] == []


@pytest.mark.parametrize(
    ("name", "kept", "left_out"),
    [
        ("round-desk", "thead th", "main form"),
        ("round-report", "thead th", "header nav"),
        ("notice", ".facts:not(.answer-form .facts) dd", ".answer-form"),
        ("case", ".reasons li", ".bar"),
        ("reports", ".trail .done .icon", ".asked form"),
    ],
)
def test_paper_keeps_what_is_read_and_leaves_out_what_is_pressed(
    driver: WebDriver, site: str, name: str, kept: str, left_out: str
) -> None:
    """A4 at 96 dots an inch between its margins."""
    gallery.resize(driver, 718)
    driver.get(f"{site}/_/{name}?theme=dark")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        seen = "return [...document.querySelectorAll(arguments[0])].map(e => e.checkVisibility() && e.getBoundingClientRect().width > 5)"
        assert all(driver.execute_script(seen, kept)) and driver.find_elements("css selector", kept)
        assert not any(driver.execute_script(seen, left_out))
        assert driver.find_element("css selector", ".printed").is_displayed()
        ink = "const e = document.querySelector('.trail .done .dot'); return e ? [getComputedStyle(e).color, getComputedStyle(e).backgroundColor] : [0, 1]"
        assert len(set(driver.execute_script(ink))) == 2
    finally:
        features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})


@pytest.mark.parametrize("name", ["case", "lane-right"])
def test_a_marked_word_ends_where_it_ends(driver: WebDriver, site: str, name: str) -> None:
    gallery.resize(driver, 1280)
    driver.get(f"{site}/_/{name}")
    assert driver.find_elements("css selector", "mark")
    assert driver.execute_script(SPLINTERS) == []
