"""Evidence is copied from one vault to another, each file compared with its name in the new place."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from server.core import vault
from server.core.vault import FileState
from server.core.vault_bucket import Bucket, OtherBytes
from server.core.vault_folder import Folder

AT_ONCE, BATCH = 8, 64  # files under way, and begun before a failure among them is seen


class Stopped(Exception):
    """A vault cannot be used now; says which."""


class Moved(NamedTuple):
    """One file, and what it was found to be in the old place."""

    digest: str
    state: FileState


def move(digests: Iterable[str], source: Folder | Bucket, target: Folder | Bucket, delete: bool) -> Iterator[Moved]:
    """Copy each file, read it back from `target`, and with `delete` only then delete it in `source`.

    A file that is there already, and intact, is not written again, so an interrupted run continues where it stopped. A file
    that is not what its name says stays where it is. Raises Stopped for a file that cannot be moved.
    """
    waiting = iter(digests)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while batch := list(islice(waiting, BATCH)):
            moves = [threads.submit(_move, digest, source, target, delete) for digest in batch]
            wait(moves)  # a failure stops no other file of its batch: each file that was moved is reported
            yield from (move.result() for move in moves if move.exception() is None)
            for move in moves:
                move.result()


def listed(store: Folder | Bucket) -> list[str]:
    """Each file's name. Raises Stopped."""
    with _named(store):
        return list(store.digests())


def is_same(one: Folder | Bucket, other: Folder | Bucket) -> bool:
    """Whether both are one place under two names, such as two names of a host: what is put into one is in the other.

    Raises Stopped.
    """
    mark = secrets.token_bytes(32)
    digest = hashlib.sha256(mark).hexdigest()
    with _named(one):
        one.keep(digest, mark)
    try:
        return _read(other, digest) is not None
    finally:
        with _named(one):
            one.forget(digest)


@contextmanager
def _named(store: Folder | Bucket) -> Iterator[None]:
    try:
        yield
    except vault.TROUBLE as problem:
        raise Stopped(f"{store}: {problem}") from problem


def _read(store: Folder | Bucket, digest: str) -> bytes | None:
    """A file's bytes; None when it is not there. Raises Stopped."""
    with _named(store):
        try:
            with store.open(digest) as file:
                return file.read()
        except FileNotFoundError:
            return None


def _move(digest: str, source: Folder | Bucket, target: Folder | Bucket, delete: bool) -> Moved:
    data = _read(source, digest)
    if data is None:  # deleted since it was listed
        return Moved(digest, FileState.MISSING)
    if hashlib.sha256(data).hexdigest() != digest:
        return Moved(digest, FileState.ALTERED)
    with _named(target):
        target.keep(digest, data)
        if _read(target, digest) != data:
            raise OtherBytes(f"it gives back other bytes than were put there: {digest}")
    if delete:
        with _named(source):
            source.forget(digest)
    return Moved(digest, FileState.WHOLE)
