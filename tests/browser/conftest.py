"""A browser with the extension for all its tests, a marketplace, and a server that misbehaves on demand."""

import json
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest

from tests.browser.chromium import Browser
from tests.browser.popup_rig import EMPTY, Market
from tests.browser.standin import StandIn


@pytest.fixture(scope="session")
def market() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Market) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests. At the end it must have noted nothing against the extension."""
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    try:
        assert browser.complaints() == []
    finally:
        browser.quit()


@pytest.fixture
def server() -> Iterator[StandIn]:
    standin = StandIn()
    yield standin
    standin.stop()


@pytest.fixture
def ana(chromium: Browser, server: StandIn) -> Browser:
    """Ana's browser, paired, with nothing in its outbox and quick retries."""
    chromium.driver.get("about:blank")
    connection = {"base": server.base, "token": server.token, "paired_at": 1790000000000, "refused": None}
    chromium.in_worker(EMPTY % json.dumps({"connection": connection, "retry_base": 200}))
    return chromium
