"""Sixty places in six page designs, and those of `planted_menus`, that tell who is signed in: none of them leaves, and the ad does."""

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote

import pytest
from PIL import Image, ImageChops

from tests.browser.chromium import Browser, until
from tests.browser.planted import DESIGNS, PATH, Design, Place, Planted
from tests.browser.planted_menus import MENUS
from tests.browser.popup_rig import click, element, needs_chromium, pair
from tests.browser.sites import served
from tests.browser.standin import VOCABULARY, StandIn

pytestmark = [*needs_chromium, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def planted() -> Iterator[str]:
    with served(Planted) as port:
        yield f"http://127.0.0.1:{port}"


def magenta(picture: bytes) -> int:
    """How many pixels are magenta; JPEG shifts it a little."""
    bands = Image.open(BytesIO(picture)).convert("RGB").split()
    masks = [band.point([255 * (abs(value - wanted) < 60) for value in range(256)]) for band, wanted in zip(bands, (255, 0, 255), strict=True)]  # fmt: skip
    return ImageChops.multiply(ImageChops.multiply(masks[0], masks[1]), masks[2]).histogram()[255]


def leaks(browser: Browser, server: StandIn, address: str, design: Design, place: Place) -> list[str]:
    """What of the person reached the server from this page; what of the ad did not."""
    Planted.shown = (design, place)
    server.kept.clear()
    server.posted.clear()
    pair(browser, server, retry_base=200, vocabulary={"taxa": [], "page_copy": True, "fetched_at": 1, "looked_at": 4_000_000_000_000})  # fmt: skip
    server.vocabulary = VOCABULARY | {"page_copy": True}
    browser.driver.get(address)
    with browser.popup():
        element(browser, "body").send_keys("1")
        click(browser, "#flag")
        until(lambda: server.kept, "the report")
    ((report, files),) = server.kept.values()
    sent = b"\n".join([*server.posted, gzip.decompress(files["page"])]).decode("utf-8", "replace")
    bare = "".join(sign for sign in unquote(sent).lower() if sign.isalnum())
    found = [trace for trace in design.person.traces if trace in bare]
    if magenta(files["screenshot"]):
        found.append(f"{magenta(files['screenshot'])} pixels")
    listing = report["listing"]
    assert isinstance(listing, dict)
    whole = (
        listing["title"],
        listing["price"] and listing["price"]["amount"],
        listing["seller"] and listing["seller"]["name"],
    )
    if whole != ("Carved walking stick, horn handle", "85.00", "stickman_dorset"):
        found.append(f"the ad became {whole}")
    if not re.search("brass collar", str(listing["description"])):
        found.append("the description is gone")
    return found


def test_there_are_sixty_places_in_six_designs() -> None:
    assert [len(design.places) for design in DESIGNS] == [10] * 6


@pytest.mark.parametrize("design", [*DESIGNS, *MENUS], ids=lambda design: design.name)
def test_no_place_of_the_design_leaks(chromium: Browser, server: StandIn, planted: str, design: Design) -> None:
    found = {place.name: leaks(chromium, server, planted + PATH, design, place) for place in design.places}
    assert {name: leaked for name, leaked in found.items() if leaked} == {}
