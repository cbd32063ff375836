"""Our own drawings: every taxon has one, and none is claimed as a species where it shows the kind."""

import re
from pathlib import Path

import pytest

from server.ledger.species import drawings, drawn_kinds, drawn_species
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

FOLDER = Path(drawings.__file__).parents[2] / "static" / "drawings"


@pytest.fixture(scope="module")
def drawn(lexicon):
    """Each taxon of the lexicon with its drawings."""
    taxa = {taxon.id: taxon for taxon in lexicon.taxa}

    def shown(taxon):
        names = [{"language": name.language, "text": name.text} for name in taxon.names]
        return {"id": taxon.id, "scientific_name": taxon.scientific_name, "rank": taxon.rank, "names": names}

    def above(taxon):
        while taxon := taxa.get(taxon.parent):
            yield shown(taxon)

    return [(taxon, drawings.every(shown(taxon), above(taxon))) for taxon in taxa.values()]


def test_every_taxon_of_the_lexicon_has_a_drawing(drawn):
    assert [taxon.id for taxon, shown in drawn if not shown] == []


def test_only_a_species_has_a_drawing_of_its_own_and_no_two_have_the_same(drawn):
    own = [(taxon, each.file) for taxon, shown in drawn for each in shown if (each.species, each.kind) == (None, None)]
    assert len(own) >= 106
    assert {taxon.rank.value for taxon, _ in own} == {"species"}
    assert len({file for _, file in own}) == len(own)


def test_every_species_that_is_drawn_is_shown(drawn):
    assert set(drawn_species.FILES.values()) - {each.file for _, shown in drawn for each in shown} == set()


def test_a_drawing_of_a_species_is_the_same_wherever_it_is_shown(drawn):
    species = {}
    for taxon, shown in drawn:
        for each in shown:
            if each.kind is None:
                species.setdefault(each.file, set()).add(each.species or taxon.scientific_name)
    assert {file: names for file, names in species.items() if len(names) > 1} == {}


def test_a_drawing_shows_taxa_of_one_group(drawn):
    groups = {}
    for taxon, shown in drawn:
        for each in shown:
            groups.setdefault(each.file, set()).add(taxon.group)
    assert [file for file, found in groups.items() if len(found) > 1] == []


def taxon(scientific_name, rank, *latin):
    names = [{"language": "la", "text": text} for text in latin] + [{"language": "en", "text": "Psittacus erithacus"}]
    return {"id": "sp4711", "scientific_name": scientific_name, "rank": rank, "names": names}


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        (taxon("Ara macao", "species", "Ara macao"), [None]),
        (taxon("Ara macao cyanopterus", "subspecies", "Ara macao cyanopterus"), ["Ara macao"]),
        (taxon("Ara ararauna, A. macao", "several", "Ara macao", "Ara ararauna"), ["Ara macao", "Ara ararauna"]),
        (taxon("Ara ararauna and other macaws", "several", "Ara ararauna"), ["Ara ararauna"]),
        (taxon("Ara macao, A. rubrogenys", "several", "Ara macao", "Ara rubrogenys"), ["Ara macao"]),
        (taxon("Poecilotheria", "genus", "Poecilotheria"), ["Poecilotheria metallica"]),
        (taxon("Ara macao, Diopsittaca", "several", "Ara macao", "Diopsittaca"), ["Ara macao", "A macaw"]),
        (
            taxon("Cycas and Zamiaceae", "several", "Cycas", "Zamiaceae"),
            ["Cycas revoluta"],
        ),  # whose drawing is that of the kind
        (taxon("Ara rubrogenys", "species", "Ara macao"), ["A macaw"]),  # a synonym is not what it is
        (taxon("Ara rubrogenys", None, "Ara macao"), ["A macaw"]),  # of an export, without a rank that we know
        (taxon("Unheard", "genus", "Unheard"), []),
    ],
)
def test_a_taxon_is_drawn_itself_or_by_the_species_that_it_names_or_its_kind(of, shown):
    assert [drawing.species or drawing.kind for drawing in drawings.every(of, ())] == shown


def test_a_species_of_an_export_has_the_drawing_of_its_genus_and_an_unknown_genus_none():
    known = drawings.of_taxon(taxon("Cuora mccordi", "species"), ())
    assert (known.file, known.species, known.kind) == ("box-turtle", None, "A box turtle")
    assert drawings.of_taxon(taxon("Ignota ignota", "species"), ()) is None


def test_the_drawings_are_small_and_fetch_and_run_nothing():
    files = {path.stem: path.read_text() for path in FOLDER.glob("*.svg")}
    assert set(files) == {*drawn_kinds.KINDS, *drawn_species.FILES.values()}, "no file is missing, none is left over"
    assert [name for name, text in files.items() if len(text) >= 6000] == []
    assert [name for name, text in files.items() if re.search(r"<script|<image|href|url\(|\son\w+=", text)] == []
