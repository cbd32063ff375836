"""The table in which a company fills in its answers: which line answers what, and what is wrong in which."""

from types import SimpleNamespace

import pytest

from server.core.words import Refused
from server.ledger.notices import answer_file
from server.ledger.notices.answer_file import FilledRow, read

NAMES = {name: name for name in ("reference", "answer", "reason", "actions", "automated")}
NAMES |= {"votre réponse": "answer", "l'explication": "reason"}
WORDS = {
    "answer": {"removed": "removed", "supprimé": "removed", "not violating": "not_violating"},
    "ground": {},
    "automated": {"yes": True, "no": False},
}
HEADS = ["reference", "Title", "answer", "reason", "actions", "automated"]


def table(*rows, heads=HEADS):
    return read([(1, heads), *enumerate(rows, 2)], NAMES, WORDS)


def test_each_line_with_an_answer_is_read_and_the_others_are_counted():
    filled = table(
        ["n-1", "Old tusk", "Removed", "", "", ""],
        ["N-2", "Skin", "", "", "", ""],
        [],
        ["N-3", "", " not  VIOLATING", "A replica.", "hidden; seller told\nwarned;;", "no"],
    )
    assert filled.rows == (
        FilledRow(2, "N-1", {"answer": "removed"}),
        FilledRow(
            5,
            "N-3",
            {
                "answer": "not_violating",
                "reason": "A replica.",
                "actions": ["hidden", "seller told", "warned"],
                "automated": False,
            },
        ),
    )
    assert filled.empty == 2


def test_columns_stand_in_any_order_under_their_words_in_any_language():
    filled = table(["supprimé", "x", "N-1", "Fait."], heads=["Votre  réponse", "?", "reference", "L’explication"])
    assert filled.rows == (FilledRow(2, "N-1", {"answer": "removed", "reason": "Fait."}),)


BAD = SimpleNamespace(why="This cell holds a formula.")


@pytest.mark.parametrize(
    ("row", "problem", "column"),
    [
        (["", "", "removed", "", "", ""], "The number of the notice is missing.", ""),
        ([BAD, "", "removed", "", "", ""], "The number of the notice is missing.", ""),
        (["N-1", "", "gone", "", "", ""], "“gone” is not one of the values of this column.", "answer"),
        (["N-1", "", "z" * 70, "", "", ""], f"“{'z' * 60}” is not one of the values of this column.", "answer"),
        (["N-1", "", "removed", "", "", "perhaps"], "“perhaps” is not one of the values of this column.", "automated"),
        (["N-1", "", "removed", BAD, "", ""], "This cell holds a formula.", "reason"),
        (["N-1", "", "", "A replica.", "", ""], "Choose what you did.", "answer"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_of_that_line_and_column(row, problem, column):
    filled = table(row, ["N-2", "", "removed", "", "", ""])
    assert (filled.rows[0].line, filled.rows[0].values, str(filled.rows[0].problem)) == (2, {}, problem)
    assert filled.rows[0].column == column
    assert filled.rows[1] == FilledRow(3, "N-2", {"answer": "removed"})


def test_a_notice_is_answered_once():
    removed = ["N-1", "", "removed", "", "", ""]
    filled = table(removed, ["n-1", "", "not violating", "", "", ""])
    assert filled.rows[0].values and str(filled.rows[1].problem) == "The same notice is in line 2."
    corrected = table(["N-1", "", "gone", "", "", ""], removed)
    assert corrected.rows[1].problem == "The same notice is in line 2.", "which of the two is meant, nobody knows"
    nameless = table(["", "", "removed"], ["", "", "removed"])
    assert {str(row.problem) for row in nameless.rows} == {"The number of the notice is missing."}


@pytest.mark.parametrize(
    ("heads", "says"),
    [
        ([], "The first row names the columns."),
        (["reference", "reason"], "The first row names the columns. “Our number” and “Your answer” are needed"),
        (["answer", "reason"], "The first row names the columns."),
        ([BAD, "answer"], "The first row names the columns."),
        (["reference", "answer", "votre réponse"], "Two columns have the same heading."),
    ],
)
def test_a_table_that_is_none_is_refused(heads, says):
    with pytest.raises(Refused) as refused:
        table(["N-1", "removed"], heads=heads)
    assert refused.value.kind == "invalid" and str(refused.value).startswith(says)
    with pytest.raises(Refused):
        read([], NAMES, WORDS)


def test_a_file_takes_as_many_answers_as_the_api():
    rows = [[f"N-{number}", "", "removed"] for number in range(500)]
    assert len(table(*rows, ["N-500", "", ""]).rows) == answer_file.MOST_ANSWERS
    with pytest.raises(Refused, match="at most"):
        table(*rows, ["N-500", "", "removed"])
