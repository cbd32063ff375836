"""Exports of Species+ as they reach us: saved again by spreadsheets, doubled, torn, hybrid, deleted; and what they confirm."""

import codecs
import gzip
from datetime import date

import pytest

from server.core.words import Refused
from server.ledger.species import comparing, export_file
from server.ledger.species.comparing import ExportSays

DAY = date(2026, 11, 1)
HEAD = "TaxonId,Kingdom,Class,RankName,FullName,CurrentListing,AnnotationEnglish,#AnnotationSymbol,EnglishNames,SpanishNames,FrenchNames"
ROW = "3734,Animalia,Aves,SPECIES,Abeillia abeillei,II,,,Emerald-chinned Hummingbird,Colibrí barbiesmeralda,Colibri d'Abeillé"


@pytest.fixture
def read(tmp_path):
    """What is read of some bytes."""

    def written(data, name="export.csv"):
        (tmp_path / name).write_bytes(data)
        return export_file.read(tmp_path / name, DAY)

    return written


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n{ROW}\n".encode(),
        codecs.BOM_UTF8 + f"{HEAD}\r\n{ROW}\r\n".encode(),
        f"{HEAD}\n{ROW}\n".encode("utf-16"),
        f"{HEAD}\n{ROW}\n".replace(",", ";").encode(),
        f"{HEAD}\n{ROW}\n".replace(",", "\t").encode(),
        f"{HEAD}\n\n,,,,,,,,,,\n{ROW}".encode(),
        f"{HEAD.replace('TaxonId', ' Taxon ID ').replace('FullName', 'full_name')}\n{ROW}\n".encode(),
        f"{HEAD}\n{ROW}\n".replace("Abeillia abeillei", " <i>Abeillia</i>\u00a0 abeillei ").encode(),
        f"{HEAD},More\n{ROW},of no use\n".encode(),
    ],
)
def test_one_row_however_a_spreadsheet_saved_it(read, data):
    (row,) = read(data).rows()
    assert (row["TaxonId"], row["FullName"], row["CurrentListing"]) == ("3734", "Abeillia abeillei", "II")
    assert (row["SpanishNames"], row["FrenchNames"]) == ("Colibrí barbiesmeralda", "Colibri d'Abeillé")


@pytest.mark.parametrize(
    ("said", "appendices"),
    [
        ("I", ("I",)),
        ("I/II/NC", ("I", "II")),
        (" i / ii ", ("I", "II")),
        ("Appendix II", ("II",)),
        ("III/NC", ("III",)),
        ("NC", ()),
        ("", ()),
    ],
)
def test_a_listing_that_was_deleted_or_split(read, said, appendices):
    (row,) = read(f"{HEAD}\n{ROW.replace(',II,', f',{said},')}\n".encode()).rows()
    assert export_file.appendices(row["CurrentListing"]) == appendices


def test_rows_of_one_id_are_one_and_say_what_all_of_them_say(read):
    again = (
        ROW.replace(",II,", ",I/NC,")
        .replace("Emerald-chinned Hummingbird", "Abeillia")
        .replace(",,,A", ",Mexico only.,,A")
    )
    export = read(f"{HEAD}\n{ROW}\n{again}\n{ROW.replace('3734', '9')}\n".encode())
    assert (export.count, export.repeated) == (3, {"3734"})
    row = export_file.merged(row for row in export.rows() if row["TaxonId"] == "3734")
    assert (row["CurrentListing"], row["EnglishNames"]) == ("I/II/NC", "Emerald-chinned Hummingbird, Abeillia")
    assert row["AnnotationEnglish"] == "Mexico only."


