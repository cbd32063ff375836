"""A page that is no listing is called what it is: in a real Chromium, each kind in its own words, nothing invented."""

import struct
import zlib
from collections.abc import Iterator

import pytest

from tests.browser.chromium import Browser
from tests.browser.popup_rig import TEXTS, needs_chromium
from tests.browser.sites import Site, served

pytestmark = needs_chromium

HTML = "text/html; charset=utf-8"


def pdf(words: str) -> bytes:
    """A PDF of one page."""
    drawn = f"BT /F1 24 Tf 72 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


def png() -> bytes:
    """A grey picture."""
    head = struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 200) * 200)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


RESULTS = "".join(
    f'<li><a href="/itm/27000{n:06}">Carved ivory figure, number {n}</a> <b class="price">€{n + 10}</b></li>'
    for n in range(40)
)
PAGES = {
    "/sch/i.html?_nkw=ivory": (
        HTML,
        f"<title>ivory for sale</title><h1>ivory</h1><p>Sort by: price. 321 results</p><ul>{RESULTS}</ul>",
        "kind_search",
    ),
    "/itm/270000000001": (
        HTML,
        "<title>Mercado</title><h1>Sorry</h1><p>This listing has been removed by its seller, or is no longer available.</p>",
        "kind_removed",
    ),
    "/login?next=/itm/270000000002": (
        HTML,
        '<title>Sign in to Mercado</title><h1>Sign in</h1><form><input name="mail"><input type="password"></form>',
        "kind_door",
    ),
    "/itm/270000000003": (
        HTML,
        "<title>Just a moment...</title><p>Verify that you are human by completing the action below.</p>",
        "kind_door",
    ),
    "/itm/270000000004": (HTML, '<title>Mercado</title><div id="root"></div><script>1</script>', "kind_empty"),
    "/permits/cites-permit.pdf": ("application/pdf", pdf("CITES permit, price 100 EUR"), "kind_pdf"),
    "/download?id=12345678": ("application/pdf", pdf("Pricelist, ivory tusk 100 EUR"), "kind_pdf"),
    "/pictures/270000000005.png": ("image/png", png(), "kind_file"),
    "/robots.txt": ("text/plain", "Price: €100. Ivory tusk, real. " * 20, "kind_file"),
    "/api/itm/270000000006": ("application/json", '{"title": "Ivory tusk", "price": "€100"}', "kind_file"),
}


class NoListings(Site):
    """A site where nothing is an ad."""

    def body(self) -> bytes:
        self.kind, body, _ = PAGES.get(self.path, (HTML, "", ""))
        return body if isinstance(body, bytes) else body.encode()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(NoListings) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_no_listing_says_what_it_is_and_states_nothing(chromium: Browser, site: str, path: str) -> None:
    chromium.driver.get(site + path)
    with chromium.popup() as popup:
        shown = popup.execute_script("return document.body.innerText")
        listing = popup.execute_script("return cyberSpotter.captured.listing")
    assert TEXTS[PAGES[path][2]] in shown
    assert {field: value for field, value in listing.items() if value} == {}


@pytest.mark.parametrize("address", ["chrome://version", "about:blank", "chrome-extension://ID/options/options.html"])
def test_a_page_of_the_browser_is_called_one_and_cannot_be_flagged(chromium: Browser, address: str) -> None:
    chromium.driver.get(address.replace("ID", chromium.id))
    with chromium.popup() as popup:
        assert TEXTS["kind_browser"] in popup.execute_script("return document.body.innerText")
        assert not popup.find_elements("css selector", "#flag")


def test_each_kind_has_words_of_its_own() -> None:
    texts = [text for key, text in TEXTS.items() if key.startswith("kind_")]
    assert len(set(texts)) == len(texts) == 7
