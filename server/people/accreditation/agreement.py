"""The volunteer agreement, read and checked. Pure, save that it reads the files it is given.

`agreement.md` has front matter (`title`, `version`, and the `promises` a volunteer makes one by one) and a text in Markdown.
Whoever signs it signs that text: it is known by its hash. `agreement-kept.yaml` beside it says which text was signed last and
what its words were, so that a comma, a line break or a mark asks nobody to sign again; another word asks everybody.

`agreement.fr.md` beside it is a translation to read: its front matter says by `translates` which words it translates. What is
signed is always the original; a translation of other words than it has now is refused here, and not shown to anybody.
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
from server.people.courses.yaml_lines import Invalid, Located, Reader

NAME = "agreement"
KEPT = "agreement-kept.yaml"
DIGITS = 12  # of the hash of the words, by which a translation says what it translates


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


def load_translation(path: Path, language: str) -> Agreement | None:
    """The agreement at `path` in a language, under the version and the hash of the original; None: there is no translation.

    Raises Invalid with every problem, also where it translates other words than the original has now.
    """
    original, beside = load(path), path.with_name(f"{path.stem}.{language}{path.suffix}")
    if not beside.is_file():
        return None
    reader, head, text = _parts(beside)
    reader.known(head, "title", "translates", "promises")
    words, expected = reader.text(head, "translates"), _words(original)[:DIGITS]
    promises = reader.words(head, "promises")
    if words and words != expected:
        reader.note(0, f"it translates an earlier text of {path.name}; that of today is {expected}")
    if promises and len(promises) != len(original.promises):
        reader.note(0, f"the promises of {path.name} are {len(original.promises)} and not {len(promises)}")
    if _shape(text) != _shape(original.text):
        reader.note(0, f"its headings, paragraphs and list items are not those of {path.name}")
    translation = replace(original, title=reader.text(head, "title"), promises=promises, text=text)
    if reader.problems:
        raise Invalid(reader.problems)
    return translation


def keep(path: Path) -> None:
    """Keep what the agreement at `path` is signed as, and its words, so that its next change can be told. Raises Invalid."""
    agreement = load(path)
    said = yaml.safe_dump({"signed": agreement.content_hash, "words": _words(agreement)}, sort_keys=False)
    path.with_name(KEPT).write_text(f"# Made by flask training keep agreement.\n{said}", encoding="utf-8")


def _read(path: Path) -> Agreement:
    """The agreement as it stands, under the hash of its file."""
    reader, head, text = _parts(path)
    reader.known(head, "title", "version", "promises")
    agreement = Agreement(
        reader.text(head, "title"), reader.day(head, "version"), reader.words(head, "promises"), text,
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )  # fmt: skip
    if reader.problems:
        raise Invalid(reader.problems)
    return agreement


def _parts(path: Path) -> tuple[Reader, Located, str]:
    """What notes its problems, its front matter, and its text as clean HTML."""
    reader = Reader(path.name, offset=1)
    raw = path.read_bytes().decode() if path.is_file() else ""
    matched = re.match(r"---\n(.*?\n)---\n", raw, re.DOTALL)
    if not matched:
        reader.note(0, f"{path.name} must begin with front matter between two lines of ---")
        raise Invalid(reader.problems)
    return reader, reader.load(matched[1]), markdown.html(raw[matched.end() :])


def _shape(text: str) -> list[str]:
    """Its headings, paragraphs and list items, in their order."""
    return re.findall(r"<(h\d|p|li)>", text)


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
