"""A command, a worker or a web process that has not got the service's settings, or tables of this version.

It says which database it would use, and makes none. Each process is started as an operator starts it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from server.core import installation
from server.core.database import db, write
from tests.conftest import People
from tests.faults.killed import ROOT

BIN = Path(sys.executable).parent
FLASK = [str(BIN / "flask"), "--app", "server"]
GUNICORN = [str(BIN / "gunicorn"), "-b", "127.0.0.1:0", "--no-control-socket", "server:create_app()"]
EMBEDDED = [sys.executable, "-m", "server"]
WORKER = [*FLASK, "worker"]
STARTS = {"gunicorn": GUNICORN, "python -m server": EMBEDDED, "flask worker": WORKER}


def run(command: list[str], folder: Path | None = None, **settings: str) -> tuple[int, str]:
    """Exit status and everything it says, in an environment without other settings of ours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPOTTER_")} | settings
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        command,
        cwd=folder or ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        input="x\n",
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", STARTS)
def test_older_tables_are_refused_with_the_command_that_migrates(app: Flask, name: str) -> None:
    """Mutation: without the check in `installation.settings` gunicorn serves on."""
    settings = app.config["SPOTTER"]
    with write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    address = db.engine.url.render_as_string(hide_password=False)
    status, output = run(STARTS[name], SPOTTER_DATA_DIR=str(settings.data_dir), SPOTTER_DATABASE_URL=address)
    assert status != 0
    assert f"The database is at 0001 revision, this version needs {installation.needed()}. " in output
    assert "Run: flask --app server db upgrade" in output and "Traceback" not in output


def test_tables_of_a_newer_version_are_not_called_older(app: Flask) -> None:
    """No upgrade leads back: `db upgrade` would stop at a revision that this version does not know."""
    with write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    refused = installation.refusal(app.config["SPOTTER"])
    assert refused and "at 9999 revision, of a newer version" in refused and "db upgrade" not in refused


ADD = ["accounts", "add", "ada@spotter.test", "--role", "admin", "--name", "Ada", "--password-stdin"]


@pytest.mark.parametrize("command", [*STARTS.values(), [*FLASK, *ADD], [*FLASK, "db", "current"]], ids=lambda c: c[-1])
def test_no_database_is_made_unasked(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "elsewhere"
    status, output = run(command, SPOTTER_DATA_DIR=str(folder))
    assert status != 0 and "Traceback" not in output
    assert (
        f"There is no database at {folder / 'spotter.sqlite3'}. Set SPOTTER_DATA_DIR or SPOTTER_DATABASE_URL" in output
    )
    assert not folder.exists()


def test_only_an_upgrade_makes_one_and_it_says_where(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    status, output = run([*FLASK, "db", "upgrade"], SPOTTER_DATA_DIR=str(folder))
    assert (status, f"Database: {folder / 'spotter.sqlite3'}" in output) == (0, True), output
    assert {"secret_key", "spotter.sqlite3"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", STARTS)
def test_everything_reads_the_same_settings_file(tmp_path: Path, name: str) -> None:
    """`.env` in the working folder; what the environment has goes before it."""
    (tmp_path / ".env").write_text(f"SPOTTER_DATA_DIR={tmp_path / 'of_the_file'}\nSPOTTER_PORT=0\n")
    assert "SPOTTER_PORT: " in run(STARTS[name], tmp_path)[1]
    output = run(STARTS[name], tmp_path, SPOTTER_PORT="8000")[1]
    assert f"There is no database at {tmp_path / 'of_the_file' / 'spotter.sqlite3'}" in output


def test_a_command_with_the_database_and_another_data_folder_signs_nothing(app: Flask, tmp_path: Path) -> None:
    """Answer links that its mails carry would be signed with another secret than the service has."""
    address = db.engine.url.render_as_string(hide_password=False)
    folder = tmp_path / "elsewhere"
    status, output = run([*FLASK, *ADD], SPOTTER_DATA_DIR=str(folder), SPOTTER_DATABASE_URL=address)
    assert (status, f"There is no secret_key in {folder}." in output, folder.exists()) == (1, True, False), output


def test_another_secret_is_made_for_no_database_that_has_accounts(people: People) -> None:
    """Every link and every authenticator app would stop working, without a word.

    Mutations: without `secret_missing` in `ready_to_serve` the server makes a secret; without `_has_accounts` the upgrade does.
    """
    folder = people.app.config["SPOTTER"].data_dir
    address = db.engine.url.render_as_string(hide_password=False)
    for command in (EMBEDDED, [*FLASK, "db", "upgrade"]):
        status, output = run(command, SPOTTER_DATA_DIR=str(folder), SPOTTER_DATABASE_URL=address)
        assert status != 0 and "Traceback" not in output
        assert f"There is no secret_key in {folder}. " in output and "restore the file from your backup" in output
        assert not (folder / "secret_key").exists()
    status, output = run(
        [*FLASK, "db", "upgrade"],
        SPOTTER_DATA_DIR=str(folder), SPOTTER_DATABASE_URL=address, SPOTTER_SECRET_KEY="the one it has always had",
    )  # fmt: skip
    assert status == 0, output


def test_a_database_without_accounts_gets_a_secret(app: Flask) -> None:
    """A first upgrade that was interrupted is continued by the same command."""
    folder = app.config["SPOTTER"].data_dir
    assert not (folder / "secret_key").exists()
    address = db.engine.url.render_as_string(hide_password=False)
    status, output = run([*FLASK, "db", "upgrade"], SPOTTER_DATA_DIR=str(folder), SPOTTER_DATABASE_URL=address)
    assert (status, (folder / "secret_key").exists()) == (0, True), output


def test_no_secret_is_made_while_the_database_cannot_be_asked(tmp_path: Path) -> None:
    """It may have accounts. Mutation: when `_has_accounts` takes no answer for no accounts, a secret is made."""
    folder = tmp_path / "data"
    away = "postgresql+psycopg://spotter@127.0.0.1:1/spotter"
    status, output = run([*FLASK, "db", "upgrade"], SPOTTER_DATA_DIR=str(folder), SPOTTER_DATABASE_URL=away)
    assert status != 0 and "Cannot connect to the database: " in output and "Traceback" not in output, output
    assert not (folder / "secret_key").exists()
