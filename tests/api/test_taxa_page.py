"""The desk's page of taxa and what protects them, with a whole export beside the lexicon."""

import re

import pytest
from sqlalchemy import insert, select, text

from server.core.database import read, write
from server.ledger.species import names, store, taking_in
from server.ledger.species.comparing import CITATION
from server.ledger.species.entries import Origin
from server.ledger.species.listed import Checked
from server.ledger.species.models import ExportedListing, Taxon, TaxonName


def shown(people, **asked):
    page = people.browser("cora").get("/species", query_string=asked)
    assert page.status_code == 200
    return re.sub(r"</?bdi[^>]*>", "", page.text)


def test_a_split_listing_reads_as_split_and_what_is_from_memory_says_so(people):
    page = shown(people, q="Loxodonta africana")
    assert "CITES Appendix I, every population but those of Botswana" in page
    assert "CITES Appendix II, Botswana, Namibia, Zimbabwe" in page
    assert "EU Annex B, South Africa" in page and "not verified against a source" in page
    assert "United States, Endangered Species Act: threatened" in page


def test_a_species_is_shown_as_the_family_that_is_listed(people):
    page = shown(people, q="blue shark")
    assert "CITES Appendix II, as Carcharhinidae, all populations" in page
    assert "not verified against a source" not in page


def test_where_an_export_says_otherwise_the_page_does(people):
    with write() as session:
        session.add(
            ExportedListing(scientific_name="kinosternon cora", appendices="II", as_of=store.clock.now().date())
        )
        taking_in.remember(session, f"{Origin.SPECIES_PLUS}-test", "0" * 64, store.clock.now().date())
    assert "says otherwise: II" in shown(people, q="Kinosternon cora")


def test_who_is_no_coordinator_does_not_see_it(people):
    assert people.browser("ana").get("/species").status_code in (302, 403, 404)


@pytest.fixture
def whole_export(app):
    """The lexicon with 25,000 imported taxa beside it."""
    ids = [f"cites-{number}" for number in range(25_000)]
    plain = {
        "taxon_group": "plant",
        "origin": Origin.SPECIES_PLUS.value,
        "weight": 0.0,
        "products": [],
        "look_alikes": "",
    }
    with write() as session:
        session.execute(insert(Taxon), [{"id": i, "scientific_name": f"Bulbophyllum no{i[6:]}", **plain} for i in ids])
        rows = [
            taking_in.name_row(i, "la", f"Bulbophyllum no{i[6:]}", CITATION["key"], Checked.READ, False) for i in ids
        ]
        session.execute(insert(TaxonName), rows)


def test_pages_of_taxa_follow_each_other_without_gap_or_repetition(app, whole_export):
    with read() as session:
        seen, cursor = [], None
        for _ in range(30):
            taxa, cursor = names.listed(session, after=cursor)
            seen += [taxon["scientific_name"] for taxon in taxa]
        every = list(
            session.scalars(select(Taxon.scientific_name).order_by(Taxon.scientific_name, Taxon.id).limit(len(seen)))
        )
        assert seen == every and len(seen) == 30 * names.PAGE
        found, after = names.listed(session, "no24999")
        assert [taxon["id"] for taxon in found] == ["cites-24999"] and after is None
        assert next(taxon["id"] for taxon in names.search(session, "pangolin")) == "manis"


def test_a_page_of_taxa_is_read_along_the_index(app, whole_export):
    if app.config.get("SQLALCHEMY_DATABASE_URI", "sqlite").startswith("postgresql"):
        pytest.skip("SQLite only: PostgreSQL reads a small table as a whole, whatever its indexes")
    with read() as session:
        rows = session.execute(text(
            "EXPLAIN QUERY PLAN SELECT id FROM taxa WHERE scientific_name >= 'M' AND (scientific_name, id) > ('M', 'm') "
            "ORDER BY scientific_name, id LIMIT 51"
        )).all()  # fmt: skip
    assert "ix_taxa_scientific_name" in " ".join(str(row) for row in rows)