def test_hybrids_and_populations_keep_their_names(read):
    rows = [
        ROW.replace("Abeillia abeillei", "Falco rusticolus × Falco peregrinus"),
        ROW.replace("3734", "8").replace("Abeillia abeillei", "Ursus arctos isabellinus"),
    ]
    names = [row["FullName"] for row in read(f"{HEAD}\n{rows[0]}\n{rows[1]}\n".encode()).rows()]
    assert names == ["Falco rusticolus × Falco peregrinus", "Ursus arctos isabellinus"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Name,Listing\nx,II\n", ["columns are missing: TaxonId, FullName, CurrentListing"]),
        (b"", ["columns are missing"]),
        (f"{HEAD}\n".encode(), ["no taxon in this file"]),
        (f"{HEAD}\n{ROW}\n{ROW.replace('3734', 'x7')}\n".encode(), ["line 3: TaxonId “x7” is not a number"]),
        (f"{HEAD}\n{ROW.replace('3734', '٣')}\n".encode(), ["line 2: TaxonId “٣” is not a number"]),
        (f"{HEAD}\n{ROW.replace(',II,', ',IV,')}\n".encode(), ["line 2: CurrentListing “IV” is unknown"]),
        (f"{HEAD}\n3734,Animalia,Aves\n".encode(), ["line 2: there are 3 of 11 columns"]),
        (f"{HEAD}\n{ROW.replace('Abeillia abeillei', ' ')}\n".encode(), ["line 2: FullName is missing"]),
        ("\n".join([HEAD, *[ROW.replace("3734", "x")] * 13]).encode(), ["line 2:", "line 11:", "and 3 more"]),
        (f"{HEAD}\n{ROW}\n".encode("cp1252"), ["not a CSV file in UTF-8", "CSV UTF-8"]),
        (b"\xff\xfe\x00", ["UTF-8"]),
    ],
)
def test_each_row_that_is_wrong_is_named_with_its_line(read, data, says):
    with pytest.raises(Refused) as refused:
        read(data)
    assert not [each for each in says if each not in str(refused.value.detail)], refused.value.detail


def test_a_file_that_unpacks_to_no_end_is_refused(read, monkeypatch):
    monkeypatch.setattr(export_file, "MAX_BYTES", 1 << 20)
    with pytest.raises(Refused, match="larger than 1 MB"):
        read(gzip.compress(f"{HEAD}\n".encode() + b" " * (3 << 20)), "export.csv.gz")


def listing(appendix, confirmed, start=None, until=None, source="CITES"):
    return {
        "source": source, "appendix": appendix, "confirmed": confirmed, "checked": "read" if confirmed else "memory",
        "effective_from": start, "until": until, "citations": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rank", "listings", "said", "agrees"),
    [
        ("species", [("II", False)], {"II"}, True),
        ("species", [("II", False)], {"I"}, False),
        ("species", [("II", False)], {"I", "II"}, False),
        ("species", [("I", True), ("II", False)], {"I", "II"}, True),
        ("species", [("II", False)], set(), False),
        ("species", [], set(), True),
        ("species", [], {"II"}, False),
        ("genus", [("II", False)], {"I", "II"}, True),  # its members in I are listed by themselves
        ("genus", [("II", False)], {"II"}, True),
        ("genus", [("II", False)], {"I"}, False),
        ("family", [("II", False)], set(), False),
        ("several", [("III", False)], {"II"}, False),
        ("species", [("II", False, date(2027, 6, 5))], set(), True),  # not yet
        ("species", [("II", False, None, date(2023, 2, 22)), ("I", False, date(2023, 2, 23))], {"I"}, True),
    ],
)
def test_an_export_confirms_what_was_from_memory_or_says_that_it_differs(rank, listings, said, agrees):
    rows, agreed = comparing.compared([listing(*row) for row in listings], rank, ExportSays(frozenset(said), DAY))
    assert agreed is agrees
    for before, after in zip(listings, rows, strict=True):
        then = (len(before) < 3 or (before[2] or DAY) <= DAY) and (len(before) < 4 or before[3] >= DAY)
        assert after["confirmed"] is (before[1] or (agrees and then))
        if after["confirmed"] and not before[1]:
            assert after["checked"] == "read" and "2026-11-01" in after["citations"][-1]["name"]


def test_an_export_says_nothing_of_annexes_and_national_lists():
    rows, _ = comparing.compared([listing("A", False, source="EU")], "species", ExportSays(frozenset({"I"}), DAY))
    assert not rows[0]["confirmed"]


def test_the_newest_export_speaks_for_all_names_of_a_taxon():
    older = ExportSays(frozenset({"II"}), date(2017, 4, 21))
    exported = {
        "smutsia gigantea": ExportSays(frozenset({"I"}), DAY),
        "manis": ExportSays(frozenset({"I", "II"}), DAY),
        "phataginus": older,
    }
    said = comparing.of_names(["Smutsia  gigantea", "Manis", "Phataginus"], exported)
    assert said == ExportSays(frozenset({"I", "II"}), DAY)
    assert comparing.of_names(["Phataginus"], exported) == older
    assert comparing.of_names(["Panthera leo"], exported) is None
