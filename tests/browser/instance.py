"""A running server with the demonstration, as an operator starts it, that can be stopped and started again."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.chromium import ROOT, until
from tests.smtp_rig import MailServer, mail_server


class Instance:
    """`base` is the server's address, `market` the demonstration's marketplace on another host, `mail` what was sent."""

    def __init__(self, folder: Path, mail: MailServer, undo_seconds: int = 0) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.base, self.market, self.mail = f"http://127.0.0.1:{port}", f"http://mercado.localhost:{port}", mail
        self._log = folder / "server.log"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("SPOTTER_")} | {
            "SPOTTER_DEMO": "1",
            "SPOTTER_UNDO_SECONDS": str(undo_seconds),
            "SPOTTER_PORT": str(port),
            "SPOTTER_BASE_URL": self.base,
            "SPOTTER_DATA_DIR": str(folder),
            "SPOTTER_MAIL_URL": mail.url,
        }

    def prepare(self) -> None:
        for command in (["db", "upgrade"], ["demo", "load"]):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "server", *command],
                cwd=ROOT,
                env=self._environment,
                check=True,
                capture_output=True,
                timeout=300,
            )

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server"], cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        until(lambda: answers(f"{self.base}/healthz"), "the server", seconds=120)

    def stop(self) -> None:
        """Gone: nothing listens on its port."""
        self._process.terminate()
        self._process.wait(timeout=20)


@contextmanager
def demonstration(folder: Path, undo_seconds: int = 0) -> Iterator[Instance]:
    """The demonstration, loaded and running; its data lies in `folder`."""
    with mail_server() as mail:
        instance = Instance(folder, mail, undo_seconds)
        instance.prepare()
        instance.start()
        try:
            yield instance
        finally:
            instance.stop()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
