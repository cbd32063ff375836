"""How an address changes: which step follows which, and from when it may be in force."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.companies.address_states import BEFORE, DELAY, ENDS, OPEN, ChangeEnd, ChangeState, earliest

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def hour(number: int) -> datetime:
    return NOON + timedelta(hours=number)


@pytest.mark.parametrize(
    ("approved_at", "warned_at", "expected"),
    [
        (hour(0), [], hour(24)),  # nobody loses notices
        (hour(0), [hour(-30)], hour(24)),
        (hour(0), [hour(5)], hour(29)),  # the old address was told after the approval
        (hour(0), [hour(-1), hour(7), hour(3)], hour(31)),
        (hour(0), [None], None),  # it was not told yet
        (hour(0), [hour(5), None], None),
    ],
)
def test_from_when_it_may_be_in_force(
    approved_at: datetime, warned_at: list[datetime | None], expected: datetime | None
) -> None:
    assert earliest(approved_at, warned_at) == expected
    assert timedelta(days=1) == DELAY


def test_each_step_follows_the_one_before_and_nothing_follows_an_end() -> None:
    assert BEFORE[ChangeState.PROVEN] == (ChangeState.PENDING,)
    assert BEFORE[ChangeState.APPROVED] == (ChangeState.PROVEN,)
    assert BEFORE[ChangeState.IN_FORCE] == (ChangeState.APPROVED,)
    for state, before in BEFORE.items():
        assert set(before) <= OPEN, state
    assert set(BEFORE) == set(ChangeState) - {ChangeState.PENDING}


def test_every_end_leads_to_a_state_that_is_not_in_force() -> None:
    assert set(ENDS) == set(ChangeEnd)
    assert set(ENDS.values()) == {ChangeState.WITHDRAWN, ChangeState.REFUSED, ChangeState.LAPSED}
