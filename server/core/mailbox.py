"""The only place that reads a mailbox: over IMAP with verified TLS, or a folder with mail in files, as Maildir has it.

Nothing in the mailbox is deleted. Over IMAP it is opened read-only; the caller records how far it has read. Files are moved
from `new` to `cur` once they are stored. Of a large email only the beginning is fetched.
"""

import hashlib
import imaplib
import os
import re
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT = 10  # seconds a mail server may be silent
_MOST_REFUSED = 3  # broken emails at the end; with more, the fault is the server's
_PASSES = re.compile(rb"\[(?:UNAVAILABLE|INUSE|LIMIT)\]", re.IGNORECASE)  # a NO that another try may not get (RFC 5530)


class MailboxAway(Exception):
    """The mailbox cannot be read now. The words are for whoever runs the machine."""


@dataclass(frozen=True)
class RawMail:
    """A mail as it lies there."""

    number: int  # in the mailbox, where those are numbered; else 0
    name: str  # of its file
    content: bytes  # its beginning
    size: int  # bytes in all
    given: bool = True  # else the server refuses to give it, and there is only its number


class Mailbox(Protocol):
    """One that is open."""

    validity: str  # while it stays the same, so do the numbers
    next: int  # number, that no mail has yet; 0: not known

    def after(self, last: int, most: int) -> Iterator[RawMail]:
        """Those with a larger number, the smallest first; `most` bytes of each."""

    def kept(self, mail: RawMail) -> None:
        """It will not be needed again."""


def name(url: str) -> str:
    """What its cursor is kept under: the same with another password."""
    parts = urlsplit(url)
    return hashlib.sha256(
        f"{parts.scheme}|{parts.username}|{parts.hostname}|{parts.port}|{parts.path}".encode()
    ).hexdigest()


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """The mailbox at imaps://user:password@host:port/folder, imap://…?starttls=1 or file:/a/folder. Raises MailboxAway."""
    if urlsplit(url).scheme == "file":
        with _told():
            folder = _Folder(Path(urlsplit(url).path))
        yield folder
        return
    with _told():
        connection = _connect(url)
    try:
        with _told():
            _sign_in(connection, url)
            mailbox = _Imap(connection, unquote(urlsplit(url).path.strip("/")) or "INBOX")
        yield mailbox
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()


@contextmanager
def _told() -> Iterator[None]:
    """Raise MailboxAway for errors of a mail server or a folder."""
    try:
        yield
    except imaplib.IMAP4.error as problem:
        said = problem.args[0] if problem.args else ""
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise MailboxAway(f"the mail server says: {words}"[:300]) from problem
    except (OSError, ValueError) as problem:
        raise MailboxAway(f"{type(problem).__name__}: {problem}"[:300]) from problem


# --- IMAP ------------------------------------------------------------------------------------------------------------


def _connect(url: str) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT)


def _sign_in(connection: imaplib.IMAP4, url: str) -> None:
    parts = urlsplit(url)
    if parse_qs(parts.query).get("starttls") == ["1"]:
        connection.starttls(ssl.create_default_context())
    connection.login(unquote(parts.username or ""), unquote(parts.password or ""))


class _Imap:
    def __init__(self, connection: imaplib.IMAP4, folder: str) -> None:
        self.connection = connection
        quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
        self._done(connection.select(quoted, readonly=True))
        validity = connection.response("UIDVALIDITY")[1]
        self.validity = (validity[0] or b"").decode("ascii", "replace")[:32] if validity else ""
        following = (self.connection.response("UIDNEXT")[1] or [None])[0] or b""
        self.next = int(following) if following.isdigit() else 0

    def after(self, last: int, most: int) -> Iterator[RawMail]:
        with _told():
            answer = self._done(self.connection.uid("SEARCH", f"UID {last + 1}:*"))
        # "n:*" names the last one also where that is smaller than n.
        numbers = sorted(uid for word in (answer[0] or b"").split() if (uid := int(word)) > last)
        refused: list[RawMail] = []  # since the last one that was given
        for number in numbers:
            with _told():
                mail = self._fetch(number, most)
            if mail and not mail.given:
                refused.append(mail)
            elif mail:
                yield from refused
                refused.clear()
                yield mail
        if len(refused) > _MOST_REFUSED:
            raise MailboxAway(f"the server gives none of the last {len(refused)} emails")
        yield from refused

    def _fetch(self, number: int, most: int) -> RawMail | None:
        """None: somebody has deleted it meanwhile."""
        state, said = self.connection.uid("FETCH", str(number), f"(RFC822.SIZE BODY.PEEK[]<0.{most}>)")
        if state == "NO" and not any(_PASSES.search(each) for each in said if isinstance(each, bytes)):
            return RawMail(number, "", b"", 0, given=False)
        answer = self._done((state, said))
        content = next((part[1] for part in answer if isinstance(part, tuple)), None)
        if content is None:
            return None
        stated = [part[0] if isinstance(part, tuple) else part or b"" for part in answer]
        size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(stated))
        return RawMail(number, "", content, int(size.group(1)) if size else len(content))

    def kept(self, mail: RawMail) -> None:
        """Its number says it."""

    def _done(self, answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(
                b" ".join(each for each in answer[1] if isinstance(each, bytes)).decode("utf-8", "replace")
            )
        return answer[1]


# --- A folder --------------------------------------------------------------------------------------------------------


class _Folder:
    """Mail in files: what lies in `new` was not read yet (Maildir)."""

    validity, next = "", 0

    def __init__(self, folder: Path) -> None:
        self.new, self.cur = folder / "new", folder / "cur"
        if not self.new.is_dir():
            raise FileNotFoundError(f"there is no folder {self.new}")
        self.cur.mkdir(exist_ok=True)

    def after(self, last: int, most: int) -> Iterator[RawMail]:
        unreadable = 0
        for path in sorted(self.new.iterdir()):
            if path.name.startswith("."):
                continue
            try:  # a link or a pipe is no mail
                handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except PermissionError:
                unreadable += 1
                continue
            except OSError:
                continue
            with os.fdopen(handle, "rb") as file:
                about = os.fstat(file.fileno())
                if stat.S_ISREG(about.st_mode):
                    yield RawMail(0, path.name, file.read(most), about.st_size)
        if unreadable:
            raise MailboxAway(f"no permission to read {unreadable} of the files in {self.new}")

    def kept(self, mail: RawMail) -> None:
        named = mail.name if ":2," in mail.name else f"{mail.name}:2,S"
        with _told(), suppress(FileNotFoundError):  # another worker was faster
            (self.new / mail.name).rename(self.cur / named)
