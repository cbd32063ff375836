"""Whose case it is: what claiming comes to, and until when a claim stands."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.cases import claims
from server.ledger.cases.claims import Claiming, WorkClaim

AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def claim(who: str, minutes: float) -> WorkClaim:
    """Somebody's claim that ends so many minutes from now."""
    return WorkClaim(who, AT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("before", "take_over", "expected"),
    [
        (None, False, Claiming.CLAIMED),
        (None, True, Claiming.CLAIMED),
        (claim("cora", 30), False, Claiming.RENEWED),
        (claim("cora", 30), True, Claiming.RENEWED),
        (claim("cora", -1), False, Claiming.CLAIMED),
        (claim("dan", 30), False, Claiming.REFUSED),
        (claim("dan", 30), True, Claiming.TAKEN_OVER),
        (claim("dan", 1 / 60), False, Claiming.REFUSED),
        (claim("dan", 0), False, Claiming.CLAIMED),  # the last moment is over
        (claim("dan", 0), True, Claiming.CLAIMED),  # nobody to take it from
        (claim("dan", -1), False, Claiming.CLAIMED),
    ],
)
def test_what_it_comes_to_when_cora_claims_a_case(
    before: WorkClaim | None, take_over: bool, expected: Claiming
) -> None:
    assert claims.step(before, "cora", AT, take_over=take_over) is expected
    assert take_over or claims.step(before, "cora", AT) is expected, "nobody takes over without saying so"
    refuses = expected in (Claiming.REFUSED, Claiming.TAKEN_OVER)
    assert claims.is_of_another(before, "cora", AT) is refuses, "a decision of hers needs the same word"


@pytest.mark.parametrize(("minutes", "expected"), [(30, True), (1 / 60, True), (0, False), (-30, False)])
def test_a_claim_stands_until_its_end(minutes: float, expected: bool) -> None:
    assert claims.stands(claim("cora", minutes), AT) is expected
    assert not claims.stands(None, AT)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, 30),
        (claim("cora", 5), 30),
        (claim("cora", -5), 30),
        (claim("cora", 600), 600),  # handed over for a day: acting on it shortens nothing
        (claim("dan", 600), 30),  # what was Dan's is not longer hers for that
    ],
)
def test_until_when_it_is_hers(before: WorkClaim | None, expected: float) -> None:
    assert claims.until(before, "cora", AT, HALF_AN_HOUR) == AT + timedelta(minutes=expected)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, False),
        (claim("dan", 5), False),
        (claim("cora", -5), False),  # it is over, and may be somebody else's any moment: an act does not revive it
        (claim("cora", 0), False),
        (claim("cora", 5), True),
        (claim("cora", 29), True),
        (claim("cora", 29.5), False),
        (claim("cora", 600), False),
    ],
)
def test_an_act_renews_ones_own_claim_at_most_once_a_minute(before: WorkClaim | None, expected: bool) -> None:
    assert claims.is_worth_renewing(before, "cora", AT, HALF_AN_HOUR) is expected
