"""Workbooks, honest and hostile, built part by part."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook, load_workbook


def workbook(rows: list[list[Any]]) -> bytes:
    """A plain workbook of these rows; a text that begins with = is a formula, as Excel would have it."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same with one part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name)


def filled(data: bytes, answers: dict[str, dict[str, Any]]) -> bytes:
    """A table that was downloaded, with answers filled in: {reference: {heading: value}}."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for heading, value in answers.get(row[0].value, {}).items():
            row[heads.index(heading)].value = value
    return saved(book)
