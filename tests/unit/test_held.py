"""What a decision waits for before its notice is sent: a look at the listing, and the digest before that."""

from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.cases.waits import Held, WaitsFor, for_look

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DIGEST, LOOK = WaitsFor.DIGEST, WaitsFor.LOOK


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else NOW + timedelta(minutes=minutes)


# In minutes from now: when the digest leaves, when the listing was seen, until when a look that was asked for is waited for.
@pytest.mark.parametrize(
    ("leaves", "looked_at", "asked", "held"),
    [
        # At once: a look is asked for and waited for a minute, and one of the last ten minutes serves (decision record 32)
        (None, None, None, (LOOK, 1, True)),
        (None, -9.9, None, None),
        (None, -10, None, (LOOK, 1, True)),
        (None, -10, 0.5, (LOOK, 0.5, False)),
        (None, None, 0.1, (LOOK, 0.1, False)),
        (None, None, 0, None),
        (None, None, -600, None),
        # In a digest: a quarter of an hour ahead of it at the earliest, and then until a minute before it leaves
        (60, None, None, (DIGEST, 45, False)),
        (60, -1, None, (DIGEST, 45, False)),
        (15.1, None, None, (DIGEST, 0.1, False)),
        (15, None, None, (LOOK, 14, True)),
        (15, -9.9, None, None),
        (15, -40, 14, (LOOK, 14, False)),
        (2, None, None, (LOOK, 1, True)),
        (1, None, None, (LOOK, 1, True)),  # never less than a minute
        (-5, None, None, (LOOK, 1, True)),
    ],
)
def test_a_notice_waits_for_a_look_at_its_listing(leaves, looked_at, asked, held):
    found = for_look(NOW, leaves=at(leaves), looked_at=at(looked_at), asked=at(asked))
    assert found == (Held(held[0], at(held[1]), held[2]) if held else None)
