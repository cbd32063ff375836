"""Slips in several fields, told together."""

import pytest

from server.core.slips import Slips
from server.core.words import Refused

NAME, TAKEN = ("invalid", "name", "Enter a name."), ("conflict", "address", "It is there already.")


def told(refusals, known=None):
    """Kind and errors of what is told; None: nothing is."""
    slips = Slips(known)
    for kind, field, words in refusals:
        with slips.kept("spoc_"):
            raise Refused(kind, words, errors={field: [words]})
    try:
        slips.tell()
    except Refused as refusal:
        return refusal.kind, refusal.errors
    return None


@pytest.mark.parametrize(
    ("refusals", "known", "expected"),
    [
        ([], None, None),
        ([], {}, None),
        ([NAME, TAKEN], None, ("invalid", {"spoc_name": ["Enter a name."], "spoc_address": ["It is there already."]})),
        ([TAKEN, TAKEN], None, ("conflict", {"spoc_address": ["It is there already."]})),
        ([], {"why": ("Say why.",)}, ("invalid", {"why": ["Say why."]})),
        ([NAME], {"spoc_name": ["Too long."]}, ("invalid", {"spoc_name": ["Too long."]})),
    ],
)
def test_all_are_told_and_of_a_known_field_no_more(refusals, known, expected):
    assert told(refusals, known) == expected


@pytest.mark.parametrize("refusal", [Refused("forbidden", "No.", errors={"name": ["No."]}), Refused("invalid", "No.")])
def test_what_is_no_slip_in_a_field_is_not_kept(refusal):
    slips = Slips()
    with pytest.raises(Refused), slips.kept():
        raise refusal
    assert not slips
