"""A family is called by a name of its own, not by that of one of its species; nor are a few species that share a listing.

Over the shipped lexicon.
"""

import re
from collections import defaultdict

import pytest

from server.ledger.species import lineage
from server.ledger.species.lineage import TaxonRank
from tests.shipped_lexicon import documents, lexicon  # noqa: F401 - fixtures

SINGLE = {TaxonRank.SPECIES, TaxonRank.SUBSPECIES}
# Where a language has one word for the whole and for its best known species. By taxon and language, with the reason.
SHARED = {
    ("heloderma", "ru"): "ядозуб is any Heloderma; the Gila monster is the first that a Russian calls so",
    (
        "manis",
        "sw",
    ): "kakakuona is any pangolin; Temminck's, of the savannas where Swahili is spoken, has no other name",
    ("varanus", "hi"): "गोह is any monitor; the Bengal monitor is the one that India has everywhere",
}


def shown(taxon):
    """What each language shows of a taxon, as the pages and the extension have it."""
    names = [
        {"language": name.language, "text": name.text}
        | ({"of_kind": True} if lineage.is_of_kind(name.citation.key, taxon.rank) else {})
        for name in taxon.names
        if name.language != "la"
    ]
    return lineage.called(names)


def listed_in(taxon):
    """The scientific names in its list, in full: those of `T. hermanni, T. graeca` and of its own names."""
    names, genus = set(), ""
    for name in re.split(r", | and ", taxon.scientific_name):
        genus = genus if re.match(r"[A-Z]\. ", name) else name.split()[0]
        names.add(re.sub(r"^[A-Z]\. ", f"{genus} ", name))
    return names | {name.text for name in taxon.names if name.language == "la"}


def species_of(taxa):
    """The single species under each wider taxon: those that stand under it, and those of a genus or in a list that it names."""
    by_id = {taxon.id: taxon for taxon in taxa}
    under = defaultdict(list)
    for taxon in taxa:
        if taxon.rank not in SINGLE:
            continue
        above = taxon.parent
        while above:
            under[above].append(taxon)
            above = by_id[above].parent
    for taxon in taxa:
        named = listed_in(taxon) if taxon.rank not in SINGLE else set()
        under[taxon.id] += [
            each
            for each in taxa
            if each.rank in SINGLE and {each.scientific_name, each.scientific_name.split()[0]} & named
        ]
    return under


def test_no_several_species_are_called_by_a_label_of_birds(lexicon):
    """BirdNET labels sounds: each label is that of one species."""
    labels = defaultdict(set)
    for taxon in lexicon.taxa:
        for name in taxon.names:
            if name.citation.key in ("B", "BK") and name.language != "la":
                labels[name.language].add(name.text.casefold())
    called = {
        (taxon.id, language): name
        for taxon in lexicon.taxa
        if taxon.rank == TaxonRank.SEVERAL
        for language, name in shown(taxon).items()
        if name.casefold() in labels[language]
    }
    assert called == {}


# Where several taxa and a single species, not always of theirs, have one name. By taxon and language, with the reason.
ONE_WORD = {
    ("manis", "sw"): SHARED["manis", "sw"],
    ("paphiopedilum", "it"): "scarpetta di Venere is any slipper orchid, and the only one that grows wild in Italy",
    ("paphiopedilum", "ru"): "венерин башмачок is any slipper orchid, and the best known that grows wild in Russia",
}


def test_no_several_species_are_called_as_any_single_species_is(lexicon):
    single = {
        (language, name.casefold()): taxon.id
        for taxon in lexicon.taxa
        if taxon.rank in SINGLE
        for language, name in shown(taxon).items()
    }
    same = {
        (taxon.id, language): f"{name}: {single[language, name.casefold()]}"
        for taxon in lexicon.taxa
        if taxon.rank == TaxonRank.SEVERAL
        for language, name in shown(taxon).items()
        if (language, name.casefold()) in single
    }
    assert {key: name for key, name in same.items() if key not in ONE_WORD} == {}
    assert not ONE_WORD.keys() - same.keys(), "an exception that nothing needs"


def test_no_taxon_above_species_is_called_as_one_of_its_species_is(lexicon):
    under = species_of(lexicon.taxa)
    same = {}
    for taxon in lexicon.taxa:
        for language, name in shown(taxon).items():
            if taxon.rank in SINGLE:
                continue
            alike = {
                species.id
                for species in under[taxon.id]
                for each in species.names
                if each.language == language and each.text.casefold() == name.casefold()
            }
            if alike:
                same[taxon.id, language] = f"{name}: {sorted(alike)}"
    assert {key: name for key, name in same.items() if key not in SHARED} == {}
    assert not SHARED.keys() - same.keys(), "an exception that nothing needs"


@pytest.mark.parametrize(
    ("taxon", "language", "name", "still_looked_for"),
    [
        ("lemuridae", "fr", "lémuridés", "lémur catta"),
        ("lemuridae", "de", "Gewöhnliche Makis", "Lemur"),
        ("iguana-iguana", "fr", "iguanes", "iguane vert"),
        ("carcharhinidae", "fr", "carcharhinidés", "requin bleu"),
        ("agalychnis", "de", None, "Rotaugenlaubfrosch"),  # no German name for the genus that we are sure of
        ("cuora", "vi", "rùa hộp", "rùa ba vạch"),
        ("aquila-haliaeetus", "de", "Habichtartige", "Kornweihe"),  # most of the family, and no hen harrier
        ("gyps-africanus", "pl", None, "sęp himalajski"),  # another vulture, in the labels of birds
        ("varanus-bengalensis", "th", "ตะกวด", "ตะกวด"),  # the species keeps it
        ("testudo", "en", "Mediterranean tortoises", "Hermann's tortoise"),
        ("testudo", "fr", "tortues méditerranéennes", "tortue d'Hermann"),
        ("testudo", "ru", "средиземноморские сухопутные черепахи", "средиземноморская черепаха"),  # T. graeca
        ("pan-troglodytes", "en", "African great apes", "chimpanzee"),
        ("pan-troglodytes", "it", "grandi scimmie africane", "scimpanzé"),
        ("cetacea", "en", "whales, dolphins and porpoises", "killer whale"),
        ("ursus-maritimus", "de", "Eisbär und Amerikanischer Schwarzbär", "Eisbär"),
        ("naja-ophiophagus", "ar", "الكوبرا الآسيوية والكوبرا الملكية", "كوبرا ملكية"),
        ("cardinalis-mimus", "en", "songbirds of North America", "Painted Bunting"),
        ("cardinalis-mimus", "ja", None, "マネシツグミ"),
        ("ara-ararauna", "hi", None, "ब्लू गोल्ड मकाऊ"),
        ("ramphastos", "en", "toucan", "toco toucan"),
    ],
)
def test_a_wider_taxon_has_a_name_of_its_own_or_none_and_is_found_by_those_of_its_species(
    lexicon,
    taxon,
    language,
    name,
    still_looked_for,
):
    [taxon] = [each for each in lexicon.taxa if each.id == taxon]
    assert shown(taxon).get(language) == name
    assert still_looked_for in {each.text for each in taxon.names if each.language == language and each.matched}
