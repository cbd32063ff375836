"""Sites on 127.0.0.1 for the browser's tests: small ones that say what stands under an address, and our own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzeug.serving import make_server


class Site(BaseHTTPRequestHandler):
    """Serves what `body` gives, as `kind`; where it gives nothing, 404."""

    kind = "text/html; charset=utf-8"

    def body(self) -> bytes:
        """What stands under `self.path`: nothing, unless a site says otherwise."""
        return b""

    def do_GET(self) -> None:
        body = self.body()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: type[Site]) -> Iterator[int]:
    """The port where the site is, under whatever name this machine is called by."""
    with ThreadingHTTPServer(("127.0.0.1", 0), site) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@contextmanager
def ours(app: Any, port: int = 0) -> Iterator[str]:
    """The address of an application of ours (WSGI), served until the end; on a free port where none is named."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
