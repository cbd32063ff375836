"""Nothing of the volunteer leaves: a page that shows her in every place we know of, and what a server gets of it."""

import gzip
import html
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image, ImageChops

from tests.browser.chromium import EXTENSION, Browser, until
from tests.browser.identity_page import FRAGMENT, PATH, PLACES, QUERY, TRACES, Mercado, Place
from tests.browser.popup_rig import click, element, flag, needs_chromium, pair
from tests.browser.sites import served
from tests.browser.standin import VOCABULARY, StandIn

pytestmark = needs_chromium
MAGENTA, GREEN = (255, 0, 255), (0, 204, 0)


@pytest.fixture(scope="module")
def mercado() -> Iterator[str]:
    with served(Mercado) as port:
        yield f"http://127.0.0.1:{port}"


def traces(data: bytes) -> dict[str, str]:
    """What tells of her in these bytes, in whatever spelling, each with what stands around it."""
    plain = data.decode("utf-8", "replace")
    contexts = {}
    for spelling in (plain, unquote(plain), html.unescape(plain)):
        bare = re.sub(r"[^a-z0-9]", "", spelling.lower())
        for trace in TRACES:
            if (at := bare.find(trace)) >= 0:
                contexts[trace] = bare[max(at - 60, 0) : at + 60]
    return contexts


def pixels(picture: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels have about this colour; JPEG shifts it a little."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    red, green, blue = (
        band.point([255 * (abs(value - wanted) < 60) for value in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    )
    return ImageChops.multiply(ImageChops.multiply(red, green), blue).histogram()[255]


def flagged(
    browser: Browser, server: StandIn, address: str, whole: bool = False
) -> tuple[dict[str, object], dict[str, bytes]]:
    """Ana flags the ad, where copies of pages are kept: what the server got."""
    kept = {"taxa": [], "page_copy": True, "fetched_at": 1, "looked_at": 4_000_000_000_000}
    pair(browser, server, retry_base=200, **({} if whole else {"vocabulary": kept}))
    server.vocabulary = VOCABULARY | {"page_copy": True}
    browser.driver.get(address)
    if whole:  # the server's word that copies are kept comes with its vocabulary, when the popup is opened first
        with browser.popup():
            until(lambda: browser.driver.execute_script("return Boolean(cyberSpotter.vocabulary)"), "the vocabulary")
    with browser.popup():
        if whole:
            element(browser, "body").send_keys("v")
            click(browser, "#take-full-page")
            until(lambda: browser.driver.find_elements("id", "send-full_page"), "the whole page", seconds=30)
            element(browser, "#done").click()
        flag(browser)
        until(lambda: server.kept, "the report")
    ((report, files),) = server.kept.values()
    return report, files


def test_of_all_the_places_where_she_shows_nothing_leaves_and_the_ad_is_whole(
    chromium: Browser, server: StandIn, mercado: str
) -> None:
    assert len(PLACES) > 25
    report, files = flagged(chromium, server, f"{mercado}{PATH}?{QUERY}{FRAGMENT}", whole=True)
    assert traces(b"\n".join(server.posted)) == {}, "in the address, the headers, the JSON or a file's name"
    assert traces(gzip.decompress(files["page"])) == {}, "in the copy of the page"
    assert {name: pixels(files[name], MAGENTA) for name in ("screenshot", "full_page")} == {
        "screenshot": 0,
        "full_page": 0,
    }
    # Taking everything away would be easy.
    assert report["url"] == f"{mercado}{PATH}?hash=item3dc"
    listing = report["listing"]
    assert isinstance(listing, dict)
    assert listing["title"] == "African grey parrot, hand tame"
    assert listing["price"]["amount"] == "1250.00"
    assert listing["seller"] == {"name": "birdroom_lx", "url": "https://mercado.example/seller/birdroom_lx"}
    assert listing["description"] == "Hand tame chicks. Ask at https://mercado.example/ask?item=7."
    assert f"{mercado}/photo/a.png" in [image["url"] for image in listing["images"]]
    assert b"Papers can be arranged." in gzip.decompress(files["page"])
    assert b"birdroom_lx" in gzip.decompress(files["page"])
    assert pixels(files["screenshot"], GREEN) > 110_000, "the ad's own picture is not covered"


def test_each_place_that_tells_of_her_tells_by_itself(
    chromium: Browser, server: StandIn, mercado: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaks(place: Place) -> list[object]:
        monkeypatch.setattr(Mercado, "places", (place,))
        server.kept.clear()
        server.posted.clear()
        _report, files = flagged(chromium, server, mercado + PATH)
        copy = traces(gzip.decompress(files["page"]))
        return [
            leak for leak in (traces(b"\n".join(server.posted)), copy, pixels(files["screenshot"], MAGENTA)) if leak
        ]

    leaking = {place.name: leaks(place) for place in PLACES if place.tells}
    assert len(leaking) > 25
    assert {name: leaked for name, leaked in leaking.items() if leaked} == {}


MUTATIONS = {
    "nobody looks where she shows": ("page/viewer.js", "  globalThis.cyberSpotterPlaces = new Set([...places, ...lines]);", "  places.clear(); lines.clear(); ranges.length = 0; known.length = 0;"),
    "addresses stay as they are": ("lib/address.js", "export function cleanAddress(address, namePatterns = []) {", "export function cleanAddress(address, namePatterns = []) {\n  return address;"),
}  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_mutation_is_caught(server: StandIn, mercado: str, tmp_path: Path, mutation: str) -> None:
    path, honest, broken = MUTATIONS[mutation]
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    source = (extension / path).read_text()
    assert honest in source
    (extension / path).write_text(source.replace(honest, broken))
    browser = Browser(tmp_path / "profile", extension)
    try:
        _report, files = flagged(browser, server, f"{mercado}{PATH}?{QUERY}{FRAGMENT}")
    finally:
        browser.quit()
    sent = set(traces(b"\n".join(server.posted)))
    if path == "page/viewer.js":
        assert pixels(files["screenshot"], MAGENTA) > 1000
        assert {"wildgoose", "heron4417"} <= sent | set(traces(gzip.decompress(files["page"])))
    else:
        assert {"884412907", "7f3acafe5e551099beef"} <= sent
