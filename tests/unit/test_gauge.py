"""The gauge of our notices: what counts against us, from how many on it speaks, where its line lies, what begins it anew."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.outcome import MEANS, REVIEWS, Meaning, Verdict, review
from server.core.words import Answer
from server.ledger.notices.gauge import LEAST, LINE, Gauge, gauge, since

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
# Said once more and by hand: what each answer says of our notice; and where a later notice replaced it.
SAYS = {
    None: (None, None),
    Answer.RECEIVED: (None, None),
    Answer.PASSED_ON: (None, None),
    Answer.ALREADY_GONE: (None, None),
    Answer.DUPLICATE: (None, None),
    Answer.MOVED: (None, None),
    Answer.REMOVED: ("upheld", "upheld"),
    Answer.ACCESS_DISABLED: ("upheld", "upheld"),
    Answer.RESTRICTED: ("upheld", "upheld"),
    Answer.ACCOUNT_SUSPENDED: ("upheld", "upheld"),
    Answer.NOT_VIOLATING: ("inaccurate", "inaccurate"),
    Answer.REINSTATED: ("inaccurate", "inaccurate"),
    Answer.NEED_INFO: ("insufficient", None),
    Answer.CANNOT_LOCATE: ("insufficient", None),
}


@pytest.mark.parametrize("answer", [None, *Answer])
def test_every_answer_says_something_of_the_notice_or_nothing(answer: Answer | None) -> None:
    assert (review(answer), review(answer, replaced=True)) == SAYS[answer]


def test_what_counts_against_us_agrees_with_what_the_answer_means_for_the_listing() -> None:
    for answer, said in REVIEWS.items():
        meant = {
            Verdict.UPHELD: {Meaning.REMOVED, Meaning.RESTRICTED},
            Verdict.INACCURATE: {Meaning.KEPT},
            Verdict.INSUFFICIENT: {Meaning.ASKED},
        }[said]
        assert MEANS[answer] in meant
    assert {answer for answer in Answer if MEANS[answer] is Meaning.KEPT} <= set(REVIEWS)
    assert Answer.ALREADY_GONE not in REVIEWS, "gone before the review: nobody judged the notice"


@pytest.mark.parametrize(
    ("upheld", "inaccurate", "insufficient", "says", "crossed"),
    [
        (0, 0, 0, False, False),
        (0, 19, 0, False, False),  # too few, however bad
        (0, 20, 0, True, True),
        (20, 0, 0, True, False),
        (16, 4, 0, True, False),  # 20 %
        (15, 5, 0, True, True),  # 25 %: the line itself
        (15, 0, 5, True, True),  # insufficient counts as inaccurate does
        (15, 3, 2, True, True),
        (46, 15, 0, True, False),  # 24.6 %
        (45, 15, 0, True, True),
        (75_001, 25_000, 0, True, False),
        (75_000, 25_000, 0, True, True),
    ],
)
def test_the_line(upheld: int, inaccurate: int, insufficient: int, says: bool, crossed: bool) -> None:
    found = Gauge(upheld, inaccurate, insufficient)
    assert (found.says, found.crossed) == (says, crossed)
    assert (found.reviewed, found.wrong) == (upheld + inaccurate + insufficient, inaccurate + insufficient)


def test_it_is_made_of_numbers_by_review() -> None:
    assert gauge({}) == Gauge(0, 0, 0)
    assert gauge({Verdict.UPHELD: 3, Verdict.INACCURATE: 2, Verdict.INSUFFICIENT: 1}) == Gauge(3, 2, 1)


def test_the_least_number_is_one_at_which_the_line_can_be_reached_exactly() -> None:
    assert int(LEAST * LINE) == LEAST * LINE and 0 < LINE < 1


@pytest.mark.parametrize(
    ("looked_at", "begins"),
    [
        (None, NOW - timedelta(days=30)),
        (NOW - timedelta(days=31), NOW - timedelta(days=30)),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (NOW, NOW),
    ],
)
def test_it_begins_anew_when_a_coordinator_has_looked(looked_at: datetime | None, begins: datetime) -> None:
    assert since(NOW, looked_at) == begins
