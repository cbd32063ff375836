"""Calls to another machine that may be away or slow: a circuit breaker with room for a few at a time.

A process has few threads. If all of them could wait for a slow store, none would be left for requests that do not need it. So
only a few calls run at once, and none waits behind one that takes long. After a failure no call is made for a while, then a
single one as a test; each further failure makes the pause longer.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

WAIT = 1.0  # seconds: no call waits for one that has taken longer
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds after a failure, doubled with each that follows


class Open(Exception):
    """No call is made now: come back `after` so many seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"not asked again for {after:.0f} s")
        self.after = after


class Circuit:
    """The calls of this process to one other machine; at most `room` of them at once."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._changed = threading.Condition()
        self._begun: list[float] = []  # when each call under way began
        self._failed_at, self._pause, self._trying = 0.0, 0.0, False

    @contextmanager
    def call(self, *away: type[BaseException]) -> Iterator[None]:
        """Make one call. `away`: the exceptions after which the other machine is left alone for a while. Raises Open."""
        begun, failed = self._begin(), False
        try:
            yield
        except away:
            failed = True
            raise
        finally:
            self._end(begun, failed)

    def left(self) -> float:
        """Seconds until a call is made again; 0 when it is made at once."""
        return max(self._failed_at + self._pause - time.monotonic(), 0.0) if self._pause else 0.0

    def _begin(self) -> float:
        with self._changed:
            while True:
                if left := self.left():
                    raise Open(left)
                if self._trying:
                    raise Open(FIRST_PAUSE)
                now = time.monotonic()
                if len(self._begun) < self.room:
                    break
                patience = min(self._begun) + WAIT - now
                if patience <= 0 or not self._changed.wait(patience):
                    raise Open(FIRST_PAUSE)
            self._trying = bool(self._pause)  # the pause is over: this call is the one that tries
            self._begun.append(now)
            return now

    def _end(self, begun: float, failed: bool) -> None:
        with self._changed:
            self._begun.remove(begun)
            if begun >= self._failed_at:  # else it says nothing about the time since
                self._trying = False
                self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE) if failed else 0.0
                self._failed_at = time.monotonic() if failed else 0.0
            self._changed.notify_all()
