"""Questions of law to the shipped lexicon: which appendix, on which day, for which population; and what members take over."""

from datetime import date

import pytest

from server.ledger.species import lineage, national, provisions
from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked, LexiconListing, read_listing
from tests.shipped_lexicon import documents, in_force, lexicon  # noqa: F401

NOW = "2026-11-27"
NOTHING: set[str] = set()


@pytest.fixture(scope="module")
def by_name(lexicon):
    return {name.text: taxon for taxon in lexicon.taxa for name in taxon.names if name.language == "la"} | {
        taxon.scientific_name: taxon for taxon in lexicon.taxa
    }


@pytest.mark.parametrize(
    ("taxon", "day", "population", "expected"),
    [
        # Split by population: the question names one.
        ("Loxodonta africana", NOW, "Botswana, Namibia, Zimbabwe", {"II"}),
        ("Loxodonta africana", NOW, "South Africa", {"I", "II"}),  # the I row names those it leaves out
        ("Loxodonta africana", "1997-09-17", "Zimbabwe", {"I"}),
        ("Loxodonta cyclotis", NOW, "all", {"I"}),
        ("Ceratotherium simum simum", "2023-02-22", "Namibia", NOTHING),
        ("Ceratotherium simum simum", "2023-02-23", "Namibia", {"II"}),
        ("Panthera leo", NOW, "India", {"I"}),
        ("Panthera leo", NOW, "Africa", {"II"}),
        ("Prionailurus rubiginosus", NOW, "India", {"I"}),
        ("Prionailurus rubiginosus", NOW, "every other", {"II"}),
        ("Puma yagouaroundi", NOW, "Central and North America", {"I"}),
        ("Balaenoptera acutorostrata", NOW, "West Greenland", {"I", "II"}),
        ("Crocodylus porosus", NOW, "Palawan", {"II"}),
        ("Struthio camelus", NOW, "Chad", {"I"}),
        ("Ovis canadensis", NOW, "Mexico", {"II"}),
        ("Arctictis binturong", NOW, "India", {"III"}),
        # By day.
        ("Cercocebus chrysogaster", "2026-03-04", "", {"II"}),
        ("Cercocebus chrysogaster", "2026-03-05", "", {"I"}),
        ("Batagur kachuga", "2023-02-22", "", {"II"}),
        ("Batagur kachuga", "2023-02-23", "", {"I"}),
        ("Cynomys mexicanus", "2023-02-22", "", {"I"}),
        ("Cynomys mexicanus", "2023-02-23", "", {"II"}),
        ("Phoebastria albatrus", NOW, "", {"II"}),
        ("Chilabothrus inornatus", NOW, "", {"II"}),
        ("Arctocephalus townsendi", "2026-03-04", "", {"I"}),
        ("Arctocephalus townsendi", NOW, "", {"II"}),
        ("Gonatodes daudini", "2019-11-25", "", NOTHING),
        ("Gonatodes daudini", "2019-11-26", "", {"I"}),
        ("Syrmaticus reevesii", "2019-11-26", "", {"II"}),
        ("Phyllurus amnicola", "2026-03-04", "", NOTHING),
        ("Phyllurus amnicola", "2026-03-05", "", {"II"}),
        ("Manta birostris", "2014-09-13", "", NOTHING),
        ("Mobula birostris", "2026-03-04", "", {"II"}),
        ("Mobula birostris", "2026-03-05", "", {"I"}),
        ("Sphyrna lewini", "2014-09-13", "", NOTHING),
        ("Sphyrna lewini", "2014-09-14", "", {"II"}),
        ("Lamna nasus", "2014-09-13", "", NOTHING),
        ("Alopias vulpinus", "2017-10-04", "", {"II"}),
        ("Dalbergia retusa", "2013-06-11", "", NOTHING),
        ("Dalbergia retusa", NOW, "", {"II"}),
        # As the higher taxon, until its own begins.
        ("Prionace glauca", "2023-11-24", "", NOTHING),
        ("Prionace glauca", "2023-11-25", "", {"II"}),
        ("Carcharhinus falciformis", "2017-10-04", "", {"II"}),
        ("Sphyrna tiburo", "2023-02-22", "", NOTHING),
        ("Sphyrna tiburo", "2023-02-23", "", {"II"}),
        ("Kinixys homeana", "2026-03-04", "", {"II"}),
        ("Kinixys homeana", "2026-03-05", "", {"I"}),
        ("Cuora picturata", "2019-11-25", "", {"II"}),
        ("Cuora picturata", "2019-11-26", "", {"I"}),
        ("Cuora mouhotii", NOW, "", {"II"}),
        ("Mobula mobular", "2026-03-04", "", {"II"}),
        ("Mobula mobular", "2026-03-05", "", {"I"}),
        ("Manis pentadactyla", NOW, "", {"I"}),
        ("Phataginus tricuspis", NOW, "", {"I"}),
        ("Copiapoa cinerea", NOW, "", {"II"}),
        ("Paphiopedilum rothschildianum", NOW, "", {"I"}),
        ("Cattleya lobata", NOW, "", {"I"}),
        ("Aloe polyphylla", NOW, "", {"I"}),
        ("Aloe ferox", NOW, "", {"II"}),
        ("Harpia harpyja", NOW, "", {"I"}),
        ("Milvus milvus", NOW, "", {"II"}),
        ("Cacatua haematuropygia", NOW, "", {"I"}),
        ("Myiopsitta monachus", NOW, "", {"II"}),
        ("Varanus komodoensis", NOW, "", {"I"}),
        ("Brookesia perarmata", NOW, "", {"I"}),
        ("Furcifer pardalis", NOW, "", {"II"}),
        ("Diceros bicornis", "1977-02-04", "", {"I"}),
        # Not listed.
        ("Nymphicus hollandicus", NOW, "", NOTHING),
        ("Agapornis roseicollis", NOW, "", NOTHING),
        ("Psittacula krameri", NOW, "", NOTHING),
        ("Aloe vera", NOW, "", NOTHING),
        ("Lithops", NOW, "", NOTHING),
        ("Commiphora wightii", NOW, "", NOTHING),
    ],
)  # fmt: skip
def test_which_appendix_of_cites(by_name, taxon, day, population, expected):
    rows = in_force(by_name[taxon], date.fromisoformat(day))
    assert {appendix for appendix, where in rows if population in where} == expected


