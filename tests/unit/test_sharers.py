"""Addresses leave without who shared them or had them open: the same for the server and the extension."""

import json
import re
from pathlib import Path

import pytest

from server.core import sharers
from server.core.urls import plain, plain_in_text, read

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/extension/address_cases.json").read_text())
SHARERS = (ROOT / "extension/lib/sharers.js").read_text()
PATTERNS = (
    r"/itm/(?:[^/]+/)?(?P<id>\d{9,})",
    r"/product/(?P<id2>\d+)/(?P<id>\d+)",
    r"/video/(?P<id>\d+)\?(?:.*&)?comment=(?P<id2>\d+)",
)


@pytest.mark.parametrize(("address", "left"), CASES)
def test_an_address_leaves_without_who_shared_it(address: str, left: str) -> None:
    assert plain(read(address)) == left
    assert plain(read(left)) == left


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("https://shop.example/itm/265370482805?any=thing&user=ana#reviews", "https://shop.example/itm/265370482805"),
        ("https://shop.example/itm/parrot/265370482805?ref=7", "https://shop.example/itm/parrot/265370482805"),
        ("https://shop.example/product/1/2?x=3", "https://shop.example/product/1/2"),
        ("https://shop.example/video/123?a=1&comment=77&u=5", "https://shop.example/video/123?comment=77"),
        ("http://shop.example:8080/itm/265370482805?x=1", "http://shop.example:8080/itm/265370482805"),
        ("https://shop.example/other?x=1", "https://shop.example/other?x=1"),
        ("https://shop.example/(S(abc123))/a?x=1", "https://shop.example/a?x=1"),
        ("https://shop.example/#!/a/1?token=7&id=2", "https://shop.example/#!/a/1?id=2"),
        (
            "https://shop.example/i?back=https%3A%2F%2Fx.com%2Fa%3Fs%3D1%26id%3D2",
            "https://shop.example/i?back=https:%2F%2Fx.com%2Fa%3Fid%3D2",
        ),
    ],
)
def test_where_the_number_stands_in_the_path_the_rest_goes_but_what_makes_the_item(address: str, left: str) -> None:
    assert plain(read(address), PATTERNS) == left


def test_addresses_in_words_leave_plain_too() -> None:
    text = "See https://x.com/a/status/1?s=20&t=AbC. And (http://[bad), http://x.example/?utm_source=a!"
    assert plain_in_text(text) == "See https://x.com/a/status/1. And (http://[bad), http://x.example/!"


def _source(name: str) -> str:
    """A regular expression of the extension, as it is written there."""
    found = re.search(rf"const {name} =\s*(?:new RegExp\((.*?),?\s*\);|/((?:[^/\\]|\\.)*)/i?;)", SHARERS, re.DOTALL)
    assert found, name
    return "".join(re.findall(r"String\.raw`(.*?)`", found[1], re.DOTALL)) if found[1] else found[2]


def test_the_extension_has_the_same_patterns() -> None:
    used = re.search(r"const personal = \(name\) =>[^[]*\[(.*?)\]", SHARERS)
    assert used
    for name in (*used[1].split(", "), "EITHER", "NAMES_A_PERSON", "JWT", "RANDOM", "PHONE", "SENT_BY", "NICKNAME"):
        assert _source(name) == getattr(sharers, name).pattern, name


def test_the_extension_has_the_same_names() -> None:
    everywhere = re.search(r"const SHARERS = new Set\(\s*`(.*?)`", SHARERS, re.DOTALL)
    sites = re.search(r"const SHARERS_ON = \{(.*?)\n\};", SHARERS, re.DOTALL)
    assert everywhere and sites
    assert set(everywhere[1].split()) == sharers.NAMES
    assert dict(re.findall(r"'?([\w.]+)'?: '([^']+)',", sites[1])) == sharers.NAMES_ON
