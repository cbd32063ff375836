"""What is read of somebody's table, and what is refused of it."""

import io
import re
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from server.core import spreadsheets
from server.core.spreadsheets import BadCell
from server.core.words import Refused
from tests.workbooks import part, saved, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["reference", "answer"], ["N-1", "removed"]]


def cells(data):
    return [list(row) for _, row in spreadsheets.read(data).lines]


def test_a_workbook_is_read_with_the_numbers_of_its_lines():
    table = spreadsheets.read(workbook([["a", None, "b"], [], [" é \n", 12, 1.5], [True, 3.0, "x"]]))
    assert table.lines == ((1, ("a", "", "b")), (3, ("é", "12", "1.5")), (4, ("true", "3", "x")))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("=1+1", "formula"), ('=HYPERLINK("http://evil.example","x")', "formula"), (date(2026, 3, 4), "date"),
        (datetime(2026, 3, 4, 5), "date"), (123456789012345678, "long number"), (1.2e18, "long number"),
    ],
)  # fmt: skip
def test_a_cell_without_a_text_of_its_own_says_why(value, why):
    cell = spreadsheets.read(workbook([["x", value]])).lines[0][1][1]
    assert isinstance(cell, BadCell) and why in str(cell.why)


def test_the_last_value_of_a_formula_is_not_taken():
    data = workbook([["x", "=1+1"]])
    sheet = part(data, SHEET).replace(b"<v></v>", b"<v>removed</v>").replace(b"<v />", b"<v>removed</v>")
    cell = spreadsheets.read(with_part(data, SHEET, sheet)).lines[0][1][1]
    assert isinstance(cell, BadCell)


def test_an_error_is_no_text():
    assert isinstance(spreadsheets.read(workbook([["x", "#REF!"]])).lines[0][1][1], BadCell)


def merged():
    book = load_workbook(io.BytesIO(workbook(ROWS)))
    book.active.merge_cells("A2:B3")
    return saved(book)


def far_row():
    data = workbook(ROWS)
    return with_part(data, SHEET, part(data, SHEET).replace(b'<row r="2"', b'<row r="1048576"'))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (merged, "merged cells"),
        (lambda: with_part(workbook(ROWS), "xl/vbaProject.bin", b"macro"), "macros"),
        (lambda: with_part(workbook(ROWS), "xl/media/image.xml", b"0" * 21_000_000), "unpacks"),
        (lambda: with_part(workbook(ROWS), SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part(workbook(ROWS), SHEET)), "cannot be read"),
        (lambda: with_part(workbook(ROWS), SHEET, part(workbook(ROWS), SHEET).decode().encode("utf-16")), "cannot be read"),
        (lambda: with_part(workbook(ROWS), SHEET, b"<worksheet"), "cannot be read"),
        (lambda: with_part(workbook(ROWS), "xl/workbook.xml", b"<workbook/>"), "cannot be read"),
        (lambda: workbook(ROWS)[:-300], "cannot be read"),
        (lambda: b"PK\x03\x04" + b"x" * 100, "cannot be read"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "password"),
        (lambda: workbook([["a"]] * (spreadsheets.MOST_LINES + 1)), "more than 2000 lines"),
        (far_row, "more than 2000 lines"),
        (lambda: b"a" * (spreadsheets.MOST_BYTES + 1), "larger than 1 MB"),
        (lambda: b"a,b\n" * (spreadsheets.MOST_LINES + 1), "more than 2000 lines"),
        (lambda: b'a,b\n"c,d\n', "check its quotes"),
        (lambda: b"a,b\n\x00,c", "neither a CSV"),
        (lambda: b"\xff\xfea", "neither a CSV"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_refused_in_words(make, why):
    with pytest.raises(Refused, match=why):
        spreadsheets.read(make())


def repeated(name, before, tag, number):
    data = workbook(ROWS)
    return with_part(data, name, part(data, name).replace(before, before + tag * number, 1))


@pytest.mark.parametrize(
    ("name", "before", "tag"),
    [
        (SHEET, b"<sheetData>", b'<row><c r="A1"/></row>'),
        ("xl/workbook.xml", b"<sheets>", b'<sheet name="S" sheetId="1" state="hidden"/>'),
        ("xl/workbook.xml", b"<bookViews>", b"<workbookView/>"),
        ("xl/styles.xml", b"<fonts>", b'<font><name val="x"/></font>'),
        ("xl/styles.xml", b"<cellXfs>", b'<x:xf numFmtId="0"/>'),
        ("[Content_Types].xml", b"<Types>", b'<Override PartName="/x"/>'),
        ("xl/_rels/workbook.xml.rels", b"<Relationships>", b'<Relationship Id="a"/>'),
    ],
)
def test_a_small_file_that_takes_long_to_read_is_not_read(name, before, tag, monkeypatch):
    """A few kilobytes whose elements would keep the library busy for half a minute, on the thread that serves pages."""
    monkeypatch.setattr(spreadsheets, "load_workbook", lambda *_, **__: pytest.fail("it was given to the library"))
    head = before.rstrip(b">")
    data = workbook(ROWS)
    here = next(each for each in re.findall(rb"<[^>]*>", part(data, name)) if each.startswith(head))
    with pytest.raises(Refused, match="unpacks"):
        spreadsheets.read(repeated(name, here, tag, 170_000))


def test_a_full_table_with_many_formats_is_read():
    full = [["N-1", *("some words",) * 19]] * spreadsheets.MOST_LINES
    data = workbook(full)
    name = "xl/styles.xml"
    assert len(spreadsheets.read(data).lines) == spreadsheets.MOST_LINES
    styles = part(data, name).replace(
        b"</cellXfs>", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 2_000 + b"</cellXfs>"
    )
    assert len(spreadsheets.read(with_part(data, name, styles)).lines) == spreadsheets.MOST_LINES


def moved(name, change=lambda sheet: sheet):
    """The workbook with its sheet under another name, which its relations and types know."""
    data = workbook(ROWS)
    for each in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        data = with_part(data, each, part(data, each).replace(b"worksheets/sheet1.xml", name.encode()))
    return with_part(data, f"xl/{name}", change(part(data, SHEET)))


@pytest.mark.parametrize("name", ["worksheets/sheet1.dat", "media/image1.png", "SHEET1"])
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda sheet: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + sheet, "cannot be read"),
        (lambda sheet: b"\xef\xbb\xbf \n<!DOCTYPE x [<!ENTITY a 'b'>]>" + sheet, "cannot be read"),
        (lambda sheet: sheet.decode().encode("utf-16"), "cannot be read"),
        (lambda sheet: sheet.decode().encode("utf-16-be"), "cannot be read"),
        (lambda sheet: sheet.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
         "merged cells"),
    ],
)  # fmt: skip
def test_a_part_is_looked_at_whatever_it_is_called(name, change, why, monkeypatch):
    assert cells(moved(name))[1] == ["N-1", "removed"], "the library follows the relation, not the name"
    monkeypatch.setattr(spreadsheets, "load_workbook", lambda *_, **__: pytest.fail("it was given to the library"))
    with pytest.raises(Refused, match=why):
        spreadsheets.read(moved(name, change))


