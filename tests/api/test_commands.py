"""What the commands say to somebody who gives them something else than they expect: one clear line, never a trace."""

from contextlib import nullcontext

import click
import pytest
from click.testing import Result
from sqlalchemy import delete, select, text

from server import create_app
from server.core import database
from server.core.config import Settings
from server.core.database import db, write
from server.ledger.species import taking_in
from server.ledger.species.models import Import
from server.people.accounts import passwords
from server.people.accounts.models import Account
from tests.conftest import People


def said(done: Result) -> str:
    """What a command said besides the name of its database, which comes first."""
    named, _, rest = done.output.partition("\n")
    assert named.startswith("Database: ")
    return rest


ADD = ["accounts", "add", "eva@spotter.test", "--role", "spotter", "--name", "Eva", "--password-stdin"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_password_is_the_line_whatever_ends_it(people: People, end: str) -> None:
    done = people.app.test_cli_runner().invoke(args=ADD, input="a good pässword" + end)
    assert (done.exit_code, said(done)) == (0, "Added eva@spotter.test as spotter.\n")
    kept = db.session.scalars(select(Account.password_hash).where(Account.email == "eva@spotter.test")).one()
    assert passwords.matches("a good pässword", kept)


def test_a_password_that_is_no_text_is_refused(people: People) -> None:
    done = people.app.test_cli_runner().invoke(args=ADD, input=b"\xff\xfe a password of ten\n")
    assert (done.exit_code, said(done)) == (1, "Error: The password is not valid UTF-8.\n")


def test_a_token_is_for_those_whose_role_the_scope_is(people: People) -> None:
    email = db.session.get(Account, people.ids["ada"]).email
    done = people.app.test_cli_runner().invoke(args=["accounts", "token", email, "--scope", "cases"])
    refusal = f"Error: {email} has the role admin. The scope cases needs the role coordinator.\n"
    assert (done.exit_code, said(done)) == (1, refusal)


def test_a_command_of_a_group_that_is_a_command_itself_names_the_database_once(people: People) -> None:
    run = people.app.test_cli_runner()
    email = db.session.get_one(Account, people.ids["ada"]).email
    for arguments in (
        ["worker", "pause", "--by", email, "--why", "Restored."],
        ["worker", "set-aside"],
        ["worker", "--once"],
    ):
        done = run.invoke(args=arguments)
        assert done.exit_code == 0 and done.stderr.count("Database: ") == 1, done.output


def test_others_can_write_while_the_files_of_a_new_lexicon_are_read(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse, writing = taking_in.parsing.parse, list[bool]()
    taking_in._parsed.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(taking_in.parsing, "parse", lambda files: writing.append(database._turn.locked()) or parse(files))
        with write() as session:
            session.execute(delete(Import))
        done = people.app.test_cli_runner().invoke(args=["species", "lexicon"])
    assert done.exit_code == 0 and said(done).startswith("Imported the lexicon: "), done.output
    assert writing == [False], "on SQLite everybody else waits for a transaction"


def pragma(settings: Settings, name: str, command: str = "") -> int:
    """What a connection of SQLite has that a request makes, or a command."""
    context = click.Context(click.Command(command), info_name=command) if command else nullcontext()
    with context, create_app(settings).app_context():
        return db.session.scalar(text(f"PRAGMA {name}")) or 0


def test_a_command_waits_longer_than_a_request_for_what_another_process_writes(settings: Settings) -> None:
    if settings.database_url.startswith("sqlite"):
        assert pragma(settings, "busy_timeout", "accounts") > pragma(settings, "busy_timeout") > 0


def test_a_worker_by_itself_keeps_more_of_the_database_in_memory(settings: Settings) -> None:
    if settings.database_url.startswith("sqlite"):
        kept = [-pragma(settings, "cache_size", command) for command in ("", "accounts", "worker")]
        assert kept == [database.CACHE, database.CACHE, database.WORKERS_CACHE]
