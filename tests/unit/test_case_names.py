"""What a case is called."""

import pytest

from server.ledger.cases import naming

TEXT = "An ivory tusk, bone handle. Ivory!"
MATCHES = [[3, 8, "trade", "en"], [9, 13, "taxon", "en"], [15, 19, "against", "en"], [28, 33, "trade", "en"]]
FOUR = [[0, 5, "trade", "en"], [6, 10, "taxon", "en"], [11, 15, "trade", "en"], [16, 20, "trade", "en"]]


@pytest.mark.parametrize(
    ("title", "url", "text", "matches", "name"),
    [
        ("Old carving", "https://market.test/itm/1", TEXT, MATCHES, "Old carving"),
        (None, "https://market.test/itm/1", TEXT, MATCHES, "ivory, tusk · market.test"),
        ("", "https://market.test/itm/1?ref=x#top", "", [], "market.test/itm/1"),
        (None, "https://market.test/itm/1", TEXT, MATCHES[2:3], "market.test/itm/1"),
        (None, "https://market.test/", "", [], "market.test"),
        (None, "https://market.test/%D8%B9%D8%A7%D8%AC/7", "", [], "market.test/عاج/7"),
        (None, f"https://market.test/{'a-long-name-' * 9}/1234", "", [], "market.test/…/1234"),
        (None, f"https://market.test/itm/{'x' * 56}", "", [], f"market.test/itm/{'x' * 56}"),
        (None, f"https://market.test/itm/{'x' * 57}", "", [], f"market.test/…/{'x' * 57}"),
        (None, f"https://market.test/itm/9{'x' * 60}", "", [], f"market.test/…/{'x' * 60}"),
        (None, "https://market.test/", "ivory tusk bone horn", FOUR, "ivory, tusk, bone · market.test"),
        (None, "not an address", "", [], "not an address"),
    ],
)
def test_a_case_is_called_by_what_is_known_of_its_ad(title, url, text, matches, name):
    assert naming.name(title, url, text, matches) == name
