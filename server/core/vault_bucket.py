"""The vault in a bucket of an S3-compatible store: each file by its SHA-256, read back before anything is acknowledged.

Only what the store returns is trusted. Some take a conditional put (`If-None-Match: *`) and overwrite all the same, so none is
sent: what is there already is read first, and never put a second time when it is whole. Whole objects are read, never ranges:
not every store has them right.
"""

import asyncio
import hashlib
import random
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, TypeVar

from server.core.circuit import Circuit
from server.core.vault_address import BucketAddress

AT_ONCE = 3  # calls of a process: one fewer than its threads, so that one is left for what needs no evidence
PATIENCE, BYTES_A_SECOND = 5.0, 1_000_000  # seconds in which a file is tried again; and of a request, for its size
FIRST_PAUSE = 0.1  # seconds between two tries, doubled with each
PROBED_EVERY = 10.0  # seconds
PROBE = b"Cyber Spotter writes this to see whether evidence can be kept.\n"
PIECE = 1024 * 1024  # bytes of a file that are in memory at once
CODE = re.compile(r"<Code>(\w{1,64})</Code>")
CAUSE = re.compile(
    r'"(dns error|tcp connect error|[^"\n]*certificate[^"\n]*)"|message: "([^"\n]{1,80})"', re.IGNORECASE
)
NO_BUCKET = "NoSuchBucket"
Result = TypeVar("Result")


class Away(Exception):
    """The store did not respond in time, or refused. Worded for whoever runs the machine."""


class OtherBytes(Exception):
    """The store gives back something else than it was given."""


class Bucket:
    """A bucket that holds evidence. One object a process: it knows how the store fares."""

    remote = True

    def __init__(self, address: BucketAddress, key_id: str, secret: str, at_once: int) -> None:
        from obstore.store import S3Store

        self.address = address
        self._store = S3Store(
            address.bucket,
            endpoint=address.endpoint,
            region=address.region,
            access_key_id=key_id,
            secret_access_key=secret,
            client_options={
                "allow_http": address.endpoint.startswith("http://"),  # on loopback alone: `vault_address`
                "connect_timeout": timedelta(seconds=2),
                "timeout": timedelta(seconds=60),  # `_within` ends a request sooner
            },
            disable_bulk_delete=True,  # not every store has it
            retry_config={"max_retries": 0},  # `_again` tries again, within one limit for all of it
        )
        self._circuit = Circuit(at_once)
        self._probing, self._probed_at, self._problem = threading.Lock(), 0.0, ""
        self._takes = False  # whether what was last put there is there

    def __str__(self) -> str:
        return str(self.address)

    def keep(self, digest: str, data: bytes) -> None:
        """Put it unless it is there whole, and read it back. Raises Away, OtherBytes, circuit.Open."""
        with self._circuit.call(Away):
            self._take(self._key(digest), data, anew=False, patience=PATIENCE)

    def open(self, digest: str) -> BinaryIO:
        """What the store has under this name. Raises FileNotFoundError, Away, circuit.Open."""
        with self._circuit.call(Away):
            return _done(lambda: self._fetch(self._key(digest)), PATIENCE)

    def note(self, name: str, data: bytes) -> None:
        """Put a small file that changes beside the evidence, and read it back. Raises Away, OtherBytes, circuit.Open."""
        with self._circuit.call(Away):
            self._take(f"{self.address.prefix}/{name}".lstrip("/"), data, anew=True, patience=PATIENCE)

    def noted(self, name: str) -> bytes | None:
        """What was last noted under this name; None: nothing was. Raises Away, circuit.Open."""
        with self._circuit.call(Away):
            try:
                file = _done(lambda: self._fetch(f"{self.address.prefix}/{name}".lstrip("/")), PATIENCE)
            except FileNotFoundError:
                return None
        with file:
            return file.read()

    def digests(self) -> Iterator[str]:
        """Each file's name, in no order. Raises Away."""
        from obstore.exceptions import BaseError

        try:
            for page in self._store.list(f"{self.address.prefix}/" if self.address.prefix else None):
                for found in page:
                    digest = found["path"].rpartition("/")[2]
                    if found["path"] == self._key(digest):
                        yield digest
        except BaseError as problem:
            raise Away(_said(problem)) from problem

    def forget(self, digest: str) -> None:
        """Delete it; a bucket that keeps versions keeps the one before. Raises Away, circuit.Open."""
        with self._circuit.call(Away):
            _done(lambda: _within(self._store.delete_async(self._key(digest))), PATIENCE)

    def problem(self) -> str:
        """Why it takes no evidence now, for whoever runs the machine; empty when it does.

        Asked at most every ten seconds, by one caller at a time. A test object is written only when it is not known that
        writing works: at the start of a process and after a failure. A bucket that keeps versions therefore does not fill with
        test objects.
        """
        if self._probing.acquire(blocking=False):
            try:
                if not self._probed_at or time.monotonic() - self._probed_at >= PROBED_EVERY:
                    self._problem = self._probe()
                    self._probed_at = time.monotonic()
            finally:
                self._probing.release()
        return self._problem

    def _probe(self) -> str:
        try:
            self._take(f"{self.address.prefix}/probe".lstrip("/"), PROBE, anew=not self._takes, patience=0.0)
        except (Away, OtherBytes) as problem:
            return f"{self}: {problem}"
        return ""

    def _take(self, key: str, data: bytes, *, anew: bool, patience: float) -> None:
        try:
            written = _done(lambda: self._put(key, data, anew), patience)
        except BaseException:
            self._takes = False
            raise
        self._takes = self._takes or written

    async def _put(self, key: str, data: bytes, anew: bool) -> bool:
        """Whether it was written; False: it was there already."""
        if not anew and await self._has(key, data):
            return False
        await _within(self._store.put_async(key, data, use_multipart=False), len(data))
        if not await self._has(key, data):
            raise OtherBytes("it gives back other bytes than were put there")
        return True

    async def _has(self, key: str, data: bytes) -> bool:
        """Whether the store gives back just this."""
        try:
            with await self._fetch(key) as file:
                kept = hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]
            return kept == hashlib.sha256(data).digest()
        except FileNotFoundError as problem:
            if NO_BUCKET in str(problem):
                raise
            return False

    async def _fetch(self, key: str) -> BinaryIO:
        answer = await _within(self._store.get_async(key))
        file: BinaryIO = SpooledTemporaryFile(max_size=PIECE)  # type: ignore[assignment]  # noqa: SIM115

        async def fill() -> None:
            async for piece in answer.stream(min_chunk_size=PIECE):
                file.write(piece)

        await _within(fill(), answer.meta["size"])
        file.seek(0)
        return file

    def _key(self, digest: str) -> str:
        return f"{self.address.prefix}/{digest[:2]}/{digest[2:4]}/{digest}".lstrip("/")


