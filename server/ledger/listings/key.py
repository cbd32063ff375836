"""How a listing is recognised: one key whatever the domain, path words, query or fragment it was reported with. Pure.

The platform's own number is the best key: of 480 pairs of addresses of one listing, w3lib's canonical form tells 18,
ours 30, the number all (benchmarks/addresses.py). Where no pattern finds a number, the canonical
address is the key. The directory may say that a number counts on one domain only (a product's number that every country's
site sells by itself), and which part of an address names the seller of a product that many sell.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from server.core.redirects import destination
from server.core.urls import Address, canonical, number

# What a platform puts before its name for phones, or as the old way of saying web: the same site.
_SAME_SITE = frozenset(("www", "m", "mobile", "touch", "amp"))

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

    @property
    def domains(self) -> Sequence[str]: ...


def listing_key(address: Address, platform: Numbering | None) -> tuple[str, str | None]:
    """The key of the listing at `address`, and its number on `platform` (None: not found, or no platform known).

    An address that only sends on is the listing it leads to (`redirects`). On a platform that is known, one without a
    number is known whatever is written before the platform's name (`www`, `m`) and with or without a slash at its end.

    Keys: `ebay:265370482805`, `amazon:amazon.de:B07ZCN6W8H` where numbers count per domain,
    `url:https://shop.example/ad/7`, `url:sha256:…` for an address above 1,000 characters.
    """
    address = destination(address)
    listing_number = number(address, platform.listing) if platform else None
    if platform and listing_number:
        site = f"{address.registrable_domain or address.host}:" if platform.per_domain else ""
        return f"{platform.slug}:{site}{listing_number}", listing_number
    plain = canonical(_one_site(address) if platform else address)
    if len(plain) > MAX_PLAIN:
        plain = f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"
    return f"url:{plain}", None


def keys_of(platform: Numbering, listing_number: str) -> list[str]:
    """The keys that a listing of this number may have on a platform: one, or one for each of its domains."""
    if platform.per_domain:
        return [f"{platform.slug}:{domain}:{listing_number}" for domain in platform.domains]
    return [f"{platform.slug}:{listing_number}"]


def _one_site(address: Address) -> Address:
    before, _, domain = address.host.partition(".")
    host = domain if before in _SAME_SITE and domain == address.registrable_domain else address.host
    return address._replace(host=host, path=address.path.rstrip("/") or "/")
