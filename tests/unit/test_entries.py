"""The lexicon's files as they are read: what an entry gives, and what is refused with its place."""

from datetime import date

import pytest

from server.ledger.species import entries, parsing
from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked
from server.ledger.species.terms import TermKind

DAY = date(2026, 11, 27)


def small():
    """A lexicon of two taxa, in files as the shipped ones are."""
    boa = {
        "id": "eryx-johnii", "scientific_name": "Eryx johnii", "group": "reptile", "products": ["live"],
        "names": {"la": {"S17": ["Eryx johnii"]}, "en": {"M": ["red sand boa", "sandy"]}}, "not_matched": ["sandy"],
        "look_alikes": "other sand boas",
        "listings": [
            {
                "source": "CITES", "appendix": "II", "population": "all", "in_force_by": date(2017, 4, 21),
                "citation": ["S17"], "checked": "read",
            }
        ],
    }  # fmt: skip
    vera = {
        "id": "aloe-vera", "scientific_name": "Aloe vera", "group": "plant", "products": [], "weight": 0.5,
        "names": {"la": {"M": ["Aloe vera"]}, "en": {"M": ["aloe"]}}, "unlisted": "It is here to be told apart.",
    }  # fmt: skip
    sources = {
        "S17": {"name": "Species+", "checked": "read", "address": "https://speciesplus.net"},
        "M": {"name": "memory", "checked": "memory"},
    }
    skin = {"taxa": ["snakes"], "language": "en", "weight": 0.5, "source": "M", "words": ["boa skin"]}
    goods = {"language": ["de", "nl"], "weight": 1, "source": "M", "stem": "Boa", "parts": ["leder", "haut"]}
    return [
        {"as_of": date(2026, 1, 1), "sources": sources, "taxa": [boa, vera]},
        {"as_of": DAY, "kind": "trade", "terms": [skin, goods]},
        {"as_of": DAY, "language": "fr", "names": {"eryx-johnii": {"M": ["boa des sables", "boa"]}}, "not_matched": ["boa"]},
        {"as_of": DAY, "all": {"source": "national", "jurisdiction": "IN"}, "listings": {"eryx-johnii": [
            {"appendix": "Schedule I", "population": "all", "effective_from": date(2023, 4, 1), "citation": ["M"],
             "checked": "memory", "date_checked": "memory"},
        ]}},
        {"as_of": DAY, "kin": {"snakes": ["Eryx"]}},
        {"as_of": DAY, "provisions": [
            {"id": "eu", "jurisdiction": "EU", "provision": "Article 8(1)", "covers": {"source": "CITES", "appendix": "II"},
             "effective_from": date(1997, 6, 1), "exceptions": "", "citation": ["S17", "M"], "checked": "excerpt",
             "date_checked": "memory"},
            {"id": "gb", "jurisdiction": "GB", "provision": "An Act", "covers": {"taxa": ["aloe-vera"]}, "categories": ["live"],
             "effective_from": date(2018, 6, 1), "exceptions": "", "citation": ["M"], "checked": "memory",
             "date_checked": "memory"},
        ]},
    ]  # fmt: skip


def spoilt(change):
    documents = small()
    change(documents[0]["taxa"][0], documents[1], documents)
    return documents


def test_a_taxon_has_its_names_and_listings_from_all_files():
    lexicon = parsing.parse(small())
    boa, aloe = lexicon.taxa
    assert lexicon.as_of == DAY
    assert (boa.rank, boa.weight, boa.look_alikes) == (TaxonRank.SPECIES, 0.25, "other sand boas")
    assert [(name.language, name.text, name.matched) for name in boa.names] == [
        ("la", "Eryx johnii", True), ("en", "red sand boa", True), ("en", "sandy", False),
        ("fr", "boa des sables", True), ("fr", "boa", False),
    ]  # fmt: skip
    assert [(row.source, row.jurisdiction) for row in boa.listings] == [("CITES", None), ("national", "IN")]
    assert (aloe.listings, aloe.weight, aloe.look_alikes) == ((), 0.5, "It is here to be told apart.")


