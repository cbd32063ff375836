"""A module of `training_modules/`: read, checked and held in memory. Pure, save that it reads the folder it is given.

A folder holds `module.md` (front matter and lessons), `bank.yaml` (questions for practice), `exam.yaml` (questions for the
exam alone), its pictures, and a folder a language with the same in translation; `training_modules/README.md` describes the format. What was passed is kept under the module's
content hash. That is what `exam` says in the front matter, so that fixing a sentence asks nobody again; without `exam` it
is the hash of what is taught, and every other word asks everybody. Translations are not in the hash: they say the same.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from server.core import wording
from server.people.courses import bank, changes, differences, markdown, plain, translation
from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson, Picture
from server.people.courses.module import Module, Source
from server.people.courses.yaml_lines import Invalid, Located, Problem, Reader

ONE_OF_GROUPS = "one_of_groups"
TRACKS = ("spotter", "company", "enforcement")
# Parts of addresses, so no lesson and no module may be called so.
PICTURE_LANE = "picture-lane"  # a folder beside the modules that is none: the pictures of the practice
RESERVED = ("exam", "items", "pictures", "practice", "sources")
RESERVED_FOLDERS = ("agreement", "alike", "appeal", "certificate", "practice", "review")
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
EXAM = re.compile(r"[0-9a-f-]{8,64}")  # a day, or a hash that exams were kept under before
SCIENTIFIC = re.compile(r"[A-Z][a-z]+( [a-z-]+)?")  # a species, or the genus, family or order it stands in
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")  # of BCP 47: language, script, region


def load(folder: Path) -> Module:
    """The module in `folder`, with its translations. Raises Invalid with every problem, by file and line."""
    module, problems = _load(folder)
    translations = {}
    for inner in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if not LANGUAGE.fullmatch(inner.name) or inner.name == module.language:
            problems.append(
                Problem(
                    f"{folder.name}/{inner.name}", 1, "a folder here must be named for another language, such as fr"
                )
            )
            continue
        translations[inner.name], more_problems = _load(inner, module)
        problems += more_problems
    if problems:
        raise Invalid(problems)
    module.translations.update(translations)
    for version in (module, *translations.values()):
        version.versions.update({module.language: module} | translations)
    return module


NEEDED = ("title", "summary", "objectives", "language")
KEYS = (*NEEDED, "minutes", "track", "order", "version", "required", "sources")


def _load(folder: Path, original: Module | None = None) -> tuple[Module, list[Problem]]:
    """One folder's module, and what is wrong with it. A translation takes from its `original` what it does not say."""
    name = f"{original.slug}/{folder.name}" if original else folder.name
    lines = Reader(f"{name}/module.md")
    front, body, offset = _split(folder / "module.md", lines)
    head = Reader(lines.file, offset=1)
    meta = head.load(front) if front else Located()
    head.known(meta, *KEYS, *(("reviewed",) if original else ("exam", "changes", "topics", "tells_apart")))
    lines.offset = offset
    lessons = markdown.read(body, lines)
    items, of_exam = Reader(f"{name}/bank.yaml"), Reader(f"{name}/exam.yaml")
    names, cannot_tell = {lesson.name for lesson in lessons}, None if original else bank.CANNOT_TELL
    questions = bank.read(_text(folder / "bank.yaml"), names, items, cannot_tell=cannot_tell)
    exam_questions: tuple[Question, ...] = ()
    if (folder / "exam.yaml").is_file():
        exam_questions = bank.read(
            _text(folder / "exam.yaml"), names, of_exam, cannot_tell=cannot_tell,
            smallest=bank.SMALLEST if original or meta.get("required") is not True else bank.SMALLEST_EXAM,
            taken={question.name for question in questions},
        )  # fmt: skip
    for lesson in lessons:
        if lesson.name in RESERVED:
            lines.note(lesson.line, f"no lesson may be named {lesson.name}")

    shown = [picture for lesson in lessons for picture in lesson.pictures]
    shown += [q.ad.picture for q in (*questions, *exam_questions) if q.ad and q.ad.picture]
    folders = (folder, folder.parent) if original else (folder,)
    pictures = _pictures(folders, shown, lines)
    objectives, language = head.words(meta, "objectives"), head.text(meta, "language")
    if original:
        translation.compare_lessons(original.lessons, lessons, lines)
        translation.compare_questions(original.questions, questions, items)
        if exam_questions:
            translation.compare_questions(original.exam_questions, exam_questions, of_exam)
        attributes = _translated(meta, head, original, lessons)
        if objectives and len(objectives) != len(original.objectives):
            head.note(meta.lines["objectives"], f"the original has {len(original.objectives)} objectives")
        if language and language != folder.name:
            head.note(meta.lines["language"], f"language says {language}, the folder {folder.name}")
        slug, content_hash = original.slug, original.content_hash
    else:
        attributes, slug = _own(folder.name, meta, head, lessons), folder.name
        content_hash = _exam(meta, head) or _hash(lessons, (*questions, *exam_questions))
    module = Module(
        slug=slug, title=head.text(meta, "title"), summary=head.text(meta, "summary"), objectives=objectives, language=language, lessons=lessons, questions=questions,
        exam_questions=exam_questions, pictures=pictures, content_hash=content_hash, **attributes,
    )  # fmt: skip
    return module, [*head.problems, *lines.problems, *items.problems, *of_exam.problems]


