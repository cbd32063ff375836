"""A list of people to invite, as a CSV file: what of it is fit, and what is wrong in which line. Pure.

The first row names the columns: name, email, and if wanted language and cohort. Commas or semicolons, as spreadsheets of
different countries write them (RFC 4180 and its habit); UTF-8, with or without a byte order mark. A cell that a spreadsheet
would take for a formula is refused (OWASP, CSV injection): it would come back in somebody's export.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from server.core import wording
from server.core.words import Refused

MOST_ROWS = 10_000
MOST_BYTES = 1_000_000
LONGEST_COHORT = 60  # signs; the column's length
COLUMNS = ("name", "email", "language", "cohort")
FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
HEADER = "The first row names the columns: name, email, and if you like language and cohort."


@dataclass(frozen=True, slots=True)
class Invitee:
    """One fit row: whom to invite, the languages they read, and with whom they join."""

    name: str
    email: str  # lower case
    languages: tuple[str, ...] = ()
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One row that is left out: its line in the file, as much of it as is good to show, and why."""

    line: int
    shown: str
    said: str


@dataclass(frozen=True, slots=True)
class Invited:
    """A list, read: the fit rows in the file's order, and the others."""

    fit: tuple[Invitee, ...]
    wrong: tuple[Wrong, ...]


def read(
    data: bytes,
    refuse_unfit: Callable[[str, str], None],
    known: Callable[[Collection[str]], set[str]] = lambda _: set(),
    most: int = MOST_BYTES,
) -> Invited:
    """Read a file. `refuse_unfit` checks address and name; `known` says which of the addresses have an account.

    Raises Refused("invalid") for what is no such file at all.
    """
    rows = _records(_text(data, most))
    columns = _columns(next(rows, (0, []))[1])
    fit: dict[str, tuple[int, Invitee]] = {}
    wrong = []
    for number, (line, cells) in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused("invalid", f"A list has at most {MOST_ROWS:,} people. Divide it.")
        try:
            one = _invitee(columns, cells, refuse_unfit)
            if one.email in fit:
                raise Refused("invalid", f"The same address stands in line {fit[one.email][0]}.")
        except Refused as refusal:
            said = " ".join(said for all_ in refusal.errors.values() for said in all_) or refusal.detail
            wrong.append(Wrong(line, _short(cells), said))
        else:
            fit[one.email] = line, one
    if not fit and not wrong:
        raise Refused("invalid", "The file names nobody.")
    for address in sorted(known(list(fit)), key=lambda address: fit[address][0]):
        line, one = fit.pop(address)
        wrong.append(Wrong(line, f"{one.name}, {one.email}", "There is already an account for this address."))
    return Invited(tuple(one for _, one in fit.values()), tuple(sorted(wrong, key=lambda one: one.line)))


def written(fit: Iterable[Invitee]) -> str:
    """The fit rows as such a file again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.name, one.email, " ".join(one.languages), one.cohort) for one in fit)
    return out.getvalue()


def _text(data: bytes, most: int) -> str:
    if len(data) > most:
        raise Refused("invalid", "The file is larger than 1 MB. Divide it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        said = f"The file is not in UTF-8 (line {line}). Save it as “CSV UTF-8”, so that every name stays as it is written."
        raise Refused("invalid", said) from None
    if "\x00" in text:
        raise Refused("invalid", "This is no CSV file: it holds control characters (NUL). Save it as “CSV UTF-8”.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the line in which each begins."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        raise Refused("invalid", f"The row that begins in line {line} cannot be read: look at its quotes.") from None


def _columns(header: list[str]) -> list[str]:
    names = [cell.lower().replace("e-mail", "email") for cell in header]
    while names and not names[-1]:
        names.pop()
    if not {"name", "email"} <= set(names) or len(set(names)) < len(names):
        raise Refused("invalid", HEADER)
    for name in names:
        if name not in COLUMNS:
            raise Refused("invalid", f"{HEADER} “{name[:40]}” is none of them: leave out what is not needed.")
    return names


def _invitee(columns: list[str], cells: list[str], refuse_unfit: Callable[[str, str], None]) -> Invitee:
    if any(cells[len(columns) :]):
        raise Refused("invalid", "There are more cells than columns.")
    if any(cell.startswith(FORMULA) for cell in cells):
        raise Refused("invalid", "A cell begins like a formula, with a sign such as = or +.")
    given = dict(zip(columns, cells, strict=False))
    name, email = given.get("name", ""), given.get("email", "").lower()
    refuse_unfit(email, name)
    cohort = given.get("cohort", "")
    if len(cohort) > LONGEST_COHORT or any(unicodedata.category(sign) == "Cc" for sign in cohort):
        raise Refused("invalid", f"A cohort's name is one line of at most {LONGEST_COHORT} signs.")
    return Invitee(name, email, _languages(given.get("language", "")), cohort)


def _languages(said: str) -> tuple[str, ...]:
    by_name = {name.lower(): code for code, name in wording.LANGUAGE.items()}
    codes = [by_name.get(word, word) for word in said.lower().replace("/", " ").split()]
    for code in codes:
        if code not in wording.LANGUAGE:
            raise Refused("invalid", f"“{code[:20]}” is no language we know; write its code, such as en or th.")
    return tuple(dict.fromkeys(codes))


def _short(cells: list[str]) -> str:
    return ", ".join(cell[:60] for cell in cells[:4] if cell)
