"""Where evidence bytes are kept: by their SHA-256, never changed, and safely stored before anything is acknowledged.

The door to a folder (`vault_folder`) or to a bucket (`vault_bucket`), as `SPOTTER_VAULT_URL` says.
"""

import hashlib
import logging
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from server.core import vault_address
from server.core.circuit import Open
from server.core.config import Settings
from server.core.sentences import sentence
from server.core.vault_address import BucketAddress
from server.core.vault_bucket import AT_ONCE, Away, Bucket, OtherBytes
from server.core.vault_folder import Folder
from server.core.words import Refused

log = logging.getLogger(__name__)

DIGEST = re.compile(r"[0-9a-f]{64}")
COME_BACK = 5  # seconds, where nobody knows better
TROUBLE = (OSError, Away, OtherBytes, Open)
NOT_SAVED = sentence("Evidence cannot be saved right now. Nothing is lost; try again.")


class FileState(StrEnum):
    """What became of a file of the vault."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


def keep(data: bytes) -> str:
    """Keep `data` and return its SHA-256.

    Raises Refused("unavailable") when it cannot be kept now: then it counts for nothing, and may be sent again.
    """
    digest = hashlib.sha256(data).hexdigest()
    store = current()
    try:
        store.keep(digest, data)
    except TROUBLE as problem:
        raise _unavailable(NOT_SAVED, store, problem) from problem
    return digest


def read(digest: str) -> bytes:
    """The bytes kept under `digest`. Raises Refused: not-found; unavailable; altered when they are not what was kept."""
    with open_file(digest) as file:
        return file.read()


def open_file(digest: str) -> BinaryIO:
    """What is kept under `digest`, to be read piece by piece; all of it was compared with its name. Raises as `read`."""
    if not DIGEST.fullmatch(digest):
        raise _not_found()
    store = current()
    try:
        file = store.open(digest)
        found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        file.seek(0)
    except FileNotFoundError:
        raise _not_found() from None
    except TROUBLE as problem:
        detail = sentence("Evidence cannot be read right now. Try again in a few seconds.")
        raise _unavailable(detail, store, problem) from problem
    if found != digest:
        file.close()
        log.error("vault: %s: %s is not what was kept", store, digest)
        raise Refused("altered", sentence("This file is not what was saved. Tell the administrator."))
    return file


def state(digest: str) -> FileState:
    """Read all of a file and compare it with its name. Raises Refused("unavailable") when it cannot be read now."""
    try:
        open_file(digest).close()
    except Refused as refusal:
        if refusal.kind not in ("not-found", "altered"):
            raise
        return FileState.MISSING if refusal.kind == "not-found" else FileState.ALTERED
    return FileState.WHOLE


def problem() -> str:
    """Why the vault takes no evidence now, for whoever runs the machine; empty when it does."""
    return current().problem()


def has_none_of(digests: Sequence[str]) -> bool:
    """Whether a folder has none of these files, as when its disk is not mounted. A bucket is not asked."""
    store = current()
    return isinstance(store, Folder) and not any(store.file(digest).exists() for digest in digests)


def is_bare() -> bool:
    """Whether it is a folder without any evidence: new, or without its disk. A bucket is not asked."""
    store = current()
    try:
        return isinstance(store, Folder) and store.is_bare()
    except OSError:  # `keep` fails as well, and says why
        return False


def not_mounted() -> Refused:
    """Files were kept and the folder is bare: what is written there would be hidden once its disk is mounted."""
    return _unavailable(NOT_SAVED, current(), FileNotFoundError("there is no evidence in it: is its disk mounted?"))


def bucket() -> Bucket | None:
    """The vault's bucket; None when it is a folder."""
    store = current()
    return store if isinstance(store, Bucket) else None


def root() -> Path | None:
    """The vault's folder; None when it is a bucket."""
    store = current()
    return store.path if isinstance(store, Folder) else None


def is_remote() -> bool:
    """Whether keeping a file waits for another machine."""
    return current().remote


def current() -> Folder | Bucket:
    """The vault that the settings name."""
    settings: Settings = current_app.config["SPOTTER"]
    return open_store(settings.vault_url, settings.data_dir, settings.vault_key_id, settings.vault_secret)


@lru_cache(maxsize=8)
def open_store(url: str, data_dir: Path, key_id: str, secret: str, at_once: int = AT_ONCE) -> Folder | Bucket:
    """The vault at that address, asked `at_once` times at once at most; the same object for the same address.

    Raises ValueError when it is none.
    """
    address = vault_address.read(url, data_dir)
    return Bucket(address, key_id, secret, at_once) if isinstance(address, BucketAddress) else Folder(address.path)


def _unavailable(detail: str, store: Folder | Bucket, problem: Exception) -> Refused:
    log.log(logging.INFO if isinstance(problem, Open) else logging.ERROR, "vault: %s: %s", store, problem)
    after = max(round(problem.after), 1) if isinstance(problem, Open) else COME_BACK
    return Refused("unavailable", detail, retry_after=after)


def _not_found() -> Refused:
    return Refused("not-found", sentence("There is no such file here."))
