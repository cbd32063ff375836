"""What the documents name exists: paths, commands with their options, make's targets, settings, figures."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCE = "".join(path.read_text() for path in sorted((ROOT / "server").rglob("*.py")))
FOLDERS = ("server", "docs", "tests", "extension", "training_modules", "migrations", "benchmarks")


def code(document: Path) -> list[str]:
    """Every piece of code in a document: spans, and the lines of blocks."""
    text = document.read_text()
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [" ".join(span.split()) for span in spans] + [
        line.strip() for block in blocks for line in block.splitlines()
    ]


def named(pattern: str) -> list[tuple[str, str]]:
    """(document, what it names) for everything in code that matches."""
    return sorted(
        {(path.name, found) for path in DOCUMENTS for text in code(path) for found in re.findall(pattern, text)}
    )


@pytest.mark.parametrize(("document", "path"), named(rf"(?<![\w./-])((?:{'|'.join(FOLDERS)})/[\w./<>*-]*)"))
def test_a_path_that_is_named_exists(document: str, path: str) -> None:
    assert list(ROOT.glob(re.sub(r"<\w+>", "*", path).rstrip("/."))), f"{document} names {path}"


@pytest.mark.parametrize(("document", "target"), named(r"\bmake ([a-z]+)"))
def test_a_target_of_make_that_is_named_exists(document: str, target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE), f"{document} names make {target}"


def test_what_only_postgresql_shows_is_tried_there() -> None:
    """A test that is skipped on SQLite runs nowhere, unless the Makefile names its file for PostgreSQL."""
    listed = re.search(r"^ON_POSTGRESQL := (.*?)\n\n", (ROOT / "Makefile").read_text(), re.MULTILINE | re.DOTALL)
    assert listed
    files = {path for pattern in re.findall(r"tests/\S+?\.py", listed[1]) for path in ROOT.glob(pattern)}
    only = re.compile(r"PostgreSQL only|own_database")
    assert {path for path in (ROOT / "tests/faults").glob("test_*.py") if only.search(path.read_text())} <= files


@pytest.mark.parametrize(("document", "setting"), named(r"SPOTTER_[A-Z_]+[A-Z]"))
def test_a_setting_that_is_named_is_read(document: str, setting: str) -> None:
    name = setting.removeprefix("SPOTTER_")
    assert setting in SOURCE or f'"{name}"' in SOURCE or re.search(rf"\b{name.lower()}: ", SOURCE), (
        f"{document}: {setting}"
    )


@pytest.mark.parametrize(("document", "figure"), named(r"\bspotter_([a-z_]+)"))
def test_a_figure_that_is_named_is_shown(document: str, figure: str) -> None:
    assert f'"{figure}"' in SOURCE or f"spotter_{figure}" in SOURCE, f"{document} names spotter_{figure}"


def test_a_command_that_is_named_exists_with_its_options(app: Flask) -> None:
    wrong = []
    for document in DOCUMENTS:
        for text in code(document):
            for line in re.split(r"&&|;|\||#", text):
                if problem := _unknown(app.cli, line):
                    wrong.append(f"{document.name}: {line.strip()}: {problem}")
    assert wrong == []


def _unknown(commands: click.Group, line: str) -> str | None:
    """What in a line is no command of ours, or no option of the one it names; None for lines of other programs."""
    words = re.sub(r"^.*?\bflask(?= )", "flask", line.strip()).split()
    if not words or (words[0] != "flask" and words[0] not in commands.commands):
        return None
    if words[0] == "flask":
        words = words[3:] if words[1] == "--app" else words[1:]
    elif len(words) < 2:
        return None  # one word alone may mean many things
    command: click.Command = commands
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if command is commands:
        return f"no command {words[0] if words else ''}" if words and re.fullmatch(r"[a-z-]+", words[0]) else None
    if isinstance(command, click.Group) and words and re.fullmatch(r"[a-z-]+", words[0]):
        return f"no command {words[0]}"
    options = {"--help"} | {name for parameter in command.params for name in parameter.opts + parameter.secondary_opts}
    given = [word.partition("=")[0] for word in words if re.match(r"--[a-z]", word)]
    return next((f"no option {option}" for option in given if option not in options), None)
