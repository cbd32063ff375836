"""Reading an ad from its page: the extension in a real Chromium beside its peers, on the same saved pages, in the same run.

    python -m benchmarks.reading

- ours: the popup is opened on each page at its own address, as in `tests/browser/test_real_pages.py`
- extruct with price-parser: the first price among JSON-LD, microdata and OpenGraph
- the first amount: the first number beside a sign or code of a currency in the text from the page's heading on, and the
  page's `<title>`

*Right* is a price equal to the one on record; a factor of 1,000 is allowed, for the record drops thousands separators on
a few pages. *False* is a price stated on a page that is known to have none: a single item recorded without one, or a page
that is no single item. The pages are no part of the project (SPOTTER_REAL_DATA).
"""

import importlib.util
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extruct
import html_text
import lxml.html
from price_parser import Price
from price_parser.parser import CURRENCY_CODES, OTHER_CURRENCY_SYMBOLS, SAFE_CURRENCY_SYMBOLS

from tests.browser import test_real_pages
from tests.browser.chromium import CHROMIUM, DRIVER

Read = tuple[str | None, str | None]
"""A title and an amount, as the contender states them."""

SIGNS = sorted({*SAFE_CURRENCY_SYMBOLS, *CURRENCY_CODES, *OTHER_CURRENCY_SYMBOLS}, key=len, reverse=True)
CURRENCY = rf"(?<![^\W\d])(?:{'|'.join(map(re.escape, SIGNS))})(?![^\W\d])"
GROUP = r"[.,'’ \u00a0\u202f]\d{3}(?!\d)"
AMOUNT = rf"(?:\d{{1,3}}(?:{GROUP})+(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d{{1,2}}(?!\d))?)"
FIRST = re.compile(rf"{CURRENCY}\s?{AMOUNT}|{AMOUNT}\s?{CURRENCY}")
MOST = 3_000_000
KNOWN = """Ours was written with these pages at hand and its peers were not, so its share shows only that it works on pages it
knows; pages that nobody has seen are not measured here. The peers' figures depend on how they are called: see
`benchmarks/reading.py`. Other ways of finding a first amount find more, or invent more."""


def ours(seen: dict[str, Any]) -> Read:
    """What the extension captured."""
    price = seen["listing"]["price"]
    return seen["listing"]["title"], price and price["amount"]


def amount(text: object) -> str | None:
    """A number in words of a price, as price-parser reads it."""
    amount = Price.fromstring(str(text)).amount
    return None if amount is None else str(amount)


def values(data: object, names: tuple[str, ...]) -> Iterator[object]:
    """Every value under one of the names, in the order of the page, however deep."""
    if isinstance(data, list):
        for each in data:
            yield from values(each, names)
    elif isinstance(data, dict):
        yield from (data[name] for name in names if isinstance(data.get(name), str | int | float))
        for each in data.values():
            yield from values(each, names)


def structured(page: str, url: str) -> Read:
    """extruct's data, prices read by price-parser."""
    data = extruct.extract(page[:MOST], base_url=url, syntaxes=["json-ld", "microdata", "opengraph"], errors="ignore")
    graph = [dict(each["properties"]) for each in data["opengraph"]]
    items = [data["json-ld"], data["microdata"]]
    products = [
        each for each in walk(items) if re.search("Product|Offer|Vehicle|Car", str(each.get("@type", each.get("type"))))
    ]
    prices = [
        *values(products, ("price", "lowPrice")),
        *values(graph, ("product:price:amount", "og:price:amount", "product:price")),
    ]
    titles = [*values(products, ("name",)), *values(graph, ("og:title",))]
    return next(map(str, titles), None), next(filter(None, map(amount, prices)), None)


def walk(data: object) -> Iterator[dict[str, Any]]:
    """Every object, however deep."""
    if isinstance(data, dict):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from walk(each)


def first(page: str) -> Read:
    """What anyone writes first."""
    tree = lxml.html.document_fromstring(page[:MOST].encode())
    text, heading = html_text.extract_text(tree), tree.find(".//h1")
    begins = html_text.extract_text(heading)[:40] if heading is not None else ""
    match = FIRST.search(text, max(0, text.find(begins)))
    return tree.findtext(".//title"), match and amount(match[0])


def count(row: dict[str, str], read: Read) -> Counter[str]:
    """One page's part of the table."""
    title, price = read
    true = test_real_pages.truth(row)
    single = row["kind"] not in test_real_pages.NOT_ONE_LISTING
    line = Counter(titled=int(bool(row["title"]) and single), title=int(bool(row["title"] and title) and single))
    if test_real_pages.priced(row):
        return line + Counter(priced=1, right=int(bool(price and test_real_pages.same_price(true["price"], price))))
    if true or row["kind"] not in ("single-item", "social-post"):
        return line + Counter(unpriced=1, false=int(price is not None))
    return line


def main() -> str:
    """The tables, in Markdown."""
    if not (test_real_pages.PAGES / "index.csv").is_file() or not test_real_pages.SERVER.is_file():
        return "The saved pages are absent: set SPOTTER_REAL_DATA."
    if not CHROMIUM or not DRIVER:
        return "Chromium is not installed."
    with tempfile.TemporaryDirectory() as folder:
        captured = test_real_pages.read_all(Path(folder))
    spec = importlib.util.spec_from_file_location("page_server", test_real_pages.SERVER)
    server = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(server)
    contenders = ("ours", "extruct with price-parser", "the first amount")
    counts: dict[str, dict[str, Counter[str]]] = {name: {} for name in contenders}
    for row in test_real_pages.index():
        body, charset = server.read_page(test_real_pages.PAGES / row["file"])
        page = body.decode(charset, "replace")
        reads = (ours(captured[row["file"]]), structured(page, row["url"]), first(page))
        for name, read in zip(contenders, reads, strict=True):
            counts[name].setdefault(row["site_class"], Counter()).update(count(row, read))
    return "\n".join([*overall(counts), "", *by_class(counts), "", KNOWN])


def overall(counts: dict[str, dict[str, Counter[str]]]) -> Iterator[str]:
    """A line a contender."""
    yield "| contender | prices right | false prices on pages without one | titles |"
    yield "|---|---|---|---|"
    for name, classes in counts.items():
        line = sum(classes.values(), Counter())
        yield f"| {name} | {share(line, 'right', 'priced')} | {share(line, 'false', 'unpriced')} | {share(line, 'title', 'titled')} |"


def by_class(counts: dict[str, dict[str, Counter[str]]]) -> Iterator[str]:
    """Right prices and false ones by class of site, a column a contender."""
    yield f"| class of site | {' | '.join(f'{name}: right, false' for name in counts)} |"
    yield "|---" * (len(counts) + 1) + "|"
    for kind in sorted(next(iter(counts.values()))):
        lines = [classes[kind] for classes in counts.values()]
        cells = [f"{share(line, 'right', 'priced')}, {share(line, 'false', 'unpriced')}" for line in lines]
        yield f"| {kind} | {' | '.join(cells)} |"


def share(line: Counter[str], part: str, whole: str) -> str:
    """So many of so many; a dash where there are none."""
    return f"{line[part]} of {line[whole]}" if line[whole] else "-"


if __name__ == "__main__":
    print(main())
