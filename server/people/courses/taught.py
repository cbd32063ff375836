"""What a module taught, state by state: the words of its lessons and the keys of its questions, beside the module. Pure.

`taught.yaml` is written by `flask training keep` and never by hand. Its first state holds every lesson, each later one, under
the day of the change that `changes` declares, the lessons that had other words since. So what changed can be told offline, by
anybody, without the repository's history.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from server.people.courses import differences, plain
from server.people.courses.changes import Change
from server.people.courses.differences import Difference
from server.people.courses.module import Module
from server.people.courses.yaml_lines import Invalid, Located, Problem, Reader

NAME = "taught.yaml"
HEAD = "# What this module taught, state by state. Written by `flask training keep`; do not edit it by hand.\n"


@dataclass(frozen=True, slots=True)
class Taught:
    """One lesson: its words, and of each question about it the question and what is right."""

    text: str
    keys: Mapping[str, str] = field(default_factory=dict)


State = dict[str, Taught]  # by the lesson's name


@dataclass(frozen=True, slots=True)
class Undeclared:
    """Something that changed and is not declared as what it is."""

    lesson: str
    what: str
    minor: bool = False  # a minor change may be that


def now(module: Module) -> State:
    """What the module teaches now."""
    keys: dict[str, dict[str, str]] = {}
    for question in (*module.questions, *module.exam_questions):
        keys.setdefault(question.lesson, {})[question.name] = plain.key(question)
    return {lesson.name: Taught(plain.words(lesson), keys.get(lesson.name, {})) for lesson in module.lessons}


def read(folder: Path) -> dict[date, State]:
    """The kept states by day, each whole, the oldest first; none when nothing is kept. Raises Invalid."""
    path = folder / NAME
    reader = Reader(f"{folder.name}/{NAME}")
    top = reader.load(path.read_text(encoding="utf-8")) if path.is_file() else Located()
    states: dict[date, State] = {}
    state: State = {}
    for day, lessons in top.items():
        state = dict(state)
        try:
            when = date.fromisoformat(str(day))
        except ValueError:
            reader.note(top.lines[day], f"{day} is no day")
            continue
        for name, lesson in lessons.items() if isinstance(lessons, Located) else ():
            if lesson is None:
                state.pop(name, None)
            elif isinstance(lesson, Located):
                keys = lesson.get("keys") or Located()
                state[name] = Taught(reader.text(lesson, "text"), {each: reader.text(keys, each) for each in keys})
        states[when] = state
    if reader.problems:
        raise Invalid(reader.problems)
    return states


def write(folder: Path, states: Mapping[date, State]) -> None:
    """Keep these states: of each what differs from the one before."""
    kept: dict[date, dict[str, Any]] = {}
    before: State = {}
    for day, state in sorted(states.items()):
        kept[day] = {
            name: {"text": taught.text} | ({"keys": dict(taught.keys)} if taught.keys else {})
            for name, taught in state.items()
            if before.get(name) != taught
        } | {name: None for name in before if name not in state}
        before = state
    said = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=118)
    (folder / NAME).write_text(HEAD + said, encoding="utf-8")


def vocabulary(modules: Iterable[Module]) -> frozenset[str]:
    """Every word the modules use: none of them is a misspelling."""
    return differences.vocabulary(
        text for module in modules for lesson in now(module).values() for text in (lesson.text, *lesson.keys.values())
    )


def undeclared(before: State, after: State, change: Change | None, known: Collection[str]) -> list[Undeclared]:
    """What is taught otherwise in `after` and not declared by `change` (None: nothing is) as what it is."""
    problems = []
    material = change.parts if change and change.material else ()
    reworded = change.parts if change else ()
    for name, taught in after.items():
        if name not in before:
            if name not in material:
                problems.append(Undeclared(name, "is new"))
            continue
        moved = {each: old for lesson in before.values() for each, old in lesson.keys.items()}
        difference, what = _apart(replace(before[name], keys=moved), taught, known)
        if difference is Difference.FACT and name not in material:
            problems.append(Undeclared(name, f"states another fact ({what})"))
        elif difference is Difference.WORDS and name not in reworded:
            problems.append(Undeclared(name, f"has other words ({what})", minor=True))
    return problems


def _apart(before: Taught, after: Taught, known: Collection[str]) -> tuple[Difference, str]:
    """How far two states of a lesson and of its keys are apart, and what shows it. A new question asks nobody again."""
    compared = differences.compare(before.text, after.text, known)
    furthest, what = compared.difference, f"“{compared.before}” is now “{compared.after}”"
    for name in after.keys.keys() & before.keys.keys():
        (old, old_at), (new, new_at) = _split(before.keys[name]), _split(after.keys[name])
        compared = differences.compare(old, new, known)
        difference = compared.difference
        if difference > Difference.FORM and (old_at != new_at or _shuffled(old, new)):
            difference = Difference.FACT
        if difference > furthest:
            furthest, what = difference, f"question {name}: “{compared.before}” is now “{compared.after}”"
    return furthest, what


def _shuffled(old: str, new: str) -> bool:
    """Whether the same words stand in another order: of pairs, the right sides have changed places."""
    return sorted(t.folded for t in differences.tokens(old)) == sorted(t.folded for t in differences.tokens(new))


def _split(key: str) -> tuple[str, str]:
    """A key's words, and the places of what is right."""
    said, _, at = key.rpartition(" [")
    return (said, at) if key.endswith("]") and said else (key, "")


