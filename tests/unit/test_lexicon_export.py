"""The shipped lexicon beside the export of 2017-04-21 that it cites (S17), where the export is at hand."""

import csv
import re
import unicodedata
from datetime import date

import pytest

from tests.real_data import REAL_DATA, skip_without
from tests.shipped_lexicon import documents, in_force, lexicon  # noqa: F401

EXPORT = REAL_DATA / "species" / "cites_2017"
NAMES = {"en": "EnglishNames", "fr": "FrenchNames", "es": "SpanishNames"}


def plain(name: str) -> str:
    """The export writes `Eléphant` and `Salt-water`: case, accents, hyphens and spaces do not tell names apart here."""
    letters = unicodedata.normalize("NFKD", re.sub(r"[\s-]+", " ", name.casefold()).replace("' ", "'").strip())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    skip_without(EXPORT)
    rows = []
    for name in ("animals.csv", "plants_other.csv", "plants_orchids.csv"):
        with (EXPORT / name).open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def test_every_name_that_cites_the_export_stands_there(lexicon, rows):
    known = {
        language: {plain(name) for row in rows for name in re.split("[,;]", row[column] or "")}
        for language, column in NAMES.items()
    }
    missing = [
        (taxon.id, name.language, name.text)
        for taxon in lexicon.taxa
        for name in taxon.names
        if name.citation.key == "S17" and name.language in NAMES
        # The export has families in the plural: "Hummingbirds".
        if not {plain(name.text), plain(name.text) + "s"} & known[name.language]
    ]
    assert missing == []


def test_no_appendix_of_that_day_that_the_export_does_not_have(lexicon, rows):
    day, listed = date(2017, 4, 21), {}
    for row in rows:
        appendices = set(row["CurrentListing"].split("/"))
        listed.setdefault(row["FullName"].casefold(), set()).update(appendices)
        listed.setdefault(row["Genus"].casefold(), set()).update(appendices)
    checked = 0
    for taxon in lexicon.taxa:
        latin = [name.text.casefold() for name in taxon.names if name.language == "la"]
        of_export = set().union(*(listed.get(name, set()) for name in latin))
        if "other" not in taxon.scientific_name and all(name in listed for name in latin):  # "and other Cetacea"
            assert {appendix for appendix, _ in in_force(taxon, day)} <= of_export, taxon.id
            checked += 1
    assert checked > 100
