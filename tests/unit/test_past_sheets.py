"""Sheets of earlier years: encodings, separators, columns by their names, days that are never guessed, words of outcomes."""

from collections import deque
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from server.core import spreadsheets
from server.core.words import Refused
from server.ledger.past import columns, dates, rows, sheet
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder, DatesProblem
from server.ledger.past.states import PastOutcome
from tests.workbooks import part, saved, with_part, workbook

MAPPING = {column.value: place for place, column in enumerate(Column)}  # url date outcome title platform species group
DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
TEXT = "Année;Lien\n2021;https://mercado.test/é\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_is_read_whatever_wrote_it(encoding):
    expected = [(1, ["Année", "Lien"]), (2, ["2021", "https://mercado.test/é"])]
    assert list(sheet.rows(TEXT.encode(encoding))) == expected
    declared = f"sep=;\r\n{TEXT}".encode(encoding)
    assert list(sheet.rows(declared)) == [(number + 1, cells) for number, cells in expected]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_though_cells_hold_others(separator):
    quoted = '"Ivory, old; carved | set"'
    text = f"date{separator}url{separator}title\n2021{separator}a.test{separator}{quoted}\n"
    assert list(sheet.rows(text.encode()))[1] == (2, ["2021", "a.test", quoted.strip('"')])


def test_rows_have_the_numbers_of_the_spreadsheet():
    text = 'date,url\n2021,a.test\n,\n\n2021,"b\n.test"\n2022,c.test'
    assert [number for number, _ in sheet.rows(text.encode())] == [1, 2, 5, 6]


def test_of_a_row_200_cells_are_read():
    assert [len(cells) for _, cells in sheet.rows(",".join(["x"] * 201).encode())] == [200]


def test_the_separator_is_found_though_rows_have_notes_behind_their_cells():
    text = "date;url\n" + "2021;a.test;seen, kept, and sold\n" * 3 + "2022;b.test\n"
    assert [cells[:2] for _, cells in sheet.rows(text.encode())][-1] == ["2022", "b.test"]


def test_two_columns_are_enough_though_their_names_have_commas():
    text = "link, address, or both;date\n" + "a.test;2021\n" * 3
    assert [len(cells) for _, cells in sheet.rows(text.encode())] == [2, 2, 2, 2]


def test_the_header_says_how_many_columns_there_are():
    text = "date;url\n2021;a.test\n2022;b.test;seen, kept, sold, and gone\n"
    assert next(cells for _, cells in sheet.rows(text.encode())) == ["date", "url"]


@pytest.mark.parametrize(
    ("data", "last"),
    [
        (b"date,title\n2021,caf\xc3\xa9\n", "café"),
        (b"date,title\n2021,caf\xe9", "café"),  # no end of UTF-8: it is what Windows writes
        (b"date,title\n" + b"2021,a\n" * 142_854 + b"2021,  caf\xe9", "café"),  # just a million bytes
        (b"date,title\n" + b"2021,a\n" * 200_000 + "2021,café\n".encode(), "café"),
        (b"date,title\n" + b"2021,a\n" * 142_855 + b"2" + "2021,café\n".encode() * 5, "café"),
    ],
)
def test_letters_are_read_wherever_they_stand_in_a_file(data, last):
    assert deque(sheet.rows(data), maxlen=1)[0][1][1] == last


