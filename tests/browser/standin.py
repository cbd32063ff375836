"""A server of one file that misbehaves on demand: for the states that the real one cannot be brought into.

It speaks just enough of the contract, on the host name `localhost`, so that an ad on 127.0.0.1 never lends it CORS.
"""

import email
import email.policy
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

VOCABULARY = {
    "reasons": [],
    "taxa": [
        {
            "id": "t1",
            "scientific_name": "Psittacus erithacus",
            "common_name": "Grey parrot",
            "names": [{"text": "perroquet gris", "language": "fr"}],
            "listings": [{"source": "CITES", "appendix": "I", "effective_from": "2017-01-02", "population": None}],
        },
        {
            "id": "t2",
            "scientific_name": "Psittacus timneh",
            "common_name": "Timneh parrot",
            "names": [{"text": "perroquet gris de Timneh", "language": "fr"}],
            "listings": [{"source": "CITES", "appendix": "I", "effective_from": "2017-01-02", "population": None}],
        },
    ],
}


class StandIn(ThreadingHTTPServer):
    """`script` holds the answers to come for POST /reports: (status, body, headers), `"hang"`, `"cut"` (gone in the middle of the upload), or `"lose"` (kept, not told).

    `posted` is all that was ever posted, as it came over the line: address, headers, body.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.script: list[Any] = []
        self.kept: dict[str, tuple[dict[str, Any], dict[str, bytes]]] = {}
        self.keys: list[str] = []
        self.posted: list[bytes] = []
        self.vocabulary: dict[str, Any] = VOCABULARY
        self.heard: list[str] = []
        self.own: list[dict[str, Any]] = []
        self.own_status = 200
        self.known = False
        self.checks: list[dict[str, Any]] = []
        self.asked_for: list[str] = []
        self.looks: list[tuple[str, str]] = []
        self.look_answer: tuple[int, dict[str, Any]] = (201, {})
        self.asked: list[str] = []
        self.replies: list[tuple[str, str]] = []
        self.token = "cs_ana"
        self.pairing: list[Any] = []
        self.base = f"http://localhost:{self.server_port}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def connection(self) -> dict[str, Any]:
        """What a paired browser keeps of it."""
        return {"base": self.base, "token": self.token, "paired_at": 1790000000000, "refused": None}

    def stop(self) -> None:
        """Gone: the port is closed, as with a machine that is off."""
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request, one connection: a server that is stopped must not live on in a connection kept alive."""

    server: StandIn

    def answer(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode() if body is not None else b""
        self.server.heard.append(f"{self.command} {self.path}")
        self.send_response(status)
        given = {
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "Authorization, Idempotency-Key, Content-Type, If-None-Match",
            "Access-Control-Expose-Headers": "Retry-After, ETag",
        }
        for name, value in (given | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_OPTIONS(self) -> None:
        self.answer(204)

    def do_GET(self) -> None:
        if self.path.startswith("/device"):
            self.answer(200, {"page": "device"})
        elif "/listings/known?url=" in self.path:
            self.server.asked.append(unquote(self.path.partition("?url=")[2]))
            self.answer(200, {"known": self.server.known})
        elif self.path.endswith("/vocabulary"):
            self.answer(200, self.server.vocabulary, {"ETag": '"1"'})
        elif "/checks" in self.path:
            self.server.asked_for.append(self.path.partition("/checks")[2])
            self.answer(self.server.own_status, {"items": self.server.checks, "next": None})
        elif "/reports" in self.path:
            self.answer(self.server.own_status, {"items": self.server.own, "next": None})
        else:
            self.answer(404)

    def do_POST(self) -> None:
        if self.path.endswith("/reports") and self.server.script[:1] == ["cut"]:
            self.rfile.read(1000)
            self.server.keys.append(self.headers["Idempotency-Key"])
            self.server.script.pop(0)
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.posted.append(f"{self.requestline}\r\n{self.headers}".encode() + body)
        if self.path.endswith("/device/authorize"):
            page = f"{self.server.base}/device"
            self.answer(
                200,
                {
                    "device_code": "d",
                    "user_code": "WDJBMJHT",
                    "verification_uri": page,
                    "verification_uri_complete": page + "?user_code=WDJB-MJHT",
                    "expires_in": 600,
                    "interval": 1,
                },
            )
        elif self.path.endswith("/device/token"):
            assert parse_qs(body.decode())["device_code"] == ["d"]
            step = self.server.pairing.pop(0) if self.server.pairing else "authorization_pending"
            self.answer(*(step if isinstance(step, tuple) else (400, {"error": step})))
        elif "/checks/" in self.path:
            self.server.looks.append((self.path.split("/")[-1], json.loads(body)["outcome"]))
            self.answer(*self.server.look_answer)
        elif self.path.endswith("/replies"):
            self.server.replies.append((self.path.split("/")[-2], json.loads(body)["text"]))
            self.answer(201, {})
        else:
            self.report(body)

    def report(self, body: bytes) -> None:
        key = self.headers["Idempotency-Key"]
        self.server.keys.append(key)
        step = self.server.script.pop(0) if self.server.script else None
        if self.headers["Authorization"] != f"Bearer {self.server.token}":
            return self.answer(401, {"detail": "Unknown token."})
        if step == "hang":
            time.sleep(3600)
        if isinstance(step, tuple):
            return self.answer(*step)
        known = key in self.server.kept
        self.server.kept[key] = self.server.kept.get(key) or self.parts(body)
        if step == "lose":
            return self.connection.shutdown(socket.SHUT_RDWR)
        return self.answer(
            200 if known else 201,
            {"id": key, "reference": f"R-{key[:4]}", "status": "received", "received_at": "2026-11-24T10:00:00Z"},
        )

    def parts(self, body: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
        kind = self.headers["Content-Type"]
        if kind == "application/json":
            return json.loads(body), {}
        whole = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=email.policy.HTTP)
        routes = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in whole.iter_parts()
        }
        return json.loads(routes.pop("report")), routes

    def log_message(self, *_: object) -> None:
        pass
