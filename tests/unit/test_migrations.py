"""Migrations and models agree, up and down, on the database at hand."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from server import create_app
from server.core import clock, installation, work
from server.core.database import db, write
from server.core.words import Channel, Role, Via
from server.journeys.company import addresses
from server.journeys.report import answering
from server.journeys.spotter import erasing, freezing, joining
from server.ledger.companies.models import Spoc
from server.ledger.complaints.models import Complaint
from server.ledger.notices.models import Notice
from server.ledger.notices.schemas import AnswerSchema
from server.people.accounts.models import Account
from server.people.teams import store as teams
from server.people.teams.models import TeamEvent
from tests import postgresql
from tests.conftest import PASSWORD, People, settings_for
from tests.past_sheets import SHEET, imported
from tests.story import notify

WORDS = "ix_listings_words"


def test_the_migrated_database_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_modelled})
        assert compare_metadata(context, db.metadata) == []


def _is_modelled(name: str | None, kind: str, _parents: Any) -> bool:
    """All but the index that PostgreSQL has only where its extension can be enabled."""
    return (kind, name) != ("index", WORDS)


def _indexes() -> set[str | None]:
    return {index["name"] for index in inspect(db.engine).get_indexes("listings")}


def test_postgresql_finds_the_words_of_listings_by_an_index(app: Flask) -> None:
    assert (WORDS in _indexes()) == (db.engine.dialect.name == "postgresql")


def test_who_may_not_enable_its_extension_gets_all_but_that_index(template: Path | str, tmp_path: Path) -> None:
    if isinstance(template, Path) or "//spotter@" not in template:
        pytest.skip("PostgreSQL only, on the server that the rig starts")
    name = f"t{uuid.uuid4().hex}"
    postgresql.create(template, name)
    postgresql.execute(f"{template}/{name}", f"CREATE ROLE {name} LOGIN; GRANT ALL ON SCHEMA public TO {name}")
    app = create_app(settings_for(tmp_path, f"{template}/{name}".replace("//spotter@", f"//{name}@")))
    with app.app_context():
        upgrade()
        assert WORDS not in _indexes() and "accounts" in inspect(db.engine).get_table_names()
        with db.engine.connect() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == installation.needed()
        db.engine.dispose()
    postgresql.drop(template, name)


def test_the_newest_revision_is_the_one_that_an_upgrade_reaches(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == installation.needed()


def test_every_check_of_the_models_is_in_the_database_and_no_other(app: Flask) -> None:
    """Autogenerate does not see CHECK constraints: compared by name, and those that list words by their words."""
    inspector = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {
            f"ck_{table.name}_{str(check.name).removeprefix(f'ck_{table.name}_')}": _words(str(check.sqltext))
            for check in (*table.constraints, *(check for column in table.columns for check in column.constraints))
            if isinstance(check, CheckConstraint)
        }
        assert {
            str(check["name"]): _words(check["sqltext"]) for check in inspector.get_check_constraints(table.name)
        } == wanted, table.name


def _words(check: str) -> set[str]:
    """The words that a CHECK lists: PostgreSQL writes `IN` its own way."""
    return set(re.findall(r"'([^']+)'", check))


def test_a_word_that_is_not_listed_cannot_be_stored(app: Flask, people: People) -> None:
    with db.engine.begin() as connection, pytest.raises(IntegrityError, match="ck_accounts_role"):
        connection.execute(text("UPDATE accounts SET role = 'owner'"))


def test_migrations_can_be_listed_without_a_database() -> None:
    """A start compares the database's revision with the newest, outside any migration."""
    revisions = list(ScriptDirectory(str(Path(__file__).parents[2] / "migrations")).walk_revisions())
    assert len(revisions) == len(list((Path(__file__).parents[2] / "migrations" / "versions").glob("0*.py")))


def test_migrations_go_down_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "reports" in inspect(db.engine).get_table_names()


def test_the_audit_trail_refuses_changes(app: Flask, people: object) -> None:
    for statement in ("UPDATE audit_rows SET action = 'x'", "DELETE FROM audit_rows"):
        with db.engine.connect() as connection:
            try:
                connection.execute(text(statement))
            except Exception as refused:
                assert "append-only" in str(refused)
            else:
                raise AssertionError(statement)


