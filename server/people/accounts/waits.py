"""How long somebody waits after wrong passwords or wrong codes. Pure.

A wait grows with each failure and shrinks with time: nobody is locked out for good, by their own typos or by others who
guess. A network, behind which a whole office may sit, has many more failures free, and its longest wait is short.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast waits grow and are forgotten.

    free: failures that cost nothing. first: the wait after the next one, doubled by each that follows, up to `longest`.
    forgiven: one failure is forgotten with each such time that passes without another.
    """

    free: int
    first: timedelta
    longest: timedelta
    forgiven: timedelta


ACCOUNT = Pace(4, timedelta(seconds=1), timedelta(minutes=5), timedelta(minutes=5))
NETWORK = Pace(100, timedelta(seconds=1), timedelta(seconds=30), timedelta(seconds=15))
# Of the codes by which devices are paired: 20 letters in 8 places, which live for ten minutes.
CODES = Pace(4, timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=5))
NETWORK_CODES = Pace(20, timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=1))


def counting(failures: int, last_at: datetime, at: datetime, pace: Pace) -> int:
    """How many of these failures, the last at `last_at`, still count at `at`. A clock set back forgives nothing."""
    return max(0, failures - max(0, int((at - last_at) / pace.forgiven)))


def wait(failures: int, pace: Pace) -> timedelta:
    """How long nobody tries again after so many failures that count."""
    over = failures - pace.free
    return min(pace.first * 2 ** min(over - 1, 20), pace.longest) if over > 0 else timedelta()


def left(failures: int, last_at: datetime, at: datetime, pace: Pace) -> timedelta:
    """How long to wait from `at` on, after so many failures of which the last was at `last_at`; 0: not at all."""
    return max(timedelta(), min(last_at - at, timedelta()) + wait(counting(failures, last_at, at, pace), pace))