@pytest.mark.parametrize(
    ("taxon", "day", "expected", "confirmed"),
    [
        ("Aonyx cinerea", "2019-12-13", {"B"}, True),
        ("Aonyx cinerea", "2019-12-14", {"A"}, True),
        ("Pycnonotus zeylanicus", "2023-11-24", {"B"}, True),
        ("Pycnonotus zeylanicus", "2023-11-25", {"A"}, True),
        ("Nilssonia leithii", NOW, {"A"}, True),
        ("Okapia johnstoni", NOW, {"A"}, True),
        ("Gonatodes daudini", "2019-12-13", NOTHING, True),
        ("Panthera tigris", NOW, {"A"}, False),
        ("Loxodonta africana", NOW, {"A", "B"}, False),
        ("Testudo hermanni", NOW, {"A"}, False),  # though in Appendix II
        ("Odobenus rosmarus", NOW, {"B"}, False),  # though in Appendix III
        ("Rhincodon typus", "2026-06-21", {"B"}, False),
        ("Rhincodon typus", "2026-06-22", {"A"}, False),
    ],
)
def test_which_annex_of_the_union_and_whether_a_source_says_so(by_name, taxon, day, expected, confirmed):
    on = date.fromisoformat(day)
    assert {annex for annex, _ in in_force(by_name[taxon], on, "EU")} == expected
    rows = [row for row in by_name[taxon].listings if row.source == "EU"]
    assert {row.checked.confirmed for row in rows} == {confirmed}


COUNTRIES = {"CN": "China", "ID": "Indonesia", "IN": "India", "JP": "Japan", "US": "United States"}


def test_national_lists_name_their_country_and_are_from_memory_but_for_two(lexicon):
    rows = [(taxon.id, row) for taxon in lexicon.taxa for row in taxon.listings if row.source == "national"]
    assert {row.jurisdiction for _, row in rows} == set(national.LISTS)
    assert all(row.appendix.startswith(f"{COUNTRIES[row.jurisdiction]}, ") for _, row in rows)
    assert {taxon for taxon, row in rows if row.checked.confirmed} == {"manis", "moschus"}
    with pytest.raises(ValueError, match="has the rank Class III"):
        national.worded("CN", "Class III")


def test_every_listing_is_sane(lexicon):
    for taxon in lexicon.taxa:
        for row in taxon.listings:
            assert row.citations, taxon.id
            assert row.effective_from or row.in_force_by, taxon.id
            assert (row.effective_from or row.in_force_by) <= date(2027, 12, 31), taxon.id
            assert not (row.effective_from and row.in_force_by), taxon.id
        for source in ("CITES", "EU"):
            mine = [row for row in taxon.listings if row.source == source]
            for row in mine:
                for other in mine:
                    later = other.effective_from and row.until and other.effective_from > row.until
                    earlier = row.effective_from and other.until and other.until < row.effective_from
                    same = row.population == other.population and row.annotation == other.annotation
                    assert row is other or later or earlier or not same, (
                        f"{taxon.id}: {row.population} twice in one day"
                    )


@pytest.mark.parametrize(
    ("source", "appendix", "jurisdiction", "first"),
    [
        ("CITES", "I", None, "1975-07-01"),  # the day on which it entered into force
        ("EU", "A", None, "1997-06-01"),
        ("national", "endangered", "US", "1960-01-01"),
    ],
)
def test_nothing_is_listed_before_its_law_applies(source, appendix, jurisdiction, first):
    day = date.fromisoformat(first)
    entry = {
        "source": source, "appendix": appendix, "jurisdiction": jurisdiction, "population": "all",
        "citation": [], "checked": "memory", "date_checked": "memory",
    }  # fmt: skip
    assert read_listing(entry | {"effective_from": day}, {}).effective_from == day
    with pytest.raises(ValueError, match="nothing was listed"):
        read_listing(entry | {"effective_from": day - lineage.DAY}, {})


