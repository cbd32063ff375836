"""The extension reads real saved pages of shops, marketplaces, classifieds and social sites, each at its own address.

The pages are not part of the project. They are found through SPOTTER_REAL_DATA (default: ../shared/data beside the
project); without them these tests say so and skip. `index.csv` there gives each page's true price, currency and kind.
"""

import csv
import importlib.util
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import EXTENSION, Browser
from tests.browser.popup_rig import TEXTS, needs_chromium
from tests.real_data import REAL_DATA

PAGES = REAL_DATA / "pages"
SERVER = REAL_DATA.parent / "tools" / "page_server.py"
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
    *needs_chromium,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not (PAGES / "index.csv").is_file() or not SERVER.is_file(),
        reason=f"{REAL_DATA} has no saved pages; set SPOTTER_REAL_DATA to the folder that has pages/index.csv and tools/page_server.py beside it",
    ),
]


def index() -> list[dict[str, str]]:
    """The lines of the index; none where the pages are absent."""
    if not (PAGES / "index.csv").is_file():
        return []
    with (PAGES / "index.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_all(profile: Path) -> dict[str, dict[str, Any]]:
    """What the real extension, clicked on each page, has captured: by file."""
    module = importlib.util.spec_from_file_location("page_server", SERVER)
    assert module
    assert module.loader
    page_server = importlib.util.module_from_spec(module)
    module.loader.exec_module(page_server)
    readings: dict[str, dict[str, Any]] = {}
    with page_server.serve_pages(PAGES) as (_port, rule, pages):
        browser = Browser(
            profile,
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
                    readings[row["file"]] = popup.execute_script(
                        """const {kind, readable, access, adapter, listing, from, too_long, url} = cyberSpotter.captured;
                        return {kind, readable, access, adapter, listing, from, too_long, url, said: document.body.innerText,
                                pictured: Boolean(cyberSpotter.captured.screenshot),
                                can_flag: !document.getElementById('flag').disabled}"""
                    )
        finally:
            browser.quit()
    return readings


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The capture of every page, read once for all tests."""
    return read_all(tmp_path_factory.mktemp("profile"))


def truth(row: dict[str, str]) -> dict[str, str]:
    """The true price, currency and availability of a line; empty where none is recorded."""
    return dict(part.split("=", 1) for part in row["ground_truth"].split(";") if "=" in part)


def published(row: dict[str, str]) -> bool:
    """Whether the page states its price in JSON-LD, microdata or OpenGraph."""
    return bool(re.search(r"Offer", row["jsonld_types"] + "|" + row["microdata_types"])) or row["og_price"] == "yes"


def same_price(true: str, amount: str) -> int:
    """1 where they are equal as numbers, 1000 where they are but for the thousands separator, which the truth file
    drops on a few pages ("23.450" where the page prints twenty-three thousand), 0 otherwise."""
    candidates = [Decimal(each.strip()) for each in true.split("|") if each.strip()]
    return next((factor for factor in (1, 1000) if Decimal(amount) in [each * factor for each in candidates]), 0)


def priced(row: dict[str, str]) -> bool:
    """Whether a true price is on record."""
    return bool(truth(row).get("price", "").strip())


def test_no_page_breaks_the_capture(captured: dict[str, dict[str, Any]]) -> None:
    rows = index()
    assert len(captured) == len(rows)
    assert [file for file, seen in captured.items() if seen["kind"] == "unread"] == []
    assert [file for file, seen in captured.items() if not seen["can_flag"]] == []
    assert [file for file, seen in captured.items() if not seen["pictured"]] == []


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
            assert TEXTS[f"kind_{seen['kind']}"] in seen["said"]
        elif row["kind"] != "single-item":
            assert (row["file"], seen["listing"]["price"]) == (row["file"], None)


def test_every_platform_with_a_proven_adapter_gives_its_listing_number(captured: dict[str, dict[str, Any]]) -> None:
    """And an adapter calls itself proven only where a saved page is read with it."""
    proven = {
        adapter["slug"]
        for adapter in map(json.loads, (path.read_text() for path in (EXTENSION / "adapters").glob("*.json")))
        if adapter.get("proven")
    }
    single = [captured[row["file"]] for row in index() if row["url"] and row["kind"] in ("single-item", "social-post")]
    known = [seen for seen in single if seen["adapter"] and seen["adapter"]["proven"]]
    assert [seen["url"] for seen in known if not seen["listing"]["number"]] == []
    assert [seen["url"] for seen in known if seen["from"]["number"] != "adapter"] == []
    assert [seen["url"] for seen in known if seen["listing"]["number"].split("-")[0] not in seen["url"]] == []
    assert {seen["adapter"]["slug"] for seen in known} == proven


def test_title_and_seller_are_those_that_a_person_reads_on_the_page(captured: dict[str, dict[str, Any]]) -> None:
    """`saved_pages.csv` is ours: read by eye, without the page's name, slogan or price in the title; empty: none stated."""
    with (Path(__file__).parent / "saved_pages.csv").open(encoding="utf-8", newline="") as lines:
        known = {row["page"]: (row["title"], row["seller"]) for row in csv.DictReader(lines)}
    read = {}
    for file, seen in captured.items():
        listing = seen["listing"]
        if file in known:
            read[file] = (listing["title"] or "", (listing["seller"] or {}).get("name", ""))
    assert read
    assert {file: (said, known[file]) for file, said in read.items() if said != known[file]} == {}


def test_nine_prices_of_ten_are_right_and_the_table_says_where(
    captured: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """By class of site: fields stated, prices right of those on record, and where only a factor of 1,000 made it so."""
    columns = ("title", "description", "price", "seller", "location", "posted_at", "number", "images")
    counts: dict[str, Counter[str]] = {}
    thousands = []
    for row in index():
        listing = captured[row["file"]]["listing"]
        line = counts.setdefault(f"{row['site_class']}, {row['kind']}", Counter())
        line.update(["pages", *(field for field in columns if listing[field])])
        if priced(row):
            factor = same_price(truth(row)["price"], listing["price"]["amount"]) if listing["price"] else 0
            line.update({"on record": 1, "right": int(factor > 0)})
            thousands += [row["file"].split("/")[-1]] if factor == 1000 else []
    total = sum(counts.values(), Counter())
    with capsys.disabled():
        heads = ("pages", "on record", "right", *columns)
        print(f"\n{'what the pages gave':30}" + "".join(f"{name[:10]:>11}" for name in heads))
        for kind, line in [*sorted(counts.items()), ("all", total)]:
            print(f"{kind:30}" + "".join(f"{line[name]:>11}" for name in heads))
        print(f"right but for a thousands separator that the truth drops: {', '.join(thousands)}")
    assert total["pages"] == len(captured)
    assert total["right"] >= 0.9 * total["on record"]
