"""How a listing is known again: one key whatever the domain, path words, query or fragment it was reported with. Pure.

The platform's own number is the best key: of 72 pairs of addresses of one listing, w3lib's canonical form tells 17,
ours 25, the number all (benchmarks/addresses.py). Where no pattern finds a number, the canonical
address is the key. The directory may say that a number counts on one domain only (a product's number that every country's
site sells by itself), and which part of an address names the seller of a product that many sell.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from server.core.urls import Address, canonical, number

# A unique index of PostgreSQL takes no entry above 2,704 bytes; longer addresses are known by their hash.
MAX_PLAIN = 1000


class Numbering(Protocol):
    """What a platform must tell for its listings to be known: its slug, its listing patterns (RE2), and how far a number counts."""

    @property
    def slug(self) -> str: ...

    @property
    def listing(self) -> Sequence[str]: ...

    @property
    def per_domain(self) -> bool: ...


def listing_key(address: Address, platform: Numbering | None) -> tuple[str, str | None]:
    """The key of the listing at `address`, and its number on `platform` (None: not found, or no platform known).

    Keys: `ebay:265370482805`, `amazon:amazon.de:B07ZCN6W8H` where numbers count per domain,
    `url:https://shop.example/ad/7`, `url:sha256:…` for an address above 1,000 characters.
    """
    listing_number = number(address, platform.listing) if platform else None
    if platform and listing_number:
        site = f"{address.registrable_domain or address.host}:" if platform.per_domain else ""
        return f"{platform.slug}:{site}{listing_number}", listing_number
    plain = canonical(address)
    if len(plain) > MAX_PLAIN:
        plain = f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"
    return f"url:{plain}", None
