"""A module of `training_modules/`: read, checked and held in memory. Pure, save that it reads the folder it is given.

A folder holds `module.md` (front matter and sections), `bank.yaml` (questions) and its pictures;
`training_modules/README.md` describes the format. A module is known by its content hash: who passed it passed exactly that text.
"""

import hashlib
import math
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from server.training import lesson
from server.training.lesson import Ad, Picture, Section
from server.training.located import Invalid, Located, Problem, Reader

SMALLEST_BANK = 20
TRACKS = ("spotter", "company", "enforcement")
RESERVED = ("exam", "pictures", "sources")  # parts of addresses, so no section may be called so
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
CANNOT_TELL = "I cannot tell"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a lesson's facts come from. `read` says how far it was read: in full or as an excerpt."""

    name: str
    dated: str
    read: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `neutral` ones ("I cannot tell") never count, neither for nor against."""

    text: str
    right: bool
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a bank. `section` names where the lesson speaks of it."""

    name: str
    kind: str
    section: str
    text: str
    choices: tuple[Choice, ...]
    explanation: str  # clean HTML, shown after the answer is final and never before
    ad: Ad | None


@dataclass(frozen=True, slots=True)
class Module:
    """One course, whole and checked."""

    slug: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    minutes: int
    track: str
    order: int
    language: str
    version: date
    required: bool  # whether accreditation needs its exam
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    pictures: dict[str, Path]
    content_hash: str

    def section(self, name: str) -> Section | None:
        """The section of that name."""
        return next((section for section in self.sections if section.name == name), None)

    def question(self, name: str) -> Question | None:
        """The question of that name."""
        return next((question for question in self.questions if question.name == name), None)

    def minutes_left(self, done: set[str]) -> int:
        """Minutes of reading in the sections not in `done`, rounded up; in all never more than `minutes`."""
        every = sum(section.minutes for section in self.sections)
        left = sum(section.minutes for section in self.sections if section.name not in done)
        return math.ceil(self.minutes * left / every) if every else 0


def load(folder: Path) -> Module:
    """The module in `folder`. Raises Invalid with every problem, by file and line."""
    lines = Reader(f"{folder.name}/module.md")
    front, body, offset = _split(folder / "module.md", lines)
    head = Reader(lines.file, offset=1)
    meta = head.load(front) if front else Located()
    meta.lines = getattr(meta, "lines", {})
    keys = ("title", "summary", "objectives", "minutes", "track", "order", "language", "version", "required", "sources")
    head.known(meta, *keys)
    lines.offset = offset
    sections = lesson.read(body, lines)
    bank = Reader(f"{folder.name}/bank.yaml")
    questions = _bank(folder / "bank.yaml", {section.name for section in sections}, bank)

    shown = [picture for section in sections for picture in section.pictures]
    shown += [question.ad.picture for question in questions if question.ad and question.ad.picture]
    pictures = _pictures(folder, shown, lines)
    minutes = head.number(meta, "minutes")
    reading = sum(section.minutes for section in sections)
    if sections and not 0.75 * reading - 1 <= minutes <= 1.5 * reading + 1:
        head.note(meta.lines.get("minutes", 1), f"minutes says {minutes}, but the text takes about {round(reading)}")
    track = head.text(meta, "track")
    if track and track not in TRACKS:
        head.note(meta.lines["track"], f"track must be one of {', '.join(TRACKS)}")
    for section in sections:
        if section.name in RESERVED:
            lines.note(1 - offset, f"no section may be named {section.name}")
    module = Module(
        slug=folder.name,
        title=head.text(meta, "title"),
        summary=head.text(meta, "summary"),
        objectives=head.words(meta, "objectives"),
        minutes=minutes,
        track=track,
        order=head.number(meta, "order"),
        language=head.text(meta, "language"),
        version=head.day(meta, "version"),
        required=head.flag(meta, "required"),
        sources=tuple(_source(item, head) for item in head.mappings(meta, "sources")),
        sections=sections,
        questions=questions,
        pictures=pictures,
        content_hash=_hash(folder),
    )
    if problems := [*head.problems, *lines.problems, *bank.problems]:
        raise Invalid(problems)
    return module


def load_all(root: Path) -> dict[str, Module]:
    """Every module under `root` by its slug, in their order. Raises Invalid with the problems of all of them."""
    modules: list[Module] = []
    problems: list[Problem] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        try:
            modules.append(load(folder))
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return {module.slug: module for module in sorted(modules, key=lambda module: (module.track, module.order))}