# --- Declared and kept -----------------------------------------------------------------------------------------------


def check(folder: Path, module: Module, known: Collection[str]) -> list[Problem]:
    """What is taught otherwise than kept and not declared so, and what is declared and not kept. Raises Invalid."""
    states = read(folder)
    if not states:
        return [_problem(module, f"changes are declared, but no {NAME} tells from what")] if module.changes else []
    return _wrong(module, states, known) or _unkept(module, states)


def keep(folder: Path, module: Module, known: Collection[str]) -> date:
    """Keep what the module teaches now, under the day of its last change. Raises Invalid for what is not declared."""
    states = read(folder)
    if states and (problems := _wrong(module, states, known)):
        raise Invalid(problems)
    day = module.changes[-1].day if module.changes and states else max(states, default=module.version)
    write(folder, states | {day: now(module)})
    return day


def _wrong(module: Module, states: Mapping[date, State], known: Collection[str]) -> list[Problem]:
    last, current = max(states), now(module)
    pending = [change for change in module.changes if change.day > last]
    if len(pending) > 1:
        return [_problem(module, f"keep the change of {pending[0].day} before you declare another")]
    if pending:
        return _told(module, last, undeclared(states[last], current, pending[0], known))
    before = max((day for day in states if day < last), default=None)
    change = next((change for change in module.changes if change.day == last), None)
    if before is None:
        return _told(module, last, undeclared(states[last], current, None, known))
    if change is None:
        return [_problem(module, f"{NAME} has a state of {last}, but changes has none of that day")]
    return _told(module, before, undeclared(states[before], current, change, known))


def _unkept(module: Module, states: Mapping[date, State]) -> list[Problem]:
    last, current = max(states), now(module)
    declared = module.changes and module.changes[-1].day > last
    questions = {name for lesson in current.values() for name in lesson.keys}
    if declared or questions != {name for lesson in states[last].values() for name in lesson.keys}:
        return [_problem(module, f"{NAME} is older: run flask training keep {module.slug}")]
    return []


def _told(module: Module, since: date, problems: Iterable[Undeclared]) -> list[Problem]:
    return [
        _problem(
            module,
            f"since {since}, the lesson {problem.lesson} {problem.what}. Declare it under changes: material with its "
            f"name in parts{', or minor with its name in reworded' if problem.minor else ''}",
        )
        for problem in problems
    ]


def _problem(module: Module, what: str) -> Problem:
    return Problem(f"{module.slug}/module.md", 1, what)
