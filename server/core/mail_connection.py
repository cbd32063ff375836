"""The connection to the mail server: verified TLS, with a timeout; kept for what one batch of work sends."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

import flask_mail
from flask import Flask, current_app

from server.core import lease, mail_folder
from server.core.config import Settings

TIMEOUT = 10  # seconds a mail server may be silent
TRUSTED_FOR = 3600  # seconds


class MailConnection(flask_mail.Connection):
    """Flask-Mail's connection with a timeout and verified TLS, or the one kept open. An error on closing never fails a sent
    email."""

    def configure_host(self) -> Any:
        state = self.mail
        folder = current_app.config["MAIL_FOLDER"]
        if folder:
            return mail_folder.MailFolder(Path(folder))
        kept = _kept.get()
        if kept and kept.host and _answers(kept.host):
            return kept.host
        host: smtplib.SMTP
        if state.use_ssl:
            host = smtplib.SMTP_SSL(state.server, state.port, timeout=TIMEOUT, context=mailer().trusted())
        else:
            host = smtplib.SMTP(state.server, state.port, timeout=TIMEOUT)
        # TLS cuts a notice into pieces: without this the last one waits until the server has acknowledged the others.
        cast(socket.socket, host.sock).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if state.use_tls:
            host.starttls(context=mailer().trusted())
        if state.username:
            host.login(state.username, state.password)
        return host

    def __exit__(self, problem: type[BaseException] | None = None, *_: Any) -> None:
        kept = _kept.get()
        if kept and isinstance(self.host, smtplib.SMTP) and (problem is None or issubclass(problem, _OF_THE_MAIL)):
            kept.host = self.host
        elif self.host is not None:
            if kept:
                kept.host = None
            _quit(self.host)


_OF_THE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, lease.Lost)  # the connection is as it was


class Mailer(flask_mail.Mail):
    def __init__(self, app: Flask) -> None:
        self.noted: dict[str, Any] = {}  # what was last noted, and when
        self._trusted: tuple[float, ssl.SSLContext] | None = None
        super().__init__(app)

    def connect(self) -> MailConnection:
        return MailConnection(current_app.extensions["mail"])

    def trusted(self) -> ssl.SSLContext:
        """The certificates that this machine trusts, read again after an hour: reading them takes longer than a mail."""
        now = time.monotonic()
        if self._trusted is None or now - self._trusted[0] > TRUSTED_FOR:
            self._trusted = now, ssl.create_default_context()
        return self._trusted[1]


@dataclass
class _Kept:
    """A connection that the next mail leaves over, too."""

    host: smtplib.SMTP | None = None


_kept: ContextVar[_Kept | None] = ContextVar("_kept", default=None)


@contextmanager
def one_connection() -> Iterator[None]:
    """What this thread sends inside the block uses one connection, as long as the mail server keeps it open."""
    kept = _Kept()
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept.host is not None:
            _quit(kept.host)


def _answers(host: smtplib.SMTP) -> bool:
    """Whether the mail server has kept this connection open. Checked before each email, so that none is sent twice."""
    with suppress(smtplib.SMTPException, OSError):
        if host.noop()[0] == 250:
            return True
    host.close()
    return False


def _quit(host: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):  # the mail was taken or refused already, and that is what counts
        host.quit()


def connect() -> None:
    """Connect to the mail server and sign in, and send nothing. Raises smtplib.SMTPException and OSError."""
    with mailer().connect():
        pass


def mailer() -> Mailer:
    """The application's."""
    return cast(Mailer, current_app.extensions["post"])


def init_app(app: Flask) -> None:
    """Set Flask-Mail up from SPOTTER_MAIL_URL: file:, file:/a/folder, smtp://user:pass@host:port?starttls=1, smtps://."""
    settings = cast(Settings, app.config["SPOTTER"])
    url = urlsplit(settings.mail_url)
    to_files, secure = url.scheme == "file", url.scheme == "smtps"
    app.config.from_mapping(
        MAIL_FOLDER=(url.path or str(settings.data_dir / "mail")) if to_files else None,
        MAIL_SERVER=url.hostname or "localhost",
        MAIL_PORT=url.port or (465 if secure else 25),
        MAIL_USERNAME=unquote(url.username or "") or None,
        MAIL_PASSWORD=unquote(url.password or "") or None,
        MAIL_USE_SSL=secure,
        MAIL_USE_TLS=parse_qs(url.query).get("starttls") == ["1"],
        MAIL_DEFAULT_SENDER=settings.mail_from,
        MAIL_SUPPRESS_SEND=False,  # tests really send, to a server or folder of their own
    )
    app.extensions["post"] = Mailer(app)
