"""Small sites on 127.0.0.1 for the browser's tests: each says what stands under an address, and no more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(BaseHTTPRequestHandler):
    """Serves what `body` gives, as `kind`; where it gives nothing, 404."""

    kind = "text/html; charset=utf-8"

    def body(self) -> bytes:
        """What stands under `self.path`."""
        raise NotImplementedError

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