def _own(slug: str, meta: Located, head: Reader, lessons: Sequence[Lesson]) -> dict[str, Any]:
    """What an original says of itself besides its words."""
    track = head.text(meta, "track")
    if track and track not in TRACKS:
        head.note(meta.lines["track"], f"track must be one of {', '.join(TRACKS)}")
    return {
        "minutes": _minutes(meta, head, lessons),
        "track": track,
        "order": head.number(meta, "order"),
        "version": head.day(meta, "version"),
        "required": meta.get("required") != ONE_OF_GROUPS and head.flag(meta, "required"),
        "one_of_groups": meta.get("required") == ONE_OF_GROUPS,
        "sources": tuple(_source(item, head) for item in head.mappings(meta, "sources")),
        "topics": _topics(meta, head, {lesson.name for lesson in lessons}),
        "tells_apart": _tells_apart(meta, head, {lesson.name for lesson in lessons}),
        "changes": changes.read(slug, meta, head, lessons),
    }


def _topics(meta: Located, head: Reader, lessons: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The species groups of each lesson that is about some."""
    said, topics = _by_lesson("topics", "species groups", meta, head, lessons)
    for lesson, groups in topics.items():
        for group in set(groups) - set(wording.GROUP):
            head.note(said.lines[lesson], f"{group} is none of the species groups {', '.join(wording.GROUP)}")
    return topics


def _tells_apart(meta: Located, head: Reader, lessons: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The scientific names of what each lesson tells from its look-alikes."""
    said, names = _by_lesson("tells_apart", "scientific names", meta, head, lessons)
    for lesson, of_lesson in names.items():
        for name in of_lesson:
            if not SCIENTIFIC.fullmatch(name):
                head.note(said.lines[lesson], f"{name} is no scientific name")
    return names


def _by_lesson(
    key: str, what: str, meta: Located, head: Reader, lessons: Collection[str]
) -> tuple[Located, dict[str, tuple[str, ...]]]:
    """A list of words for each lesson that has one, with the lines they stand in."""
    said = meta.get(key)
    if said is None:
        return Located(), {}
    if not isinstance(said, Located):
        head.note(meta.lines[key], f"{key} must name lessons, each with a list of {what}")
        return Located(), {}
    head.known(said, *sorted(lessons))
    return said, {lesson: head.words(said, lesson) for lesson in said}


def _translated(meta: Located, head: Reader, original: Module, lessons: Sequence[Lesson]) -> dict[str, Any]:
    """The same of a translation: minutes and sources may be its own, the rest is the original's.

    `version` says which state of the original was translated: a translation of an older one is refused. `reviewed` says
    when a native speaker read it; without it every page that shows it says that none has.
    """
    head.day(meta, "version")
    of_original = {key: getattr(original, key) for key in ("version", "track", "order")}
    of_original["required"] = ONE_OF_GROUPS if original.one_of_groups else original.required
    for key, value in of_original.items():
        if key in meta and meta[key] != value:
            head.note(meta.lines[key], f"{key} says {meta[key]}, in the original it is {value}")
    sources = tuple(_source(item, head) for item in head.mappings(meta, "sources")) if "sources" in meta else ()
    return {
        "minutes": _minutes(meta, head, lessons) if "minutes" in meta else original.minutes,
        "track": original.track,
        "order": original.order,
        "version": original.version,
        "required": original.required,
        "one_of_groups": original.one_of_groups,
        "sources": sources or original.sources,
        "topics": original.topics,
        "tells_apart": original.tells_apart,
        "unreviewed": not ("reviewed" in meta and head.day(meta, "reviewed")),
        "changes": original.changes,
    }


def _minutes(meta: Located, head: Reader, lessons: Sequence[Lesson]) -> int:
    minutes, reading = head.number(meta, "minutes"), sum(lesson.minutes for lesson in lessons)
    if lessons and "minutes" in meta and not 0.75 * reading - 1 <= minutes <= 1.5 * reading + 1:
        head.note(meta.lines["minutes"], f"minutes says {minutes}, but the text takes about {round(reading)}")
    return minutes


def load_all(root: Path) -> dict[str, Module]:
    """Every module under `root` by its slug, in their order. Raises Invalid with the problems of all of them."""
    modules: list[Module] = []
    problems: list[Problem] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name != PICTURE_LANE):
        if folder.name in RESERVED_FOLDERS:
            problems.append(Problem(folder.name, 1, f"no module may be named {folder.name}"))
        try:
            modules.append(load(folder))
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return {module.slug: module for module in sorted(modules, key=lambda module: (module.track, module.order))}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _split(path: Path, reader: Reader) -> tuple[str, str, int]:
    """Front matter, body, and the number of lines before the body."""
    text = _text(path)
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


