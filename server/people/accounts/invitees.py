"""A list of people to invite, as a CSV file or pasted: which rows are valid, and what is wrong in which line. Pure.

The first row names the columns: name, email, and optionally language and cohort. Commas, semicolons or tabs, as spreadsheets
of different countries write them (RFC 4180 and its habit) and as their cells are pasted; UTF-8, with or without a byte order
mark. A pasted list may do without that row, and name people as mail programs do: `Noor <noor@example.org>`. A cell that a
spreadsheet would take for a formula is refused (OWASP, CSV injection): it would come back in somebody's export.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from server.core import wording
from server.core.sentences import counted, sentence
from server.core.words import SPOKEN, Refused

MOST_ROWS = 10_000
MOST_BYTES = 1_000_000
LONGEST_COHORT = 60  # characters; the column's length
COLUMNS = ("name", "email", "language", "cohort")
FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
# A person as a mail program writes them. Nothing is tried twice (*+): a long line of blanks takes no longer than another.
ADDRESSED = re.compile(r"\s*+\"?+([^<>\"]*+)\"?+\s*+<([^<>\s@]++@[^<>\s]++)>[\s,;]*+\Z")
ONE_OF = re.compile(r"(?<=>)\s*[,;]\s*(?=\S)")  # between two of them
HEADER = sentence("The first row names the columns: name, email, and optionally language and cohort.")


@dataclass(frozen=True, slots=True)
class Invitee:
    """One valid row: whom to invite, the languages they read, and with whom they join."""

    name: str
    email: str  # lower case
    languages: tuple[str, ...] = ()
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that is left out: its line in the file, as much of it as is good to show, and why."""

    line: int
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class InviteeList:
    """A list, read: the valid rows in the file's order, and the rejected ones."""

    invitees: tuple[Invitee, ...]
    rejected: tuple[RejectedRow, ...]


def read(
    data: bytes,
    refuse_unfit: Callable[[str, str], None],
    known: Callable[[Collection[str]], set[str]] = lambda _: set(),
    most: int = MOST_BYTES,
    *,
    pasted: bool = False,
) -> InviteeList:
    """Read a file, or what was pasted. `refuse_unfit` checks address and name; `known` says which addresses have an account.

    Raises Refused("invalid") for what is not such a list at all.
    """
    rows = _records(_addressed(_text(data, most)) if pasted else _text(data, most))
    top = next(rows, None)
    columns = _without_header(top[1]) if pasted and top else None
    if columns and top:
        rows = chain([top], rows)
    else:
        columns = _columns(top[1] if top else [])
    by_address: dict[str, tuple[int, Invitee]] = {}
    rejected = []
    for number, (line, cells) in enumerate(rows, 1):
        if number > MOST_ROWS:
            detail = counted(
                "A list has at most %(number)s person. Split it.",
                "A list has at most %(number)s people. Split it.",
                MOST_ROWS,
            )
            raise Refused("invalid", detail)
        try:
            invitee = _invitee(columns, cells, refuse_unfit)
            if invitee.email in by_address:
                first = by_address[invitee.email][0]
                raise Refused("invalid", sentence("The same address is in line %(line)s.", line=str(first)))
        except Refused as refusal:
            reason = next((texts[0] for texts in refusal.errors.values()), refusal.detail)
            rejected.append(RejectedRow(line, _short(cells), reason))
        else:
            by_address[invitee.email] = line, invitee
    if not by_address and not rejected:
        raise Refused("invalid", sentence("The file contains no people."))
    for address in known(list(by_address)):
        line, invitee = by_address.pop(address)
        reason = sentence("There is already an account for this address.")
        rejected.append(RejectedRow(line, f"{invitee.name}, {invitee.email}", reason))
    invitees = tuple(invitee for _, invitee in by_address.values())
    return InviteeList(invitees, tuple(sorted(rejected, key=lambda row: row.line)))


