"""Only the public web is fetched, and only for a while. What was reached is counted at the server, not at the client."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from server.core import outbound


class Canary(BaseHTTPRequestHandler):
    """Counts who came; answers as the path says."""

    came: list[str] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.came.append(self.path)
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_address[1]}/elsewhere")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/endless":
            self.pour(b"x" * 65536, 0)
        elif self.path == "/drip":
            self.pour(b"x", 0.1)
        else:
            self.wfile.write(b"taken")

    def pour(self, part: bytes, pause: float) -> None:
        try:
            while True:
                self.wfile.write(part)
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def port() -> Iterator[int]:
    Canary.came.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_one_port_opened_for_tests_is_reached(port: int) -> None:
    reply = outbound.HttpClient(loopback_port=port).post(f"http://127.0.0.1:{port}/hook", b"{}", {"x-words": "one"})
    assert (reply.status, reply.body) == (200, b"taken")


HERE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://017700000001:{port}/", "http://127.1:{port}/", "http://0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/", "http://ⓛocalhost:{port}/",
]  # fmt: skip


@pytest.mark.parametrize("url", HERE)
def test_this_machine_is_never_reached_however_it_is_written(
    url: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The port is let through on purpose, so that the address alone is what stops it."""
    monkeypatch.setattr(outbound, "PORTS", (80, 443, port))
    with pytest.raises(outbound.Forbidden):
        outbound.HttpClient().post(url.format(port=port), b"", {})
    assert Canary.came == []


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.5/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::]/",
        "http://[64:ff9b:1::1]/", "http://[2001:db8::1]/", "http://[ff02::1]/", "http://[::127.0.0.1]/",
    ],
)  # fmt: skip
def test_no_private_or_special_address_is_fetched(url: str) -> None:
    with pytest.raises(outbound.Forbidden, match="not a public address"):
        outbound.HttpClient().post(url, b"", {})


@pytest.mark.parametrize(
    "url", ["http://93.184.216.34:22/", "https://93.184.216.34:6379/", "http://93.184.216.34:8000/"]
)
def test_only_the_webs_own_ports_are_fetched(url: str) -> None:
    with pytest.raises(outbound.Forbidden, match="Port"):
        outbound.HttpClient().post(url, b"", {})


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://x/", "http://a@93.184.216.34/", "http://x\\@y/", "//x/", ""]
)
def test_what_is_no_plain_web_address_is_not_fetched(url: str) -> None:
    with pytest.raises(outbound.Forbidden):
        outbound.HttpClient().post(url, b"", {})


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """A name server that gives each list in turn, then the last for ever."""
    turns = list(answers)

    def look_up(_host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [(2, 1, 6, "", (ip, port)) for ip in addresses]

    monkeypatch.setattr("socket.getaddrinfo", look_up)


def test_one_private_answer_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["93.184.216.34", "10.0.0.5"])
    with pytest.raises(outbound.Forbidden, match=r"10\.0\.0\.5"):
        outbound.HttpClient().post("http://hook.mercado.test/", b"", {})


def test_a_name_that_changes_after_it_was_checked_gains_nothing(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when looked at, this machine when connected to."""
    monkeypatch.setattr(outbound, "PORTS", (80, 443, port))
    names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises((outbound.Forbidden, outbound.Unreachable)):
        outbound.HttpClient().post(f"http://hook.mercado.test:{port}/", b"", {})
    assert Canary.came == []


def test_a_rebound_name_does_not_reach_what_only_our_list_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["93.184.216.34"], ["::7f00:1"])
    with pytest.raises(outbound.Forbidden, match="::7f00:1"):
        outbound.HttpClient().post("http://hook.mercado.test/", b"", {})


def test_a_redirect_is_not_followed(port: int) -> None:
    assert outbound.HttpClient(loopback_port=port).post(f"http://127.0.0.1:{port}/redirect", b"", {}).status == 302
    assert Canary.came == ["/redirect"]


def test_a_proxy_of_the_environment_is_not_used(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert outbound.HttpClient(loopback_port=port).post(f"http://127.0.0.1:{port}/hook", b"", {}).status == 200


def test_an_endless_answer_is_cut_off(port: int) -> None:
    with pytest.raises(outbound.Unreachable, match="more than 100,000 bytes"):
        outbound.HttpClient(loopback_port=port, most=100_000).post(f"http://127.0.0.1:{port}/endless", b"", {})


@pytest.mark.timeout(20)
def test_a_dripping_answer_is_over_when_its_time_is(port: int) -> None:
    """Each byte comes in time, so that only the whole time can end it."""
    with pytest.raises(outbound.Unreachable, match="took longer"):
        outbound.HttpClient(loopback_port=port, total=0.5).post(f"http://127.0.0.1:{port}/drip", b"", {})


@pytest.mark.parametrize("hangs_at", [1, 2])
def test_a_name_server_that_does_not_answer_is_waited_for_no_longer_than_the_site(
    port: int, monkeypatch: pytest.MonkeyPatch, hangs_at: int
) -> None:
    """The name is looked up twice: to vet every answer, and to connect. What answers too late is not gone to any more."""
    honest, answer, asked, ended = socket.getaddrinfo, threading.Event(), list[str](), threading.Event()

    def slow(host: str, *given: Any, **more: Any) -> Any:
        asked.append(host)
        if len(asked) == hangs_at:
            answer.wait(20)
        try:
            return honest(host, *given, **more)
        finally:
            if len(asked) == hangs_at:
                ended.set()

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    client = outbound.HttpClient(total=0.5, loopback_port=port)
    try:
        with pytest.raises(outbound.Unreachable, match="longer than"):
            client.post(f"http://localhost:{port}/taken", b"{}", {})
        assert not ended.is_set(), "it is not waited for"
    finally:
        answer.set()
    assert ended.wait(10)
    deadline = time.monotonic() + 10
    while any("fetch" in thread.name for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert Canary.came == []
