"""Where the photos of the goods stand in the screenshot: what the server cuts out is the photo on the page."""

import io
from typing import Any

from PIL import Image

from server.ledger.matches import photo
from server.ledger.reports import pictures
from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import flag, needs_chromium, pair
from tests.browser.sites import Site, served
from tests.browser.standin import StandIn
from tests.photos import encoded
from tests.photos import photo as photo_of

pytestmark = needs_chromium

PHOTOS = {f"/{number}.jpg": photo_of(number, 900, 700) for number in range(8)}
HEAD = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Grey parrot</title><style>
  body {margin:0;background:#eef;font:16px sans-serif} img {display:block} main {padding:20px}
  .over {position:absolute;inset:auto 0 0 0;height:120px;background:#123} .lens {position:absolute;inset:0}
  header {position:sticky;top:0;height:60px;background:#345;z-index:2}</style>"""
PAGES = {
    "/ad/1": HEAD + """<header><img class="brand" src="/7.jpg" width="180" height="140"></header><main>
        <h1>Grey parrot</h1><p>€ 1,250</p>
        <div style="position:relative;width:400px"><img src="/1.jpg" alt="The bird" width="400" height="310"><span class="lens"></span></div>
        <img class="user-avatar" src="/2.jpg" width="150" height="150">
        <img src="/3.jpg" width="150" height="150" style="border-radius:50%">
        <img src="/4.jpg" width="48" height="48">
        <a href="/ad/2"><img src="/5.jpg" alt="Another ad" width="240" height="190"></a>
        <div style="height:2000px"></div><img src="/6.jpg" width="400" height="300"></main>""",
    "/ad/covered": HEAD + """<main><div style="position:relative;width:500px"><img src="/1.jpg" width="500" height="400">
        <div class="over">Accept all cookies</div></div>
        <div style="width:300px;height:200px;overflow:hidden"><img src="/2.jpg" width="300" height="420"></div>
        <img src="/3.jpg" width="300" height="220" style="visibility:hidden"></main>""",
    "/ad/fitted": HEAD + """<main><img src="/1.jpg" style="width:600px;height:330px;object-fit:contain;background:#000;border:9px solid red"></main>""",
}  # fmt: skip


class Gallery(Site):
    """Ads with photos."""

    def body(self) -> bytes:
        picture = PHOTOS.get(self.path)
        self.kind = "image/jpeg" if picture else "text/html; charset=utf-8"
        return encoded(picture, "JPEG", quality=88) if picture else PAGES.get(self.path, "").encode()


def report(browser: Browser, server: StandIn, address: str, scroll: int = 0) -> tuple[list[dict[str, Any]], bytes]:
    """What is flagged there: the listing's images, and the screenshot."""
    pair(browser, server)
    server.kept.clear()
    browser.driver.get(address)
    until(lambda: browser.driver.execute_script("return [...document.images].every((each) => each.complete)"), "photos")
    browser.driver.execute_script("scrollTo(0, arguments[0])", scroll)
    with browser.popup():
        flag(browser)
        until(lambda: server.kept, "the report")
    [(stated, files)] = server.kept.values()
    return stated["listing"]["images"], files["screenshot"]


def differs(image: dict[str, Any], screenshot: bytes, original: Image.Image) -> int | None:
    """In how many bits what the server cuts out differs from the photo that the page shows; None: it is another."""
    at = image["shown"]
    [cut] = pictures.cuts(screenshot, [(at["x"], at["y"], at["x"] + at["width"], at["y"] + at["height"])])
    normal = original.resize((photo.SIDE, photo.SIDE)).tobytes()
    return photo.distance(photo.fingerprints(photo.grey(cut.normal)), photo.fingerprints(photo.grey(normal)))


def names(images: list[dict[str, Any]]) -> list[str]:
    return [image["url"].rpartition("/")[2] for image in images if image.get("shown")]


def test_what_the_server_cuts_out_is_the_photo_on_the_page(chromium: Browser, server: StandIn) -> None:
    with served(Gallery) as port:
        images, screenshot = report(chromium, server, f"http://127.0.0.1:{port}/ad/1")
        assert names(images) == ["1.jpg"], "no avatar, logo or icon, no other ad, nothing below the window"
        shown = next(image for image in images if image.get("shown"))
        distance = differs(shown, screenshot, PHOTOS["/1.jpg"])
        assert distance is not None and distance <= 16 and shown["alt"] == "The bird"

        images, screenshot = report(chromium, server, f"http://127.0.0.1:{port}/ad/1", scroll=100_000)
        assert names(images) == ["6.jpg"]
        assert differs(next(image for image in images if image.get("shown")), screenshot, PHOTOS["/6.jpg"]) is not None


def test_only_the_part_that_can_be_seen_is_named(chromium: Browser, server: StandIn) -> None:
    with served(Gallery) as port:
        images, screenshot = report(chromium, server, f"http://127.0.0.1:{port}/ad/covered")
        assert names(images) == ["1.jpg", "2.jpg"], "what is hidden is not shown"
        scale = Image.open(io.BytesIO(screenshot)).width / chromium.driver.execute_script("return innerWidth")
        first, second = (image["shown"] for image in images if image.get("shown"))
        assert abs(first["width"] - 500 * scale) <= 2 and 230 * scale <= first["height"] <= 281 * scale
        assert abs(second["width"] - 300 * scale) <= 2 and abs(second["height"] - 200 * scale) <= 2


def test_a_photo_fitted_into_its_box_is_named_without_the_rest_of_it(chromium: Browser, server: StandIn) -> None:
    with served(Gallery) as port:
        images, screenshot = report(chromium, server, f"http://127.0.0.1:{port}/ad/fitted")
        [shown] = [image for image in images if image.get("shown")]
        assert abs(shown["shown"]["width"] / shown["shown"]["height"] - 900 / 700) < 0.02
        assert differs(shown, screenshot, PHOTOS["/1.jpg"]) is not None
