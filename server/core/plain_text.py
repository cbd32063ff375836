"""Text for lines of a plain-text email, in which nothing may look like one of our own lines."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable

from server.core import languages

WIDTH = 48  # columns of plain text
LABEL = 12  # of them for what a fact is called, and a space


def plain(text: object) -> str:
    """`text` on one line, without what could pass for a line of ours or turn the reading direction of what follows."""
    text = languages.translated(text)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (sign for sign in text if unicodedata.bidirectional(sign) not in _TURNING)
    return " ".join(
        "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign for sign in kept).split()
    )


_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


# French sets a space before these signs; a line that begins with one is broken at the wrong place.
_SPACED = re.compile(r" (?=[:;!?»](?:\s|$))|(?<=«) ")


def wrapped(text: object, width: int = WIDTH) -> str:
    """`text` in lines of at most `width` columns; a long address is never broken."""
    glued = _SPACED.sub("\u00a0", plain(text))
    return textwrap.fill(glued, width, break_long_words=False, break_on_hyphens=False)


def row(label: str, values: str | Iterable[str]) -> str:
    """A fact: its label in a column, its values beside it, each on lines of its own; below it, where the label is longer
    than the column."""
    name, values = languages.translated(label), [values] if isinstance(values, str) else values
    lines = [line for value in values for line in wrapped(value, WIDTH - LABEL).splitlines() or [""]] or [""]
    first, beside = ([name], [""] * len(lines)) if len(name) >= LABEL else ([], [name, *[""] * (len(lines) - 1)])
    return "\n".join([*first, *(f"{word:<{LABEL}}{line}" for word, line in zip(beside, lines, strict=True))])