def _split(path: Path, reader: Reader) -> tuple[str, str, int]:
    """Front matter, body, and the number of lines before the body."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    matched = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not matched:
        reader.note(1, "module.md must begin with front matter between two lines of ---")
        return "", text, 0
    return matched[1], text[matched.end() :], text[: matched.end()].count("\n")


def _source(item: Located, reader: Reader) -> Source:
    reader.known(item, "name", "dated", "read", "url")
    url = reader.text(item, "url", needed=False)
    if url and not url.startswith("https://"):
        reader.note(item.lines["url"], "url must begin with https://")
    read = reader.text(item, "read")
    if read and read not in ("in full", "excerpt"):
        reader.note(item.lines["read"], "read must be: in full, or: excerpt")
    return Source(reader.text(item, "name"), reader.text(item, "dated"), read, url)


def _bank(path: Path, sections: set[str], reader: Reader) -> tuple[Question, ...]:
    top = reader.load(path.read_text(encoding="utf-8") if path.is_file() else "")
    reader.known(top, "questions")
    items = reader.mappings(top, "questions")
    questions = [_question(item, sections, reader) for item in items]
    if len(questions) < SMALLEST_BANK:
        reader.note(1, f"a bank needs at least {SMALLEST_BANK} questions, this one has {len(questions)}")
    for at, question in enumerate(questions):
        if question.name in {earlier.name for earlier in questions[:at]}:
            reader.note(items[at].line, f"two questions are named {question.name}")
    return tuple(questions)


def _question(item: Located, sections: set[str], reader: Reader) -> Question:
    reader.known(item, "name", "kind", "section", "text", "ad", "choices", "explanation")
    name, kind = reader.text(item, "name"), reader.text(item, "kind")
    choices = [_choice(choice, reader) for choice in reader.mappings(item, "choices")]
    if check := KINDS.get(kind):
        if wrong := check(choices, "ad" in item):
            reader.note(item.line, f"{name}: {wrong}")
    elif kind:
        reader.note(item.lines["kind"], f"{name}: kind must be one of {', '.join(KINDS)}")
    if kind == "flag":
        choices.append(Choice(CANNOT_TELL, right=False, neutral=True))
    section = reader.text(item, "section")
    if section and section not in sections:
        reader.note(item.lines["section"], f"{name}: the lesson has no section {section}")
    shown = item.get("ad")
    simulated = lesson.ad(shown, reader) if isinstance(shown, Located) else None
    explanation = lesson.html(reader.text(item, "explanation"))
    return Question(name, kind, section, reader.text(item, "text"), tuple(choices), explanation, simulated)


def _choice(item: Located, reader: Reader) -> Choice:
    reader.known(item, "text", "right")
    return Choice(reader.text(item, "text"), reader.flag(item, "right"))


def _single(choices: list[Choice], _has_ad: bool) -> str:
    if len(choices) < 2 or sum(choice.right for choice in choices) != 1:
        return "needs at least two choices, exactly one of them right"
    return ""


def _multiple(choices: list[Choice], _has_ad: bool) -> str:
    if len(choices) < 3 or not 0 < sum(choice.right for choice in choices) < len(choices):
        return "needs at least three choices, at least one right and one wrong"
    return ""


def _flag(choices: list[Choice], has_ad: bool) -> str:
    return _single(choices, has_ad) if has_ad else "needs an ad to look at"


# A new kind of question is a line here, its scoring in exam.py and its form in templates/training/question.html.
KINDS: dict[str, Callable[[list[Choice], bool], str]] = {"single": _single, "multiple": _multiple, "flag": _flag}


def _pictures(folder: Path, shown: list[Picture], reader: Reader) -> dict[str, Path]:
    """The pictures the module shows, by name: these and no other file of the folder are ever served."""
    pictures: dict[str, Path] = {}
    for picture in shown:
        path = folder / picture.file
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.[a-z]+", picture.file) or path.suffix not in PICTURES:
            reader.note(
                1 - reader.offset, f"{picture.file} is no name for a picture: small letters, {', '.join(PICTURES)}"
            )
        elif not path.is_file():
            reader.note(1 - reader.offset, f"the picture {picture.file} is not in the folder")
        elif not picture.alt:
            reader.note(1 - reader.offset, f"the picture {picture.file} needs words for those who do not see it")
        else:
            pictures[picture.file] = path
    for unused in {path.name for path in folder.glob("*") if path.suffix in PICTURES} - {p.file for p in shown}:
        reader.note(1 - reader.offset, f"the picture {unused} is shown nowhere")
    return pictures


def _hash(folder: Path) -> str:
    """SHA-256 over the folder's files: each one's name and bytes, with their lengths, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        for part in (path.name.encode(), path.read_bytes()):
            digest.update(struct.pack(">Q", len(part)) + part)
    return digest.hexdigest()
