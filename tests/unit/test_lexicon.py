"""The shipped lexicon: every row well formed, every fact with its source, split listings kept split."""

import re
from datetime import date
from pathlib import Path

import pytest

from server.ledger.species.entries import Group
from server.ledger.species.listed import Checked
from server.ledger.species.terms import TermKind
from tests.shipped_lexicon import FOLDER, documents, in_force, lexicon  # noqa: F401


@pytest.fixture(scope="module")
def taxa(lexicon):
    return {taxon.id: taxon for taxon in lexicon.taxa}


def appendices(taxon, day):
    return {appendix for appendix, _ in in_force(taxon, date.fromisoformat(day))}


def test_it_is_broad_enough_to_be_of_use(lexicon):
    assert len(lexicon.taxa) >= 450
    assert {taxon.group for taxon in lexicon.taxa} == set(Group)
    assert {word.language for word in lexicon.words} >= {
        "en",
        "fr",
        "es",
        "pt",
        "de",
        "it",
        "nl",
        "ru",
        "zh",
        "vi",
        "th",
        "id",
        "ja",
        "ko",
        "ar",
        "hi",
        "sw",
        "pl",
        "tr",
        "fa",
        "uk",
        "und",
    }
    assert lexicon.as_of == date(2026, 12, 1)


def test_birds_are_named_in_many_languages_and_the_rest_by_thousands_of_names(lexicon):
    birds = [taxon for taxon in lexicon.taxa if taxon.group is Group.BIRD]
    assert (
        len({name.language for taxon in birds for name in taxon.names if name.citation.key == "B"}) >= 37 - 1
    )  # pt twice
    others = [name for taxon in lexicon.taxa if taxon not in birds for name in taxon.names if name.language != "la"]
    assert len(others) >= 2_500


# Shown, and looked for by no name: not listed, sold in every garden centre, or a word of books.
NOT_LOOKED_FOR = {
    "nymphicus-hollandicus", "melopsittacus-undulatus", "agapornis-roseicollis", "psittacula-krameri", "aloe-vera", "lithops",
    "echinopsis", "mammillaria", "beaucarnea", "sternbergia",
}  # fmt: skip


def test_every_taxon_has_an_english_name_goods_and_a_name_that_is_looked_for(lexicon):
    for taxon in lexicon.taxa:
        assert "en" in {name.language for name in taxon.names}, taxon.id
        assert taxon.products, taxon.id
        looked_for = any(name.matched for name in taxon.names)
        assert looked_for != (taxon.id in NOT_LOOKED_FOR), taxon.id


LESSONS = Path(__file__).parents[2] / "training_modules"
LATIN = re.compile(r"\*([A-Z][a-z]+(?: [a-z]+)?)\*")  # a genus or a species stands in italics
ENDINGS = ("a", "us", "um", "is", "os", "ops", "ii", "ae", "ens")
NO_TAXA = {"Basis", "Tagua", "The data", "The sea"}


def test_every_scientific_name_in_a_lesson_is_in_the_lexicon(lexicon):
    known = {name.text.casefold() for taxon in lexicon.taxa for name in taxon.names}
    known |= {
        name.text.split()[0].casefold() for taxon in lexicon.taxa for name in taxon.names if name.language == "la"
    }
    named = {
        name
        for path in (*LESSONS.glob("*.yaml"), *LESSONS.glob("*/*.md"), *LESSONS.glob("*/*.yaml"))
        for name in LATIN.findall(path.read_text("utf-8"))
        if name.endswith(ENDINGS)
    }
    assert len(named) > 25
    assert {name for name in named if name.casefold() not in known} <= NO_TAXA


def test_every_fact_has_a_source_and_says_how_far_it_was_checked(lexicon):
    for taxon in lexicon.taxa:
        for listing in taxon.listings:
            assert listing.citations, taxon.id
            assert listing.population, taxon.id
            assert bool(listing.effective_from) == bool(listing.date_checked), taxon.id
            # Nothing is better checked than the best of its sources.
            best = min((citation.checked for citation in listing.citations), key=list(Checked).index)
            assert list(Checked).index(listing.checked) >= list(Checked).index(best), taxon.id
    for citation in {word.citation for word in lexicon.words}:
        assert citation.name
        assert citation.checked in Checked


