"""The lexicon's notes: which texts of its files are marked for translation, and that pages can say all of them."""

import io

import pytest
from flask import Flask
from markupsafe import Markup

from server.core import languages, messages
from server.ledger.species import notes
from tests.shipped_lexicon import documents, lexicon  # noqa: F401


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"names": {"gyps": {"M": ["vulture"]}}}, []),
        (
            {"taxa": [{"products": ["tusks"], "look_alikes": "bone", "listings": [{"population": "all", "annotation": "#4"}]}]},
            ["tusks", "bone", "all", "#4"],
        ),
        ({"taxa": [{"products": [], "unlisted": "Not listed.", "look_alikes": "canaries"}]},
         ["Not listed. Not to be confused with canaries"]),
        ({"taxa": [{"products": [], "unlisted": "Extinct.", "look_alikes": "Ivory: see its lines."}]}, ["Extinct. Ivory: see its lines."]),
        ({"all": {"annotation": "shared"}, "listings": {"gyps": [{"population": "India"}]}}, ["India", "shared"]),
        (
            {"all": {"annotation": "shared"}, "listings": {"gyps": [{"population": "India", "annotation": "its own"}]}},
            ["India", "its own"],
        ),
        ({"provisions": [{"exceptions": "museums"}]}, ["museums"]),
    ],
)  # fmt: skip
def test_the_notes_of_a_file(document, expected):
    assert list(notes.of_document(document)) == expected


def test_a_file_gives_each_note_once_and_no_code():
    file = b"as_of: 2026-11-24\nlistings:\n  gyps: [{population: all}, {population: India}, {population: India}]\n"
    assert [note for _, _, note, _ in notes.extract(io.BytesIO(file), {}, [], {})] == ["India"]
    assert list(notes.extract(io.BytesIO(b"language: de\nnames: {}\n"), {}, [], {})) == []


def test_whatever_a_page_shows_of_the_lexicon_is_marked_for_translation(lexicon):
    shown = {provision.exceptions for provision in lexicon.provisions}
    for taxon in lexicon.taxa:
        shown |= {taxon.look_alikes, *taxon.products}
        for row in taxon.listings:
            shown |= {row.population, row.annotation}
            shown |= {row.appendix} if row.source == "national" else set()
    marked = {message.id for message in messages.marked()}
    assert shown - marked - {"", notes.ALL} == set()


@pytest.mark.parametrize(
    ("language", "note", "shown"),
    [
        ("en", "bone, resin", "<bdi>bone, resin</bdi>"),
        ("fr", "bone, resin", "<bdi>l’os, la résine</bdi>"),
        ("ar", "bone, resin", "<bdi>العظم، والراتنج</bdi>"),
        ("fr", "a note of an older <version>", '<bdi lang="en">a note of an older &lt;version&gt;</bdi>'),
        ("en", "a note of an older <version>", "<bdi>a note of an older &lt;version&gt;</bdi>"),
        ("fr", None, "<bdi></bdi>"),
    ],
)
def test_a_note_is_said_in_the_readers_language_or_says_that_it_is_english(app: Flask, language, note, shown):
    with app.test_request_context(), languages.speaking(language):
        said = app.jinja_env.filters["noted"](note)
    assert said == shown and isinstance(said, Markup)
