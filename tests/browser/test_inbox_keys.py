"""The company's inbox by keys alone, in a real Chromium, on the gallery's pages."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import gallery, sites

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    driver = gallery.browser()
    driver.set_window_size(1280, 1000)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with sites.ours(gallery.make_app()) as address:
        yield address


class Inbox:
    """The page `name`; keys go to whatever has the focus."""

    def __init__(self, driver: WebDriver, site: str, name: str = "inbox", query: str = "") -> None:
        self.driver = driver
        driver.get(f"{site}/_/{name}?{query}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def with_shift(self, key: str) -> None:
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def focused(self) -> str:
        return str(self.driver.switch_to.active_element.get_attribute("href") or "").rpartition("/")[2]

    def ticked(self) -> list[str]:
        return [str(box.get_attribute("value")) for box in self.all("[name=notice]:checked")]

    def all(self, selector: str) -> list[object]:
        return list(self.driver.find_elements("css selector", selector))

    def said(self) -> str:
        return str(self.driver.execute_script("return document.getElementById('live').textContent"))


ROWS = ["n288", "n311", "n312", "n316", "n317", "n318"]  # the first is ticked when the page opens


@pytest.mark.parametrize(("on", "back"), [("j", "k"), (Keys.ARROW_DOWN, Keys.ARROW_UP)])
def test_the_focus_goes_from_row_to_row_and_enter_opens_the_notice(
    driver: WebDriver, site: str, on: str, back: str
) -> None:
    inbox = Inbox(driver, site)
    for row in ROWS[:3]:
        inbox.press(on)
        assert inbox.focused() == row
    inbox.press(back)
    assert inbox.focused() == ROWS[1]
    inbox.press(Keys.ENTER)
    assert driver.current_url.endswith("/notices/n311")


def test_o_opens_the_row_and_an_end_of_the_list_is_no_trap(driver: WebDriver, site: str) -> None:
    inbox = Inbox(driver, site)
    inbox.press("j", "k", "k")
    assert inbox.focused() == ROWS[0]
    inbox.press(*"jjjjjjj")
    assert inbox.focused() == ROWS[-1]
    inbox.press("o")
    assert driver.current_url.endswith("/notices/n318")


def test_x_ticks_a_row_and_with_shift_all_between_and_the_bar_counts_them(driver: WebDriver, site: str) -> None:
    inbox = Inbox(driver, site)
    inbox.press("x")
    assert inbox.ticked() == [] and inbox.focused() == ROWS[0], "without a row before it, X is the first row's"
    bar = driver.find_element("css selector", ".many-answer")
    assert "Answer several at once" in bar.text and "Ticked:" not in bar.text, "nothing to count"
    inbox.press("j", "x", "j", "j")
    inbox.with_shift("x")
    assert inbox.ticked() == ROWS[1:4]
    assert driver.execute_script("return getComputedStyle(arguments[0]).position", bar) == "sticky"
    assert inbox.focused() == ROWS[3], "the focus stays in its row"
    inbox.press("x")
    assert inbox.ticked() == ROWS[1:3]


def test_a_ticked_row_stands_out(driver: WebDriver, site: str) -> None:
    driver.get(f"{site}/_/inbox")
    colour = "return [...document.querySelectorAll('.inbox tr:has(.ticks-cell)')].map(e => getComputedStyle(e).backgroundColor)"
    ticked, *others = driver.execute_script(colour)
    assert ticked not in others and len(set(others)) == 1


def test_a_figure_chooses_the_answer_to_all_and_r_goes_to_the_reason(driver: WebDriver, site: str) -> None:
    inbox = Inbox(driver, site)
    choice = driver.find_element("css selector", ".many-answer select")
    inbox.press("j", "1")
    assert choice.get_property("value") == "removed" and inbox.focused() == ROWS[0]
    inbox.press("6")
    assert choice.get_property("value") == "not_violating"
    inbox.press("8")
    assert choice.get_property("value") == "not_violating", "several have not moved to one address"
    inbox.press("r", *"1jx")
    reason = driver.find_element("css selector", ".many-answer [name=reason]")
    assert reason.get_property("value") == "1jx" and choice.get_property("value") == "not_violating"
    inbox.press(Keys.ESCAPE, "1")
    assert reason.get_property("value") == "1jx" and choice.get_property("value") == "removed", "Esc leaves the field"


def test_on_one_notice_a_figure_chooses_and_esc_goes_back_but_not_from_what_is_written(
    driver: WebDriver, site: str
) -> None:
    notice = Inbox(driver, site, "notice")
    notice.press("1")
    assert driver.find_element("css selector", "[name=answer][value=removed]").is_selected()
    notice.press("0")
    assert driver.find_element("css selector", "[name=answer][value=need_info]").is_selected()
    notice.press("r", *"Which?", Keys.ESCAPE)
    assert driver.current_url.endswith("/_/notice?")
    notice.press(Keys.ESCAPE)
    assert driver.current_url.endswith("/_/notice?"), "what is written stays, however often"
    driver.find_element("css selector", ".answer-form [name=reason]").clear()
    notice.press(Keys.ESCAPE)
    assert driver.current_url.endswith("/notices")


@pytest.mark.parametrize("name", ["inbox", "notice"])
def test_the_list_names_every_key_of_the_page_and_none_works_once_they_are_off(
    driver: WebDriver, site: str, name: str
) -> None:
    page = Inbox(driver, site, name)
    page.press("?")
    listed = driver.find_element("css selector", ".all-keys")
    assert listed.get_attribute("open")
    keys = {str(kbd.text).lower() for kbd in listed.find_elements("css selector", "dt kbd")}
    here = {str(e.get_attribute("data-key")).lower() for e in driver.find_elements("css selector", "[data-key]")}
    assert here - keys - {"?", "escape"} == set() and "esc" in keys
    page = Inbox(driver, site, name, "no-keys")
    page.press("j", "x", "1", "r", "o")
    assert page.focused() == "" and driver.current_url.endswith(f"/_/{name}?no-keys")
    assert not driver.find_elements("css selector", "[name=answer]:checked")
    assert all(s.get_property("value") == "" for s in driver.find_elements("css selector", "select[name=answer]"))


def test_a_company_is_not_sent_to_the_coordinators_queue(driver: WebDriver, site: str) -> None:
    inbox = Inbox(driver, site)
    inbox.press("g", "q")
    assert driver.current_url.endswith("/_/inbox?")
