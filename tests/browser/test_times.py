"""Short times are right for whoever reads them: UTC where no script runs, else the reader's own clock, and nothing moves."""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from server.core import wording
from tests.browser import gallery, sites
from tests.browser.gallery_desk import NOW

pytestmark = pytest.mark.browser

SHORT = "return [...document.querySelectorAll('time[data-short]')].map((one) => [one.dateTime, one.textContent])"
MOVED = """
const done = arguments[0], sum = (list) => list.getEntries().reduce((all, one) => all + one.value, 0);
new PerformanceObserver((list) => done(sum(list))).observe({ type: "layout-shift", buffered: true });
setTimeout(() => done(0), 500);
"""
TOLD = ["reports", "report-asked", "report-checked", "case", "case-checked", "case-opinions"]  # pages with short times


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The gallery; its script takes its time on the way, as on a bad line."""
    app = gallery.make_app()

    def slow(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/static/spotter.js":
            time.sleep(0.4)
        return app(environ, start)

    with sites.ours(slow) as address:
        yield address


@pytest.fixture
def driver() -> Iterator[WebDriver]:
    driver = gallery.browser()
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    yield driver
    driver.quit()


def live(driver: WebDriver, zone: str) -> None:
    """The reader's device stands in this zone."""
    driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": zone})


def shown_as(at: datetime, zone: str) -> str:
    """What the server would say to somebody for whom this zone is the only one."""
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
    return str(wording.moment(local, NOW.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC))).removesuffix(" UTC")


@pytest.mark.parametrize(
    ("zone", "received"),
    [  # flagged at 08:12 UTC, read at 11:12 UTC on the 24th
        ("UTC", "today 08:12"),
        ("Asia/Kathmandu", "today 13:57"),
        ("Pacific/Auckland", "yesterday 21:12"),  # it is past midnight there already
        ("Pacific/Honolulu", "yesterday 22:12"),  # and there it was still the day before
    ],
)
def test_a_short_time_is_the_readers_own(driver: WebDriver, site: str, zone: str, received: str) -> None:
    live(driver, zone)
    gallery.resize(driver, 320)
    for name in TOLD:
        driver.get(f"{site}/_/{name}")
        short = driver.execute_script(SHORT)
        assert short, name
        assert short == [[at, shown_as(datetime.fromisoformat(at), zone)] for at, _ in short]
    driver.get(f"{site}/_/reports")
    assert received in driver.find_element("css selector", ".report .meta").text
    assert "UTC" not in driver.find_element("tag name", "main").text


def test_days_of_another_month_and_year_are_the_readers_own(driver: WebDriver, site: str) -> None:
    """A new year begins in Auckland half a day before it does in UTC."""
    live(driver, "Pacific/Auckland")
    driver.get(f"{site}/_/reports")
    put = "const one = document.querySelector('time[data-short]'); one.dateTime = arguments[0]; window.dispatchEvent(new Event('afterprint')); return one.textContent"
    assert driver.execute_script(put, "2025-12-31T12:00:00+00:00") == "1 Jan"
    assert driver.execute_script(put, "2025-12-31T10:00:00+00:00") == "31 Dec 2025"
    assert driver.execute_script(put, "2026-11-26T11:30:00.123456+00:00") == "27 Nov"


def test_where_no_script_runs_it_says_utc_and_fits(driver: WebDriver, site: str) -> None:
    live(driver, "Pacific/Auckland")
    gallery.resize(driver, 320)
    for name in TOLD:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        driver.get(f"{site}/_/{name}")
        width = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]["width"]
        assert width <= 320, name
        shown = driver.find_elements("css selector", "time[data-short]")
        times = [(time.get_dom_attribute("datetime"), time.get_property("textContent")) for time in shown]
        assert times == [(at, wording.moment(datetime.fromisoformat(at), NOW)) for at, _ in times]
        assert any(words.endswith(" UTC") for _, words in times), name


def test_nothing_moves_when_the_script_comes_late(driver: WebDriver, site: str) -> None:
    live(driver, "Asia/Kathmandu")
    for name, width in (("reports", 1280), ("reports", 320), ("case", 1280), ("report-asked", 320)):
        gallery.resize(driver, width)
        driver.get(f"{site}/_/{name}")
        assert "today" in str(driver.execute_script(SHORT))
        assert driver.execute_async_script(MOVED) == 0, name


def test_the_next_case_is_told_by_the_readers_clock_too(driver: WebDriver, site: str) -> None:
    live(driver, "Asia/Kathmandu")
    gallery.resize(driver, 1280)
    driver.get(f"{site}/cases/c1")
    before = driver.execute_script(SHORT)
    driver.find_element("tag name", "body").send_keys("j")
    WebDriverWait(driver, 5).until(lambda d: d.current_url.endswith("/cases/c2"))
    assert driver.execute_script(SHORT) == before
    assert "UTC" not in str(before)


def test_paper_says_utc_and_the_page_goes_on_as_it_was(driver: WebDriver, site: str) -> None:
    live(driver, "Asia/Kathmandu")
    driver.get(f"{site}/_/reports")
    before = driver.execute_script(SHORT)
    driver.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert {words for _, words in driver.execute_script(SHORT)} >= {
        wording.moment(NOW - timedelta(hours=hours), NOW) for hours in (1, 3)
    }
    driver.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert driver.execute_script(SHORT) == before


def test_today_is_reckoned_by_the_sites_clock_even_on_a_device_whose_own_is_wrong(driver: WebDriver, site: str) -> None:
    """The gallery's now is long fixed; the device believes another day."""
    live(driver, "UTC")
    driver.get(f"{site}/_/reports")
    assert driver.execute_script("return Date.now()") != int(NOW.timestamp() * 1000)
    assert "today 08:12" in [words for _, words in driver.execute_script(SHORT)]
