"""Where the head of the audit trail is kept, outside the database: beside the evidence in its bucket, or in the data folder.

Every machine reaches the bucket, so workers on several machines see the same head and the same alarm. Somebody who can only write
to the database reaches neither place.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.core import database, vault, web
from server.core.sentences import sentence
from server.core.vault_bucket import Bucket
from server.core.words import Refused

HEAD = "audit_head.json"


class InFolder:
    """In the data folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / HEAD

    def __str__(self) -> str:
        return str(self.path)

    def read(self) -> str | None:
        """What was saved; None: nothing was."""
        return self.path.read_text() if self.path.exists() else None

    def write(self, text: str) -> None:
        """Save it atomically, and sync it to the disk."""
        write_durably(self.path, text)

    def put_aside(self) -> None:
        """Keep it under another name."""
        self.path.replace(self.path.with_name(f"{HEAD}.unreadable"))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process of this machine at a time."""
        with self.path.with_name(f"{HEAD}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class InBucket(InFolder):
    """Beside the evidence. What an installation had in its folder, before it had a bucket, is read until the first change."""

    def __init__(self, bucket: Bucket, folder: Path) -> None:
        super().__init__(folder)
        self.bucket = bucket

    def __str__(self) -> str:
        return f"{HEAD} in {self.bucket}"

    def read(self) -> str | None:
        """What was saved; None: nothing was. Raises Refused("unavailable")."""
        with _waited_for():
            stored = self.bucket.noted(HEAD)
        return super().read() if stored is None else stored.decode(errors="replace")

    def write(self, text: str) -> None:
        """Save it, and read it back. Raises Refused("unavailable").

        What was in the folder goes aside: an older state must not be read should the bucket lose this.
        """
        with _waited_for():
            self.bucket.note(HEAD, text.encode())
        with suppress(FileNotFoundError):
            self.path.replace(self.path.with_name(f"{HEAD}.moved"))

    def put_aside(self) -> None:
        """Keep it under another name, too. Raises Refused("unavailable")."""
        with _waited_for():
            self.bucket.note(f"{HEAD}.unreadable", self.bucket.noted(HEAD) or b"")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time, of whichever machine."""
        with super().alone(), database.alone_on_every_machine("audit head"):
            yield


def current() -> InFolder:
    """The place that the settings name."""
    bucket, folder = vault.bucket(), web.settings().data_dir
    return InBucket(bucket, folder) if bucket else InFolder(folder)


def write_durably(path: Path, text: str) -> None:
    """Write a file that only its owner can read: whole or not at all, and on the disk."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _waited_for() -> Iterator[None]:
    try:
        yield
    except vault.TROUBLE as problem:
        detail = sentence("The head of the audit trail is in the bucket, which cannot be read right now.")
        raise Refused("unavailable", detail, retry_after=vault.COME_BACK) from problem