def test_a_row_that_cannot_be_read_stands_alone():
    text = f"date,url\n2021,{'a' * 140_000}\n2022,b.test\n"
    assert list(sheet.rows(text.encode()))[1:] == [(2, None), (3, ["2022", "b.test"])]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('"a" b', [(2, None), (3, ["2022", "b.test", "c"]), (4, ["2023", "c.test", "d"])]),  # a line of its own
        ('"a', [(2, [])]),  # open until the file ends
        ('"a\n2022,b.test,"c"', [(2, [])]),  # open until another mark
        ('"' + "a" * 70_000 + "\n" + "a" * 70_000, [(2, [])]),  # open for longer than a cell may be
        ('"a\nb"', [(2, ["2021", "a.test", "a\nb"]), (3, ["2022", "b.test", "c"]), (4, ["2023", "c.test", "d"])]),
        ('6" tusk', [(2, ["2021", "a.test", '6" tusk']), (3, ["2022", "b.test", "c"]), (4, ["2023", "c.test", "d"])]),
    ],
)
def test_a_quotation_mark_out_of_place_loses_no_row_in_silence(title, expected):
    text = f"date,url,title\n2021,a.test,{title}\n2022,b.test,c\n2023,c.test,d\n"
    assert list(sheet.rows(text.encode()))[1:] == expected


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8\x00\x00", b"\x81\x8d,\x9d\n"])
def test_what_is_no_text_is_refused_with_what_to_do(data):
    with pytest.raises(Refused, match="CSV UTF-8"):
        list(sheet.rows(data))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("URL,Date,Outcome,Title,Platform,Species,Group", MAPPING),
        ("Date du signalement,Lien de l'annonce,Espèce,Résultat,Bénévole,Année", {"date": 0, "url": 1, "species": 2, "outcome": 3}),
        ("Fecha,Enlace,Título,Estado,Sitio web", {"date": 0, "url": 1, "title": 2, "outcome": 3, "platform": 4}),
        ("التاريخ,الرابط,النتيجة,المنصة", {"date": 0, "url": 1, "outcome": 2, "platform": 3}),
        ("日期,链接,结果,物种", {"date": 0, "url": 1, "outcome": 2, "species": 3}),
        ("No,Volunteer,listing_url,YEAR", {"url": 2, "date": 3}),
        ("Link,Link to screenshot,Date found (UTC)", {"url": 0, "date": 2}),
        ("Name,Remarks", {}),
        ("Link,URL,Date", {"url": 0, "date": 2}),  # of two names the first
        ("Link to screenshot,Link", {"url": 1}),  # its very name before one with more words
        ("Your link,My link", {"url": 0}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_names_in_every_language(header, expected):
    assert {column.value: place for column, place in columns.guess(header.split(",")).items()} == expected


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["24/11/2021", "03/04/2021"], DAY),
        (["11/24/2021", "03/04/2021"], MONTH),
        (["03/04/2021", "05.06.21"], DatesProblem.AMBIGUOUS),
        (["24/11/2021", "11/24/2021"], DatesProblem.MIXED),
        (["05/05/2021", "2021-03-04", "2021", "nonsense", ""], DAY),
        (["12/13/2021"], MONTH),
        (["13/12/2021"], DAY),
        (["12/12/2021"], DAY),
        (["12/11/2021"], DatesProblem.AMBIGUOUS),
        (["11/12/2021"], DatesProblem.AMBIGUOUS),
    ],
)
def test_how_days_are_written_is_seen_or_asked_never_guessed(texts, order):
    assert dates.order(texts) == order


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("2021-03-04", MONTH, (2021, date(2021, 3, 4))),
        ("2021/3/4", DAY, (2021, date(2021, 3, 4))),
        ("20210304", DAY, (2021, date(2021, 3, 4))),
        ("2021-03-04T10:00:00Z", DAY, (2021, date(2021, 3, 4))),
        ("03/04/2021", DAY, (2021, date(2021, 4, 3))),
        ("03/04/2021", MONTH, (2021, date(2021, 3, 4))),
        ("3.4.21 12:30", DAY, (2021, date(2021, 4, 3))),
        ("2021", DAY, (2021, None)),
        ("2021-03", DAY, (2021, None)),
        ("1990", DAY, (1990, None)),
    ],
)
def test_days_and_years(text, written, expected):
    assert dates.read(text, written) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "31/02/2021", "24/11/2021x", "1989", "0021-01-01", "2021-13-01", "13", "3/4"]
)
def test_what_is_no_day(text):
    with pytest.raises(ValueError):
        dates.read(text, DAY)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Removed", "removed"), ("TAKEN DOWN", "removed"), ("Supprimée", "removed"), ("已下架", "removed"), ("أزيل", "removed"),
        ("no_answer", "no_answer"), ("Sin respuesta", "no_answer"), ("déjà retirée", "gone_before"), ("", "unknown"),
        ("-", "unknown"), ("faux positif", "dismissed"), ("not violating", "kept"), ("hidden", "restricted"),
    ],
)  # fmt: skip
def test_outcomes_in_the_words_of_people(words, outcome):
    assert columns.outcome(words) == PastOutcome(outcome)


