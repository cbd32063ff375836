"""A spreadsheet's file as rows, whatever wrote it: encoding and separator are found. Pure."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from server.core.sentences import sentence
from server.core.words import Refused

MOST_BYTES = 20 * 2**20
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOKED_AT = 20  # rows, to find the separator

Row = tuple[int, list[str] | None]
"""Its number as the spreadsheet shows it, and its cells; None where it cannot be read.

No cells: a quotation mark out of place took several lines for this one row, so that none after it is read.
"""


def text(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, or what Windows writes in western Europe. Raises Refused("invalid")."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused(sentence("This is a workbook. Save it as “CSV UTF-8” in your spreadsheet program first."))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    start = data[:2000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) / 2:
            return _decoded(data, encoding)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _refused(sentence("The text of this file cannot be read. Save it as “CSV UTF-8”.")) from None


def _refused(words: str) -> Refused:
    return Refused("invalid", words, errors={"file": [words]})


def rows(data: bytes) -> Iterator[Row]:
    """The rows of a file that hold something, the header first. Raises Refused("invalid") when it is no text."""
    content = text(data)
    separator = None
    if declared := re.match(r"sep=(.)\r?\n", content, re.IGNORECASE):  # Excel's own first line
        separator, content = declared[1], content[declared.end() :]
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator or _separator(content), strict=True)
    number = 1 if declared else 0
    while True:
        number += 1
        line = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            if reader.line_num > line + 1:
                yield number, []
                return
            yield number, None
            continue
        if any(cell.strip() for cell in cells):
            yield number, [cell.replace("\0", "").strip() for cell in cells[:MOST_COLUMNS]]


def _separator(content: str) -> str:
    """What splits the first rows into most columns, the same number in each."""

    def fit(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(content[:100_000], newline=""), delimiter=separator)
        widths = []
        try:
            for cells in reader:
                widths += [len(cells)] if any(cells) else []
                if len(widths) == _LOOKED_AT:
                    break
        except csv.Error:
            return 0, 0
        header = widths[0] if widths else 0
        return (header if header > 1 else 0) and sum(width == header for width in widths), header

    return max(SEPARATORS, key=fit)


def folded(words: str) -> str:
    """Words as they are compared: without case, accents and signs between them."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("_", " ")
    return " ".join(re.findall(r"\w+", plain))
