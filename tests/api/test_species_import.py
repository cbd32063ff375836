"""The lexicon taken in, asked, and a Species+ export taken in beside it."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Refused
from server.ledger.cases.models import CaseTaxon
from server.ledger.reports.models import Report
from server.ledger.species import export_file, species_plus, store, taking_in, vocabulary
from server.ledger.species.entries import Origin
from server.ledger.species.models import Import, LexiconTerm, Taxon, TaxonListing, TaxonName
from server.reads import identity
from tests.real_data import REAL_DATA, needs
from tests.story import flag

HEAD = "TaxonId,Kingdom,Class,FullName,CurrentListing,AnnotationEnglish,#AnnotationSymbol,EnglishNames,SpanishNames,FrenchNames"
EXPORT = f"""{HEAD}
2477,Animalia,Mammalia,Lontra,I/II,Appendix II:Except the species in Appendix I. Zero quota for <i>L. canadensis</i>. ,,,,
5110,Animalia,Mammalia,Lontra felina,I,Appendix I: ,,Marine Otter,,
3734,Animalia,Aves,Abeillia abeillei,II,,,"Emerald-chinned Hummingbird, Abeillia",Colibrí barbiesmeralda,Colibri d'Abeillé
5107,Animalia,Mammalia,Aonyx cinerea,II,,,Small-clawed Otter,,
9001,Plantae,,Pereskia aculeata,NC,,,Barbados Gooseberry,,
9002,Plantae,,Panax quinquefolius forma,II/NC,,#3,Ginseng,,
"""
REAL = REAL_DATA / "species" / "cites_2017"


@pytest.fixture
def export(tmp_path):
    """A file of an export, by its text and name."""

    def written(text=EXPORT, name="Index_of_CITES_Species_2017-04-21.csv"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return path

    return written


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["species", *map(str, arguments)])


def counts(session):
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Taxon, TaxonName, TaxonListing, LexiconTerm, Import)}  # fmt: skip


def rows(session, taxon_id, on=None):
    """What CITES lists of it, in force that day (today)."""
    listings = store.taxa_for(session, [taxon_id], on=on)[taxon_id]["listings"]
    return [(entry["appendix"], entry["population"]) for entry in listings if entry["source"] == "CITES"]


def test_the_lexicon_is_taken_in_once(app):
    with read() as session:
        before = counts(session)
    assert before["taxa"] >= 80
    result = run(app, "lexicon")
    assert result.exit_code == 0
    assert "already" in result.output
    with read() as session:
        assert counts(session) == before


def test_a_lexicon_of_another_version_replaces_the_one_before(app):
    with write() as session:
        session.get(Import, "lexicon").sha256 = "of another version"
        session.delete(session.scalars(select(LexiconTerm)).first())
    with read() as session:
        before = counts(session)
    assert "Imported the lexicon: " in run(app, "lexicon").output
    with read() as session:
        assert counts(session) == before | {"terms": before["terms"] + 1}


def test_a_taxon_shows_each_listing_in_force_that_day(app):
    with read() as session:
        elephant = store.taxa_for(session, ["loxodonta-africana"])["loxodonta-africana"]
        assert (elephant["scientific_name"], elephant["common_name"]) == ("Loxodonta africana", "African elephant")
        assert [appendix for appendix, _ in rows(session, "loxodonta-africana")] == ["I", "II", "II"]
        assert {entry["source"]: entry["confirmed"] for entry in elephant["listings"]} == {
            "CITES": True, "EU": False, "national": False,
        }  # fmt: skip
        assert all(entry["citations"] and entry["checked"] for entry in elephant["listings"])
        for day, expected in ((date(2019, 11, 25), "II"), (date(2019, 11, 26), "I")):
            assert rows(session, "aonyx-cinerea", day) == [(expected, "all")]
        (shark,) = store.taxa_for(session, ["prionace-glauca"]).values()
        assert [(entry["appendix"], entry["under"]) for entry in shark["listings"]] == [("II", "Carcharhinidae")]
        assert (shark["rank"], shark["parent_id"]) == ("species", "carcharhinidae")


def test_taxa_come_in_the_order_asked_for_and_unknown_ones_are_left_out(app):
    with read() as session:
        assert list(store.taxa_for(session, ["manis", "gnu", "cetacea"])) == ["manis", "cetacea"]
        assert store.taxa_for(session, []) == {}


def test_an_ad_is_assessed_in_plain_values(app):
    with read() as session:
        judgement = store.assess(session, "1v0ry bangle and an elephant tusk, no toy", "part")
    assert next(iter(judgement.taxa)) == "loxodonta-africana"
    assert judgement.appendices == ("I", "II")
    assert {reason.against for reason in judgement.reasons} == {True, False}
    assert judgement.matches[0] == {"start": 0, "end": 5, "text": "1v0ry", "term": "ivory", "masked": True, "kind": "trade",
                               "language": "en", "taxa": ["loxodonta-africana", "loxodonta-cyclotis", "elephas-maximus"]}  # fmt: skip
    json.dumps(judgement.matches)


def test_a_word_of_several_languages_is_of_the_one_the_ad_is_in(app):
    with read() as session:
        for ad, language in (
            ("tigre, piel y colmillo, vendo", "es"),
            ("peau de tigre, à vendre, griffe", "fr"),
            ("虎皮 出售", "zh"),
        ):
            marked = store.assess(session, ad, "part").matches
            assert {match["language"] for match in marked} == {language}, marked


def test_what_an_ad_says_of_itself_comes_with_its_assessment(app):
    with read() as session:
        judgement = store.assess(session, "Wanted: 3 elephant tusks, 2 kg, with CITES papers", "part")
    assert judgement.context.signals() == {
        "product": 1.0, "wanted": 1.0, "claims_papers": 1.0, "claims_cites": 1.0, "quantity": 3.0, "grams": 2000.0,
    }  # fmt: skip
    assert judgement.reasons[-len(judgement.context.reasons()) :] == judgement.context.reasons()
    assert "Wanted" not in {match["text"] for match in judgement.matches if match["kind"] == "trade"}


def test_what_the_spotter_names_comes_first_even_when_the_words_say_nothing(app):
    with read() as session:
        silent, named = (store.assess(session, "nice thing", "live", taxon_id=taxon) for taxon in (None, "manis"))
        unknown = store.assess(session, "nice thing", "live", taxon_id="gnu")
    assert (silent.score, silent.taxa, silent.appendices) == (0, {}, ())
    assert (list(named.taxa), named.appendices) == (["manis"], ("I",))
    assert named.score > 0.3
    assert unknown == silent


def test_the_vocabulary_is_small_plain_and_keeps_its_version_while_nothing_changes(app, monkeypatch):
    with read() as session:
        document = vocabulary.vocabulary(session)
        sent = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        assert len(sent) < 3_000_000  # words in 24 languages, names in 42, of 890 taxa
        elephant = next(taxon for taxon in document["taxa"] if taxon["id"] == "loxodonta-africana")
        assert {"language": "zh", "text": "非洲象"} in elephant["names"]
        assert "mammoth" in elephant["look_alikes"]
        assert elephant["listings"][0]["effective_from"] == "1990-01-18"
        assert {"text": "象牙", "language": "zh", "kind": "trade"}.items() <= next(
            term.items() for term in document["terms"] if term["text"] == "象牙"
        )
        searched = [(text, row.get("kind", "taxon")) for row in document["words"] for text in row["texts"]]
        assert {("Elfenbein*", "trade"), ("象牙", "trade"), ("dress", "against"), ("pangolin", "taxon")} <= set(
            searched
        )
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now.replace(year=2030))
        assert vocabulary.vocabulary(session)["version"] == document["version"], "no listing begins or ends until then"
        monkeypatch.setattr(clock, "now", lambda: now.replace(year=2020))
        assert vocabulary.vocabulary(session)["version"] != document["version"], "less was listed then"


def test_an_export_is_taken_in_with_split_listings_split_and_no_population_invented(app, export):
    result = run(app, "import", export())
    assert (result.exit_code, "5 taxa" in result.output) == (0, True), result.output
    with read() as session:
        assert rows(session, "cites-2477") == [("I", None), ("II", None)]
        assert rows(session, "cites-9001") == []  # NC: not covered
        assert rows(session, "cites-9002") == [("II", None)]
        listing = store.taxa_for(session, ["cites-2477"])["cites-2477"]["listings"][0]
        assert listing["annotation"] == "Except the species in Appendix I. Zero quota for L. canadensis."
        assert (listing["effective_from"], listing["in_force_by"]) == (None, date(2017, 4, 21))
        bird = store.taxa_for(session, ["cites-3734"])["cites-3734"]
        assert (bird["common_name"], bird["group"]) == ("Emerald-chinned Hummingbird", "bird")
        assert {"language": "fr", "text": "Colibri d'Abeillé"} in bird["names"]
        assert store.taxa_for(session, ["cites-9002"])["cites-9002"]["group"] == "plant"


def test_an_export_never_touches_what_the_lexicon_knows_better(app, export):
    with read() as session:
        before = vocabulary.vocabulary(session)
    run(app, "import", export())
    with read() as session:
        assert vocabulary.vocabulary(session) == before
        assert rows(session, "aonyx-cinerea") == [("I", "all")]
        assert not store.taxa_for(session, ["cites-5107"])
        assert store.assess(session, "Emerald-chinned Hummingbird", "live").taxa == {}


REMEMBERED = f"""{HEAD}
71,Plantae,,Rhodiola,II,,#2,,,
72,Animalia,Reptilia,Kinosternon cora,II,,,,,
73,Animalia,Mammalia,Giraffa camelopardalis,II,,,,,
"""


def test_an_export_confirms_what_was_from_memory_and_says_where_it_differs(app, export):
    with read() as session:
        before = store.taxa_for(session, ["rhodiola"])["rhodiola"]
    assert [row["confirmed"] for row in before["listings"] if row["source"] == "CITES"] == [False]
    result = run(app, "import", export(REMEMBERED, "list_2026-11-01.csv"))
    assert "Kinosternon cora: this export lists II, and the lexicon otherwise." in result.output, result.output
    assert "Rhodiola" not in result.output and "Giraffa" not in result.output
    with read() as session:
        rhodiola, turtle = store.taxa_for(session, ["rhodiola", "kinosternon-cora"]).values()
    (listing,) = [row for row in rhodiola["listings"] if row["source"] == "CITES"]
    assert (listing["confirmed"], listing["checked"]) == (True, "read")
    assert "2026-11-01" in listing["citations"][-1]["name"]
    assert turtle["export"] == {"as_of": date(2026, 11, 1), "appendices": ["II"], "agrees": False}
    # A version of the lexicon that comes later is compared with the same export; a newer export speaks in its place.
    with write() as session:
        session.get(Import, "lexicon").sha256 = "of another version"
    run(app, "lexicon")
    with read() as session:
        assert store.differing(session)[0]["id"] == "kinosternon-cora"
    result = run(app, "import", export(REMEMBERED.replace("cora,II", "cora,I"), "list_2026-11-02.csv"))
    assert "otherwise" not in result.output
    with read() as session:
        assert store.differing(session) == []


def test_a_case_keeps_its_species_when_the_lexicon_learns_what_an_export_knew(app, people, report_json, export):
    case_id, grey = flag(people, report_json()), "psittacus-erithacus"
    with write() as session:  # as it was before the lexicon had the grey parrot
        taking_in.forget(session, [grey])
        for table in (CaseTaxon, Report):
            session.execute(update(table).where(table.taxon_id == grey).values(taxon_id="cites-77"))
        session.get(Import, "lexicon").sha256 = "of an earlier version"
    with write() as session:
        species_plus.take_in(session, export_file.read(export(PARROT), date(2026, 11, 1)))
    with read() as session:
        assert [taxon["id"] for taxon in identity.taxa(session, [case_id])[case_id]] == ["cites-77"]
    run(app, "lexicon")
    with read() as session:
        assert [taxon["id"] for taxon in identity.taxa(session, [case_id])[case_id]] == [grey]
        assert set(session.scalars(select(Report.taxon_id))) <= {grey, None}


PARROT = f"{HEAD}\n77,Animalia,Aves,Psittacus erithacus,I,,,Grey Parrot,,\n"


def test_a_taxon_of_several_rows_is_taken_in_once(app, export):
    doubled = EXPORT + "3734,Animalia,Aves,Abeillia abeillei,I,Appendix I:Mexico,,Abeille,,\n"
    assert "5 taxa" in run(app, "import", export(doubled)).output
    with read() as session:
        assert rows(session, "cites-3734") == [("I", None), ("II", None)]


def test_two_imports_at_once_follow_each_other(app, export):
    lines = EXPORT.strip().split("\n")
    files = [
        export("\n".join(lines), "whole_2017-04-21.csv"),
        export("\n".join(lines), "copy_2017-04-21.csv"),
        export("\n".join(lines[:4]), "part_2017-04-21.csv"),
    ]

    def take_in(file):  # not by the command: threads would share its output
        with app.app_context(), write() as session:
            return species_plus.take_in(session, export_file.read(file, date(2017, 4, 21)))

    with ThreadPoolExecutor(len(files)) as pool:
        results = list(pool.map(take_in, files))
    assert results.count(None) == 1, "the copy was there already"
    with read() as session:
        assert session.scalar(select(func.count()).where(Taxon.origin == Origin.SPECIES_PLUS)) == 5
        assert rows(session, "cites-2477") == [("I", None), ("II", None)]


def test_the_same_file_twice_changes_nothing(app, export):
    path = export()
    run(app, "import", path)
    with read() as session:
        before = counts(session)
    result = run(app, "import", path)
    assert (result.exit_code, "already" in result.output) == (0, True)
    with read() as session:
        assert counts(session) == before


def test_an_export_in_two_parts_is_one_and_a_newer_one_takes_its_place(app, export):
    lines = EXPORT.strip().split("\n")
    run(app, "import", export("\n".join(lines[:3]), "part_1_2017-04-21.csv"))
    run(app, "import", export("\n".join([HEAD, *lines[3:]]), "part_2_2017-04-21.csv"))
    run(app, "import", export("\n".join([HEAD, lines[2].replace(",I,", ",II,")]), "list_2023-02-23.csv"))
    with read() as session:
        assert session.scalar(select(func.count()).where(Taxon.origin == Origin.SPECIES_PLUS)) == 5
        assert rows(session, "cites-5110") == [("II", None)]


def test_an_older_export_is_refused(app, export):
    run(app, "import", export(name="list_2023-02-23.csv"))
    result = run(app, "import", export(name="list_2017-04-21.csv"))
    assert result.exit_code == 1
    assert "newer" in result.output


def test_a_day_to_come_is_refused_for_every_later_export_would_be_older(app, export):
    result = run(app, "import", export(name="animals.csv"), "--date", "2107-04-21")
    assert result.exit_code == 1 and "2107-04-21 is in the future" in result.output
    assert run(app, "import", export(name="animals.csv"), "--date", "2017-04-21").exit_code == 0


def test_the_date_comes_from_the_name_or_is_asked_for(app, export):
    result = run(app, "import", export(name="animals.csv"))
    assert (result.exit_code, "--date" in result.output) == (1, True)
    assert run(app, "import", export(name="animals.csv"), "--date", "2017-04-21").exit_code == 0


def test_a_compressed_export_reads_alike(export):
    plain = export_file.read(export(), date(2017, 4, 21))
    packed = export_file.read(export(name="x_2017-04-21.csv.gz"), date(2017, 4, 21))
    assert plain == packed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Name,Listing\nx,II\n", "columns are missing: TaxonId"),
        (f"{HEAD}\nx,Animalia,Aves,Corvus,II,,,,,\n", "line 2: TaxonId “x”"),
        (f"{HEAD}\n1,Animalia,Aves,,II,,,,,\n", "line 2: FullName is missing"),
        (f"{HEAD}\n1,Animalia,Aves,Corvus,IV,,,,,\n", "line 2: CurrentListing “IV”"),
        ("", "columns are missing"),
    ],
)
def test_a_file_that_is_no_export_is_refused_and_leaves_nothing_behind(app, export, text, says):
    result = run(app, "import", export(text))
    assert (result.exit_code, says in result.output) == (1, True), result.output
    with read() as session:
        assert session.scalar(select(func.count()).where(Taxon.origin == Origin.SPECIES_PLUS)) == 0


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x1f\x8b not gzip"])
def test_bytes_that_are_no_text_are_refused(tmp_path, data):
    path = tmp_path / ("x.csv" if data[0] == 0xFF else "x.csv.gz")
    path.write_bytes(data)
    with pytest.raises(Refused):
        export_file.read(path, date(2017, 4, 21))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzip.compress(EXPORT.encode())[:20] + b"\xff" * 30 + gzip.compress(EXPORT.encode())[50:], "damaged.csv.gz"),
        (gzip.compress(EXPORT.encode())[:-12], "torn.csv.gz"),
        (f"{EXPORT}5108,Animalia,Mammalia,Aonyx,II,{'x' * 131_073},,,,\n".encode(), "long.csv"),
        (f"{'x' * 131_073}\n".encode(), "long_head.csv"),
        (f'{EXPORT}5108,Animalia,"Mammalia\n'.encode(), "open.csv"),
    ],
)
def test_a_damaged_file_is_refused_in_one_clear_line(app, tmp_path, data, name):
    (tmp_path / f"2017-04-21_{name}").write_bytes(data)
    result = run(app, "import", tmp_path / f"2017-04-21_{name}")
    assert (result.exit_code, result.output.count("\n"), "\nError: " in result.output) == (1, 2, True), result.output


def test_a_file_that_is_not_there_is_one_clear_line(app, tmp_path):
    result = run(app, "import", tmp_path / "list_2017-04-21.csv")
    assert (result.exit_code, result.output.count("\n")) == (1, 2)


@needs(REAL)
def test_the_real_export_of_2017_is_taken_in_whole(app):
    with write() as session:
        counted = species_plus.take_in(session, export_file.read(REAL / "animals.csv", date(2017, 4, 21)))
    assert counted["taxa"] + counted["left to the lexicon"] == 6972
    with read() as session:
        split = store.taxa_for(session, ["cites-2477"])["cites-2477"]
        assert [(entry["appendix"], entry["population"]) for entry in split["listings"]] == [("I", None), ("II", None)]
