"""Large values that are built from the database once for each version: the lexicon, the directory."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from server.core import clock

Made = TypeVar("Made")

_LONG_AGO = datetime.min.replace(tzinfo=UTC)  # the next reader asks for the version


class Cached(Generic[Made]):
    """A large value built from the database, cached in the process and rebuilt when its version changes.

    The version is checked at most once a second, and immediately after `forget`. The next reader therefore sees a change made
    in this process; a change made elsewhere is seen within a second.
    """

    def __init__(self, version: Callable[[Session], str], make: Callable[[Session, str], Made]) -> None:
        self.version, self.make = version, make
        self.kept: dict[Any, tuple[str, datetime, Made]] = {}  # by the database's pool

    def get(self, session: Session) -> Made:
        """The value as the database has it now (or had it within the last second)."""
        database, at, writing = session.get_bind().engine.pool, clock.now(), session.info.get("writing")
        before = session.info.get(self) or self.kept.get(database)
        if before and not writing and timedelta() <= at - before[1] < timedelta(seconds=1):
            return before[2]
        version = self.version(session)
        value = before[2] if before and before[0] == version else self._made(session, version)
        if not writing:
            self.kept = {database: (version, at, value)}
        elif value is not (before and before[2]):  # nobody else's until it is committed; then nobody builds it again
            session.info[self] = version, _LONG_AGO, value
            event.listen(session, "after_commit", lambda _: self._keep(database, version, value), once=True)
        return value

    def _made(self, session: Session, version: str) -> Made:
        with _uncollected():
            return self.make(session, version)

    def _keep(self, database: Any, version: str, value: Made) -> None:
        self.kept = {database: (version, _LONG_AGO, value)}

    def forget(self, session: Session) -> None:
        """Ask for the version at the next reading after `session` has committed."""
        event.listen(session, "after_commit", lambda _: self._forget(), once=True)

    def _forget(self) -> None:
        self.kept = {key: (version, _LONG_AGO, value) for key, (version, _, value) in self.kept.items()}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which takes a third of the time to look through what is being made, and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