def test_no_scientific_name_is_two_taxas_and_no_taxon_has_a_name_twice(lexicon):
    owner = {}
    for taxon in lexicon.taxa:
        for name in taxon.names:
            if name.language == "la":
                assert owner.setdefault(name.text.casefold(), taxon.id) == taxon.id, name.text
    names = [taxon.scientific_name for taxon in lexicon.taxa]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("Psittaciformes", TaxonRank.ORDER),
        ("Felidae", TaxonRank.FAMILY),
        ("Orchidaceae", TaxonRank.FAMILY),
        ("Lutrinae", TaxonRank.SUBFAMILY),
        ("Dalbergia", TaxonRank.GENUS),
        ("Panthera leo", TaxonRank.SPECIES),
        ("Ceratotherium simum simum", TaxonRank.SUBSPECIES),
        ("Manis, Phataginus, Smutsia", TaxonRank.SEVERAL),
        ("Orcinus orca and other Cetacea", TaxonRank.SEVERAL),
        ("Dalbergia (all other species)", TaxonRank.SEVERAL),
    ],
)
def test_a_rank_is_told_by_the_form_of_the_name(name, rank):
    assert lineage.rank_of(name) is rank


def test_orders_that_end_otherwise_are_said_in_the_files(by_name):
    for name in ("Primates", "Crocodylia", "Scandentia", "Antipatharia"):
        assert by_name[name].rank is TaxonRank.ORDER, name


def listing(appendix, start=None, end=None, source="CITES", **more):
    plain = {
        "jurisdiction": None,
        "population": "the whole family",
        "annotation": "",
        "in_force_by": None,
        "citations": (),
    }
    days = {
        "effective_from": date.fromisoformat(start) if start else None,
        "until": date.fromisoformat(end) if end else None,
    }
    given = plain | days | {"checked": Checked.READ, "date_checked": None} | more
    return LexiconListing(source=source, appendix=appendix, **given)


@pytest.mark.parametrize(
    ("own", "above", "taken"),
    [
        ([], [("II", "1981-06-06", None)], [("II", "1981-06-06", None)]),
        ([("I", "2026-03-05", None)], [("II", "1981-06-06", None)], [("II", "1981-06-06", "2026-03-04")]),
        ([("I", "2026-03-05", None)], [("II", None, None)], [("II", None, "2026-03-04")]),
        ([("I", None, None)], [("II", "1981-06-06", None)], []),  # its own, for as long as anybody knows
        ([("II", "2017-10-04", None)], [("II", "2023-11-25", None)], []),
        ([("I", "2000-01-01", None)], [("II", "1990-01-01", "1995-01-01")], [("II", "1990-01-01", "1995-01-01")]),
        ([], [("II", "2017-04-04", "2026-03-04"), ("I", "2026-03-05", None)], [("II", "2017-04-04", "2026-03-04"), ("I", "2026-03-05", None)]),
    ],
)  # fmt: skip
def test_a_member_is_listed_as_its_higher_taxon_until_its_own_listing_begins(own, above, taken):
    rows = list(lineage.taken_over([listing(*row) for row in own], [listing(*row) for row in above], "Felidae"))
    days = [
        (row.appendix, row.effective_from and str(row.effective_from), row.until and str(row.until)) for row in rows
    ]
    assert days == taken
    assert {(row.population, row.under) for row in rows} <= {("all", "Felidae")}


def test_each_source_is_taken_over_by_itself():
    own = [listing("A", "1997-06-01", source="EU")]
    (row,) = lineage.taken_over(own, [listing("II", "1977-02-04", for_members=True)], "Felidae")
    assert (row.source, row.appendix) == ("CITES", "II")


def test_a_name_that_is_nothing_is_told_with_the_group_it_stands_in():
    _, wrong = lineage.members({"cats": ["big cats"], "big cats": ["nobody"]}, [])
    assert set(wrong) == {"big cats: no group and no taxon nobody", "cats: of no taxon", "big cats: of no taxon"}


def test_from_memory_alone_is_named_and_beside_a_confirmed_one_is_not():
    remembered = {"scientific_name": "Rhodiola", "listings": [{"confirmed": False}]}
    confirmed = {"scientific_name": "Giraffa camelopardalis", "listings": [{"confirmed": True}, {"confirmed": False}]}
    unknown = {"scientific_name": "a plush toy", "listings": []}
    assert provisions.from_memory([remembered, unknown]) == ["Rhodiola"]
    assert provisions.from_memory([remembered, confirmed]) == []
    assert provisions.from_memory([unknown]) == []
