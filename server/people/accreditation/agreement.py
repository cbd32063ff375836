"""The volunteer agreement, read and checked. Pure, save that it reads the file it is given.

`agreement.md` has front matter (`title`, `version`, and the `promises` a volunteer makes one by one) and a text in Markdown.
Whoever signs it signs exactly that text: it is known by its hash.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from server.people.courses import markdown
from server.people.courses.yaml_lines import Invalid, Reader

NAME = "agreement"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a volunteer signs."""

    title: str
    version: date
    promises: tuple[str, ...]
    text: str  # clean HTML
    content_hash: str


def load(path: Path) -> Agreement:
    """The agreement at `path`. Raises Invalid with every problem, by file and line."""
    reader = Reader(path.name, offset=1)
    raw = path.read_bytes() if path.is_file() else b""
    matched = re.match(r"---\n(.*?\n)---\n", raw.decode(), re.DOTALL)
    if not matched:
        reader.note(0, f"{path.name} must begin with front matter between two lines of ---")
        raise Invalid(reader.problems)
    head = reader.load(matched[1])
    reader.known(head, "title", "version", "promises")
    agreement = Agreement(
        reader.text(head, "title"), reader.day(head, "version"), reader.words(head, "promises"),
        markdown.html(raw.decode()[matched.end() :]), hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    if reader.problems:
        raise Invalid(reader.problems)
    return agreement
