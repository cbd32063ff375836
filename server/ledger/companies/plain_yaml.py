"""YAML from outside, read without trusting it, and the line where a place of it stands. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from server.core.sentences import sentence
from server.core.words import Refused

YAML = "tag:yaml.org,2002:"
KINDS = {"str", "null", "map", "seq"}


def parse(data: bytes) -> tuple[Any, yaml.Node | None]:
    """The content, every scalar of it text, and the tree that knows the lines. Raises Refused("invalid") in one sentence."""
    try:
        loader = _Plain(data)
        tree = loader.get_single_node()
        return (loader.construct_document(tree) if tree else None), tree
    except (yaml.YAMLError, RecursionError) as problem:
        detail = " ".join(str(problem).split()).replace('in "<byte string>", ', "in ")
        raise Refused("invalid", sentence("This is not valid YAML: %(problem)s.", problem=detail)) from None


class _Plain(yaml.composer.Composer, yaml.CSafeLoader):
    """Every scalar is text (NO is Norway, 1688 a name, 2026-11-01 read later), null excepted; no aliases, no doubles.

    libyaml reads it, five times as fast; Python composes it, so that nothing nested too deeply can end the process.
    """

    yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag.endswith(":null")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, data: bytes) -> None:
        yaml.CSafeLoader.__init__(self, data)
        yaml.composer.Composer.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):  # ten nested aliases make a file of gigabytes
            mark: Any = self.peek_event().start_mark  # type: ignore[union-attr]
            raise yaml.composer.ComposerError(None, None, "aliases are not read here", mark)
        node: Any = super().compose_node(parent, index)
        if node.tag.removeprefix(YAML) not in KINDS:  # `!!int ten` says that it is a number, and is none
            raise yaml.composer.ComposerError(None, None, f"the tag {node.tag!r} is not read here", node.start_mark)
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        if doubled := [name for name, count in names.items() if count > 1]:
            raise yaml.constructor.ConstructorError(None, None, f"{doubled[0]!r} stands there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def located(place: str, tree: yaml.Node | None) -> str:
    """A place with the line of the file where it stands, or where what should hold it starts."""
    number = line(place, tree)
    return f"line {number}, {place}" if number else place


def line(place: str, tree: yaml.Node | None) -> int:
    """The line of the file where a place stands, or where what should hold it starts; 0: not known."""
    node, number = tree, 0
    for step in re.findall(r"[^.\[\]]+", place):
        node = _below(node, step)
        if node:
            number = node.start_mark.line + 1
    return number


def _below(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        item: yaml.Node = node.value[int(step)]
        return item
    return None


def places(messages: Any, place: str = "") -> Iterator[tuple[str, list[str]]]:
    """`companies[2].platforms[0].slug` and what is wrong there, for each place."""
    if isinstance(messages, dict):
        for key, below in messages.items():
            step = "" if key == "_schema" else f"[{key}]" if isinstance(key, int) else f".{key}" if place else str(key)
            yield from places(below, place + step)
    else:
        yield place, [message if isinstance(message, str) else str(message) for message in messages]
