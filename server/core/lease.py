"""The lease of a piece of work: which worker is doing it, and whether it still is.

A lease is a name in the row of the piece; the worker renews it while it works. Whether it has lapsed never depends on a clock
that can be set. A worker that has watched the lease for `LEASE` by a monotonic clock, without seeing a renewal, may take the
piece under a name of its own. The first worker counts from before its last renewal, so it knows when another may have the
piece, and checks the row before anything leaves (`confirm`).
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import changed, new_id, write
from server.core.outbox import Work

log = logging.getLogger(__name__)

LEASE = 60.0  # seconds
RENEWED = 15.0  # seconds between two renewals: three may fail
LONGEST = 3600.0  # seconds; then a piece is no longer renewed, so that a hanging worker does not block it for ever

_watched: dict[tuple[str, str, datetime], float] = {}  # the leases of others as they stood, and since when
_at_hand: ContextVar["Lease | None"] = ContextVar("_at_hand", default=None)


class Lost(BaseException):
    """Another worker has the piece by now. Not a subclass of Exception, so that no handler treats it as a failure of the
    piece."""


@dataclass
class Lease:
    """One worker's hold on the piece that it is at."""

    piece_id: str
    name: str = field(default_factory=new_id)
    begun: float = field(default_factory=lambda: time.monotonic())
    renewed: float = field(default_factory=lambda: time.monotonic())  # nobody else has the piece for LEASE from then
    done: bool = False  # the piece is, by its handler's own transaction (`work.done_with`)

    def renew(self) -> bool:
        """Whether the piece is still ours; then it is for LEASE from now."""
        asked = time.monotonic()
        own = update(Work).where(Work.id == self.piece_id, Work.leased_by == self.name)
        with write() as session:
            ours = changed(session, own.values(renewed_at=clock.now())) > 0
        if ours:
            self.renewed = asked
        return ours


def at_hand() -> Lease | None:
    """The lease under which what happens now is done; None outside the worker."""
    return _at_hand.get()


def name() -> str | None:
    """Its name."""
    lease = _at_hand.get()
    return lease.name if lease else None


def confirm() -> None:
    """Just before something leaves, outside a transaction: raises Lost when another worker has the piece at hand by now."""
    lease = _at_hand.get()
    if lease and time.monotonic() - lease.renewed > LEASE and not lease.renew():
        raise Lost


def free(session: Session, *, watching: bool) -> ColumnElement[bool]:
    """Which pieces no worker is doing. A caller that does not keep watching relies on the time in the row."""
    if not watching:
        return or_(Work.leased_by.is_(None), Work.renewed_at < clock.now() - timedelta(seconds=LEASE))
    return or_(
        Work.leased_by.is_(None),
        *(
            and_(Work.id == piece_id, Work.leased_by == holder, Work.renewed_at == renewed_at)
            for piece_id, holder, renewed_at in _lapsed(session)
        ),
    )


def _lapsed(session: Session) -> list[tuple[str, str, datetime]]:
    """The leases that this process has watched for LEASE, and that nobody has renewed meanwhile."""
    rows = select(Work.id, Work.leased_by, Work.renewed_at).where(Work.leased_by.is_not(None))
    standing = [cast(tuple[str, str, datetime], tuple(row)) for row in session.execute(rows)]
    now = time.monotonic()
    since = {lease: _watched.get(lease, now) for lease in standing}
    _watched.clear()
    _watched.update(since)
    return [lease for lease, seen in since.items() if now - seen >= LEASE]


class Renewal:
    """Renews the lease of the piece at hand, from a thread of its own, as long as its block lasts.

    A renewal that fails, or that waits for its turn to write, fails no piece: the next one comes.
    """

    def __init__(self) -> None:
        self._lease: Lease | None = None
        self._over = threading.Event()

    def __enter__(self) -> "Renewal":
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        threading.Thread(target=self._renew, args=(app,), daemon=True, name="lease").start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()

    @contextmanager
    def of(self, lease: Lease) -> Iterator[None]:
        """This is the piece at hand."""
        self._lease, before = lease, _at_hand.set(lease)
        try:
            yield
        finally:
            self._lease = None
            _at_hand.reset(before)

    def _renew(self, app: Flask) -> None:
        with app.app_context():
            while not self._over.wait(RENEWED):
                lease = self._lease
                if lease is None or time.monotonic() - lease.begun > LONGEST:
                    continue
                try:
                    lease.renew()
                except (DBAPIError, PoolTimeout) as problem:
                    log.warning("work %s: its lease could not be renewed: %s", lease.piece_id, type(problem).__name__)
