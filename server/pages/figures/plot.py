"""Where the bars, dots and lines of a chart stand. Pure: numbers in, percent of the width or height out."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

STEPS = (1, 2, 6, 12, 24, 48, 72, 120, 168, 336, 720, 1440, 2880, 8760)  # hours between two lines of the scale
LINES = 4  # at most, besides the one at 0
WIDEST = 96.0  # percent: room for the end of a line


class ChartScale(NamedTuple):
    """A scale from 0: its whole length, and where its lines are."""

    whole: float
    lines: tuple[int, ...]

    def at(self, value: float) -> float:
        """Percent of the length."""
        return round(WIDEST * value / self.whole, 2)


def of_hours(longest: float) -> ChartScale:
    """The scale of a chart whose longest line is so many hours."""
    step = next((step for step in STEPS if longest / step <= LINES), STEPS[-1])
    return ChartScale(max(longest, step), tuple(range(0, int(longest) + 1, step)))


def of_counts(most: int) -> ChartScale:
    """The scale of a chart whose highest point is so many: the top is a round number."""
    steps = (lead * 10**power for power in count() for lead in (1, 2, 5))
    step = next(step for step in steps if 2 * step >= most)
    return ChartScale(2 * step, (0, step, 2 * step))


def points(values: Sequence[int], scale: ChartScale) -> list[tuple[float, float]]:
    """Where each value of a line stands: from left to right, and from the top."""
    room = max(len(values) - 1, 1)
    return [
        (round(100 * place / room, 2), round(100 - 100 * value / scale.whole, 2)) for place, value in enumerate(values)
    ]
