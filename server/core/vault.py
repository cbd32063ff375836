"""Where evidence bytes are kept: by their SHA-256, never changed, on the disk before anyone is told."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from flask import current_app

from server.core.sentences import sentence
from server.core.words import Refused

DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes) -> str:
    """Keep `data` and return its SHA-256. Written aside, fsynced, renamed, and the folder fsynced.

    Raises Refused("unavailable") when the disk will not take it: nothing is left behind.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    part = None
    try:
        if path.exists():  # perhaps since a moment ago, by somebody who was ended before its name was on the disk
            _sync_folder(path.parent)
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        os.rename(part.name, path)  # noqa: PTH104
        _sync_folder(path.parent)
    except OSError as problem:
        if part:
            Path(part.name).unlink(missing_ok=True)
        raise Refused(
            "unavailable", sentence("Evidence cannot be saved right now. Nothing is lost; try again.")
        ) from problem
    return digest


def read(digest: str) -> bytes:
    """The bytes kept under `digest`. Raises Refused("not-found") when there are none."""
    path = _path(digest)
    if not path.exists():
        raise Refused("not-found", sentence("There is no such file here."))
    return path.read_bytes()


def ready() -> bool:
    """Whether the vault can be written to."""
    folder = root()
    folder.mkdir(parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)


def root() -> Path:
    """The vault's folder."""
    settings = current_app.config["SPOTTER"]
    place = settings.vault_url.removeprefix("file:")
    return Path(place) if place else settings.data_dir / "evidence"


def _path(digest: str) -> Path:
    if not DIGEST.fullmatch(digest):
        raise Refused("not-found", sentence("There is no such file here."))
    return root() / digest[:2] / digest[2:4] / digest


def _sync_folder(folder: Path) -> None:
    """fsync the folder and the two above it, which may be new: a name is durable only when its folder is."""
    for place in (folder, folder.parent, folder.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
