"""python -m server: web and worker in one process."""

import gc
import json
import os
import resource
import sys
import threading
import time
from typing import ClassVar

from flask import Flask, render_template
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from server import create_app
from server.core import headers, installation, problems

SAID = {
    400: "This is not a valid HTTP request.",
    413: "This is larger than 25 MB.",
    431: "The address and headers of this request are larger than 256 KB.",
}


class Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """What the server in front refuses before the app sees it, such as a body of 30 MB: in the API's own form, and to
    people on the error page."""

    pages: ClassVar[dict[int, bytes]] = {}
    base_url: ClassVar[str] = ""

    def execute(self) -> None:
        """Answer and close."""
        error, asked = self.request.error, getattr(self.request, "headers", {}).get("ACCEPT", "")
        if "text/html" in asked:
            kind, body = "text/html; charset=utf-8", self.pages.get(error.code, self.pages[400])
            self.response_headers += [("Content-Security-Policy", headers.CSP), ("X-Content-Type-Options", "nosniff")]
        else:
            kind = "application/problem+json"
            name = problems.KIND.get(error.code)
            type_ = f"{self.base_url}/problems/{name}" if name else "about:blank"
            detail = SAID.get(error.code, f"{error.reason}. {error.body}.")
            title = problems.title(name) if name else error.reason
            body = json.dumps({"type": type_, "title": title, "status": error.code, "detail": detail}).encode()
            self.response_headers.append(("Access-Control-Allow-Origin", "*"))
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", kind))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def main() -> None:
    """Serve until told to stop. Refuses a database that was not migrated, with the command that migrates it."""
    settings = installation.ready_to_serve()
    app = create_app(settings)
    with app.app_context():
        from server.commands import worker

        worker.prepare()
        Refusal.pages, Refusal.base_url = refusals(app), settings.base_url
        BaseWSGIServer.channel_class = TimedChannel
        try:
            server = create_server(
                app, host=settings.host, port=settings.port, threads=4, max_request_body_size=settings.max_body,
                clear_untrusted_proxy_headers=False, ident=None, connection_limit=room_for_connections(),
                channel_timeout=IDLE, cleanup_interval=CLEANED_EVERY, asyncore_use_poll=True,
            )  # fmt: skip
        except (OSError, ValueError) as problem:  # ValueError: waitress on a host that is neither an address nor a name
            why = getattr(problem, "strerror", None) or "there is no such address"
            sys.exit(f"Cannot bind {settings.host}:{settings.port}: {why}. Set SPOTTER_HOST or SPOTTER_PORT.")
        gc.collect()
        gc.freeze()  # the lexicon and the code stay: they need not be looked through again and again
        gc.set_threshold(*GARBAGE)
        threading.Thread(target=server.run, daemon=True, name="web").start()
        print(f"Cyber Spotter is at {settings.base_url}", flush=True)
        worker.run_until_told()
        server.close()
    os._exit(0)  # requests still open are unanswered, so unacknowledged


class TimedChannel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection with a deadline for each request: waitress itself closes only one that is silent, never one that sends
    a byte now and then. It is counted from the first byte, and a body may take as long as a slow phone needs for it."""

    error_task_class = Refusal
    begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take what came, unless this request should have been whole by now."""
        if self.request is None:
            self.begun = time.monotonic()
        patience = HEADERS_WITHIN if self.request is None or not self.request.headers_finished else BODY_WITHIN
        if time.monotonic() - self.begun > patience:
            self.will_close = True
            return False
        return bool(super().received(data))


# How many objects are made before Python looks for garbage, and how many such looks before it looks at older ones. A page of
# thousands of rows keeps tens of thousands; a look every 700 objects, Python's default, took a sixth of its time.
GARBAGE = 50_000, 20, 50
IDLE, CLEANED_EVERY = 30, 5  # seconds a connection may be silent, and between two looks at them
HEADERS_WITHIN, BODY_WITHIN = 30, 600  # seconds for a request: 25 MB in ten minutes are 350 kbit/s
CONNECTIONS = 4000


def room_for_connections() -> int:
    """How many connections are held at once; as many files as they take are asked for, and half of those are kept free."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(CONNECTIONS, wanted // 2)


def refusals(app: Flask) -> dict[int, bytes]:
    """The error pages for what the app never sees, drawn once."""
    with app.test_request_context():
        return {
            status: render_template(
                "error.html", bare=True, status=status, kind=problems.KIND[status], detail=words, errors={}, extra={}
            ).encode()
            for status, words in SAID.items()
        }


if __name__ == "__main__":
    main()
