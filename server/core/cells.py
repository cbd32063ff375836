"""Tables that people open in a spreadsheet, as CSV (RFC 4180). Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # a spreadsheet takes what begins with it for UTF-8


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe before what could begin one."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠") else plain


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Each row as a line. Texts are made safe; numbers stay numbers, None is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
