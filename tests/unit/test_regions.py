"""Which countries and regions a SPOC can be for, and in which of them an address is."""

import pytest

from server.core.urls import read
from server.ledger.companies import regions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"),
        (" fr ", "FR"),
        ("uk", "GB"),
        ("EL", "GR"),
        ("eu", "EU"),
        ("EEA", "EEA"),
        ("France", None),
        ("FRA", None),
        ("419", None),  # Latin America: Babel has names for it, ISO 3166-1 has not
        ("XA", None),  # a pseudo-language's country
        ("UN", None),
        ("EZ", None),
        ("ZZ", None),
        ("", None),
    ],
)
def test_a_country_or_region_is_known_by_its_code(text: str, code: str | None) -> None:
    assert regions.region(text) == code


@pytest.mark.parametrize(
    ("wider", "place", "holds"),
    [
        ("FR", "FR", True),
        ("EU", "FR", True),
        ("EEA", "FR", True),
        ("EEA", "NO", True),
        ("EEA", "EU", True),
        ("EEA", "EEA", True),
        ("EU", "NO", False),
        ("EU", "GB", False),
        ("EU", "EEA", False),
        ("EEA", "US", False),
        ("FR", "EU", False),
        ("FR", "DE", False),
    ],
)
def test_what_lies_in_a_region(wider: str, place: str, holds: bool) -> None:
    assert regions.holds(wider, place) is holds


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://www.ebay.fr/itm/1", "FR"),
        ("https://www.ebay.co.uk/itm/1", "GB"),
        ("https://shop.eu/1", "EU"),
        ("https://www.ebay.com/itm/1", None),
        ("https://ebay.us/abc", None),  # a short address, whatever the ad's country
        ("https://www.ebay.us/abc", None),
        ("https://shop.us/abc", "US"),
        ("https://youtu.be/abc", None),
        ("https://shop.be/abc", "BE"),
        ("https://shop.io/1", None),  # sold to everybody
        ("https://shop.co/1", None),
        ("https://shop.com.co/1", None),
        ("https://192.0.2.77/1", None),
        ("https://[2001:db8::fe]/1", None),
        ("http://localhost/1", None),
    ],
)
def test_the_country_of_an_address_is_its_domains_where_that_says_one(address: str, place: str | None) -> None:
    assert regions.of_address(read(address)) == place