async def _within(request: Awaitable[Result], size: int = 0) -> Result:
    """A request about so many bytes, for as long as they may take. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE / 2 + size / BYTES_A_SECOND):
        return await request


def _done(act: Callable[[], Awaitable[Result]], patience: float) -> Result:
    """Run it, retrying for `patience` seconds where another attempt may help. Raises Away, OtherBytes, FileNotFoundError."""
    return asyncio.run_coroutine_threadsafe(_again(act, patience), _loop()).result()


async def _again(act: Callable[[], Awaitable[Result]], patience: float) -> Result:
    from obstore.exceptions import BaseError, GenericError

    ends, pause = time.monotonic() + patience, FIRST_PAUSE
    while True:
        try:
            return await act()
        except FileNotFoundError as missing:
            if NO_BUCKET in str(missing):
                raise Away("there is no such bucket") from missing
            raise
        except (GenericError, OtherBytes, TimeoutError) as problem:
            if time.monotonic() + pause > ends:
                raise problem if isinstance(problem, OtherBytes) else Away(_said(problem)) from problem
        except BaseError as refusal:
            raise Away(_said(refusal)) from refusal
        await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311
        pause *= 2


def _said(problem: BaseException) -> str:
    """What is wrong, in a few words: the store's code, or what hindered the connection. No key of ours is in it."""
    if isinstance(problem, TimeoutError):
        return "it does not answer in time"
    text = str(problem)
    if code := CODE.search(text):
        return f"it answers {code[1]}"
    first = text.partition("\n")[0].rpartition(" - ")[2] or type(problem).__name__
    causes = [cause[0] or cause[1] for cause in CAUSE.findall(text)]
    return ": ".join([first, *causes]).encode("ascii", "replace").decode()[:300]


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """Runs in a thread of its own, made at the first call of a process."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True, name="vault").start()
    return loop
