"""Every table declares what it keeps of people. What is missing is named here, with how to declare it in `core/keeping.py`."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, Text

from server.commands import data_kept
from server.core import personal, recurring, work
from server.core.database import db
from server.core.keeping import (
    ANOTHER,
    CONTACT,
    NO_END,
    PLAIN,
    UNCHANGED,
    WORDS,
    Erasure,
    Export,
    Field,
    Given,
    Keeping,
)
from server.journeys.report import intake
from server.people.accounts import signing_in
from server.people.recruitment import store as recruitment
from server.people.teams import rules

DOC = Path(__file__).parents[2] / "docs" / "data-kept.md"


def gaps(table: Table, keeping: Keeping) -> list[str]:
    """What a declaration does not say of its table, or says of what is not there."""
    named = {*keeping.fields, *filter(None, [keeping.whose])}
    return [
        *(f"{table.name} has no column {name}" for name in sorted(named - set(table.c.keys()))),
        *(
            f"{table.name}.{column.name} is not declared"
            for column in table.c
            if _speaks(column) and column.name not in named
        ),
        *(f"{table.name}.{column.name} names a person" for column in table.c if _unspoken_person(column, keeping)),
    ]


def _speaks(column: Column) -> bool:
    """Whether it could hold something of a person or lead to somebody: a text that is no listed word, JSON, a reference."""
    if column.foreign_keys:
        return True
    if column.primary_key and column.name == "id":
        return False
    return isinstance(column.type, JSON) or (isinstance(column.type, String) and not _listed_word(column))


def _listed_word(column: Column) -> bool:
    """Whether the database takes only words of a list."""
    checks = [str(constraint.sqltext) for constraint in column.constraints if isinstance(constraint, CheckConstraint)]
    return any(check.startswith(f"{column.name} IN (") for check in checks)


def _unspoken_person(column: Column, keeping: Keeping) -> bool:
    """Whether it names an account, or an address, and its declaration would give it away as if it named nobody."""
    if column.name == keeping.whose:
        return False
    field = keeping.field_of(column.name)
    if any(key.target_fullname == "accounts.id" for key in column.foreign_keys):
        return field.given is Given.ALWAYS
    return "email" in column.name and not field.holds


# --- The tables of this house ----------------------------------------------------------------------------------------


def test_every_table_declares_what_it_keeps(app: Flask) -> None:
    mappers = list(db.Model.registry.mappers)
    assert {mapper.local_table.name for mapper in mappers} == set(db.metadata.tables), "a table without a model"
    silent = [mapper.class_.__name__ for mapper in mappers if "__keeping__" not in vars(mapper.class_)]
    assert not silent, f"{silent}: declare __keeping__; see server/core/keeping.py"


def test_every_column_that_could_hold_something_of_a_person_is_declared(app: Flask) -> None:
    missing = [gap for table, keeping in personal.tables().items() for gap in gaps(table, keeping)]
    assert not missing, "\n".join([*missing, "Name it in `fields` of __keeping__; see server/core/keeping.py"])


# Times, numbers and listed words without an entry in tables that are exported: each was judged to be the person's to know.
JUDGED = frozenset(
    """access action admitted_at answered_at asked_at asked_on at because box captured_at category code confidence
    confirmed_at coordinator created_at day decided_at decision disabled_at due_on ended_at ends_at erased_at
    exam_waived expires_at factor_asked_at finished_at found_at granted guessed id joined_at judged kind
    last_used_at left_at legality_evidence level looked_at made_at mailed_at mailed_on minutes move occasion of
    opened_at outcome own_mail_at page passed position queued_at received_at reminders revoked_at rhythm right
    role said saved_at scope seen seen_at since standing started_at state stated status team_role told_on
    unheeded until updated_at why_stopped withheld_at""".split()  # noqa: SIM905
)


def test_whether_a_person_may_learn_a_column_was_asked_of_each_that_is_exported(app: Flask) -> None:
    given = {
        f"{table.name}.{column.name}"
        for table, keeping in personal.tables().items()
        for column in table.c
        if keeping.export is Export.ROWS and column.name not in {*keeping.fields, keeping.whose, *JUDGED}
    }
    assert not given, "Would it reveal what they may not learn? Then declare it WITHHELD; else add its name to JUDGED."


def test_what_deletes_old_rows_is_a_job_of_the_worker(app: Flask) -> None:
    jobs = {keeping.job for keeping in personal.tables().values() if keeping.job}
    assert jobs <= set(recurring.jobs)


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("idempotency_keys", [intake.KEYS_KEPT]),
        ("sign_ins", [signing_in.SESSION_LASTS]),
        ("sign_in_failures", [signing_in.COUNTED]),
        ("applications", [recruitment.DECLINED_KEPT, recruitment.WAITING_KEPT]),
        ("team_invitations", [rules.KEPT]),
        ("work", [work.KEPT, work.DEAD_LETTERS_KEPT]),
    ],
)
def test_how_long_is_what_the_code_keeps(app: Flask, name: str, times: list) -> None:
    kept = {table.name: keeping.kept for table, keeping in personal.tables().items()}[name]
    assert [int(number) for number in re.findall(r"(\d+) days?", kept)] == [time.days for time in times]


def test_every_name_of_the_person_is_taken_out_of_what_stays(app: Flask) -> None:
    left = [
        f"{table.name}.{name}"
        for table, keeping in personal.tables().items()
        for name, field in keeping.fields.items()
        if keeping.whose and keeping.erasure is Erasure.STAYS and field.is_name and field.erased is UNCHANGED
    ]
    assert left == []


def test_the_page_is_what_the_tables_declare(app: Flask) -> None:
    assert DOC.read_text() == data_kept.page(), "flask --app server data-kept > docs/data-kept.md"


def test_the_command_prints_the_page(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["data-kept"]).output == data_kept.page()


# --- A declaration that says too little is noticed -------------------------------------------------------------------


def declared(whose: str | None = None, **fields: Field) -> Keeping:
    return Keeping(
        purpose="Ben's notes.", kept=NO_END, whose=whose, erasure=Erasure.STAYS, export=Export.NOTHING, fields=fields
    )


def notes(*columns: Column) -> Table:
    tables = MetaData()
    Table("accounts", tables, Column("id", String(32), primary_key=True))
    return Table("notes", tables, Column("id", String(32), primary_key=True), *columns)


@pytest.mark.parametrize(
    ("column", "keeping", "gap"),
    [
        (Column("text", Text), declared(), ["notes.text is not declared"]),
        (Column("text", JSON), declared(), ["notes.text is not declared"]),
        (Column("text", Text), declared(text=WORDS), []),
        (Column("text", String(8), CheckConstraint("text IN ('a')")), declared(), []),
        (Column("text", Integer), declared(), []),
        (Column("text", Text), declared(txt=WORDS, text=WORDS), ["notes has no column txt"]),
        (Column("text", Text), declared("account_id", text=WORDS), ["notes has no column account_id"]),
        (
            Column("by_id", ForeignKey("accounts.id")),
            declared(),
            ["notes.by_id is not declared", "notes.by_id names a person"],
        ),
        (Column("by_id", ForeignKey("accounts.id")), declared(by_id=PLAIN), ["notes.by_id names a person"]),
        (Column("by_id", ForeignKey("accounts.id")), declared(by_id=ANOTHER), []),
        (Column("by_id", ForeignKey("accounts.id")), declared("by_id"), []),
        (Column("email", Text), declared(email=PLAIN), ["notes.email names a person"]),
        (Column("email", Text), declared(email=CONTACT), []),
    ],
)
def test_a_declaration_that_says_too_little_is_noticed(column: Column, keeping: Keeping, gap: list[str]) -> None:
    assert gaps(notes(column), keeping) == gap


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"erasure": Erasure.GOES, "export": Export.NOTHING}, "whose"),
        ({"erasure": Erasure.STAYS, "export": Export.ROWS}, "whose"),
        ({"erasure": Erasure.STAYS, "export": Export.NOTHING, "mailed": True}, "whose"),
        ({"erasure": Erasure.BY_STEP, "export": Export.NOTHING}, "note"),
        ({"erasure": Erasure.STAYS, "export": Export.BY_STEP}, "note"),
    ],
)
def test_a_declaration_that_cannot_be_carried_out_is_refused(parts: dict, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Keeping(purpose="Ben's notes.", kept=NO_END, **parts)
