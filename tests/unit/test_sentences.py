"""A sentence marked for translation is English to the code that reads it, and translated where it is shown."""

from server.core.sentences import counted, sentence


def test_a_sentence_is_english_to_every_code() -> None:
    text = sentence("%(company)s has no SPOC yet.", company="Mercado")
    assert text == "Mercado has no SPOC yet."
    assert (text.message, text.params) == ("%(company)s has no SPOC yet.", {"company": "Mercado"})


def test_a_percent_sign_stands_for_itself_where_nothing_is_put_in() -> None:
    assert sentence("100% certain") == "100% certain"


def test_a_number_chooses_its_form() -> None:
    assert [counted("%(number)s report", "%(number)s reports", n) for n in (0, 1, 1284)] == [
        "0 reports", "1 report", "1,284 reports",
    ]  # fmt: skip
