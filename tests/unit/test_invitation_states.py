"""What may be recorded of an invitation after what has been."""

import pytest

from server.core.words import Refused
from server.ledger.invitations.states import InvitationState, refuse_impossible

INVITED, TALKING, DECLINED, JOINED = InvitationState


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, INVITED),
        (INVITED, INVITED),  # again
        (INVITED, TALKING),
        (INVITED, DECLINED),
        (INVITED, JOINED),
        (TALKING, INVITED),
        (TALKING, JOINED),
        (DECLINED, INVITED),
        (DECLINED, TALKING),
    ],
)
def test_what_may_follow(before: InvitationState | None, after: InvitationState) -> None:
    refuse_impossible(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, TALKING),  # whoever was not invited
        (None, DECLINED),
        (None, JOINED),
        (DECLINED, DECLINED),
        *((JOINED, after) for after in InvitationState),  # nothing more is asked of who joined
    ],
)
def test_what_is_refused(before: InvitationState | None, after: InvitationState) -> None:
    with pytest.raises(Refused) as refused:
        refuse_impossible(before, after)
    assert refused.value.kind == "conflict"
