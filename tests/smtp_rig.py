"""A real mail server on loopback, and one that misbehaves on request: 4xx, 5xx, silence, gone after DATA.

Each message it took is kept with the envelope and the very bytes. `script` holds what happens to the next messages,
one entry each; when it is empty, everything is taken.
"""

import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from functools import lru_cache
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass(frozen=True)
class Taken:
    """One message as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return _parsed(self.raw)

    @property
    def header_names(self) -> list[str]:
        """The names of the headers as bytes have them, before any parser: each line that starts one."""
        head = self.raw.split(b"\r\n\r\n", 1)[0]
        return [line.split(b":", 1)[0].decode() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]


@lru_cache(maxsize=64)
def _parsed(raw: bytes) -> EmailMessage:
    parsed = BytesParser(policy=POLICY).parsebytes(raw)
    assert isinstance(parsed, EmailMessage)
    return parsed


@dataclass
class MailServer:
    """What the server took, and what it does next."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    # "450", "550", "450 data", "530 sender", "rcpt 554 words", "drop"
    script: deque[str] = field(default_factory=deque)
    scripted: str = ""  # the one recipient the script is for; everybody when empty
    greeted: int = 0  # connections whose greeting it has heard
    _open: set[SMTP] = field(default_factory=set)

    @property
    def url(self) -> str:
        """SPOTTER_MAIL_URL for it."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Taken]:
        """What it took for one recipient."""
        return [message for message in self.taken if message.recipients == (address,)]

    def _next(self, address: str) -> str:
        return self.script[0] if self.script and self.scripted in ("", address) else ""

    async def handle_EHLO(
        self, server: SMTP, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greeted += 1
        self._open.add(server)
        return responses

    def hang_up(self) -> None:
        """Close every connection, as a server does that has waited long enough."""
        for connection in self._open:
            if connection.transport:
                connection.loop.call_soon_threadsafe(connection.transport.close)
        self._open.clear()
        time.sleep(0.2)

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.script and self.script[0].endswith("sender"):
            return f"{self.script.popleft()[:3]} 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        step = self._next(address)
        if step in ("450", "550"):
            self.refused.append(address)
            return f"{self.script.popleft()} this address, as the script says"
        if step.startswith("rcpt "):
            return self.script.popleft().removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        step = self.script.popleft() if self._next(envelope.rcpt_tos[0]) else ""
        if step.endswith("data"):
            return f"{step[:3]} not this one"
        self.taken.append(Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        if step == "drop":  # it has the message, and the sender never hears so
            server.transport.abort()  # type: ignore[union-attr]
        return "250 kept"


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[MailServer]:
    """A server that behaves as its script says, at this port or a free one."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port(), tls_context=tls)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """A server that takes the connection and never says a word; its port."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def hold() -> None:
            while not over.is_set():
                try:
                    held.append(listening.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hold)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join()
            for connection in held:
                connection.close()


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Any, seconds: float = 20) -> None:
    """Until `condition()` holds; fails when it does not within `seconds`."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.05)
