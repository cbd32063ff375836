"""The extension reads real saved pages of shops, marketplaces, classifieds and social sites, each at its own address.

The pages are not part of the project. They are found through SPOTTER_REAL_DATA (default: ../shared/data beside the
project); without them these tests say so and skip. `index.csv` there gives each page's true price, currency and kind.
"""

import csv
import importlib.util
import os
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import CHROMIUM, DRIVER, ROOT, Browser

DATA = Path(os.environ.get("SPOTTER_REAL_DATA", ROOT.parent / "shared" / "data"))
PAGES = DATA / "pages"
SERVER = DATA.parent / "tools" / "page_server.py"
NOT_ONE_LISTING = {"search-page", "removed-listing", "empty-shell", "sign-in"}
# What a sign in the truth file may stand for; a dollar is many countries'.
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₹": "INR",
    "ر.س": "SAR",
    "Lei": "RON",
    "Rs": "PKR INR LKR",
    "тг.": "KZT",
    "$": "USD CAD AUD NZD TWD HKD SGD ARS CLP MXN",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not (PAGES / "index.csv").is_file() or not SERVER.is_file(),
        reason=f"no saved pages: set SPOTTER_REAL_DATA (looked in {DATA})",
    ),
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="chromium or chromedriver is not installed"),
]


def index() -> list[dict[str, str]]:
    """The lines of the index; none where the pages are absent."""
    if not (PAGES / "index.csv").is_file():
        return []
    with (PAGES / "index.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """What the real extension, clicked on each page, has captured: by file."""
    module = importlib.util.spec_from_file_location("page_server", SERVER)
    assert module
    assert module.loader
    page_server = importlib.util.module_from_spec(module)
    module.loader.exec_module(page_server)
    found: dict[str, dict[str, Any]] = {}
    with page_server.serve_pages(PAGES) as (_port, rule, pages):
        browser = Browser(
            tmp_path_factory.mktemp("profile"),
            arguments=(
                "--ignore-certificate-errors",
                f"--host-resolver-rules={rule}",
                "--disable-features=HttpsUpgrades",
                "--blink-settings=imagesEnabled=false",
            ),
        )
        try:
            for row, url in pages:
                browser.driver.get(url)
                with browser.popup() as popup:
                    found[row["file"]] = popup.execute_script(
                        """const {kind, readable, listing, from, too_long, sha256, url} = cyberSpotter.captured;
                        return {kind, readable, listing, from, too_long, sha256, url, said: document.body.innerText,
                                can_flag: !document.getElementById('flag').disabled}"""
                    )
            yield found
        finally:
            browser.quit()


def truth(row: dict[str, str]) -> dict[str, str]:
    """The true price, currency and availability of a line; empty where none is recorded."""
    return dict(part.split("=", 1) for part in row["ground_truth"].split(";") if "=" in part)


def published(row: dict[str, str]) -> bool:
    """Whether the page states its price in JSON-LD, microdata or OpenGraph."""
    return bool(re.search(r"Offer", row["jsonld_types"] + "|" + row["microdata_types"])) or row["og_price"] == "yes"


def same_price(true: str, amount: str) -> bool:
    """Equal as numbers; the truth file reads "23.450" where the page prints twenty-three thousand."""
    candidates = [Decimal(each.strip()) for each in true.split("|") if each.strip()]
    return any(Decimal(amount) in (each, each * 1000) for each in candidates)


def test_no_page_breaks_the_capture(captured: dict[str, dict[str, Any]]) -> None:
    rows = index()
    assert len(captured) == len(rows)
    assert [file for file, seen in captured.items() if seen["kind"] == "unread"] == []
    assert [file for file, seen in captured.items() if not seen["can_flag"]] == []
    assert [file for file, seen in captured.items() if not re.fullmatch("[0-9a-f]{64}", seen["sha256"] or "")] == []


def test_every_page_that_has_a_title_gives_it(captured: dict[str, dict[str, Any]]) -> None:
    titled = [row for row in index() if row["title"] and row["kind"] not in NOT_ONE_LISTING]
    assert titled
    assert [row["file"] for row in titled if not captured[row["file"]]["listing"]["title"]] == []


def test_the_price_is_right_wherever_the_page_publishes_it(captured: dict[str, dict[str, Any]]) -> None:
    wrong = []
    checked = 0
    for row in index():
        true = truth(row)
        if not published(row) or not true.get("price"):
            continue
        checked += 1
        price = captured[row["file"]]["listing"]["price"]
        if not price or not same_price(true["price"], price["amount"]):
            wrong.append((row["file"], true["price"], price))
    assert checked
    assert wrong == []


def test_a_price_is_either_right_or_not_stated(captured: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for row in index():
        true, price = truth(row), captured[row["file"]]["listing"]["price"]
        if true and price and not (true["price"] and same_price(true["price"], price["amount"])):
            wrong.append((row["file"], true["price"], price))
    assert wrong == []


def test_the_currency_is_the_one_that_the_page_shows(captured: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for row in index():
        true, price = truth(row), captured[row["file"]]["listing"]["price"]
        sign = true.get("cur", "")
        if price and price["currency"] and sign and price["currency"] not in SIGNS.get(sign, sign):
            wrong.append((row["file"], sign, price))
    assert wrong == []


def test_nothing_is_invented_where_there_is_no_single_listing(captured: dict[str, dict[str, Any]]) -> None:
    for row in index():
        seen = captured[row["file"]]
        if row["kind"] in NOT_ONE_LISTING:
            stated = {field: value for field, value in seen["listing"].items() if value}
            assert (row["file"], seen["readable"], stated) == (row["file"], False, {})
            assert (
                "We could not read this page. The address and a picture are kept; add the title yourself."
                in seen["said"]
            )
        elif row["kind"] != "single-item":
            assert (row["file"], seen["listing"]["price"]) == (row["file"], None)


def test_the_table_of_what_was_read(captured: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("title", "price", "description", "seller", "location", "posted_at", "images", "structured_data")
    counts: dict[str, Counter[str]] = {}
    for row in index():
        line = counts.setdefault(f"{row['site_class']}, {row['kind']}", Counter())
        line.update(["pages", *(field for field in columns if captured[row["file"]]["listing"][field])])
    with capsys.disabled():
        print(f"\n{'what the pages gave':32}" + "".join(f"{name[:11]:>12}" for name in ("pages", *columns)))
        for kind, line in sorted(counts.items()):
            print(f"{kind:32}" + "".join(f"{line[name]:>12}" for name in ("pages", *columns)))
    assert sum(line["pages"] for line in counts.values()) == len(captured)
