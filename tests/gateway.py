"""A real S3-compatible store on loopback: Ceph's gateway with its own SQLite store, and a line to it that misbehaves."""

import contextlib
import http.client
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

KEY, SECRET, BUCKET = "spotterkey", "a-secret-of-the-store", "evidence"
CONFIGURATION = """
[global]
auth_supported = none
run_dir = {folder}
[client.rgw]
rgw_backend_store = dbstore
rgw_frontends = beast endpoint=127.0.0.1:{port}
rgw_data = {folder}/data
dbstore_db_dir = {folder}/data
rgw_config_store = dbstore
dbstore_config_uri = file:{folder}/data/config.db
admin_socket = {folder}/$pid.asok
log_file = {folder}/rgw.log
"""


class Gateway:
    """The store. It listens at the same port again after it was killed."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "data").mkdir(parents=True)
        self.options = ["-c", str(folder / "ceph.conf"), "-n", "client.rgw", "--no-mon-config"]
        (folder / "ceph.conf").write_text(CONFIGURATION.format(folder=folder, port=self.port))
        self.process: subprocess.Popen[bytes] | None = None

    def make_bucket(self) -> None:
        import obstore

        making = obstore.sign(self.client(), "PUT", "", timedelta(seconds=60))
        urllib.request.urlopen(urllib.request.Request(making, method="PUT"), timeout=10).close()

    def add_user(self) -> None:
        """Before the store runs, for both write into one SQLite file. Now and then it hangs all the same: tried again."""
        user = [
            "user",
            "create",
            "--uid=spotter",
            "--display-name=Spotter",
            f"--access-key={KEY}",
            f"--secret={SECRET}",
        ]
        for _ in range(5):
            with contextlib.suppress(subprocess.TimeoutExpired):
                command = ["radosgw-admin", *self.options, *user]
                done = subprocess.run(command, capture_output=True, check=False, timeout=5)
                if done.returncode == 0 or b"exists" in done.stderr:
                    return
                print(done.stderr.decode(errors="replace")[-2000:])
        raise AssertionError("the gateway has no user")

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["radosgw", *self.options, "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError("the gateway did not start")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def url(self, prefix: str = "", port: int | None = None) -> str:
        """`SPOTTER_VAULT_URL`; through `port` where a line stands before it."""
        return f"s3://{BUCKET}/{prefix}?endpoint={quote(f'http://127.0.0.1:{port or self.port}')}&region=us-east-1"

    def client(self, prefix: str = "") -> Any:
        """Straight to the store, as a stranger would look."""
        from obstore.store import S3Store

        return S3Store(
            BUCKET,
            prefix=prefix or None,
            endpoint=f"http://127.0.0.1:{self.port}",
            region="us-east-1",
            access_key_id=KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )

    def objects(self, prefix: str) -> dict[str, bytes]:
        """What lies there: the bytes of each object by the last part of its key."""
        store = self.client()
        paths = [found["path"] for page in store.list(prefix) for found in page]
        return {path.rpartition("/")[2]: bytes(store.get(path).bytes()) for path in paths}


@contextmanager
def gateway(folder: Path) -> Iterator[Gateway]:
    """A store of this test's own; skips, in words, where there can be none."""
    if not shutil.which("radosgw"):
        pytest.skip("radosgw is not installed (Ceph's S3 gateway): make tools installs it on Debian")
    if not find_spec("obstore"):
        pytest.skip("obstore is not installed: pip install -r requirements-scale.txt")
    running = Gateway(folder)
    try:
        running.add_user()
        running.start()
        running.make_bucket()
        yield running
    finally:
        running.kill()


class Line:
    """A line to the store that can be cut, held, or bring other bytes. It forwards each request as it came."""

    def __init__(self, store: Gateway) -> None:
        self.store, self.put_half_way = store, lambda: None  # called when half of a put's body has been forwarded
        self.put_done: Callable[[], None] = lambda: None  # called when the store has it, before we are told
        self.full: tuple[int, str] | None = None  # what a put is answered instead of being forwarded
        self.changed: Callable[[bytes], bytes] = lambda body: body  # what a get brings
        self.released, self.held = threading.Event(), threading.Semaphore(0)
        self.released.set()
        line = self

        class Forward(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                try:
                    line.forward(self, body)
                except (OSError, http.client.HTTPException):  # the store is away: so is the line
                    self.close_connection = True

            do_GET = do_PUT = do_DELETE = forward

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forward(self, asked: BaseHTTPRequestHandler, body: bytes) -> None:
        if not self.released.is_set():
            self.held.release()
            self.released.wait()
        if self.full and asked.command == "PUT":
            status, code = self.full
            _answer(asked, status, f"<Error><Code>{code}</Code></Error>".encode())
            return
        far = http.client.HTTPConnection("127.0.0.1", self.store.port, timeout=30)
        try:
            far.putrequest(asked.command, asked.path, skip_host=True, skip_accept_encoding=True)
            for name, value in asked.headers.items():
                far.putheader(name, value)
            far.endheaders()
            far.send(body[: len(body) // 2])
            if asked.command == "PUT":
                self.put_half_way()
            far.send(body[len(body) // 2 :])
            answer = far.getresponse()
            brought = answer.read()
        finally:
            far.close()
        if asked.command == "PUT":
            self.put_done()
        if asked.command == "GET" and answer.status == 200:
            brought = self.changed(brought)
        _answer(asked, answer.status, brought, answer.getheaders())

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Nothing comes through: every request is taken and not answered."""
        self.released.clear()
        try:
            yield
        finally:
            self.released.set()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


def _answer(
    asked: BaseHTTPRequestHandler, status: int, body: bytes, headers: list[tuple[str, str]] | None = None
) -> None:
    asked.send_response_only(status)
    for name, value in headers or []:
        if name.lower() not in ("content-length", "transfer-encoding", "connection"):
            asked.send_header(name, value)
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    asked.wfile.write(body)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """One store for a file of tests; each has a prefix of its own."""
    with gateway(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
def line(store: Gateway) -> Iterator[Line]:
    """The line to it. A store that the test has killed runs again afterwards."""
    line = Line(store)
    yield line
    line.close()
    if store.process is None:
        store.start()


@pytest.fixture
def prefix() -> str:
    """What this test's objects begin with."""
    return uuid.uuid4().hex
