"""Tables that people open in a spreadsheet, as CSV (RFC 4180). Pure. Every exported table is written here, by test."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # tells a spreadsheet that the file is UTF-8
# What could begin a formula, at the start of a text or after a semicolon in it. Half of Europe's spreadsheets split cells at
# semicolons, and read the quotes of a comma-separated table as text.
_FORMULA = re.compile(r"(^|;[\s\"]*)([=+\-@|%＝＋－＠])")
_GUARDED = re.compile(r"(^|;[\s\"]*)'([=+\-@|%＝＋－＠])")


def safe(text: str) -> str:
    """A cell that no spreadsheet reads as a formula: an apostrophe precedes what could begin one (OWASP, CSV injection)."""
    return _FORMULA.sub(r"\1'\2", " ".join(text.split()))


def unguarded(cell: str) -> str:
    """A cell without the apostrophes that `safe` puts into it."""
    return _GUARDED.sub(r"\1\2", cell)


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Each row as a line. Texts are made safe and quoted; numbers stay numbers, None is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([safe(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
