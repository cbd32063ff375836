"""The volunteer agreement, read and checked. Pure, save that it reads the files it is given.

`agreement.md` has front matter (`title`, `version`, and the `promises` a volunteer makes one by one) and a text in Markdown.
Whoever signs it signs that text: it is known by its hash. `agreement-kept.yaml` beside it says which text was signed last and
what its words were, so that a comma, a line break or a mark asks nobody to sign again; another word asks everybody.
"""

import hashlib
import html
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import nh3
import yaml

from server.people.courses import differences, markdown
from server.people.courses.yaml_lines import Invalid, Reader

NAME = "agreement"
KEPT = "agreement-kept.yaml"


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
    agreement = _read(path)
    signed = _kept(path.with_name(KEPT)).get(_words(agreement), agreement.content_hash)
    return replace(agreement, content_hash=signed)


def keep(path: Path) -> None:
    """Keep what the agreement at `path` is signed as, and its words, so that its next change can be told. Raises Invalid."""
    agreement = load(path)
    said = yaml.safe_dump({"signed": agreement.content_hash, "words": _words(agreement)}, sort_keys=False)
    path.with_name(KEPT).write_text(f"# Made by flask training keep agreement.\n{said}", encoding="utf-8")


def _read(path: Path) -> Agreement:
    """The agreement as it stands, under the hash of its file."""
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


def _kept(path: Path) -> dict[str, str]:
    """Under which hash the text with these words is signed, by the hash of the words; empty where nothing is kept."""
    if not path.is_file():
        return {}
    reader = Reader(path.name)
    top = reader.load(path.read_text(encoding="utf-8"))
    reader.known(top, "signed", "words")
    kept = {reader.text(top, "words"): reader.text(top, "signed")}
    if reader.problems:
        raise Invalid(reader.problems)
    return kept


def _words(agreement: Agreement) -> str:
    """SHA-256 over the words, figures and links of what is signed, promise by promise."""
    prose = html.unescape(nh3.clean(re.sub(r"</(p|li|h3)>", r" | </\1>", agreement.text), tags=set()))
    links = re.findall(r'href="([^"]+)"', agreement.text)
    digest = hashlib.sha256()
    for said in (agreement.title, str(agreement.version), *agreement.promises, prose, *links):
        digest.update("\0".join(token.folded for token in differences.tokens(said)).encode() + b"\1")
    return digest.hexdigest()