def test_no_file_is_too_long_to_be_read_by_a_person():
    for path in FOLDER.glob("*.yaml"):
        assert len(path.read_text("utf-8").splitlines()) <= 400, path.name


@pytest.mark.parametrize(
    ("taxon", "expected"),
    [
        ("loxodonta-africana", {"I": 1, "II": 2}),
        ("ceratotherium-simum-simum", {"I": 1, "II": 3}),
        ("panthera-leo", {"I": 1, "II": 1}),
        ("canis-lupus", {"I": 1, "II": 1}),
        ("ursus-arctos", {"I": 1, "II": 1}),
        ("moschus", {"I": 1, "II": 1}),
        ("vicugna-vicugna", {"I": 1, "II": 2}),
        ("caracal-caracal", {"I": 1, "II": 1}),
        ("crocodylus-niloticus", {"I": 1, "II": 1}),
        ("crocodylus-porosus", {"I": 1, "II": 2}),
        ("saiga-tatarica", {"II": 1}),
        ("panax", {"II": 2}),
        ("odobenus-rosmarus", {"III": 1}),
    ],
)
def test_a_split_listing_stays_split_by_population(taxa, taxon, expected):
    listings = in_force(taxa[taxon], date(2026, 11, 24))
    assert {appendix: [a for a, _ in listings].count(appendix) for appendix, _ in listings} == expected
    assert len({population for _, population in listings}) == len(listings)


@pytest.mark.parametrize(
    ("taxon", "before", "day", "after"),
    [
        ("aonyx-cinerea", {"II"}, "2019-11-26", {"I"}),
        ("lutrogale-perspicillata", {"II"}, "2019-11-26", {"I"}),
        ("geochelone-elegans", {"II"}, "2019-11-26", {"I"}),
        ("giraffa-camelopardalis", set(), "2019-11-26", {"II"}),
        ("copsychus-malabaricus", set(), "2023-02-23", {"II"}),
        ("pycnonotus-zeylanicus", {"II"}, "2023-11-25", {"I"}),
        ("carcharhinus-longimanus", {"II"}, "2026-03-05", {"I"}),
        ("rhincodon-typus", {"II"}, "2026-03-05", {"I"}),
        ("okapia-johnstoni", set(), "2026-03-05", {"I"}),
        ("choloepus", {"III"}, "2026-03-05", {"II"}),
        ("galapagos-iguanas", {"II"}, "2026-03-05", {"I"}),
        ("mauremys-annamensis", {"II"}, "2019-11-26", {"I"}),
        ("chelydridae-chelus", set(), "2023-02-23", {"II"}),
        ("rhinobatidae", set(), "2023-02-23", {"II"}),
        ("phrynosoma", set(), "2023-02-23", {"II"}),
        ("handroanthus-dipteryx", set(), "2024-11-25", {"II"}),
        ("bitis", set(), "2026-03-05", {"I"}),
        ("bycanistes", set(), "2026-03-05", {"II"}),
        ("sporophila", set(), "2026-03-05", {"I", "II"}),
        ("cercocebus-chrysogaster", {"II"}, "2026-03-05", {"I"}),
    ],
)
def test_a_listing_changes_on_its_day_and_not_before(taxa, taxon, before, day, after):
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
    assert appendices(taxa[taxon], eve) == before
    assert appendices(taxa[taxon], day) == after


def test_the_four_unlisted_parrots_are_no_taxa_of_ours(lexicon):
    names = {name.text.casefold() for taxon in lexicon.taxa for name in taxon.names if name.matched}
    assert not names & {"budgerigar", "cockatiel", "rosy-faced lovebird", "ring-necked parakeet"}


def test_one_trade_word_never_stands_for_two_things(lexicon):
    meanings = {}
    for word in lexicon.words:
        if word.term.kind is TermKind.TRADE and word.term.taxa:
            assert meanings.setdefault(word.term.text.casefold(), word.term.taxa) == word.term.taxa, word.term.text
