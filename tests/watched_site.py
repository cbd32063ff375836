"""Bazaar, a small marketplace on this machine that counts who came, and whether it has agreed to be looked at."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from server.core import outbound
from server.journeys.company import directory_import
from server.ledger.companies.schemas import read_file
from server.ledger.monitoring import watching
from tests.conftest import verified


class Site(BaseHTTPRequestHandler):
    """A small marketplace on this machine."""

    came: list[tuple[str, str]] = []
    robots: tuple[int, str] = (404, "")
    pages: dict[str, tuple[int, str]] = {}  # of a redirect the text is where it leads

    def do_GET(self) -> None:
        self.came.append((self.path, self.headers["User-Agent"]))
        status, text = self.robots if self.path == "/robots.txt" else self.pages.get(self.path, (404, "nothing here"))
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", text)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Silent."""


@contextmanager
def standing(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The site, empty, and its port, which the server may reach."""
    Site.came, Site.robots, Site.pages = [], (404, ""), {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    monkeypatch.setattr(watching, "client", outbound.HttpClient(loopback_port=server.server_port, total=5))
    watching._robots.clear()
    watching._away.clear()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def agreed(monitoring: str) -> None:
    """Bazaar, whose pages stand on this machine. What an earlier file said and this one leaves out is removed."""
    text = f"""
companies:
  - slug: bazaar
    name: Bazaar
    policy_url: https://bazaar.test/rules
    platforms:
      - slug: bazaar
        name: Bazaar
        domains: []
        hosts: [localhost]
        listing: '/ad/(?P<id>\\d+)'
        {monitoring}
    spocs:
      - {{name: Desk, email: desk@bazaar.test, channel: mail, verified: {verified()}}}
"""
    directory_import.import_companies(read_file(text.encode()), replace=True)


AGREED = "monitoring: {agreed_by: Lou at Bazaar, date: 2026-11-01, removed: [This ad was taken down]}"
