"""The pictures of the picture lane, read and checked. Pure, save that it reads the manifest it is given.

`pictures.yaml` stands in a folder with its pictures: the one that comes with the modules, or one that an operator loads.
`training_modules/README.md` describes its format. The right answer and the reason for it are for after the answer.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from server.core import wording
from server.people.courses import licences, markdown
from server.people.courses.licences import Licence
from server.people.courses.markdown import Ad
from server.people.courses.yaml_lines import Invalid, Located, Reader

NAME = "pictures.yaml"
KEYS = (
    "name", "file", "taxon", "material", "group", "choices", "right", "wrong_of_100", "lesson", "ad", "alt", "explanation",
    "author", "licence", "source", "dated",
)  # fmt: skip
SLUG = re.compile(r"[a-z][a-z0-9-]{2,63}")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(?:png|jpe?g|webp)", re.IGNORECASE)
FLAGS = ("flag", "innocent")  # the answers where a picture has no choices of its own
UNSURE = "cannot_tell"  # offered beside every picture's choices
LONGEST = 100  # characters of a choice
TELLING = 4  # letters of a word that gives the answer away


@dataclass(frozen=True, slots=True)
class Pictured:
    """One picture whose answer is known, with where it comes from.

    `choices`: what it may be, by key; none: whether to flag it. `taxon` is a scientific name, `material` what the thing is
    made of: one of them at least. `difficulty`: the share of people expected to get it wrong, 0 to 1, until their answers say
    it better. `alt` describes the picture and does not give the answer away.
    """

    name: str
    file: str
    taxon: str
    material: str
    group: str
    choices: Mapping[str, str]
    right: str
    difficulty: float
    lesson: str
    ad: Ad | None
    alt: str
    explanation: str
    author: str
    licence: Licence
    source: str
    dated: date

    @property
    def keys(self) -> list[str]:
        """The answers that may be given, in this picture's order."""
        return [*(self.choices or FLAGS), UNSURE]

    @property
    def title(self) -> str:
        """What it is called once it is answered."""
        return self.material or self.taxon


def load(path: Path, lessons: Collection[str] | None = None) -> dict[str, tuple[Pictured, Located]]:
    """The pictures of the manifest at `path` by name, each with its entry. Raises Invalid with every problem, by line.

    `lessons`: every module/lesson that there is; None: no lesson is looked for.
    """
    reader = Reader(path.name)
    try:
        top = reader.load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        reader.note(1, "the file is not valid UTF-8")
        raise Invalid(reader.problems) from None
    reader.known(top, "pictures")
    entries = reader.mappings(top, "pictures")
    pictures = [(_pictured(entry, lessons, reader), entry) for entry in entries]
    for attribute in ("name", "file"):
        for value, count in Counter(getattr(picture, attribute) for picture, _ in pictures).items():
            if count > 1 and value:
                reader.note(1, f"{count} pictures have the {attribute} {value}")
    if reader.problems:
        raise Invalid(reader.problems)
    return {picture.name: (picture, entry) for picture, entry in pictures}


def as_kept(entry: Located) -> dict[str, Any]:
    """An entry as JSON keeps it."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in entry.items()}


def kept(entry: Mapping[str, Any]) -> Pictured:
    """The picture of an entry that was checked when it was loaded."""
    located = _located(entry)
    located["dated"] = date.fromisoformat(entry["dated"])
    return _pictured(located, None, Reader(NAME))


def _located(mapping: Mapping[str, Any]) -> Located:
    located = Located({key: _located(value) if isinstance(value, Mapping) else value for key, value in mapping.items()})
    located.lines = dict.fromkeys(located, 1)
    return located


def _pictured(entry: Located, lessons: Collection[str] | None, reader: Reader) -> Pictured:
    reader.known(entry, *KEYS)
    name, file = reader.text(entry, "name"), reader.text(entry, "file")
    if name and not SLUG.fullmatch(name):
        reader.note(entry.lines["name"], f"{name} is no name: small letters, figures and hyphens")
    if file and not FILE.fullmatch(file):
        reader.note(entry.lines["file"], f"{file} must be a PNG, JPEG or WebP in the folder itself")
    taxon, material = (reader.text(entry, key, needed=False) for key in ("taxon", "material"))
    if not taxon and not material:
        reader.note(entry.line, f"{name} shows nothing: name a taxon, a material or both")
    group = _one_of(entry, "group", tuple(wording.GROUP), reader)
    choices = _choices(entry, reader)
    right = _one_of(entry, "right", tuple(choices) or FLAGS, reader)
    wrong = reader.number(entry, "wrong_of_100")
    if wrong > 99:
        reader.note(entry.lines["wrong_of_100"], "wrong_of_100 must be below 100")
    lesson = reader.text(entry, "lesson", needed=False)
    if lesson and lessons is not None and lesson not in lessons:
        reader.note(entry.lines["lesson"], f"there is no lesson {lesson}; write module/lesson")
    shown = entry.get("ad")
    if shown is not None and not isinstance(shown, Located):
        reader.note(entry.lines["ad"], "ad must have a title and a text")
    ad = markdown.ad(shown, reader) if isinstance(shown, Located) else None
    alt = reader.text(entry, "alt")
    if told := _told(alt, f"{taxon} {material}", choices, right):
        reader.note(entry.lines["alt"], f"alt gives the answer away: {told}. Say what is seen, not what it is")
    licence, author, source = (reader.text(entry, key) for key in ("licence", "author", "source"))
    if licence and (refusal := licences.refusal(licence)):
        reader.note(entry.lines["licence"], refusal)
    dated = reader.day(entry, "dated")
    explanation = markdown.html(reader.text(entry, "explanation"))
    known = Licence(licence) if licence in set(Licence) else Licence.OWN  # the other is a problem by now
    return Pictured(name, file, taxon, material, group, choices, right, wrong / 100, lesson, ad, alt, explanation, author,
                    known, source, dated)  # fmt: skip


def _one_of(entry: Located, key: str, possible: tuple[str, ...], reader: Reader) -> str:
    value = reader.text(entry, key)
    if value and value not in possible:
        reader.note(entry.lines[key], f"{key} must be one of {', '.join(possible)}")
    return value


def _choices(entry: Located, reader: Reader) -> dict[str, str]:
    value = entry.get("choices")
    if value is None:
        return {}
    if not isinstance(value, Located) or not 2 <= len(value) <= 5:
        reader.note(entry.lines["choices"], "choices must be two to five keys, each with its words")
        return {}
    for key in value:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", str(key)) or key in (*FLAGS, UNSURE):
            reader.note(
                value.lines[key], f"{key} cannot be the key of a choice: small letters, figures and underscores"
            )
    words = {key: reader.text(value, key) for key in value}
    for key in (key for key, text in words.items() if len(text) > LONGEST):
        reader.note(value.lines[key], f"the choice {key} is longer than {LONGEST} characters")
    if len(set(words.values())) < len(words):
        reader.note(entry.lines["choices"], "two choices say the same")
    return words


def _told(alt: str, shows: str, choices: Mapping[str, str], right: str) -> str:
    """The words of `alt` that give the answer away."""
    shared = {word for word in _words(choices.get(right, "")) if all(word in _words(text) for text in choices.values())}
    telling = _words(choices.get(right, "")) - shared | _words(shows)
    return ", ".join(sorted(word for word in _words(alt) & telling if len(word) >= TELLING))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))
