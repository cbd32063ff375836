"""YAML whose every mapping remembers its lines, and a reader that collects what is wrong with them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a module, where an author finds it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Invalid(Exception):
    """A module that cannot be used, with every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__("\n".join(map(str, self.problems)))


class Located(dict[str, Any]):
    """A YAML mapping with the line it starts on and the line of each key."""

    def __init__(self, *entries: Any, **values: Any) -> None:
        super().__init__(*entries, **values)
        self.line = 1
        self.lines: dict[str, int] = {}


class _Loader(yaml.SafeLoader):
    pass


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """By libyaml, where PyYAML was built with it: the question banks are read in a quarter of the time."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Iterator[Located]:
    mapping = Located()
    mapping.line = node.start_mark.line + 1
    yield mapping
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a key must be one word", problem_mark=key.start_mark)
        name = key.value
        if name in mapping:
            raise yaml.MarkedYAMLError(problem=f"the key {name} stands twice", problem_mark=key.start_mark)
        try:
            mapping[name] = loader.construct_object(value, deep=True)
        except ValueError as error:  # 2026-02-30
            raise yaml.MarkedYAMLError(problem=f"{name}: {error}", problem_mark=key.start_mark) from None
        mapping.lines[name] = key.start_mark.line + 1


for loader in (_Loader, _FastLoader):
    loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _parsed(text: str) -> Any:
    try:
        return yaml.load(text, _FastLoader)  # noqa: S506 a SafeLoader that also counts lines
    except yaml.YAMLError:
        return yaml.load(text, _Loader)  # noqa: S506 for its messages: those of libyaml differ by version


class Reader:
    """Takes typed values out of one file's mappings and notes what is wrong instead of stopping at the first.

    `offset` is the number of lines before the YAML begins in its file.
    """

    def __init__(self, file: str, offset: int = 0) -> None:
        self.file, self.offset = file, offset
        self.problems: list[Problem] = []

    def note(self, line: int, what: str) -> None:
        """Write down one problem at `line` of the YAML."""
        self.problems.append(Problem(self.file, line + self.offset, what))

    def load(self, text: str) -> Located:
        """The mapping `text` holds; an empty one, with a problem noted, when it holds none."""
        try:
            content = _parsed(text)
        except yaml.MarkedYAMLError as error:
            self.note((error.problem_mark.line if error.problem_mark else 0) + 1, error.problem or "this is no YAML")
            return Located()
        except yaml.reader.ReaderError as error:
            self.note(text.count("\n", 0, error.position) + 1, str(error.reason))
            return Located()
        if isinstance(content, Located):
            return content
        self.note(1, "expected keys and values")
        return Located()

    def known(self, mapping: Located, *keys: str) -> None:
        """Refuse every key but `keys`: a misspelt one would be lost in silence."""
        for name in mapping.keys() - set(keys):
            self.note(mapping.lines[name], f"the key {name} is not known here; known are {', '.join(keys)}")

    def text(self, mapping: Located, key: str, *, needed: bool = True) -> str:
        """The words at `key`, without the space around them."""
        value = mapping.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self.note(mapping.lines[key], f"{key} must be words; put them in quotation marks")
        elif needed:
            self.note(mapping.line, f"{key} is missing")
        return ""

    def number(self, mapping: Located, key: str) -> int:
        """The whole number, 1 or more, at `key`."""
        value = mapping.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.note(mapping.lines.get(key, mapping.line), f"{key} must be a whole number, 1 or more")
        return 1

    def day(self, mapping: Located, key: str) -> date:
        """The date at `key`, such as 2026-11-25."""
        value = mapping.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.note(mapping.lines.get(key, mapping.line), f"{key} must be a date such as 2026-11-25")
        return date.min

    def flag(self, mapping: Located, key: str) -> bool:
        """Whether `key` says true; absent is false."""
        value = mapping.get(key, False)
        if not isinstance(value, bool):
            self.note(mapping.lines[key], f"{key} must be true or false")
        return value is True

    def words(self, mapping: Located, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """The list of words at `key`."""
        value = mapping.get(key)
        if value is None and not needed:
            return ()
        if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
            return tuple(value)
        self.note(mapping.lines.get(key, mapping.line), f"{key} must be a list of words")
        return ()

    def mappings(self, mapping: Located, key: str) -> list[Located]:
        """The list of mappings at `key`."""
        value = mapping.get(key)
        if isinstance(value, list) and value and all(isinstance(item, Located) for item in value):
            return value
        self.note(mapping.lines.get(key, mapping.line), f"{key} must be a list of keys and values")
        return []
