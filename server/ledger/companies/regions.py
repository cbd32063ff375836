"""The countries and regions that a SPOC can be for, and in which of them an address is. Pure.

Countries are those of ISO 3166-1, by their two letters; a region is a set of them. Members of the European Union: the
Treaty on European Union, Article 52, as it stands in November 2026; of the European Economic Area: the EEA Agreement.
"""

import re

from babel import Locale

from server.core.urls import Address

EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())  # noqa: SIM905
EEA = EU | {"IS", "LI", "NO"}
REGIONS = {"EU": EU, "EEA": EEA}
NO_COUNTRY = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")  # of the two-letter codes that Babel has names for
COUNTRIES = frozenset(
    code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRY
)
WRITTEN_OTHERWISE = {"UK": "GB", "EL": "GR"}  # as domains and the European Union's own texts have them

# Country domains that are sold to everybody and say nothing of a country (developers.google.com/search, "International
# targeting", lists most), and short addresses that only spell a name.
SOLD_TO_ALL = frozenset(
    [
        "ac",
        "ad",
        "ai",
        "as",
        "bz",
        "cc",
        "cd",
        "co",
        "dj",
        "fm",
        "gg",
        "gl",
        "io",
        "la",
        "li",
        "ly",
        "me",
        "ms",
        "nu",
        "sc",
        "sh",
        "sr",
        "st",
        "su",
        "to",
        "tv",
        "vc",
        "tk",
        "ws",
    ]
)
SPELLS_A_NAME = frozenset(("ebay.us", "shp.ee", "youtu.be"))


def region(text: str) -> str | None:
    """The country or region that is meant, in capitals; None when there is none of that name."""
    code = WRITTEN_OTHERWISE.get(text.strip().upper(), text.strip().upper())
    return code if code in COUNTRIES or code in REGIONS else None


def holds(wider: str, place: str) -> bool:
    """Whether a country or region lies in `wider`, or is it."""
    return place == wider or place in REGIONS.get(wider, ()) or (wider == "EEA" and place == "EU")


def of_address(address: Address) -> str | None:
    """The country (or the EU) whose domain the address is under; None where the domain says nothing of one."""
    top = address.host.rpartition(".")[2]
    return None if top in SOLD_TO_ALL or address.registrable_domain in SPELLS_A_NAME else region(top)
