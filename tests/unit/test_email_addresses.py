"""Where a text gives an email address, however it is written."""

from urllib.parse import quote

import pytest

from server.ledger.notices import email_addresses


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Write to ana@mail.test", [("ana@mail.test", "ana@mail.test"), ("ana@mail", "ana@mail")]),
        ("ana (at) mail (dot) test", [("ana@mail.test", "ana (at) mail (dot) test"), ("ana@mail", "ana (at) mail")]),
        (
            "Write to.ana@mail.test",  # a sentence may run into it
            [
                ("to.ana@mail.test", "to.ana@mail.test"),
                ("to.ana@mail", "to.ana@mail"),
                ("ana@mail.test", "ana@mail.test"),
                ("ana@mail", "ana@mail"),
            ],
        ),
        ("two @ 5 euros, or ana@mail.test", [("ana@mail.test", "ana@mail.test"), ("ana@mail", "ana@mail")]),
        ("an @ alone", []),
    ],
)
def test_each_reading_of_an_address_is_given_with_where_it_stands(text, given):
    found = [(address, text[start:end]) for address, (start, end) in email_addresses.given_in(text)]
    assert found == given


def test_of_an_endless_text_a_hundred_characters_on_each_side_of_an_at_are_read():
    address, _ = next(email_addresses.given_in(f"{'x' * 150}@a.{'b' * 150}"))
    assert address == f"{'x' * 100}@a.{'b' * 98}"


@pytest.mark.parametrize(("times", "found"), [(0, True), (1, True), (3, True), (4, False)])
def test_an_address_encoded_up_to_three_times_is_found(times, found):
    text = "ana@mail.test"
    for _ in range(times):
        text = quote(text)
    assert ("ana@mail.test" in email_addresses.addresses([None, text])) is found
