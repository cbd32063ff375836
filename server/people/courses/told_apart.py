"""The lessons that tell a species from its look-alikes: their first words and their drawings, never their questions. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.people.courses.markdown import Lesson, Picture
from server.people.courses.module import Module

_LEAD = re.compile(r"<p>.*?</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ToldApart:
    """One lesson about a species. `lead` is clean HTML: the sentence or two that do when nothing else is read."""

    module: Module
    lesson: Lesson
    lead: str
    pictures: tuple[Picture, ...]


def lessons(modules: Mapping[str, Module], names: Iterable[str], languages: Iterable[str]) -> list[ToldApart]:
    """The lessons about a taxon with these scientific names, its own and those of the higher taxa it stands under, in the
    first of `languages` that a module has. Simulated ads are left out, and with them their pictures."""
    names, languages = list(names), list(languages)
    return [
        _read(module.read_in(languages), name)
        for module in modules.values()
        for name, about in module.tells_apart.items()
        if is_about(about, names)
    ]


def is_about(about: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of `about` is a whole word of one of `names`: a genus is in the names of its species."""
    names = list(names)
    return any(re.search(rf"\b{re.escape(wanted)}\b", name) for wanted in about for name in names)


def every_name(modules: Mapping[str, Module]) -> list[str]:
    """The scientific names that lessons with a drawing are about."""
    return [name for module in modules.values() for name in _drawn(module)]


def pictures(module: Module, name: str) -> tuple[Picture, ...]:
    """The drawings of one lesson."""
    lesson = module.lesson(name)
    return _pictures(lesson) if lesson else ()


def _drawn(module: Module) -> Iterator[str]:
    for lesson in module.lessons:
        if _pictures(lesson):
            yield from module.tells_apart.get(lesson.name, ())


def _read(module: Module, name: str) -> ToldApart:
    lesson = module.lesson(name)
    assert lesson  # a translation has every lesson of its original
    first = lesson.blocks[0] if lesson.blocks else ""
    lead = _LEAD.match(first.strip()) if isinstance(first, str) else None
    return ToldApart(module, lesson, lead[0] if lead else "", _pictures(lesson))


def _pictures(lesson: Lesson) -> tuple[Picture, ...]:
    """Those of its figures."""
    return tuple(picture for block in lesson.blocks if isinstance(block, tuple) for picture in block)
