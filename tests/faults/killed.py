"""The embedded server as an operator starts it, killed without warning."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from flask import Flask

from server.core.config import Settings
from server.core.database import db
from tests.conftest import People

ROOT = Path(__file__).parents[2]


class Server:
    """The embedded server as an operator starts it, killed without warning."""

    def __init__(self, settings: Settings, mutation: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.settings, self.mutation = settings, mutation  # Python that runs before the server does

    def start(self) -> None:
        environment = os.environ | {
            "SPOTTER_DATA_DIR": str(self.settings.data_dir),
            "SPOTTER_DATABASE_URL": self.settings.database_url,
            "SPOTTER_PORT": str(self.port),
            "SPOTTER_REPORTS_PER_MINUTE": "0",
            "SPOTTER_VAULT_URL": self.settings.vault_url,
            "AWS_ACCESS_KEY_ID": self.settings.vault_key_id,
            "AWS_SECRET_ACCESS_KEY": self.settings.vault_secret,
        }
        start = f"{self.mutation}\nfrom server.__main__ import main\nmain()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1).read()
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def ready(app: Flask, people: People, request: pytest.FixtureRequest) -> dict[str, str]:
    """Ana's token; our own handle on the database is closed, the server's is the only one."""
    if request.config.getoption("--postgresql"):
        pytest.skip(
            "this rig reads the SQLite file; what PostgreSQL has committed, it has on the disk (synchronous_commit)"
        )
    token = people.token("ana")
    db.session.remove()
    db.engine.dispose()
    return token
