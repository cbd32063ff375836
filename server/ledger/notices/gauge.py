"""The gauge of our notices: how many of those that a company reviewed recently were inaccurate or insufficient. Pure.

It counts by what the company says (`core/outcome.py`, `review`), for each company and each basis by itself: a notice that calls
an offer illegal is judged by law and weighs on a trusted flagger's award, one that rests on the platform's policy does neither.
Where the share reaches the line, further notices are held until a coordinator has looked (`journeys/report/stopping.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from server.core.outcome import Verdict

LEAST = 20  # reviewed notices: of fewer, a share says nothing
WINDOW = timedelta(days=30)  # back from now

# No law names a share: Art. 23(3) of the DSA weighs the absolute number, the share, the gravity and the intention, and Art.
# 22(6) says "a significant number". 31 % of the automated notices to Google Web Search raised questions (Urban, Schofield and
# Karaganis, "Takedown in Two Worlds", 2018): the line lies well below that. With the first 20 answers, 5 reach it. A sender
# who is wrong one time in ten then reaches it in 4 of 100 cases; one who is wrong four times in ten stays below it in 5 of
# 100. An unnecessary stop costs one look; a stop that comes too late may cost the award.
LINE = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Gauge:
    """How many notices of the window were reviewed, by what the review said of them."""

    upheld: int = 0
    inaccurate: int = 0
    insufficient: int = 0

    @property
    def reviewed(self) -> int:
        return self.upheld + self.inaccurate + self.insufficient

    @property
    def wrong(self) -> int:
        """Inaccurate or insufficient, by us."""
        return self.inaccurate + self.insufficient

    @property
    def says(self) -> bool:
        """Whether there are enough to speak of a share."""
        return self.reviewed >= LEAST

    @property
    def crossed(self) -> bool:
        """Whether the share reaches the line."""
        return self.says and Fraction(self.wrong, self.reviewed) >= LINE


def gauge(counts: Mapping[Verdict, int]) -> Gauge:
    """Of the numbers of notices by what their reviews said."""
    return Gauge(**{said.value: number for said, number in counts.items()})


def since(now: datetime, looked_at: datetime | None) -> datetime:
    """From when on reviews count: what a coordinator has looked at does not hold notices again."""
    return max(now - WINDOW, looked_at) if looked_at else now - WINDOW
