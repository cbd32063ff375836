"""Looking at pages: axe-core, and what reaches over the edge."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver

from tests.browser import gallery

AXE = gallery.ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    """A browser without motion, with axe-core at hand on every page."""
    assert AXE.exists(), f"{AXE} is missing: npm ci"
    driver = gallery.browser()
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    driver.execute_cdp_cmd("Page.enable", {})
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    yield driver
    driver.quit()


def axe(driver: WebDriver, *rules: str, without: str = "") -> list[str]:
    """What axe-core objects to on the page as it stands (only `rules`, when named; not the rule `without`), a line each."""
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": AXE.read_text()})
        driver.execute_script(AXE.read_text())
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    options |= {"runOnly": list(rules)} if rules else {}
    options |= {"rules": {without: {"enabled": False}}} if without else {}
    problems = driver.execute_async_script(
        f"axe.run(document, {json.dumps(options)}).then((r) => arguments[0](r.violations), (e) => arguments[0]([{{id: String(e), nodes: []}}]))"
    )
    return [f"{v['id']}: {node['html'][:160]}" for v in problems for node in v["nodes"][:3]] + [
        v["id"] for v in problems if not v["nodes"]
    ]


def sideways(driver: WebDriver) -> int:
    """How many pixels the page is wider than the window."""
    return int(driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth"))
