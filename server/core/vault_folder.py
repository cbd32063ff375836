"""The vault in a folder: each file by its SHA-256, on the disk before anything is acknowledged."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


class Folder:
    """A folder that holds evidence."""

    remote = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def keep(self, digest: str, data: bytes) -> None:
        """Written aside, fsynced, renamed, and the folder fsynced. Raises OSError, and then nothing is left behind.

        What is there and is not `data` is overwritten: the disk has altered it since.
        """
        path = self.file(digest)
        if path.exists() and path.read_bytes() == data:  # perhaps by a process that ended before its name was synced
            _sync_folder(path.parent)
            return
        part = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
            os.rename(part.name, path)  # noqa: PTH104
            _sync_folder(path.parent)
        except OSError:
            if part:
                Path(part.name).unlink(missing_ok=True)
            raise

    def open(self, digest: str) -> BinaryIO:
        """What is there under this name. Raises FileNotFoundError, OSError."""
        return self.file(digest).open("rb")

    def digests(self) -> Iterator[str]:
        """Each file's name, in order."""
        for path in sorted(self.path.glob("??/??/*")):
            if path.is_file() and path == self.file(path.name):
                yield path.name

    def forget(self, digest: str) -> None:
        """Delete it durably. Raises OSError."""
        path = self.file(digest)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def is_bare(self) -> bool:
        """Whether no evidence is in it: it is new, or its disk is not mounted. A note or a `lost+found` is no evidence."""
        return next(self.path.glob("??/"), None) is None

    def problem(self) -> str:
        """Why it takes no evidence now, for whoever runs the machine; empty when it does."""
        self.path.mkdir(parents=True, exist_ok=True)
        return "" if os.access(self.path, os.W_OK) else f"{self} cannot be written to"

    def file(self, digest: str) -> Path:
        """Where the file is, or would be."""
        return self.path / digest[:2] / digest[2:4] / digest


def _sync_folder(folder: Path) -> None:
    """fsync the folder and the two above it, which may be new: a name is durable only when its folder is."""
    for place in (folder, folder.parent, folder.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
