"""Reads tables from people's spreadsheets, as XLSX or CSV, and writes tables for them. Input is treated as hostile.

Nothing in an XLSX is evaluated, followed or unpacked beyond a limit: in a table of answers a formula is refused, not replaced by
its last value. Its parts are looked at before a library opens it, so that neither a bomb nor a document type is ever parsed. A
CSV may be UTF-8, UTF-16 with its mark, or windows-1252, as Excel in French writes it, divided by commas, semicolons or tabs.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from server.core.cells import unguarded
from server.core.sentences import Sentence, sentence
from server.core.words import Refused

MOST_BYTES = 1_000_000  # of a file
MOST_PARTS = 200
MOST_LINES = 2_000
MOST_COLUMNS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_MOST_SIGNS = 32_767  # that a spreadsheet lets a cell have
_DIGITS = 15  # that a spreadsheet keeps of a number
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # marks of UTF-8 and UTF-16, the other half of a sign, white space
_FORMATS = re.compile(
    rb"<(?:\w+:)?(?:sheet|xf|font|fill|border|numFmt|definedName|workbookView|Override|Relationship)[\s/>]"
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell[\s/>]")


@dataclass(frozen=True, slots=True)
class _Limits:
    """What an honest workbook stays within, and what is said of another."""

    unpacked: int  # bytes of all its parts
    tags: int  # of all its parts
    formats: int  # and whatever else the library makes objects of before it comes to a cell
    merged: bool  # whether it may have merged cells
    beyond: Sentence


# Twenty columns of two thousand lines have fewer tags.
_ANSWERS = _Limits(
    20_000_000, 500_000, 10_000, False,
    sentence("This file unpacks to far more than a table of notices. Send that sheet alone."),
)  # fmt: skip
# Some 300,000 cells, and as many links as Excel lets a sheet have.
_SURVEY = _Limits(
    100_000_000, 2_500_000, 70_000, True,
    sentence("This workbook is too large to be read. Save the sheet alone in a new workbook, or split it."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that has no text of its own, and why."""

    why: Sentence


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: each line that is not empty with its number in the file.

    guessed: a CSV that was no UTF-8 and was read as windows-1252: somebody has to look at its accents.
    """

    lines: tuple[tuple[int, tuple[str | BadCell, ...]], ...]
    guessed: bool = False


def read(data: bytes) -> Table:
    """A table from a file, whatever it is called. Raises Refused: too-large, and invalid in words that say what to do."""
    if len(data) > MOST_BYTES:
        raise Refused("too-large", sentence("The file is larger than 1 MB. Split it."))
    if is_workbook(data):
        return _few(_xlsx(data))
    text, guessed = _text(data)
    return _few(_csv(text), guessed)


def is_workbook(data: bytes) -> bool:
    """Whether a file is an XLSX, or wants to be. Raises Refused("invalid") for an older workbook and one with a password."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        detail = sentence(
            "This is an old Excel file, or one with a password. Save it as “Excel workbook (.xlsx)” without one."
        )
        raise Refused("invalid", detail)
    return data[:2] == b"PK"


def unpacked(data: bytes) -> int:
    """How many bytes a workbook says that its parts have, of which no more are read; 0 for one that cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except Exception:  # whatever a broken archive makes the library raise: it is refused where it is read
        return 0


def as_text(data: bytes, most_columns: int) -> Iterator[list[str]]:
    """The rows of a workbook's first sheet as its program would save them for others, empty ones too, the last cells cut off.

    A formula is its last value, an error its name, a day is written 2021-04-03; a cell is one line. Raises Refused: too-large,
    and invalid in words that say what to do.
    """
    for row in _rows(data, _SURVEY, most_columns, values=True):
        yield ["" if value is None else " ".join(_plain(value)[:_MOST_SIGNS].split()) for value in row]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, int | float):
        return str(int(value)) if abs(value) < 10**_DIGITS and value == int(value) else repr(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _few(lines: Iterator[tuple[int, list[str | BadCell]]], guessed: bool = False) -> Table:
    kept = []
    for number, cells in lines:
        if number > MOST_LINES:
            raise Refused("invalid", sentence("The table has more than %(most)s lines. Split it.", most=MOST_LINES))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append((number, tuple(cells)))
    return Table(tuple(kept), guessed)


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str | BadCell]]]:
    for number, row in enumerate(_rows(data, _ANSWERS, MOST_COLUMNS, values=False), 1):
        yield number, [_cell(cell) for cell in row]


def _rows(data: bytes, limits: _Limits, most_columns: int, *, values: bool) -> Iterator[Sequence[Any]]:
    """The cells of the first sheet that is shown, row by row. values: their values alone, a formula's last one, too."""
    _refuse_unfit(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=values)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        sheet.reset_dimensions()  # what a file says of its size may be a lie
        yield from sheet.iter_rows(max_col=most_columns, values_only=values)
    except Refused:
        raise
    except Exception:  # the library raises whatever a broken file makes it stumble over
        raise Refused(
            "invalid", sentence("This file cannot be read. Save it again as “Excel workbook (.xlsx)”.")
        ) from None