def test_every_outcome_and_group_has_words_and_none_says_two():
    said = [sheet.folded(word) for words in columns._OUTCOMES.values() for word in words]
    assert len(said) == len(set(said))
    grouped = [sheet.folded(word) for words in columns.GROUPS.values() for word in words]
    assert len(grouped) == len(set(grouped)) and columns.group("Oiseaux") == "bird" and columns.group("rocks") is None
    assert columns.outcome("abducted by aliens") is None


GOOD = ["https://mercado.test/itm/1", "2021-03-04", "removed", "Parrot", "Mercado", "Psittacus", "bird"]


def read(**cells):
    values = [cells.get(column.value, GOOD[place]) for place, column in enumerate(Column)]
    return rows.read(7, values, MAPPING, DAY, date(2026, 11, 24), {"mercado": "mercado"})


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"url": ""}, "no_address"), ({"title": "#REF!"}, "error"), ({"url": "the blue site"}, "address"), ({"url": "ftp://a.test"}, "address"),
        ({"date": ""}, "no_date"), ({"date": "soon"}, "date"), ({"date": "25/11/2026"}, "future"), ({"date": "2027"}, "future"),
        ({"outcome": "maybe"}, "outcome"), ({"platform": "Mercury"}, "platform"), ({"group": "rocks"}, "group"),
        ({"title": "x" * 1001}, "too_long"), ({"species": "x" * 201}, "too_long"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(cells, problem):
    with pytest.raises(rows.Wrong) as wrong:
        read(**cells)
    assert wrong.value.problem == problem and wrong.value.shown in next(iter(cells.values()))


def test_a_year_alone_is_of_the_future_until_its_first_day():
    values = [GOOD[0], "2026"]
    assert rows.read(7, values, MAPPING, DAY, date(2026, 1, 1), {}).year == 2026
    with pytest.raises(rows.Wrong, match="future"):
        rows.read(7, values, MAPPING, DAY, date(2025, 12, 31), {})


def test_what_a_row_says():
    row = read(title="x" * 1000, species="x" * 200, date="24/11/2026")
    assert (row.number, row.year, row.day, row.outcome, row.group) == (7, 2026, date(2026, 11, 24), "removed", "bird")
    assert read(url="mercado.test/itm/1").address.href == "https://mercado.test/itm/1"
    assert read(date="2026").day is None and rows.statement(read(date="2021")) == "2021:removed"
    assert rows.statement(read()) == "2021-03-04:removed"
    with pytest.raises(rows.Wrong, match="unreadable"):
        rows.read(7, None, MAPPING, DAY, date(2026, 11, 24), {})
    short = rows.read(7, GOOD[:2], MAPPING, DAY, date(2026, 11, 24), {})
    assert short.outcome == PastOutcome.UNKNOWN and short.title is None and short.group is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\n" * 600_000, r"250.?000 rows"),
        (b"\r" * 600_000, r"250.?000 rows"),
        (b"url,date\n" + b",\n" * 300_000, r"250.?000 rows"),
        (b"url,date\n" + b"a.test/1,2018\n" * 250_001, r"250.?000 rows"),
        (b"a," * 600_000, "Line 1 is longer"),
        (b'url,date\n"' + b"a" * 1_000_001, "Line 2 is longer"),
        ("🐘,".encode() * 600_000, "Line 1 is longer"),
        (b"\0" * 2_000_002, "Line 1 is longer"),
        (b'"' * 1_100_000, "Line 1 is longer"),
    ],
)
def test_what_is_more_than_a_sheet_is_refused_before_it_is_unpacked(data, why):
    with pytest.raises(Refused, match=why):
        list(sheet.rows(data, sheet.MOST_ROWS))


