"""A browser with the extension for all its tests, a marketplace, and a server that misbehaves on demand."""

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.chromium import EXTENSION, Browser, blameless
from tests.browser.popup_rig import Market, pair
from tests.browser.sites import served
from tests.browser.standin import StandIn


@pytest.fixture(scope="session")
def market() -> Iterator[str]:
    with served(Market) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests. At the end it must have noted nothing against the extension."""
    with blameless(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


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
