"""The only place that fetches an address: outside, public, on the web's own ports, small, and quick.

Addresses given by others lead servers to their own networks (server-side request forgery). Here every answer of the
name server must be a public address, the connection goes to the very address that was checked, redirects are not
followed, no proxy from the environment moves the look-up elsewhere, and both the size and the total time, name look-up
included, are bounded.
"""

import ipaddress
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import requests
import urllib3
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from server.core import urls
from server.core.words import Refused

PORTS = (80, 443)
NAME = "CyberSpotter/1"  # who we say we are, always

# What is never outside, by the IANA special-purpose registries (read 2026-11): this network, private, shared (CGNAT),
# loopback, link-local with the clouds' metadata address, benchmarks, documentation, multicast, reserved; and the IPv6
# forms that carry an IPv4 address inside, by which one of those could be reached.
_DENIED = tuple(
    map(
        ipaddress.ip_network,
        """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
        192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
        ::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20
        5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
        """.split(),  # noqa: SIM905 - a block of networks reads better so
    )
)


class Forbidden(Exception):
    """This address is not one we may fetch, now or later."""


class Unreachable(Exception):
    """Nothing usable came back in time; it may later. `sent`: what was sent may have arrived all the same."""

    def __init__(self, reason: str, *, sent: bool = True) -> None:
        super().__init__(reason)
        self.sent = sent


def never(address: urls.Address) -> str:
    """Why an address is never fetched, as far as it can be read off; empty when its name has yet to be looked up."""
    port = address.port or (443 if address.scheme == "https" else 80)
    if port not in PORTS:
        return f"Port {port} is not a standard web port."
    if address.is_ip and not _public(address.host.strip("[]")):
        return f"{address.host} is not a public address."
    return ""


def _public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_global and not any(address in network for network in _DENIED)


@dataclass(frozen=True)
class HttpReply:
    """What came back: the status, its headers (names in lower case), and the body's first bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """Fetches addresses. `loopback_port` opens that one port on this machine, for tests: never from a setting."""

    def __init__(
        self, *, total: float = 20, silent: float = 10, most: int = 2_000_000, loopback_port: int | None = None
    ) -> None:
        self.total, self.silent, self.most, self.loopback_port = total, silent, most, loopback_port

    def get(self, url: str, headers: Mapping[str, str], within: float | None = None) -> HttpReply:
        """Fetch `url`, in `within` seconds if that is less than the client's own. Raises Forbidden or Unreachable; a
        redirect or an error status is a reply like any other.
        """
        return self._send("GET", url, None, headers, min(self.total, within or self.total))

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> HttpReply:
        """The same, sending `body`."""
        return self._send("POST", url, body, headers, self.total)

    def _send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], total: float) -> HttpReply:
        opened: list[socket.socket] = []
        late = threading.Event()
        replies: list[HttpReply] = []
        problems: list[Exception] = []

        def fetch() -> None:
            try:
                replies.append(self._fetch(method, url, body, headers, opened, late))
            except Exception as problem:
                problems.append(problem)
            finally:
                for connection in opened:
                    connection.close()

        worker = threading.Thread(target=fetch, daemon=True)  # a look-up that hangs cannot be ended, so it is abandoned
        worker.start()
        worker.join(total)
        if worker.is_alive():
            _hang_up(opened, late)
            raise Unreachable(f"it took longer than {total:g} s")
        if problems:
            raise problems[0]
        return replies[0]

    def _fetch(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        opened: list[socket.socket],
        late: threading.Event,
    ) -> HttpReply:
        href = self._checked(url)
        try:
            with self._session(opened, late, headers.get("User-Agent", NAME)) as session:
                with session.request(method, href, data=body, headers=dict(headers), stream=True) as response:
                    read = _first_bytes(response, self.most)
                return HttpReply(
                    response.status_code, {name.lower(): value for name, value in response.headers.items()}, read
                )
        except (requests.RequestException, OSError, ValueError) as problem:
            raise Unreachable(
                f"{type(problem).__name__}: {problem}"[:500], sent=not _never_connected(problem)
            ) from problem

    def _checked(self, url: str) -> str:
        """The address as it will be fetched. Every answer of the name server is looked at, not only the first."""
        try:
            address = urls.read(url)
        except Refused as refusal:
            raise Forbidden(refusal.detail) from None
        port = address.port or (443 if address.scheme == "https" else 80)
        if port != self.loopback_port and (reason := never(address)):
            raise Forbidden(reason)
        try:
            answers = socket.getaddrinfo(address.host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise Unreachable(f"The host {address.host} cannot be resolved: {problem}", sent=False) from problem
        for answer in answers:
            self.check(str(answer[4][0]), port)
        return address.href

    def check(self, ip: str, port: int) -> None:
        """Raises Forbidden unless `ip` is outside (or the one loopback port that was opened)."""
        address = ipaddress.ip_address(ip.partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if self.loopback_port is not None and address.is_loopback and port == self.loopback_port:
            return
        if port not in PORTS or not _public(ip):
            raise Forbidden(f"{ip} is not a public address.")

    def _session(self, opened: list[socket.socket], late: threading.Event, agent: str) -> HTTPSession:
        session = HTTPSession(
            Config(
                ip_filter_enable=True,
                ip_filter_allow_loopback_ips=self.loopback_port is not None,
                never_redirect=True,
                default_timeout=(5, self.silent),
                user_agent_override=agent,
            )
        )
        session.trust_env = False
        for scheme in ("http", "https"):
            session.mount(f"{scheme}://", _Adapter(self, opened, late, is_https_proto=scheme == "https"))
        return session


class _Adapter(IPFilterAdapter):  # type: ignore[misc]
    """Checks the very address that is connected to, and remembers the connection so that its time can run out."""

    def __init__(
        self, client: HttpClient, opened: list[socket.socket], late: threading.Event, is_https_proto: bool
    ) -> None:
        super().__init__(is_https_proto=is_https_proto, allow_loopback=client.loopback_port is not None)
        self.client, self.opened, self.late = client, opened, late

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)  # looks the name up again
        if self.late.is_set():
            raise TimeoutError
        self.client.check(str(host["host"]).strip("[]"), host["port"] or (443 if host["scheme"] == "https" else 80))
        return host, pool

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:
        pool = super().get_connection_with_tls_context(*arguments, **options)
        opened, late = self.opened, self.late

        class Remembered(pool.ConnectionCls):  # type: ignore[name-defined,misc]
            def _new_conn(self) -> socket.socket:
                connection: socket.socket = super()._new_conn()
                opened.append(connection.dup())  # a handle of our own: TLS takes the first one over
                if late.is_set():
                    _hang_up(opened, late)
                return connection

        pool.ConnectionCls = Remembered
        return pool


def _never_connected(problem: Exception) -> bool:
    reason = getattr(problem.args[0], "reason", None) if problem.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)


def _first_bytes(response: requests.Response, most: int) -> bytes:
    read = b""
    for part in response.iter_content(8192):
        read += part
        if len(read) > most:
            raise Unreachable(f"it sent more than {most:,} bytes")
    return read


def _hang_up(opened: list[socket.socket], late: threading.Event) -> None:
    """The time is up: close the connection, which ends the wait for it."""
    late.set()
    for connection in opened:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
