"""Evidence is copied from one vault to another, each file compared with its name in the new place."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from typing import NamedTuple

from server.core.vault import FileState
from server.core.vault_bucket import Bucket, OtherBytes
from server.core.vault_folder import Folder

AT_ONCE, BATCH = 8, 64  # files under way, and begun before a failure among them is seen


class Moved(NamedTuple):
    """One file, and what it was found to be in the old place."""

    digest: str
    state: FileState


def move(digests: Iterable[str], source: Folder | Bucket, target: Folder | Bucket, delete: bool) -> Iterator[Moved]:
    """Copy each file, read it back from `target`, and with `delete` only then delete it in `source`.

    A file that is there already, and intact, is not written again, so an interrupted run continues where it stopped. A file
    that is not what its name says stays where it is. Raises Away, OtherBytes, circuit.Open, OSError for a file that cannot be
    moved.
    """
    waiting = iter(digests)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while batch := list(islice(waiting, BATCH)):
            moves = [threads.submit(_move, digest, source, target, delete) for digest in batch]
            wait(moves)  # a failure stops no other file of its batch: each file that was moved is reported
            yield from (move.result() for move in moves if move.exception() is None)
            for move in moves:
                move.result()


def is_same(one: Folder | Bucket, other: Folder | Bucket) -> bool:
    """Whether both are one place under two names, such as two names of a host: what is put into one is in the other.

    Raises Away, OtherBytes, circuit.Open, OSError.
    """
    mark = secrets.token_bytes(32)
    digest = hashlib.sha256(mark).hexdigest()
    one.keep(digest, mark)
    try:
        other.open(digest).close()
    except FileNotFoundError:
        return False
    finally:
        one.forget(digest)
    return True


def _move(digest: str, source: Folder | Bucket, target: Folder | Bucket, delete: bool) -> Moved:
    try:
        with source.open(digest) as file:
            data = file.read()
    except FileNotFoundError:  # deleted since it was listed
        return Moved(digest, FileState.MISSING)
    if hashlib.sha256(data).hexdigest() != digest:
        return Moved(digest, FileState.ALTERED)
    target.keep(digest, data)
    with target.open(digest) as file:
        if file.read() != data:
            raise OtherBytes(f"{target} gives back other bytes than were put there: {digest}")
    if delete:
        source.forget(digest)
    return Moved(digest, FileState.WHOLE)