BEFORE = (
    "SELECT id, notice_id, channel, address, message_id, state, delivered_at, failed_at, last_error FROM deliveries"
)
AFTER = (
    "SELECT id, notice_id, channel, address, stable_id, state, delivered_at, failed_at, last_error "
    "FROM messages JOIN message_notices ON message_notices.message_id = messages.id WHERE event = 'notice.created'"
)
ATTEMPTS_BEFORE = "SELECT delivery_id, n, started_at, finished_at, outcome, detail FROM delivery_attempts"
ATTEMPTS_AFTER = "SELECT message_id, n, started_at, finished_at, outcome, answer FROM message_attempts"
OUTCOMES = {"sent": "sent", "later": "retry", "never": "permanent_failure", None: None}


def test_deliveries_and_their_attempts_become_messages_and_nothing_is_lost(
    people: People, report_json: Callable[..., dict[str, Any]]
) -> None:
    """Three notices: delivered at the second attempt, refused for good, and one whose worker died."""
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    db.session.remove()
    downgrade(revision="0011")
    assert {row[1] for row in _rows(BEFORE)} == set(ids), "the way back keeps what is there"
    at = "2026-11-02 10:00:00+00:00"
    _execute("DELETE FROM delivery_attempts")
    changes = (
        (f"state = 'delivered', delivered_at = '{at}'", ("later", "sent")),
        (f"state = 'failed', failed_at = '{at}', last_error = '550 no such mailbox'", ("never",)),
        ("state = 'queued'", (None,)),
    )
    for notice_id, (change, outcomes) in zip(ids, changes, strict=True):
        _execute(f"UPDATE deliveries SET {change} WHERE notice_id = '{notice_id}'")
        for n, outcome in enumerate(outcomes, 1):
            values = f"'{at}', '{outcome}', 'said so'" if outcome else "NULL, NULL, NULL"
            _execute(
                "INSERT INTO delivery_attempts (delivery_id, n, started_at, finished_at, outcome, detail) "
                f"SELECT id, {n}, '{at}', {values} FROM deliveries WHERE notice_id = '{notice_id}'"
            )
    before, attempts = _rows(BEFORE), _rows(ATTEMPTS_BEFORE)
    assert (len(before), len(attempts)) == (3, 4)
    upgrade()
    assert _rows(AFTER) == before
    assert _rows(ATTEMPTS_AFTER) == sorted(
        ((*row[:4], OUTCOMES[row[4]], row[5]) for row in attempts), key=lambda row: row[:2]
    )
    written = _rows("SELECT message_id, n, failure FROM message_attempts WHERE answer IS NOT NULL")
    assert [failure for _, _, failure in written] == ["as_written"] * 3
    with db.engine.connect() as connection:
        names = {
            constraint["name"]
            for table in ("spocs", "messages", "message_attempts")
            for constraint in inspect(connection).get_check_constraints(table)
        }
    wanted = ("spocs_channel", "messages_event", "messages_channel", "messages_state", "message_attempts_outcome")
    assert {f"ck_{name}" for name in wanted} <= names
    downgrade(revision="0011")
    assert (_rows(BEFORE), _rows(ATTEMPTS_BEFORE)) == (before, attempts), "and back again"


def _rows(statement: str) -> list[Any]:
    with db.engine.connect() as connection:
        return sorted((tuple(row) for row in connection.execute(text(statement))), key=lambda row: row[:2])


