"""`python -m server` as somebody starts it who has something wrong: one line, never a trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from flask import Flask

from tests.faults.killed import ROOT


def start(**settings: str) -> tuple[int, str]:
    """What `python -m server` says before it gives up, and its exit status."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPOTTER_")} | settings
    done = subprocess.run(
        [sys.executable, "-m", "server"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def settings_of(app: Flask) -> dict[str, str]:
    """What starts on the database of this test."""
    settings = app.config["SPOTTER"]
    return {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
    }


def test_a_port_that_somebody_has_is_said_in_one_line(app: Flask) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        status, output = start(**settings_of(app), SPOTTER_PORT=port)
    assert status == 1
    assert output == f"Cannot bind 127.0.0.1:{port}: Address already in use. Set SPOTTER_HOST or SPOTTER_PORT.\n"


def test_a_host_that_is_no_address_is_said_in_one_line(app: Flask) -> None:
    status, output = start(**settings_of(app), SPOTTER_HOST="127.0.0.1:80")
    assert status == 1
    assert output == "Cannot bind 127.0.0.1:80:8000: there is no such address. Set SPOTTER_HOST or SPOTTER_PORT.\n"


def test_a_database_that_is_away_is_said_in_one_line(tmp_path: Path) -> None:
    status, output = start(SPOTTER_DATA_DIR=str(tmp_path), SPOTTER_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (status, output.count("\n")) == (1, 1), output
    assert output.startswith("Cannot connect to the database: ") and "refused" in output


def test_a_data_folder_that_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, output = start(SPOTTER_DATA_DIR=str(tmp_path / "file"))
    assert status == 1
    assert output == f"Cyber Spotter cannot start:\n  SPOTTER_DATA_DIR: cannot use {tmp_path / 'file'}: File exists.\n"