def _refuse_unfit(data: bytes, limits: _Limits) -> None:
    """Raises Refused for what no honest table is: before anything is parsed, and without unpacking more than the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos, tags, formats = parts.infolist(), 0, 0
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked:
                raise Refused("too-large", limits.beyond)
            for info in infos:
                if info.filename.lower().endswith("vbaproject.bin"):
                    raise Refused("invalid", sentence("This file has macros. Save it as “Excel workbook (.xlsx)”."))
                part = parts.read(info)  # never more than its declared size
                _refuse_part(part, limits)
                tags, formats = tags + part.count(b"<"), formats + len(_FORMATS.findall(part))
                if tags > limits.tags or formats > limits.formats:
                    raise Refused("too-large", limits.beyond)
    except Refused:
        raise
    except Exception:  # whatever a broken archive makes the library raise
        raise Refused(
            "invalid", sentence("This file cannot be read. Save it again as “Excel workbook (.xlsx)”.")
        ) from None


def _refuse_part(part: bytes, limits: _Limits) -> None:
    """Checked whatever the part is called, because the library follows relations, not names. A picture never begins the way
    XML must."""
    if not part.lstrip(_BEFORE_XML).startswith(b"<"):
        return
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part:  # NUL: an encoding that would hide the others
        raise Refused("invalid", sentence("This file cannot be read. Save it again as “Excel workbook (.xlsx)”."))
    if not limits.merged and _MERGED.search(part):
        raise Refused("invalid", sentence("The table has merged cells. Unmerge them, so that each row is complete."))


def _cell(cell: Any) -> str | BadCell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        return BadCell(sentence("The cell holds a formula. Paste its value instead."))
    if kind == "e":
        return BadCell(sentence("The cell holds an error."))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time | timedelta):
        return BadCell(
            sentence("The spreadsheet has turned this cell into a date. Format the cell as text and type it again.")
        )
    if isinstance(value, int | float):
        return _number(value)
    return str(value).strip()


def _number(value: int | float) -> str | BadCell:
    if abs(value) >= 10**_DIGITS:
        return BadCell(sentence("The spreadsheet has cut this long number. Format the cell as text and type it again."))
    return str(int(value)) if value == int(value) else repr(value)


# --- CSV -------------------------------------------------------------------------------------------------------------


def _text(data: bytes) -> tuple[str, bool]:
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding == "cp1252"
        except UnicodeDecodeError:
            continue
    raise Refused("invalid", sentence("This is neither a CSV nor an XLSX file. Save it as “CSV UTF-8”."))


def _csv(text: str) -> Iterator[tuple[int, list[str | BadCell]]]:
    if "\x00" in text:
        raise Refused("invalid", sentence("This is neither a CSV nor an XLSX file. Save it as “CSV UTF-8”."))
    first = text.lstrip().partition("\n")[0]
    if first.lower().startswith("sep=") and len(first.strip()) <= 5:  # Excel's own first line
        text = text.lstrip().partition("\n")[2]
        first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [unguarded(cell.strip()) for cell in cells[:MOST_COLUMNS]]
    except csv.Error:
        detail = sentence("The row starting in line %(line)s cannot be read: check its quotes.", line=str(number + 1))
        raise Refused("invalid", detail) from None


# --- A table for a spreadsheet ---------------------------------------------------------------------------------------


def written(
    titles: tuple[str, str], rows: Sequence[Sequence[object]], widths: Sequence[int], choices: Mapping[int, Sequence[str]],
    guide: Sequence[str],
) -> bytes:  # fmt: skip
    """An XLSX of texts and dates; the first row is its head. No text becomes a formula.

    titles: of the sheet, and of a second one with the lines of `guide`. choices: what may be picked in a column, by its place
    from 0.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = titles[0]
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _put(sheet.cell(number, place), value)
            sheet.cell(number, place).alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            for cell in sheet[1]:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    more = book.create_sheet(titles[1])
    more.column_dimensions["A"].width = 100
    for number, line in enumerate(guide, 1):
        _put(more.cell(number, 1), line)
    for column, (place, words) in enumerate(choices.items(), 2):
        for number, word in enumerate(words, 1):
            _put(more.cell(number, column), word)
        letter, here = get_column_letter(column), get_column_letter(place + 1)
        picked = DataValidation(
            type="list", formula1=f"{quote_sheetname(titles[1])}!${letter}$1:${letter}${len(words)}", allow_blank=True
        )
        sheet.add_data_validation(picked)
        picked.add(f"{here}2:{here}{max(len(rows), 2)}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: object) -> None:
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub(" ", value)
        cell.data_type = "s"  # whatever it begins with
    else:
        cell.value = value