def _pictures(folders: Sequence[Path], shown: list[Picture], reader: Reader) -> dict[str, Path]:
    """The pictures the module shows, by name, from the first of `folders` that has them: no other file is ever served."""
    pictures: dict[str, Path] = {}
    for picture in shown:
        path = next(
            (folder / picture.file for folder in folders if (folder / picture.file).is_file()),
            folders[0] / picture.file,
        )
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
    for unused in {path.name for path in folders[0].glob("*") if path.suffix in PICTURES} - {p.file for p in shown}:
        reader.note(1 - reader.offset, f"the picture {unused} is shown nowhere")
    return pictures


def _exam(meta: Located, head: Reader) -> str:
    """What the author says that passed exams are kept under; empty when nothing is said."""
    if "exam" not in meta:
        return ""
    said = str(meta["exam"])
    if not EXAM.fullmatch(said):
        head.note(meta.lines["exam"], "exam must be a day, or 8 to 64 of the characters 0-9, a-f and -")
    return said


def _hash(lessons: Iterable[Lesson], questions: Iterable[Question]) -> str:
    """SHA-256 over the words of the lessons and the keys of the questions: a comma or a drawing does not change it."""
    digest = hashlib.sha256()
    said = [(lesson.name, plain.words(lesson)) for lesson in lessons]
    said += sorted((question.name, plain.key(question)) for question in questions)
    for name, words in said:
        digest.update("\0".join([name, *(token.folded for token in differences.tokens(words))]).encode() + b"\1")
    return digest.hexdigest()
