"""A table in which a company has filled in its answers: which line answers what, and what is wrong in which. Pure.

Columns may stand in any order and under their words in any language, or under their names by API; others are passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from server.core.sentences import sentence
from server.core.words import Refused

MOST_ANSWERS = 500  # as by API
FILLED_IN = (
    "answer", "reason", "url", "company_reference", "ground", "actions", "automated", "redress_url", "statement_id",
)  # fmt: skip
WORDED = ("answer", "ground", "automated")  # columns in which a word of a list stands


class Bad(Protocol):
    """A cell that could not be read."""

    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One line with an answer: which notice, what AnswerSchema is given, and what is wrong with it already, in which column."""

    line: int
    reference: str
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class FilledTable:
    """The lines with an answer, in the file's order, and how many have none."""

    rows: tuple[FilledRow, ...]
    empty: int


def folded(text: str) -> str:
    """A heading or a word of a list, however it is written: case, spaces and apostrophes aside."""
    return " ".join(text.replace("’", "'").casefold().split())


def read(
    lines: Sequence[tuple[int, Sequence[str | Bad]]], names: Mapping[str, str], words: Mapping[str, Mapping[str, Any]]
) -> FilledTable:  # fmt: skip
    """What a table says. Raises Refused("invalid") for one that is no such table.

    names: the column of each possible heading, folded. words: of each worded column, the value of each word.
    """
    columns = _columns(lines[0][1] if lines else (), names)
    rows: list[FilledRow] = []
    first: dict[str, int] = {}
    empty = 0
    for line, cells in lines[1:]:
        row = _row(line, dict(zip(columns, cells, strict=False)), words)
        if row is None:
            empty += 1
            continue
        if not row.problem and row.reference in first:
            row = FilledRow(line, row.reference, {}, _twice(first[row.reference]))
        first.setdefault(row.reference, line)
        rows.append(row)
        if len(rows) > MOST_ANSWERS:
            detail = sentence("A file takes at most %(most)s answers. Split it.", most=MOST_ANSWERS)
            raise Refused("invalid", detail)
    return FilledTable(tuple(rows), empty)


def _twice(line: int) -> str:
    return sentence("The same notice is in line %(line)s.", line=str(line))


def _columns(heads: Sequence[str | Bad], names: Mapping[str, str]) -> list[str]:
    columns = [names.get(folded(head), "") if isinstance(head, str) else "" for head in heads]
    known = [name for name in columns if name]
    if "reference" not in known or "answer" not in known:
        detail = sentence(
            "The first row names the columns. “%(number)s” and “%(answer)s” are needed; download the table to see them.",
            number=sentence("Our number"),
            answer=sentence("Your answer"),
        )
        raise Refused("invalid", detail)
    if len(set(known)) < len(known):
        raise Refused("invalid", sentence("Two columns have the same heading. Remove one."))
    return columns


def _row(line: int, cells: Mapping[str, str | Bad], words: Mapping[str, Mapping[str, Any]]) -> FilledRow | None:
    """One line; None for one in which nothing was filled in."""
    reference = cells.get("reference", "")
    given = {name: cells[name] for name in FILLED_IN if cells.get(name)}
    if not given:
        return None
    if not isinstance(reference, str) or not reference:
        return FilledRow(line, "", {}, sentence("The number of the notice is missing."))
    reference = reference.upper()
    values: dict[str, Any] = {}
    for name, cell in given.items():
        if not isinstance(cell, str):
            return FilledRow(line, reference, {}, cell.why, name)
        if name in WORDED:
            if folded(cell) not in words[name]:
                problem = sentence("“%(word)s” is not one of the values of this column.", word=cell[:60])
                return FilledRow(line, reference, {}, problem, name)
            values[name] = words[name][folded(cell)]
        elif name == "actions":
            values[name] = [part.strip() for part in cell.replace(";", "\n").splitlines() if part.strip()]
        else:
            values[name] = cell
    if "answer" not in values:
        return FilledRow(line, reference, {}, sentence("Choose what you did."), "answer")
    return FilledRow(line, reference, values)
