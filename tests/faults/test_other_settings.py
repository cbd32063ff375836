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
