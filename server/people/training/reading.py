"""When a lesson counts as read: it was open for as long as reading takes, and its question is answered. Pure.

It is a floor, no measure of reading: adults read 240 words a minute on average (Brysbaert 2019, "How many words do we read per
minute?", Journal of Memory and Language 109), and whoever hears pages read aloud may have them spoken twice as fast and more.
Nobody who goes through a lesson is slower than `FASTEST`, and a long one needs no more than `MOST`.
"""

from datetime import datetime, timedelta

FASTEST = 600  # words a minute
MOST = timedelta(seconds=60)


def least(words: int) -> timedelta:
    """How long a lesson of so many words has to be open, in whole seconds."""
    return min(MOST, timedelta(seconds=-(-words * 60 // FASTEST)))


def left(words: int, opened_at: datetime, at: datetime) -> timedelta:
    """How much of that is left at `at`; zero when nothing is."""
    return max(timedelta(), opened_at + least(words) - at)


def is_read(words: int, opened_at: datetime, at: datetime, *, answered: bool) -> bool:
    """Whether a lesson opened at `opened_at` counts as read. answered: its question, or it has none."""
    return answered and not left(words, opened_at, at)