def test_the_matcher_looks_for_words_and_for_the_names_that_say_enough():
    lexicon = parsing.parse(small())
    assert [(term.text, term.languages, term.taxa) for term in lexicon.terms() if term.kind is TermKind.TRADE] == [
        ("boa skin", ("en",), ("eryx-johnii",)), ("Boaleder", ("de",), ()), ("Boaleder", ("nl",), ()),
        ("Boahaut", ("de",), ()), ("Boahaut", ("nl",), ()),
    ]  # fmt: skip
    assert [(term.text, term.weight) for term in lexicon.terms() if term.kind is TermKind.TAXON] == [
        ("Eryx johnii", 0.4), ("red sand boa", 0.25), ("boa des sables", 0.25), ("Aloe vera", 0.5), ("aloe", 0.5),
    ]  # fmt: skip


def test_each_of_several_stems_stands_with_each_part():
    def change(taxon, words, documents):
        words["terms"] = [{
            "taxa": ["snakes"], "language": "es", "weight": 0.5, "source": "M", "stem": ["bolso de ", "cinto de "],
            "parts": ["boa", "boa roja"],
        }]  # fmt: skip

    assert [word.term.text for word in parsing.parse(spoilt(change)).words] == [
        "bolso de boa", "bolso de boa roja", "cinto de boa", "cinto de boa roja",
    ]  # fmt: skip


def test_a_taxon_of_several_needs_no_scientific_name():
    def change(taxon, words, documents):
        taxon |= {"scientific_name": "Eryx, Gongylophis"}
        del taxon["names"]["la"]

    assert parsing.parse(spoilt(change)).taxa[0].rank is TaxonRank.SEVERAL


def test_a_rank_that_the_name_does_not_show_is_said():
    assert parsing.parse(spoilt(lambda t, w, d: t.update(rank="order"))).taxa[0].rank is TaxonRank.ORDER


def listed(source="CITES", appendix="II", confirmed=True, start=DAY, taxon="eryx-johnii"):
    row = {"source": source, "appendix": appendix, "confirmed": confirmed, "effective_from": start}
    return {"id": taxon, "listings": [row]}


@pytest.mark.parametrize(
    ("provision", "taxon", "category", "covered"),
    [
        ("eu", listed(), "live", True),
        ("eu", listed(appendix="I"), "live", False),
        ("eu", listed(source="EU"), "live", False),
        ("eu", listed(confirmed=False), "live", False),
        ("eu", listed(start=None), "live", False),
        ("gb", listed(taxon="aloe-vera"), "live", True),  # by its name, whatever its listings
        ("gb", listed(taxon="aloe-vera"), "ivory", False),
        ("gb", listed(), "live", False),
    ],
)
def test_what_a_provision_covers(provision, taxon, category, covered):
    law = next(each for each in parsing.parse(small()).provisions if each.id == provision)
    assert law.covers(taxon, category) is covered


def test_a_provision_names_its_sources_with_their_addresses():
    law, _ = parsing.parse(small()).provisions
    assert law.source == "Species+, https://speciesplus.net; memory"
    assert (law.checked, law.checked.confirmed) == (Checked.EXCERPT, True)


