"""The shipped lexicon, read once."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from server.ledger.species import entries, matching, parsing, taking_in

FOLDER = Path(entries.__file__).with_name("lexicon")


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture(scope="module")
def documents():
    return [yaml.load(path.read_text("utf-8"), Loader=LOADER) for path in sorted(FOLDER.glob("*.yaml"))]


@pytest.fixture(scope="module")
def lexicon(documents):
    return parsing.parse(documents)


@cache
def compiled():
    """Its matcher, which nothing changes."""
    return matching.compile(taking_in.shipped().terms())


@pytest.fixture(scope="module")
def matcher():
    return compiled()


def in_force(taxon, day, source="CITES"):
    return [
        (listing.appendix, listing.population)
        for listing in taxon.listings
        if listing.source == source and (listing.effective_from or day) <= day <= (listing.until or day)
    ]
