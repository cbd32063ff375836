"""The README's pictures, made anew from a fresh demonstration in a real browser: `python -m tests.browser.pictures`."""

import base64
import io
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver

from server.demo import people
from tests.browser.chromium import ROOT, Browser, until
from tests.browser.instance import demonstration
from tests.browser.pairing import pair, sign_in

FOLDER = ROOT / "docs" / "pictures"
AD = "265370482"  # the demonstration's grey parrots
PAGE = (1280, 1000)  # what a page is laid out in, and
SHOWN = (900, 703)  # what it is shown in


def keep(driver: webdriver.Chrome, name: str, size: tuple[int, int] | None, shown: tuple[int, int] | None) -> None:
    """What the window shows, as a small picture; a popup has its own size."""
    if size:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    until(lambda: driver.execute_script("return document.fonts.status === 'loaded'"), "the fonts")
    drawn = "return [...document.images].every((image) => image.complete || !image.checkVisibility())"
    until(lambda: driver.execute_script(drawn), "the pictures")
    data = base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", {})["data"])
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    if shown:
        picture = picture.resize(shown, Image.Resampling.LANCZOS)
    picture.save(FOLDER / f"{name}.webp", quality=80, method=6)


def main() -> None:
    """All three: the volunteer's, the coordinator's, and what became of it."""
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as instance:
        browser = Browser(Path(folder) / "profile", arguments=("--hide-scrollbars",))
        driver = browser.driver
        try:
            pair(browser, instance.base)
            driver.get(f"{instance.base}/reports")
            keep(driver, "reports", PAGE, SHOWN)
            driver.get(f"{instance.market}/itm/{AD}")
            with browser.popup() as popup:
                until(lambda: popup.execute_script("return Boolean(cyberSpotter.vocabulary)"), "the vocabulary")
                keep(popup, "popup", None, None)
            driver.delete_all_cookies()
            driver.get(instance.base)
            driver.delete_all_cookies()
            sign_in(driver, instance.base, people.CORA)
            driver.get(f"{instance.base}/cases")
            keep(driver, "queue", PAGE, SHOWN)
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
