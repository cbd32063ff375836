"""No cell of a table that leaves is a formula, whichever sign a spreadsheet divides it at."""

import csv
import io
import re
from pathlib import Path

import pytest

from server.core import cells

SERVER = Path(__file__).parents[2] / "server"
FORMULAS = [
    "=1+1", " =1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "a;=1+1;", ";=1+1;", "a; =1+1", "a;\t=1+1", "a\n=1+1;=2", 'a;"=1+1"',
    "ivory;+1;-2;@A1", "=1;=2", ";;=1", "a;\u00a0=1", "|calc", "x;%a",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("delimiter", ",;\t")
def test_no_part_of_a_text_opens_as_a_formula(text: str, delimiter: str) -> None:
    (line,) = cells.lines([("C-1", text, 7)])
    read_ = [cell for row in csv.reader(io.StringIO(line, newline=""), delimiter=delimiter) for cell in row]
    assert not [cell for cell in read_ if re.match(r"[\s\"]*[=+\-@|%＝＋－＠]", cell)]
    assert not re.search(r"[;\t\n][\s\"]*[=+\-@|%＝＋－＠]", line)


@pytest.mark.parametrize("text", [*FORMULAS, "Ivory; carved", "it's", "'quoted'", "rock 'n' roll", "a;'b"])
def test_a_guarded_text_is_read_as_it_was(text: str) -> None:
    assert cells.unguarded(cells.safe(text)) == " ".join(text.split())


def test_texts_are_quoted_and_numbers_are_numbers() -> None:
    assert list(cells.lines([("a", 1, None, 2.5, 'say "x"')])) == ['"a",1,"",2.5,"say ""x"""\r\n']


def test_every_table_that_leaves_is_written_here() -> None:
    writers = {str(file.relative_to(SERVER)) for file in SERVER.rglob("*.py") if "csv.writer(" in file.read_text()}
    # invitees: fills a form again; sheet: keeps an uploaded workbook until it is imported. Neither leaves as a file.
    assert writers == {"core/cells.py", "people/accounts/invitees.py", "ledger/past/sheet.py"}