def in_group(people: InviteeList, group: str) -> InviteeList:
    """The same, in this group (cohort) unless their row names another."""
    invitees = tuple(invitee if invitee.cohort else replace(invitee, cohort=group) for invitee in people.invitees)
    return replace(people, invitees=invitees)


def written(invitees: Iterable[Invitee]) -> str:
    """Invitees as such a file again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((row.name, row.email, " ".join(row.languages), row.cohort) for row in invitees)
    return out.getvalue()


def _text(data: bytes, most: int) -> str:
    if len(data) > most:
        raise Refused("invalid", sentence("The file is larger than 1 MB. Split it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        detail = sentence(
            "The file is not in UTF-8 (line %(line)s). Save it as “CSV UTF-8”, so that every name stays as written.",
            line=str(line),
        )
        raise Refused("invalid", detail) from None
    if "\x00" in text:
        detail = sentence("This is not a CSV file: it contains control characters (NUL). Save it as “CSV UTF-8”.")
        raise Refused("invalid", detail)
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the line in which each begins."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        detail = sentence("The row starting in line %(line)s cannot be read: check its quotes.", line=str(line))
        raise Refused("invalid", detail) from None


def _addressed(text: str) -> str:
    """People as a mail program writes them, a line or one after the other, as rows of a name and an address; the rest stays."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for line in text.splitlines():
        people = [ADDRESSED.match(part) for part in ONE_OF.split(line)]
        if all(people):
            writer.writerows((person[1], person[2]) for person in people if person)
        else:
            out.write(f"{line}\n")
    return out.getvalue()


def _without_header(cells: list[str]) -> list[str] | None:
    """The columns of a pasted list whose first row is a person already, by where the address stands; None: it is a header."""
    place = next((place for place, cell in enumerate(cells) if "@" in cell), None)
    if place is None:
        return None
    others = [name for name in COLUMNS if name != "email"]
    return [*others[:place], "email", *others[place:]]


def _columns(header: list[str]) -> list[str]:
    names = [cell.lower().replace("e-mail", "email") for cell in header]
    while names and not names[-1]:
        names.pop()
    if not {"name", "email"} <= set(names) or len(set(names)) < len(names):
        raise Refused("invalid", HEADER)
    for name in names:
        if name not in COLUMNS:
            detail = sentence(
                "The column “%(name)s” is not one of name, email, language and cohort. Remove it.", name=name[:40]
            )
            raise Refused("invalid", detail)
    return names


def _invitee(columns: list[str], cells: list[str], refuse_unfit: Callable[[str, str], None]) -> Invitee:
    if any(cells[len(columns) :]):
        raise Refused("invalid", sentence("There are more cells than columns."))
    if any(cell.startswith(FORMULA) for cell in cells):
        raise Refused("invalid", sentence("A cell starts the way a formula does, with a character such as = or +."))
    row = dict(zip(columns, cells, strict=False))
    name, email = row.get("name", ""), row.get("email", "").lower()
    refuse_unfit(email, name)
    cohort = row.get("cohort", "")
    if len(cohort) > LONGEST_COHORT or any(unicodedata.category(sign) == "Cc" for sign in cohort):
        detail = sentence("A cohort’s name is one line of at most %(most)s characters.", most=LONGEST_COHORT)
        raise Refused("invalid", detail)
    return Invitee(name, email, _languages(row.get("language", "")), cohort)


def _languages(cell: str) -> tuple[str, ...]:
    by_name = {wording.language(code).lower(): code for code in SPOKEN}
    codes = [by_name.get(word, word) for word in cell.lower().replace("/", " ").split()]
    for code in codes:
        if code not in SPOKEN:
            detail = sentence("We do not know the language “%(code)s”. Use its code, such as en or th.", code=code[:20])
            raise Refused("invalid", detail)
    return tuple(dict.fromkeys(codes))


def _short(cells: list[str]) -> str:
    return ", ".join(cell[:60] for cell in cells[:4] if cell)
