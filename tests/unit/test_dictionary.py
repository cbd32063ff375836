"""Words of a dictionary stand in a text as words of their own, by the boundaries that their script sets."""

import pytest

from server.ledger.species.dictionary import Dictionary

WORDS = ("ivory", "cat", "tusk", "象牙", "ワニ", "상아", "🦜", "кот", "हाथी", "5g")


def found(text: str, *words: str) -> list[str]:
    """What of the text is found. A word that ends in * may run on."""
    entries = {word.removesuffix("*"): [(word, word.endswith("*"))] for word in words or WORDS}
    return [text[start:end] for start, end, _ in Dictionary(entries).find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("old ivory, carved", ["ivory"]),
        ("ivory", ["ivory"]),
        # It stands apart from letters and figures
        ("(ivory)", ["ivory"]),
        ("xivory", []),
        ("7ivory", []),
        ("ivoryx", []),
        ("ivory7", []),
        ("a cat", ["cat"]),
        ("scat and cat", ["cat"]),
        # In a plural, from four letters on
        ("ivorys", ["ivorys"]),
        ("ivoryes.", ["ivoryes"]),
        ("ivorysx", []),
        ("ivoryesx", []),
        ("ivorye", []),
        ("ivoryx.", []),
        ("tusks", ["tusks"]),
        ("cats", []),
        ("коты", []),  # only after a letter from a to z
        # Without spaces, but for words in katakana
        ("卖象牙的", ["象牙"]),
        ("ワニ", ["ワニ"]),
        ("皮ワニ革", ["ワニ"]),
        ("ワニス", []),
        ("アワニ", []),
        ("red🦜bird", ["🦜"]),
        # Korean particles follow, and nothing stands before
        ("상아를", ["상아"]),
        ("옛상아", []),
        # An Indic vowel sign goes on
        ("हाथी दांत", ["हाथी"]),
        ("हाथीा", []),
        ("हाथी\u0900", []),
        ("5g", ["5g"]),
        ("15g", []),
    ],
)
def test_a_word_stands_as_one_of_its_own(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Elfenbein", ["Elfenbein"]),
        ("Elfenbeinkette, alt", ["Elfenbeinkette"]),
        ("Elfenbein7", ["Elfenbein7"]),
        ("Elfenbein-Kette", ["Elfenbein"]),
        ("xElfenbein", []),
    ],
)
def test_a_word_that_may_run_on_is_found_to_its_end(text: str, words: list[str]) -> None:
    assert found(text, "Elfenbein*") == words


def test_each_of_several_words_is_found_where_it_ends() -> None:
    assert found("old ivory cat", "ivory", "old ivory", "ivory cat", "cat") == [
        "old ivory",
        "ivory",
        "ivory cat",
        "cat",
    ]


def test_of_one_word_each_thing_that_it_stands_for_is_told() -> None:
    words = Dictionary({"ivory": [("tusk", False), ("colour", True)]})
    assert words.find("an ivory") == [(3, 8, "tusk"), (3, 8, "colour")]
    assert words.find("ivoryish") == [(0, 8, "colour")]


def test_signs_of_several_bytes_are_counted_as_signs() -> None:
    words = Dictionary({"象牙": [("ivory", False)], "ring": [("ring", False)], "\ud800": [("half", False)]})
    assert words.find("🦜 é 象牙 ring 象牙") == [(4, 6, "ivory"), (7, 11, "ring"), (12, 14, "ivory")]
    assert words.find("x \ud800") == [(2, 3, "half")]
    assert words.find("a ring") == [(2, 6, "ring")]


def test_anywhere_asks_for_no_boundaries() -> None:
    words = Dictionary({"ivory": [(1, False), (2, True)], "or": [(3, False)]})
    assert words.anywhere("xivoryx") == [(3, 5, 3), (1, 6, 1), (1, 6, 2)]
    assert words.anywhere("") == []


def test_an_empty_dictionary_finds_nothing() -> None:
    empty: Dictionary[str] = Dictionary({})
    assert empty.find("ivory") == [] and empty.anywhere("ivory") == []
