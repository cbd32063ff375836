"""A company's webhook: a real server on loopback that believes nothing but what is signed with a secret it knows."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from server.core import outbound
from server.core.database import read
from server.journeys.company import directory_import
from server.ledger.companies import secret_store
from server.ledger.companies import store as companies
from server.ledger.companies.schemas import read_file
from server.ledger.delivery import webhook

FIRST = "whsec_" + "Zmlyc3Qgc2VjcmV0IG9mIDMyIHJhbmRvbSBieXRlcy4uLi4="


class Receiver:
    """`secrets` it accepts; `script` holds the next answers, then 204; `taken` what it believed, `refused` what it did not."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/hook"
        self.secrets, self.script = [FIRST], list[int]()
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[bytes] = []

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        """401 for what no known secret has signed."""
        for secret in self.secrets:
            with contextlib.suppress(WebhookVerificationError):
                Webhook(secret).verify(body, headers)
                break
        else:
            self.refused.append(body)
            return 401
        status = self.script.pop(0) if self.script else 204
        if status < 300:
            self.taken.append((headers["webhook-id"], json.loads(body)))
        return status

    def types(self) -> list[str]:
        """What it believed, by type."""
        return [event["type"] for _, event in self.taken]

    def ids(self) -> list[str]:
        """And by id."""
        return [webhook_id for webhook_id, _ in self.taken]


@contextlib.contextmanager
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """One that listens; its port is the one that the worker may call on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(running.answer({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silent."""

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    running = Receiver(listening.server_port)
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setattr(webhook, "client", outbound.HttpClient(loopback_port=listening.server_port))
    try:
        yield running
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


DIRECTORY = """
companies:
  - slug: mercado
    name: Mercado
    spocs:
      - {{name: Notice desk, channel: webhook, webhook_url: '{address}', webhook_secrets: {secrets}, verified: 2026-11-02{limits}}}
"""


def name_webhook(address: str, *secrets: str, limits: str = "") -> str:
    """The companies file names this webhook for Mercado, for all notices or within `limits`; its SPOC's id."""
    known = secrets or (FIRST,)
    file = DIRECTORY.format(address=address, secrets="[" + ", ".join(known) + "]", limits=limits and f", {limits}")
    directory_import.import_companies(read_file(file.encode(), demo=True))
    with read() as session:
        company = companies.by_slug(session, "mercado")
        assert company
        return secret_store.webhooks(session, company.id)[0].id
