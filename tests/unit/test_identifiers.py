"""Identifiers: in the order of age, also within one instant, and not to be guessed."""

from datetime import UTC, datetime

import time_machine

from server.core.database import new_id, reference


def test_what_is_made_later_has_the_larger_identifier_even_in_the_same_instant():
    with time_machine.travel(datetime(2026, 11, 25, tzinfo=UTC), tick=False):
        ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len({reference("R", id_) for id_ in ids}) == 10_000


def test_an_identifier_has_the_form_of_a_uuid_of_version_7():
    for id_ in (new_id() for _ in range(1000)):
        assert len(id_) == 32 and id_[12] == "7" and id_[16] in "89ab"


def test_an_identifier_comes_after_one_of_a_machine_whose_clock_is_ahead():
    with time_machine.travel("2026-11-28T12:02:00Z"):
        ahead = new_id()
    with time_machine.travel("2026-11-28T12:00:00Z"):
        assert new_id() < ahead < new_id(after=ahead) and len(new_id(after=ahead)) == 32
