"""What somebody may be called, and which email addresses a text gives."""

import pytest

from server.core import everyday
from server.ledger.notices import email_addresses, names

EVERYDAY = names.everyday(everyday.words())


@pytest.mark.parametrize(
    "name",
    [
        "Rosa",
        "Rosa Rosa",
        "The Rosa",
        "ivory",
        "1v0ry",
        "Іvory",  # a Cyrillic capital
        "ivorу",  # a Cyrillic y at the end
        "іvоrу",  # all but two letters
        "3lfenbein",
    ],
)
def test_an_everyday_word_in_any_disguise_is_nobodys_name(name):
    assert names.is_one_everyday_word(name, EVERYDAY)


@pytest.mark.parametrize(
    "name",
    [
        "Meier",
        "Rosa Meier",
        "Meier Rosa",
        "Ivory Rosa",  # two words tell whom they mean
        "Rosa 1v0ry",
        "Ana 1975",
        "Аna",  # in disguise, but no everyday word
        "Соколова",
    ],
)
def test_whatever_tells_whom_it_means_is_a_name(name):
    assert not names.is_one_everyday_word(name, EVERYDAY)


def test_a_name_wholly_in_another_alphabet_wears_no_disguise():
    assert names.is_one_everyday_word("Іvory", frozenset({"ivory"}))
    assert not names.is_one_everyday_word("оса", frozenset({"oca"}))  # Russian for a wasp, and it looks like "oca"


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Ana Souza", "Souza Ana", True),
        ("Ana Souza", "ana SOUZA", True),
        ("Ana Souza", "An4 S0uza", True),
        ("Ana Souza", "Ana Sousa", False),
        ("Ana Souza", "Ana", False),
    ],
)
def test_whose_name_is_taken_already(name, other, same):
    assert (names.read_as(name) == names.read_as(other)) is same


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to ana@mail.example", "ana@mail.example"),
        ("ANA@Mail.Example!", "ana@mail.example"),
        ("ana%40mail.example", "ana@mail.example"),
        ("ana%2540mail.example", "ana@mail.example"),  # encoded twice
        ("ana (at) mail (dot) example", "ana@mail.example"),
        ("ana+ads@mail.example", "ana+ads@mail.example"),
        ("ana+ads@mail.example", "ana@mail.example"),  # her mailbox
        ("ana@mail.shop.example", "ana@mail.shop.example"),
        ("Write to.ana@mail.example", "ana@mail.example"),  # a sentence that runs into it
        ("ana@mail.example.Thanks", "ana@mail.example"),
        ("юля@почта.рф", "юля@почта.рф"),
    ],
)
def test_addresses_that_a_text_gives(text, address):
    assert address in email_addresses.addresses(["Ivory for sale", None, text])


@pytest.mark.parametrize("text", [None, "", "Ivory for sale", "@mail.example", "ana@", "meet at noon"])
def test_a_text_without_an_address_gives_none(text):
    assert email_addresses.addresses([text]) == set()


def test_what_is_far_from_the_sign_is_not_read():
    """However long the text is, it takes no longer."""
    near, far = "a" * 90, "a" * 400
    assert f"{near}@mail.example" in email_addresses.addresses([f"{near}@mail.example"])
    assert f"{far}@mail.example" not in email_addresses.addresses([f"{far}@mail.example"])
