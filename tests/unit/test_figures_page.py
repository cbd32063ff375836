"""The days one click asks for, and where the marks of a chart stand."""

from datetime import date, timedelta

import pytest

from server.core.outcome import Figure
from server.pages.figures import meaning, plot
from server.pages.figures.periods import periods
from server.reads import figures


@pytest.mark.parametrize(
    ("today", "this", "last"),
    [
        (date(2026, 11, 27), date(2026, 10, 1), (date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 1, 1), date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 3, 31), date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2028, 4, 1), date(2028, 4, 1), (date(2028, 1, 1), date(2028, 3, 31))),
        (date(2026, 9, 30), date(2026, 7, 1), (date(2026, 4, 1), date(2026, 6, 30))),
    ],
)
def test_quarters_are_whole_and_the_running_one_ends_today(today: date, this: date, last: tuple[date, date]) -> None:
    by_name = {str(period.name): (period.start, period.end) for period in periods(today)}
    assert by_name["This quarter"] == (this, today)
    assert by_name["Last quarter"] == last
    assert by_name["Last year"] == (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    assert by_name["Last 90 days"] == (today - timedelta(days=89), today)
    assert by_name["Everything"] == (None, None)


@pytest.mark.parametrize("longest", [0.0, 0.4, 1.0, 5.9, 23.0, 24.0, 96.0, 97.0, 500.5, 20_000.0, 10.0**6])
def test_a_scale_of_hours_holds_its_longest_line_and_has_few_marks(longest: float) -> None:
    scale = plot.of_hours(longest)
    assert scale.at(longest) <= plot.WIDEST and scale.at(0) == 0
    assert scale.lines[0] == 0 and (len(scale.lines) <= plot.LINES + 1 or longest > 4 * plot.STEPS[-1])
    assert all(scale.at(line) <= plot.WIDEST for line in scale.lines)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (9, 10), (11, 20), (301, 400), (472, 1000), (1001, 2000)]
)
def test_a_scale_of_counts_ends_at_a_round_number(most: int, top: int) -> None:
    scale = plot.of_counts(most)
    assert scale.lines == (0, top // 2, top) and scale.whole == top


def test_a_line_goes_from_edge_to_edge_and_higher_is_nearer_to_the_top() -> None:
    assert plot.points([0, 5, 10], plot.of_counts(10)) == [(0.0, 100.0), (50.0, 50.0), (100.0, 0.0)]
    assert plot.points([3], plot.of_counts(4)) == [(0.0, 25.0)]


def test_every_figure_that_is_shown_says_what_it_is_not() -> None:
    assert set(meaning.FIGURES) == {"notices", *figures.SHOWN, *figures.HOURS}
    assert set(Figure) - set(figures.SHOWN) == {Figure.TAKEDOWN}, "of rounds and skill alone"