@pytest.mark.parametrize(
    ("text", "scientific", "words"),
    [
        ("Hermann's tortoise", False, ["tortoise"]),
        ("Père David’s deer", False, ["deer"]),
        ("grass snakes’ skin", False, ["grass", "skin"]),
        ("grey parrot", False, ["grey", "parrot"]),
        ("Kolumbus", False, ["Kolumbus"]),  # alone it may be a noun
        ("Testudo hermanni", True, ["Testudo", "hermanni"]),
        ("elfenbein*", False, ["elfenbein"]),
        ("", False, []),
    ],
)
def test_everyday_words_are_those_that_come_from_no_person(text, scientific, words):
    assert entries.everyday_words(text, scientific) == words


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t, w, d: (t["names"].pop("en"), t["not_matched"].clear()), "no name in ['en']"),
        (lambda t, w, d: t["names"].pop("la"), "no name in ['la']"),
        (lambda t, w, d: (t["listings"].clear(), d[3]["listings"].clear()), "give its listings"),
        (lambda t, w, d: t.update(unlisted="None."), "give its listings"),
        (lambda t, w, d: d[2]["names"].update(gnu={}), "gnu: named, and no taxon"),
        (lambda t, w, d: d[5]["provisions"][0].update(covers={}), "eu: covers nothing"),
        (lambda t, w, d: d[5]["provisions"][0].update(covers={"taxa": ["gnu"]}), "eu: no taxon gnu"),
        (lambda t, w, d: d[5]["provisions"][0].update(effective_from="soon"), "eu: "),
        (lambda t, w, d: t["listings"][0].update(appendix="IV"), "no appendix IV"),
        (lambda t, w, d: t["listings"][0].update(effective_from="5 March"), "no day"),
        (lambda t, w, d: t["listings"][0].update(until=date(2010, 1, 1)), "before its last"),
        (lambda t, w, d: t["listings"][0].pop("in_force_by"), "needs a first day"),
        (lambda t, w, d: t["listings"][0].update(in_force_by=date(1970, 1, 1)), "nothing was listed by CITES"),
        (lambda t, w, d: t["listings"][0].update(source="national", jurisdiction="FR"), "no national list of FR"),
        (lambda t, w, d: t["listings"][0].update(jurisdiction="US"), "no appendix II of US"),
        (lambda t, w, d: t.update(parent="gnu"), "no taxon to stand under: gnu"),
        (lambda t, w, d: t.update(parent="eryx-johnii"), "no taxon to stand under: eryx-johnii"),
        (lambda t, w, d: d.append({"as_of": date(2026, 1, 1), "all": {}, "listings": {"gnu": []}}), "gnu: listed, and no taxon"),
        (lambda t, w, d: t["listings"][0].update(citation=["nowhere"]), "nowhere"),
        (lambda t, w, d: t["listings"][0].pop("checked"), "checked"),
        (lambda t, w, d: t["listings"][0].update(checked="surely"), "surely"),
        (lambda t, w, d: t.update(group="cattle"), "cattle"),
        (lambda t, w, d: w.update(words=w["terms"]), "words: no part of a lexicon file"),
        (lambda t, w, d: t.update(not_matched=["gnu"]), "gnu"),
        (lambda t, w, d: t.update(id="aloe-vera"), "stands 2 times"),
        (lambda t, w, d: w["terms"].append({"taxa": ["gnu"], "language": "en", "weight": 0.5, "source": "M", "words": ["x"]}), "no taxon gnu"),
        (lambda t, w, d: w["terms"].append({"taxa": ["aloe-vera"], "language": "en", "weight": 0.5, "source": "M", "words": ["boa skin"]}), "stands for two things"),
        (lambda t, w, d: w["terms"].append(dict(w["terms"][0])), "stands twice"),
        (lambda t, w, d: w["terms"].append({"taxa": ["aloe-vera"], "language": "en", "weight": 2, "source": "M", "words": ["x"]}), "between 0 and 1"),
        (lambda t, w, d: w["terms"].append({"taxa": ["aloe-vera"], "language": "en", "weight": 0, "source": "M", "words": ["x"]}), "between 0 and 1"),
        (lambda t, w, d: w["terms"].append({"taxa": ["aloe-vera"], "language": "en", "weight": 0.5, "words": ["x"]}), "source"),
    ],
)  # fmt: skip
def test_a_spoilt_row_is_refused_with_its_place(change, says):
    with pytest.raises(ValueError) as refusal:
        parsing.parse(spoilt(change))
    assert says in str(refusal.value)


def test_a_listing_may_have_been_in_force_for_a_day():
    def change(taxon, words, copy):
        taxon["listings"][0]["until"] = taxon["listings"][0]["in_force_by"]

    assert parsing.parse(spoilt(change))


def against(*rows):
    terms = [{"taxa": [taxon], "language": "en", "weight": 0.5, "source": "M", "words": ["toy"]} for taxon in rows]
    return {"as_of": DAY, "kind": "against", "terms": terms}


def test_a_word_may_speak_against_two_taxa_in_two_rows_and_not_against_one_twice():
    assert parsing.parse([*small(), against("snakes", "aloe-vera")])
    with pytest.raises(ValueError, match="toy: stands twice"):
        parsing.parse([*small(), against("snakes", "snakes")])


def test_a_scientific_name_says_more_than_the_same_taxons_common_one():
    common = entries.name_term("pangolin", "en", "manis", 0.25)
    scientific = entries.name_term("Manis", "la", "manis", 0.25)
    assert scientific.weight > common.weight == 0.25
    assert entries.name_term("Manis", "la", "manis", 0.6).weight == 0.6  # unless the file gives all its names more


def test_everything_wrong_is_said_at_once():
    def change(taxon, words, copy):
        taxon["names"].pop("la")
        words["terms"].append({"taxa": ["gnu"], "language": "en", "weight": 0.5, "source": "M", "words": ["x"]})

    with pytest.raises(ValueError) as refusal:
        parsing.parse(spoilt(change))
    said = [line.partition(":")[0] for line in str(refusal.value).splitlines()]
    assert said == ["eryx-johnii", "snakes", "x"]
