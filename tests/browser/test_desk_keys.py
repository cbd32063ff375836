"""Keys and ticks of the desk and of every other page, in a real Chromium, on the gallery’s pages."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.keys import Keys

from tests.browser import gallery, sites
from tests.browser.chromium import until

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


def press(driver: WebDriver, *keys: str) -> None:
    for key in keys:
        driver.switch_to.active_element.send_keys(key)


def test_all_that_was_found_ticks_the_page_until_a_case_is_left_out(driver: WebDriver, site: str) -> None:
    driver.get(f"{site}/_/queue")
    rows = driver.find_elements("css selector", ".cases [name=case]")
    found = driver.find_element("css selector", ".many-bar [name=found]")
    press(driver, "x")
    assert found.is_displayed() and "All 173 found" in driver.find_element("css selector", ".many-bar").text
    assert driver.find_element("css selector", ".many-bar .ticked").is_displayed()
    found.send_keys(Keys.SPACE)
    assert all(row.is_selected() for row in rows)
    assert not driver.find_element("css selector", ".many-bar .ticked").is_displayed(), "they are more than the page's"
    rows[1].send_keys(Keys.SPACE)
    assert not found.is_selected() and rows[0].is_selected()


@pytest.mark.parametrize(("name", "box"), [("queue", ".cases [name=case]"), ("inbox", "[name=notice]")])
def test_e_ticks_every_row_of_the_page_and_again_none_and_the_focus_stays(
    driver: WebDriver, site: str, name: str, box: str
) -> None:
    driver.get(f"{site}/_/{name}")
    rows = driver.find_elements("css selector", box)
    at = driver.switch_to.active_element
    live = driver.find_element("id", "live")
    for ticked in (True, False):
        press(driver, "e")
        assert {row.is_selected() for row in rows} == {ticked} and driver.switch_to.active_element == at
        number = f"Ticked: {len(rows) * ticked}"
        until(lambda number=number: live.get_property("textContent") == number, number)
    press(driver, "?")
    assert "E" in [key.text for key in driver.find_elements("css selector", ".all-keys dt kbd")]
    driver.get(f"{site}/_/{name}?no-keys")
    press(driver, "e")
    before = [row.is_selected() for row in driver.find_elements("css selector", box)]
    assert not all(before)


def path(driver: WebDriver) -> str:
    return str(driver.current_url).removeprefix("http://").partition("/")[2]


def opens(driver: WebDriver, *keys: str) -> str:
    """The path of the page that these keys lead to: it is none of the gallery's."""
    press(driver, *keys)
    until(lambda: "/_/" not in driver.current_url, "another page")
    return path(driver)


@pytest.mark.parametrize(
    ("name", "keys", "there"),
    [
        ("people", "ga", "attention"),
        ("people", "gq", "cases"),
        ("queue", "gf", "figures"),
        ("inbox", "gf", "figures/own"),
        ("guide", "gn", "notices"),
    ],
)
def test_g_and_a_letter_lead_to_a_page_that_the_reader_may_see(
    driver: WebDriver, site: str, name: str, keys: str, there: str
) -> None:
    driver.get(f"{site}/_/{name}")
    assert opens(driver, *keys) == there


def test_search_and_the_list_of_keys_are_on_every_page(driver: WebDriver, site: str) -> None:
    driver.get(f"{site}/_/people")
    press(driver, "?")
    listed = driver.find_element("css selector", ".all-keys")
    assert listed.get_attribute("open") and "go to Attention" in listed.text and "previous case" not in listed.text
    press(driver, "/")
    field = driver.find_element("name", "q")
    assert driver.switch_to.active_element == field
    press(driver, *"gq/?")
    assert field.get_property("value").endswith("gq/?") and "/_/people" in driver.current_url


def test_neither_spotters_nor_whoever_turned_them_off_have_keys(driver: WebDriver, site: str) -> None:
    for name in ("people?no-keys", "reports"):
        driver.get(f"{site}/_/{name}")
        press(driver, "/", "g", "q", "?")
        assert path(driver) == f"_/{name}" and not driver.find_elements("css selector", ".all-keys[open]")
        assert driver.switch_to.active_element.tag_name == "body"


@pytest.mark.parametrize("name", ["queue", "inbox"])
def test_j_after_the_last_row_opens_the_next_page_and_k_stays_at_the_first(
    driver: WebDriver, site: str, name: str
) -> None:
    driver.get(f"{site}/_/{name}")
    rows = driver.find_elements("css selector", "[data-case], [data-row]")
    driver.execute_script("document.querySelector('[rel=next]').href = '/figures'")
    press(driver, "k")
    assert path(driver) == f"_/{name}"
    if name == "queue":
        driver.execute_script(
            "for (const link of arguments[0]) link.removeAttribute('aria-current');"
            "arguments[0].at(-1).setAttribute('aria-current', 'true')", rows,
        )  # fmt: skip
    else:
        press(driver, *"j" * (len(rows) - 1))
        assert driver.switch_to.active_element == rows[-1]
    assert opens(driver, "j") == "figures"