def test_pictures_and_settings_of_a_printer_are_no_xml_and_stay():
    data = with_part(workbook(ROWS), "xl/media/image1.png", b"\x89PNG\r\n\x1a\n\x00<!DOCTYPE")
    data = with_part(data, "xl/printerSettings/printerSettings1.bin", "HP <office>".encode("utf-16-le"))
    assert cells(data)[1] == ["N-1", "removed"]


def test_the_library_itself_refuses_a_document_type(monkeypatch):
    """A second wall, should the first have a hole: defusedxml is installed, and openpyxl uses it."""
    monkeypatch.setattr(spreadsheets, "_refuse_unfit", lambda *_: None)
    with pytest.raises(Refused, match="cannot be read"):
        spreadsheets.read(moved("sheet1.dat", lambda sheet: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + sheet))


def test_a_million_rows_are_not_unpacked():
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    many = b"".join(row % (n, n) for n in range(1, 600_000))
    data = workbook(ROWS)
    sheet = part(data, SHEET)
    start, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    bomb = with_part(data, SHEET, sheet[:start] + many + sheet[end:])
    with pytest.raises(Refused):
        spreadsheets.read(bomb)


def test_what_a_workbook_says_of_its_size_is_not_believed():
    data = workbook(ROWS)
    sheet = part(data, SHEET).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    assert cells(with_part(data, SHEET, sheet))[1][:2] == ["N-1", "removed"]


def test_links_to_other_files_are_not_followed():
    data = with_part(workbook(ROWS), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert cells(data)[1] == ["N-1", "removed"]


@pytest.mark.parametrize(
    ("encoding", "guessed"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_is_read_as_spreadsheets_write_it(encoding, guessed, sign):
    text = sign.join(["reference", "reason"]) + "\r\n" + sign.join(["N-1", '"retirée; à l’été, ""vu"""']) + "\r\n"
    table = spreadsheets.read(text.encode(encoding))
    assert table.lines == ((1, ("reference", "reason")), (2, ("N-1", 'retirée; à l’été, "vu"')))
    assert table.guessed is guessed


def test_utf_16_with_either_order_and_excels_first_line():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert cells(mark + "sep=;\na;b\n".encode(encoding)) == [["a", "b"]]


def test_what_is_written_is_no_formula_and_comes_back():
    texts = ["=1+1", "+1", "-1", "@x", "é\x0b", "'='"]
    data = spreadsheets.written(("Notices", "It's help"), [["a"] * 6, texts], [10] * 6, {0: ["x", "y, z"]}, ["=guide"])
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert cells(data)[1] == ["=1+1", "+1", "-1", "@x", "é", "'='"]
