"""Codes of a second factor, as tables: those of RFC 6238, the steps beside the present one, and what people type."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from server.people.accounts import one_time_codes

KEY = base64.b32encode(b"12345678901234567890").decode()  # of RFC 6238, appendix B


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_rfc(seconds, code):
    assert one_time_codes.step_of(KEY, code, at(seconds)) == seconds // 30


@pytest.mark.parametrize(
    ("later", "fits"), [(-31, False), (-30, True), (0, True), (59, True), (60, False), (3600, False)]
)
def test_a_code_counts_for_its_step_and_the_one_before_and_after(later, fits):
    begins = 1111111110  # of the step of 050471
    step = one_time_codes.step_of(KEY, "050471", at(begins + later))
    assert step == (begins // 30 if fits else None)
    if fits:
        assert step >= one_time_codes.oldest_step(at(begins + later))
    else:
        assert not one_time_codes.oldest_step(at(begins + later)) <= begins // 30 <= (begins + later) // 30 + 1


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("050471", True), (" 050 471 ", True), ("50471", False), ("0504711", False), ("", False), ("٠٥٠٤٧١", False), ("05047l", False), ("-50471", False), ("050472", False)],
)  # fmt: skip
def test_six_digits_are_a_code_however_they_are_spaced(typed, fits):
    assert (one_time_codes.step_of(KEY, typed, at(1111111111)) is not None) is fits


def test_a_key_has_160_bits_and_is_another_each_time():
    keys = {one_time_codes.new_key() for _ in range(50)}
    assert len(keys) == 50 and all(len(base64.b32decode(key)) == 20 for key in keys)


def test_the_address_names_who_and_where_and_no_name_breaks_it():
    address = one_time_codes.address(KEY, "ana+x@people.test", "Cyber Spotter: A & B")
    assert address.startswith("otpauth://totp/") and f"secret={KEY}" in address
    assert "&B" not in address and "issuer=Cyber%20Spotter" in address


def test_ten_recovery_codes_each_another_and_each_read_back():
    codes = one_time_codes.new_recovery_codes()
    assert len(codes) == len(set(codes)) == 10
    for code in codes:
        assert len(code) == 19 and [len(part) for part in code.split("-")] == [4] * 4
        assert one_time_codes.recovery_code(code) == code.replace("-", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7K3M-9Q2X-ABCD-0001", "7K3M9Q2XABCD0001"),
        (" 7k3m 9q2x abcd oOil ", "7K3M9Q2XABCD0011"),
        ("7K3M9Q2XABCD001", ""),
        ("7K3M9Q2XABCD00011", ""),
        ("7K3M9Q2XABCDU001", ""),
        ("050471", ""),
        ("", ""),
    ],
)
def test_a_recovery_code_is_read_however_it_was_written(typed, kept):
    assert one_time_codes.recovery_code(typed) == kept


def test_the_oldest_step_is_the_one_before_the_present():
    assert one_time_codes.oldest_step(at(300)) == 9
    assert (
        one_time_codes.oldest_step(at(329)) == 9 and one_time_codes.oldest_step(at(300) + timedelta(seconds=30)) == 10
    )