def test_a_line_of_a_million_characters_is_read():
    assert next(sheet.rows(b"a," * 499_999 + b"a\n")) == (1, ["a"] * 200)


def test_a_sheet_of_full_size_is_read_to_its_end():
    data = b"url,date\n" + b"a.test/1,2018\n" * sheet.MOST_ROWS
    assert sum(1 for _ in sheet.rows(data, sheet.MOST_ROWS)) == sheet.MOST_ROWS + 1


XML = "xl/worksheets/sheet1.xml"
MOST = 20 * 2**20


def of_workbook(data):
    return list(sheet.rows(sheet.as_text(data, MOST), sheet.MOST_ROWS))


def test_a_workbook_is_read_as_its_csv_would_be():
    data = workbook([
        ["Date", "Link, address", "n", "Remarks"], [],
        [date(2021, 4, 3), "https://a.test/1", 2021.0, "two\nlines\tand “quotes\""],
        [datetime(2021, 4, 3, 5, 6), "é, ü; |", 12.5, True], [time(5, 6), "", 1.5e17, "#REF!"],
    ])  # fmt: skip
    assert of_workbook(data) == [
        (1, ["Date", "Link, address", "n", "Remarks"]),
        (3, ["2021-04-03", "https://a.test/1", "2021", 'two lines and “quotes"']),
        (4, ["2021-04-03T05:06:00", "é, ü; |", "12.5", "true"]),
        (5, ["05:06:00", "", "1.5e+17", "#REF!"]),
    ]


def test_a_formula_of_a_workbook_is_its_last_value_and_merged_cells_do_no_harm():
    data = workbook([["date", "url"], ["2021", '=HYPERLINK("https://a.test")']])
    xml = part(data, XML)
    xml = (
        xml.replace(b"<v></v>", b"<v>a.test</v>")
        .replace(b"<v />", b"<v>a.test</v>")
        .replace(b'r="B2"', b'r="B2" t="str"')
    )
    xml = xml.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>')
    assert of_workbook(with_part(data, XML, xml))[1] == (2, ["2021", "a.test"])


def test_of_a_workbook_the_first_sheet_that_is_shown_is_read():
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("Survey").append(["date", "url"])
    book.create_sheet("Notes").append(["x"])
    assert of_workbook(saved(book)) == [(1, ["date", "url"])]


def instead(old, new, rows=()):
    """A workbook with something else in its sheet."""
    data = workbook([["date", "url"], *rows])
    return with_part(data, XML, part(data, XML).replace(old, new))


def repeating():
    """A text of a thousand signs that many cells name."""
    book = Workbook()
    for _ in range(300):
        book.active.append(["x" * 1000] * 100)
    return saved(book)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"\xd0\xcf\x11\xe0old", "with a password"),
        (lambda: b"PK\x03\x04rest", "cannot be read"),
        (lambda: workbook([["date", "url"]])[:-300], "cannot be read"),
        (lambda: instead(b"<sheetData>", b"<sheetData><!DOCTYPE x>"), "cannot be read"),
        (lambda: with_part(workbook([["a"]]), "xl/vbaProject.bin", b"macro"), "macros"),
        (lambda: with_part(workbook([["a"]]), "xl/media/image.xml", b"0" * 101_000_000), "too large to be read"),
        (lambda: instead(b"</sheetData>", b'<row><c r="A1"/></row>' * 900_000 + b"</sheetData>"), "too large to be read"),
        (lambda: instead(b"</sheetData>", b'<row r="999999999"><c r="A1"/></row></sheetData>'), r"250.?000 rows"),
        (repeating, "larger than 20 MB"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_hostile_or_broken_is_refused_at_the_file(make, why):
    with pytest.raises(Refused, match=why) as refused:
        sheet.as_text(make(), MOST)
    assert refused.value.kind == "invalid" and refused.value.errors["file"] == [refused.value.detail]


def test_a_cell_with_a_long_text_is_cut_before_it_is_repeated(monkeypatch):
    monkeypatch.setattr(spreadsheets, "_MOST_SIGNS", 10)
    assert of_workbook(workbook([["x" * 1000]])) == [(1, ["x" * 10])]
