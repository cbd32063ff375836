"""The times and numbers that pages, mails and the handbook promise: whoever changes one changes what was promised."""

from datetime import timedelta

import pytest

from server.ledger.cases import claims, reason_picks
from server.ledger.companies import address_states
from server.ledger.complaints.states import ACKNOWLEDGED_A_DAY
from server.ledger.complaints.states import DAY as CONFIRMED_OVER
from server.ledger.complaints.states import KEPT as COMPLAINT_KEPT
from server.ledger.disputes.states import SOON

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("what", "rule", "promised"),
    [
        ("a colleague has a case that was handed over", claims.HANDED_OVER_FOR, DAY),
        ("an act renews a claim at most once a", claims.WORTH_WRITING, MINUTE),
        ("an address comes into force, after proof and approval, in", address_states.DELAY, DAY),
        ("a step of its change lapses after", address_states.LASTS, 7 * DAY),
        ("one that came to nothing is kept for", address_states.KEPT, 365 * DAY),
        ("proposals for a company are counted over", address_states.DAY, DAY),
        ("and may be so many", address_states.MOST_A_DAY, 5),
        ("an answered complaint is kept for", COMPLAINT_KEPT, 365 * DAY),
        ("confirmations of complaints are counted over", CONFIRMED_OVER, DAY),
        ("and may be so many", ACKNOWLEDGED_A_DAY, 200),
        ("a dispute waits for attention before its deadline for", SOON, 30 * DAY),
        ("a decision is offered so many ready reasons", reason_picks.MOST, 6),
        ("and has so many keys for them and for one's own", reason_picks.KEYS, 9),
    ],
)
def test_what_is_promised(what: str, rule: object, promised: object) -> None:
    assert rule == promised, what