def _execute(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def test_of_several_signatures_under_one_state_the_first_stays(people: People) -> None:
    db.session.remove()
    downgrade(revision="0017")
    account = _rows("SELECT id, email FROM accounts WHERE email = 'ben@people.test'")[0][0]
    for n, text_hash in ((2, "a"), (1, "a"), (3, "b")):
        _execute(
            "INSERT INTO signatures (id, account_id, content_hash, name, at) "
            f"VALUES ('{n}', '{account}', '{text_hash}', 'Ben', '2026-11-02 10:00:00+00:00')"
        )
    upgrade()
    assert _rows(f"SELECT id, content_hash FROM signatures WHERE account_id = '{account}'") == [("1", "a"), ("3", "b")]


def test_decisions_get_their_notice_and_the_hash_of_their_text(people: People, report_json: Callable[..., Any]) -> None:
    notice_id = notify(people, report_json())
    with db.engine.connect() as connection:
        before = connection.execute(text("SELECT notice_id, text_sha256 FROM decisions")).one()
    assert before.notice_id == notice_id and len(before.text_sha256) == 64
    with write() as session:  # version 0034 composed a notice a moment before it wrote the decision down
        session.execute(text("UPDATE notices SET created_at = (SELECT at FROM decisions)"))
    db.session.remove()
    downgrade(revision="0034")
    upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT notice_id, text_sha256 FROM decisions")).one() == before


def test_there_is_no_way_back_while_a_digest_is_gathered_and_has_not_left(app: Flask) -> None:
    """The code before has no hands for it, and would say the first of its notices alone."""
    with write() as session:
        work.enqueue(session, "deliver_digest", "0" * 32)
    db.session.remove()
    with pytest.raises(SystemExit, match="digests"):
        downgrade(revision="0063")
    with write() as session:
        work.drop(session, "deliver_digest", ["0" * 32])
    downgrade(revision="0063")
    upgrade()


def test_complaints_of_before_move_over_as_they_are_and_back(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="0069")
    columns = "id, reference, about, text, email, at"
    _execute(
        f"INSERT INTO complaints ({columns}) VALUES "
        "('q1', 'Q-1', 'https://mercado.test/itm/1', 'A toy.', 'eve@x.test', '2026-11-02 10:00:00+00:00'), "
        "('q2', 'Q-2', 'N-1', 'Mine.', 'eve@x.test', '2020-02-27 23:30:00+00:00')"
    )
    before = _rows(f"SELECT {columns} FROM complaints")
    upgrade()
    assert _rows(f"SELECT {columns} FROM complaints") == before
    with write() as session:
        kept = session.scalars(select(Complaint).order_by(Complaint.id)).all()
        assert [(row.state, row.due_at - row.at, row.outcome, row.answer) for row in kept] == [
            ("open", timedelta(days=14), None, "")
        ] * 2
    db.session.remove()
    downgrade(revision="0069")
    assert _rows(f"SELECT {columns} FROM complaints") == before
    upgrade()


def test_changes_of_mail_addresses_keep_waiting_and_those_of_forms_are_forgotten_on_the_way_back(
    people: People,
) -> None:
    with write() as session:
        spoc = session.scalars(select(Spoc).where(Spoc.email == "spoc@mercado.test")).one()
        company_id, spoc_id = spoc.company_id, spoc.id
    form = addresses.NewAddress(Channel.FORM, "https://mercado.test/form")
    mail = addresses.NewAddress(Channel.MAIL, "new@mercado.test")
    addresses.propose(company_id, None, "Desk", form, "By phone.", people.ids["ada"])
    addresses.propose(company_id, spoc_id, "", mail, "By phone.", people.ids["ada"])
    waits = "FROM address_changes WHERE state = 'pending'"
    before = _rows(f"SELECT id, old_address, new_address, channel, old_channel {waits} AND channel = 'mail'")
    assert [row[1:] for row in before] == [("spoc@mercado.test", "new@mercado.test", "mail", "mail")]
    db.session.remove()
    downgrade(revision="0091")
    assert _rows(f"SELECT id, old_email, new_email {waits}") == [row[:3] for row in before]
    upgrade()
    assert _rows(f"SELECT id, old_address, new_address, channel, old_channel {waits}") == before


def test_of_what_several_imports_state_the_first_row_stays_on_the_way_back(
    people: People, work_all: Callable[[], int]
) -> None:
    cora = people.browser("cora")
    imported(cora, work_all)
    imported(cora, work_all, f"{SHEET}2019;stalls.test/offer/8;;;\n", "Survey of 2022")
    stated = "SELECT name, statement FROM past_cases JOIN past_imports ON past_imports.id = import_id ORDER BY 1, 2"
    before = _rows(stated)
    assert len(before) == 7
    db.session.remove()
    downgrade(revision="0109")
    assert _rows(stated) == [*before[:3], ("Survey of 2022", "2019:unknown")]
    upgrade()


def test_who_gave_a_receipt_is_not_reminded_of_what_was_due_before(
    people: People, report_json: Callable[..., Any]
) -> None:
    notify(people, report_json())
    db.session.remove()
    downgrade(revision="0111")
    with write() as session:
        session.execute(text("UPDATE notices SET answer = 'received', answer_by = '2026-01-02 00:00:00+00:00'"))
    upgrade()
    assert _rows("SELECT count(*) FROM notices WHERE reminded_at IS NOT NULL") == [(1,)]


def test_who_was_erased_while_frozen_before_that_was_kept_is_held(people: People) -> None:
    frozen, unfrozen = people.ids["ana"], people.ids["ben"]
    open_ = joining.add_account("eve@people.test", "Eve", Role.SPOTTER, PASSWORD)
    for account_id in (frozen, unfrozen):
        freezing.freeze(account_id, people.ids["cora"])
    freezing.unfreeze(unfrozen, people.ids["cora"], "Safe again.")
    for account_id in (frozen, unfrozen, open_):
        erasing.erase(account_id, people.ids["cora"])
    db.session.remove()
    downgrade(revision="0110")
    upgrade()
    assert _rows("SELECT id FROM accounts WHERE withheld_at = erased_at") == [(frozen,)]
    assert _rows("SELECT count(*) FROM accounts WHERE withheld_at IS NOT NULL") == [(1,)]


def test_what_was_stated_of_a_message_carried_to_a_form_goes_with_its_columns_and_the_message_stays(
    people: People, report_json: Callable[..., Any], work_all: Callable[[], int]
) -> None:
    notify(people, report_json())
    work_all()
    with write() as session:
        session.execute(text("UPDATE messages SET stated_at = '2026-11-24 10:00:00+00:00', receipt = 'RCP-7'"))
    others = [column["name"] for column in inspect(db.engine).get_columns("messages")]
    kept = ", ".join(name for name in others if name not in ("stated_at", "receipt"))
    before = _rows(f"SELECT {kept} FROM messages")
    assert len(before) == 1
    db.session.remove()
    downgrade(revision="0118")
    assert not {"stated_at", "receipt"} & {column["name"] for column in inspect(db.engine).get_columns("messages")}
    assert _rows(f"SELECT {kept} FROM messages") == before
    upgrade()
    assert _rows(f"SELECT {kept}, stated_at, receipt FROM messages") == [(*before[0], None, None)]


def test_an_answer_was_said_last_when_it_was_given_as_far_as_anybody_knows(
    people: People, report_json: Callable[..., Any]
) -> None:
    notice_id = notify(people, report_json())
    answering.answer_notice(notice_id, AnswerSchema().load({"answer": "removed"}), Via.API, people.ids["mia"])
    before = _rows("SELECT id, answer, at FROM answers")
    db.session.remove()
    downgrade(revision="0120")
    assert _rows("SELECT id, answer, at FROM answers") == before
    upgrade()
    assert _rows("SELECT id, answer, at FROM answers WHERE said_at = at") == before


def test_an_older_history_of_a_team_says_nothing_of_its_keys(people: People) -> None:
    with write() as session:
        mia = session.get_one(Account, people.ids["mia"])
        for event in (TeamEvent.JOINED, TeamEvent.TOKEN_MADE):
            what = "Ticketing" if event == TeamEvent.TOKEN_MADE else None
            teams.note(session, mia.company_id or "", mia.id, event, mia.id, clock.now(), (), what)
    db.session.remove()
    downgrade(revision="0119")
    assert _rows("SELECT event FROM team_changes") == [("joined",)]
    upgrade()
    assert _rows("SELECT event, what FROM team_changes") == [("joined", None)]


def test_what_a_search_of_an_inbox_looks_in_is_cut_to_what_its_index_takes(
    people: People, report_json: Callable[..., Any]
) -> None:
    notice_id = notify(people, report_json())
    db.session.remove()
    downgrade(revision="0122")
    address = "https://mercado.test/itm/1?" + "x" * 4_000
    with write() as session:
        long = (
            update(Notice).where(Notice.id == notice_id).values(searched=f"n-00000-00000\n{address}\n象牙彫刻\nparrot")
        )
        session.execute(long)
    db.session.remove()
    upgrade()
    [(searched,)] = _rows("SELECT searched FROM notices")
    assert searched == f"n-00000-00000\n{address[:1_000]}\n象牙彫刻\nparrot"
