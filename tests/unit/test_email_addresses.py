"""Where a text gives an email address, however it is written."""

import time
from urllib.parse import quote

import pytest

from server.ledger.notices import email_addresses


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Write to ana@mail.test", [("ana@mail.test", "ana@mail.test")]),
        ("ana (at) mail (dot) test", [("ana@mail.test", "ana (at) mail (dot) test")]),
        (
            "Write to.ana@mail.test",  # a sentence may run into it
            [
                ("to.ana@mail.test", "to.ana@mail.test"),
                ("ana@mail.test", "ana@mail.test"),
            ],
        ),
        ("two @ 5 euros, or ana@mail.test", [("ana@mail.test", "ana@mail.test")]),
        ("an @ alone", []),
    ],
)
def test_each_reading_of_an_address_is_given_with_where_it_stands(text, given):
    found = [(address, text[start:end]) for address, (start, end) in email_addresses.given_in(text)]
    assert found == given


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.test/itm/ana@mail.test-9067041637",
        "https://shop.test/itm/grey%2Dparrot%2Dana%40mail.test%2D90",
        "Grey parrot [shared by ana@mail.test_2026]",
        "ANA@Mail.Test-thanks",
        "ana＠mail.test－thanks",
        "ana@mail.test--",
        "ana@mail.test-thanks.for.it",
        "see parrot-ana@mail.test",
        "see grey.parrot_ana@mail.test-90_x",
        "+ana@mail.test",
        "~ana@mail.test~",
        "by=ana@mail.test=x",
        "shop/ana@mail.test/90",
        "pet-ana_at_mail_dot_test-90",
        "a-b-c-d-e-f-g-h-i-j-k-l-m-n-ana@mail.test-a-b-c-d-e-f-g-h-i-j-k-l-m-n",
        "象牙手镯 由ana@mail.test分享",
        "象牙 ana@mail.testさんから共有",
        "상아 ana@mail.test님이 공유",
        "слоновая кость, отana@mail.testа",
        "عاج منana@mail.testو",
    ],
)
def test_an_address_is_found_whatever_joins_it_to_other_words(text):
    assert "ana@mail.test" in email_addresses.addresses([text])


@pytest.mark.parametrize("text", ["QQ10086123@mail.test", "电邮QQ10086123@mail.test谢谢"])
def test_a_number_is_found_that_a_word_runs_into(text):
    assert "10086123@mail.test" in email_addresses.addresses([text])


@pytest.mark.parametrize("text", ["o'hara@mail.test", "mr.o'hara@mail.test-90"])
def test_an_address_with_a_sign_of_its_own_is_found(text):
    assert "o'hara@mail.test" in email_addresses.addresses([text])


@pytest.mark.parametrize("text", ["mariana@mail.test", "ana@mail.testing", "ana@mail.test2", "ana@shop.mail.test"])
def test_a_longer_address_is_another(text):
    assert "ana@mail.test" not in email_addresses.addresses([text])


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 50 + "@" + "a.b-" * 25,
        "a-" * 12 + "@",
        "_dot" * 24 + "€a@",
        "a-a@b.",
        "-@",
        "-" * 99 + "@b.",
        "象a" * 50 + "@" + "a象.b" * 25,
        "a1" * 50 + "@b.c",
    ],
)
def test_whatever_the_text_it_gives_few_readings_and_takes_no_longer_when_it_is_longer(text):
    started = time.process_time()
    given = list(email_addresses.given_in((text * 10_000)[:10_000]))
    assert len(given) < 8 * 10_000
    assert time.process_time() - started < 5


def test_of_an_endless_text_a_hundred_characters_on_each_side_of_an_at_are_read():
    address, _ = next(email_addresses.given_in(f"{'x' * 150}@a.{'b' * 150}"))
    assert address == f"{'x' * 100}@a.{'b' * 98}"


@pytest.mark.parametrize(("times", "found"), [(0, True), (1, True), (3, True), (4, False)])
def test_an_address_encoded_up_to_three_times_is_found(times, found):
    text = "ana@mail.test"
    for _ in range(times):
        text = quote(text)
    assert ("ana@mail.test" in email_addresses.addresses([None, text])) is found
