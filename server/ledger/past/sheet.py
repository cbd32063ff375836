"""A spreadsheet's file as rows, whatever wrote it: workbook, encoding and separator are found. Pure."""

import codecs
import csv
import io
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import islice

from server.core import spreadsheets
from server.core.sentences import sentence
from server.core.words import Refused

MOST_BYTES = 20 * 2**20
MOST_ROWS = 250_000
MOST_LINE = 1_000_000  # characters; a longer line would become millions of cells before any is looked at
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
AT_ONCE_TEXT, AT_ONCE_UNPACKED = 4_000_000, 500_000  # bytes; of a workbook unpacked, some 8,000 cells
_TOLD = 2_000  # rows
EMPTY = sentence("This file is empty. Its first row names the columns.")
TOO_LARGE = sentence("This file is larger than 20 MB. Split it.")
_OF_WORKBOOK = "sep=\t of a workbook\n"  # the first line of what `as_text` makes: no row of the workbook
_LOOKED_AT = 20  # rows, to find the separator
_LOOKED_AT_SIGNS = 100_000  # fewer than csv lets one cell have, so that none is refused


class FileProblem(StrEnum):
    """Why a file was not read."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"  # rows


Row = tuple[int, list[str] | None]
"""Its number as the spreadsheet shows it, and its cells; None where it cannot be read.

No cells: a quotation mark out of place took several lines for this one row, so that none after it is read.
"""


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding of a file, UTF-8, UTF-16 or what Windows writes in western Europe, and where its text begins."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    start = data[:2000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) / 2:
            return encoding, 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for place in range(0, len(data), MOST_LINE):
            decoder.decode(data[place : place + MOST_LINE], final=place + MOST_LINE >= len(data))
    except UnicodeDecodeError:
        return "cp1252", 0
    return "utf-8", 0


def _refused(words: str) -> Refused:
    return Refused("invalid", words, errors={"file": [words]})


def is_small(data: bytes) -> bool:
    """Whether a file is read within 200 ms, while somebody waits. Raises Refused("invalid") for an old workbook."""
    try:
        if not spreadsheets.is_workbook(data):
            return len(data) <= AT_ONCE_TEXT
    except Refused as refusal:
        raise _refused(refusal.detail) from None
    return spreadsheets.unpacked(data) <= AT_ONCE_UNPACKED


def header_of(data: bytes) -> list[str]:
    """The first row that holds something. Raises Refused("invalid") for a file without one, of too many rows, or that is no text."""
    every = rows(data, MOST_ROWS)
    header = next(every, (0, None))[1]
    deque(every, maxlen=0)  # whoever sends more than can be read hears it before anything is checked
    if not header:
        raise _refused(EMPTY)
    return header


def as_text(data: bytes, most_bytes: int, told: Callable[[int], None] = lambda number: None) -> bytes:
    """A workbook's first sheet as text for `rows`, with the same numbers of rows; any other file as it is.

    told: gets how many rows are read, now and then.
    Raises Refused("invalid") for a workbook that cannot be read, has more than MOST_ROWS rows, or becomes more than most_bytes.
    """
    try:
        if not spreadsheets.is_workbook(data):
            return data
        text = bytearray(_OF_WORKBOOK.encode())
        for number, cells in enumerate(spreadsheets.as_text(data, MOST_COLUMNS)):
            if number > MOST_ROWS:
                raise _too_many(MOST_ROWS)
            line = io.StringIO(newline="")
            while cells and not cells[-1]:
                cells.pop()
            csv.writer(line, delimiter="\t", lineterminator="\n").writerow(cells)
            text += line.getvalue().encode(errors="replace")
            if len(text) > most_bytes:  # a few words, repeated in every cell
                raise _refused(TOO_LARGE)
            if number and number % _TOLD == 0:
                told(number)
    except Refused as refusal:
        raise _refused(refusal.detail) from None
    return bytes(text)


def _too_many(most: int) -> Refused:
    return _refused(sentence("The sheet has more than %(most)s rows, empty ones included. Split it.", most=most))


WHY: dict[FileProblem, str] = {
    FileProblem.UNREADABLE: sentence("This file cannot be read. Save it again as “Excel workbook (.xlsx)”."),
    FileProblem.EMPTY: EMPTY,
    FileProblem.TOO_LARGE: sentence(
        "This workbook is too large to be read. Save the sheet alone in a new workbook, or split it."
    ),
    FileProblem.TOO_MANY: _too_many(MOST_ROWS).detail,
}


def problem(refusal: Refused) -> FileProblem:
    """Which of them a refusal of `as_text` or `header_of` is."""
    known = {words: code for code, words in WHY.items()} | {TOO_LARGE: FileProblem.TOO_LARGE}
    return known.get(refusal.detail, FileProblem.UNREADABLE)


def _lines(content: io.TextIOBase) -> Iterator[str]:
    """The lines that are left, with their ends. Raises Refused("invalid") for one that is too long, or is no text."""
    number = 0
    try:
        while line := content.readline(MOST_LINE + 1):
            number += 1
            if len(line) > MOST_LINE:
                raise _refused(sentence("Line %(line)s is longer than a million characters.", line=str(number)))
            yield line
    except UnicodeDecodeError:
        raise _refused(sentence("The text of this file cannot be read. Save it as “CSV UTF-8”.")) from None


def rows(data: bytes, most: int | None = None) -> Iterator[Row]:
    """The rows of a file that hold something, the header first. At most one line is held as text at a time.

    most: how many rows it may have, empty ones too. Raises Refused("invalid") when it has more, or is no text.
    """
    encoding, start = _encoding(data)
    content = io.TextIOWrapper(io.BytesIO(data[start:]), encoding, newline="")
    try:
        beginning = content.read(_LOOKED_AT_SIGNS)
    except UnicodeDecodeError:
        beginning = ""  # `_lines` refuses it
    of_workbook = beginning.startswith(_OF_WORKBOOK)
    declared = None if of_workbook else re.match(r"sep=(.)\r?\n", beginning, re.IGNORECASE)  # Excel's own first line
    content.seek(0)
    lines = islice(_lines(content), 1 if declared or of_workbook else 0, None)
    separator = "\t" if of_workbook else declared[1] if declared else _separator(beginning)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 1 if declared else 0
    while True:
        number += 1
        line = reader.line_num
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if most is not None and number > most + 1:
            raise _too_many(most)
        if cells is None and reader.line_num > line + 1:
            yield number, []
            return
        if cells is None:
            yield number, None
        elif any(cell.strip() for cell in cells):
            yield number, [cell.replace("\0", "").strip() for cell in cells[:MOST_COLUMNS]]


def _separator(content: str) -> str:
    """What splits the first rows into most columns, the same number in each."""

    def fit(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
        widths = [len(cells) for cells in islice(filter(any, reader), _LOOKED_AT)]
        header = widths[0] if widths else 0
        return (header if header > 1 else 0) and sum(width == header for width in widths), header

    return max(SEPARATORS, key=fit)


def folded(words: str) -> str:
    """Words as they are compared: without case, accents and signs between them."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("_", " ")
    return " ".join(re.findall(r"\w+", plain))
