"""When a spotter may add to a report, withdraw it or say that it was wrong."""

import pytest

from server.core.words import Refused, Status
from server.ledger.reports import addition, retraction

ENDED = {"dismissed", "retracted", "removed", "restricted", "kept"}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("additions", "room"), [(0, True), (4, True), (5, False), (6, False)])
def test_five_additions_fit_a_report_that_is_not_closed(status, additions, room):
    may = status.value not in ENDED and room
    assert addition.may_add(status, additions) is may
    if may:
        addition.refuse(status, additions)
        return
    with pytest.raises(Refused) as refused:
        addition.refuse(status, additions)
    assert refused.value.kind == "conflict"
    assert ("closed" in str(refused.value)) is (status.value in ENDED)


def test_an_addition_is_as_long_as_the_reason_of_a_report():
    assert addition.LONGEST == 2000  # characters, by the contract


@pytest.mark.parametrize(
    ("status", "noticed", "held", "may"),
    [
        (Status.RECEIVED, True, True, True),  # nobody learns by it what others' reports of the listing led to
        (Status.IN_REVIEW, False, False, True),
        (Status.NEEDS_INFO, False, False, True),
        (Status.IN_REVIEW, True, False, False),
        (Status.IN_REVIEW, False, True, False),
        (Status.NEEDS_INFO, True, True, False),
        *((status, False, False, False) for status in Status if status not in ("received", "in_review", "needs_info")),
    ],
)
def test_a_report_is_withdrawn_until_something_is_decided_on_it(status, noticed, held, may):
    assert retraction.may_change(status, noticed, held) is may
