"""The notes in the lexicon's files: populations, annotations, look-alikes, what is offered, exceptions of a law. Pure.

A note is a sentence that is marked for translation where it stands, in the file: `babel.cfg` sends the files to `extract`. The
database keeps it in English, as the code that the catalogues know it by; pages put it into words (`languages.noted`).
"""

from collections.abc import Iterator, Mapping
from typing import IO, Any

import yaml

ALL = "all"  # a population that is a code: `listing_words` and the extension have their own words for it
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HOLD_NOTES = (b"\ntaxa:", b"\nlistings:", b"\nprovisions:")  # parts of a file; the others, most by far, need no parsing


def look_alikes(taxon: Mapping[str, Any]) -> str:
    """What a taxon of a file is mistaken for; first, where it is not listed, why it is here."""
    unlisted, alike = taxon.get("unlisted", ""), taxon.get("look_alikes", "")
    if unlisted and alike[:1].islower():  # a list, and no sentence of its own
        return f"{unlisted} Not to be confused with {alike}"
    return f"{unlisted} {alike}".strip()


def of_document(document: Mapping[str, Any]) -> Iterator[str]:
    """Every note of a file, in its order; some stand there more than once."""
    shared = document.get("all", {})
    for taxon in document.get("taxa", ()):
        yield from taxon["products"]
        yield look_alikes(taxon)
        yield from _of_listings(taxon.get("listings", ()), shared)
    for listings in document.get("listings", {}).values():
        yield from _of_listings(listings, shared)
    for provision in document.get("provisions", ()):
        yield provision["exceptions"]


def _of_listings(listings: list[Mapping[str, Any]], shared: Mapping[str, Any]) -> Iterator[str]:
    for row in listings:
        yield row["population"]
        yield {**shared, **row}.get("annotation", "")


def extract(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The notes of a file, as Babel takes the sentences of one: line, function, sentence, comments."""
    text = file.read()
    if any(part in text for part in HOLD_NOTES):
        for note in dict.fromkeys(of_document(yaml.load(text, Loader=LOADER))):  # noqa: S506 - both are safe loaders
            if note and note != ALL:
                yield 0, None, note, []
