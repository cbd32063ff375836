"""A browser with the extension for all its tests, a marketplace, and a server that misbehaves on demand."""

import contextlib
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import EXTENSION, Browser, blameless
from tests.browser.popup_rig import Market, pair
from tests.browser.sites import served
from tests.browser.standin import StandIn


@pytest.fixture(scope="session")
def market() -> Iterator[str]:
    with served(Market) as port:
        yield f"http://127.0.0.1:{port}"


class Lent:
    """One browser for all tests, and a new one once a test has failed in it: an ill browser would fail every test to come."""

    def __init__(self, profile: Callable[[], Path]) -> None:
        self._profile = profile
        self._stack = contextlib.ExitStack()
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        if self._browser and self._browser.suspect:
            self.back()
        if not self._browser:
            self._browser = self._stack.enter_context(blameless(self._profile()))
        return self._browser

    def back(self) -> None:
        """Ends it. Of one that is not suspect: it must have noted nothing against the extension."""
        self._browser = None
        self._stack.close()


@pytest.fixture(scope="session")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lent]:
    lent = Lent(lambda: tmp_path_factory.mktemp("profile"))
    yield lent
    lent.back()


@pytest.fixture
def chromium(lent: Lent) -> Browser:
    return lent.browser()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure in a browser is told with what the browser showed, and the browser is trusted no more."""
    report = yield
    for browser in getattr(item, "funcargs", {}).values() if report.failed else ():
        if isinstance(browser, Browser) and not browser.suspect:
            browser.suspect = True
            report.sections.append(("what the browser showed", browser.account()))
    return report


SHUTTER = """const { tabs } = globalThis.browser ?? globalThis.chrome;
const take = tabs.captureVisibleTab.bind(tabs);
globalThis.shutter = Promise.withResolvers();
tabs.captureVisibleTab = async (...how) => { await globalThis.shutter.promise; return take(...how); };
// A private window, as its tabs tell of it: a driven browser opens none with the extension in it.
const query = tabs.query.bind(tabs);
tabs.query = async (...what) => (await query(...what)).map((tab) => (localStorage.getItem('private') ? { ...tab, incognito: true } : tab));
"""


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that gives its picture when the test lets it (`shutter.resolve()`), or never; else the true extension."""
    copy = tmp_path_factory.mktemp("extension") / "extension"
    shutil.copytree(EXTENSION, copy)
    (copy / "popup" / "shutter.js").write_text(SHUTTER)
    page = copy / "popup" / "popup.html"
    page.write_text(page.read_text().replace("<script", '<script src="shutter.js"></script>\n<script', 1))
    with blameless(tmp_path_factory.mktemp("profile"), extension=copy) as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[StandIn]:
    standin = StandIn()
    yield standin
    standin.stop()


@pytest.fixture
def ana(chromium: Browser, server: StandIn) -> Browser:
    """Ana's browser, paired, with nothing in its outbox and quick retries."""
    return pair(chromium, server, retry_base=200)
