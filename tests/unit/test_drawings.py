"""Our own drawings: every taxon has one, and none is claimed as a species where it shows the kind."""

import re
from pathlib import Path

import pytest

from server.ledger.species import drawings
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

FOLDER = Path(drawings.__file__).parents[2] / "static" / "drawings"


@pytest.fixture(scope="module")
def drawn(lexicon):
    """Each taxon of the lexicon with its drawing."""
    taxa = {taxon.id: taxon for taxon in lexicon.taxa}

    def shown(taxon):
        return {"id": taxon.id, "scientific_name": taxon.scientific_name}

    def above(taxon):
        while taxon := taxa.get(taxon.parent):
            yield shown(taxon)

    return [(taxon, drawings.of_taxon(shown(taxon), above(taxon))) for taxon in taxa.values()]


def test_every_taxon_of_the_lexicon_has_a_drawing(drawn):
    assert [taxon.id for taxon, drawing in drawn if drawing is None] == []


def test_only_a_species_has_a_drawing_of_its_own_and_no_two_have_the_same(drawn):
    own = [(taxon, drawing.file) for taxon, drawing in drawn if drawing.kind is None]
    assert len(own) >= 60
    assert {taxon.rank.value for taxon, _ in own} == {"species"}
    assert len({file for _, file in own}) == len(own)


def test_a_drawing_shows_taxa_of_one_group(drawn):
    groups = {}
    for taxon, drawing in drawn:
        groups.setdefault(drawing.file, set()).add(taxon.group)
    assert [file for file, found in groups.items() if len(found) > 1] == []


def test_a_species_of_an_export_has_the_drawing_of_its_genus_and_an_unknown_genus_none():
    known = drawings.of_taxon({"id": "sp4711", "scientific_name": "Cuora mccordi"}, ())
    assert (known.file, known.kind) == ("box-turtle", "A box turtle")
    assert drawings.of_taxon({"id": "sp4712", "scientific_name": "Ignota ignota"}, ()) is None


def test_the_drawings_are_small_and_fetch_and_run_nothing(drawn):
    files = {path.stem: path.read_text() for path in FOLDER.glob("*.svg")}
    assert set(files) == {drawing.file for _, drawing in drawn}, "no file is missing, none is left over"
    assert [name for name, text in files.items() if len(text) >= 6000] == []
    assert [name for name, text in files.items() if re.search(r"<script|<image|href|url\(|\son\w+=", text)] == []
