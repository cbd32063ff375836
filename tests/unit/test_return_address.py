"""Addresses that say which message came back: nobody else can make one, and mail servers may write them in capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.return_address import LONGEST_LOCAL, LONGEST_OWN, Purpose, ReturnToken, find, make

SECRET = "a secret for tests only"
OURS = "notices@spotter.test"
ID = "0190a1b2c3d47e5f8a6b7c8d9e0f1a2b"


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("attempt", [1, 2, 255])
def test_what_was_made_is_found(purpose: Purpose, attempt: int) -> None:
    address = make(OURS, purpose, ID, attempt, SECRET)
    token = ReturnToken(purpose, ID, attempt)
    for text in (
        address,
        f"Trust and Safety <{address}>, other@host.test",
        address.upper(),
        f"from mx.test (mx.test [192.0.2.1]) by spotter.test for <{address}>; Fri, 27 Nov 2026",
    ):
        assert find([text], OURS, SECRET) == token, text


def test_it_fits_into_a_local_part() -> None:
    longest = f"{'n' * LONGEST_OWN}@spotter.test"
    assert len(make(longest, Purpose.RETURN, ID, 1, SECRET).partition("@")[0]) == LONGEST_LOCAL


def test_what_is_above_what_it_can_say_is_the_most_it_can_say() -> None:
    assert find([make(OURS, Purpose.REPLY, ID, 4000, SECRET)], OURS, SECRET) == ReturnToken(Purpose.REPLY, ID, 255)


def test_a_token_for_one_thing_is_none_for_the_other() -> None:
    back = make(OURS, Purpose.RETURN, ID, 1, SECRET)
    assert find([back.replace("+b", "+r")], OURS, SECRET) is None


@pytest.mark.parametrize("at", range(len("notices+"), len(make(OURS, Purpose.RETURN, ID, 1, SECRET).partition("@")[0])))
def test_one_that_was_changed_is_none(at: int) -> None:
    """The last character has bits to spare: whatever it says, what it names is the same."""
    address = make(OURS, Purpose.RETURN, ID, 1, SECRET)
    changed = address[:at] + ("q" if address[at] != "q" else "w") + address[at + 1 :]
    assert find([changed], OURS, SECRET) is None or at == address.index("@") - 1


def test_one_of_another_secret_host_or_person_is_none() -> None:
    address = make(OURS, Purpose.RETURN, ID, 1, SECRET)
    assert find([address], OURS, "another secret, as long") is None
    assert find([address], "notices@other.test", SECRET) is None
    assert find([address], "other@spotter.test", SECRET) is None
    assert find([address.replace("spotter.test", "spotter.test.evil.test")], OURS, SECRET) is None


def test_the_first_one_that_is_ours_counts() -> None:
    forged = f"notices+b{'a' * 44}@spotter.test"
    assert find([forged, make(OURS, Purpose.REPLY, ID, 1, SECRET)], OURS, SECRET) == ReturnToken(Purpose.REPLY, ID, 1)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert find([text, f"notices+b{text}@spotter.test"], OURS, SECRET) is None
