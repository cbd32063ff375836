"""What a word masked by signs says, and how it stood in the text."""

import pytest

from server.core import folding, unmasking
from tests.hostile import HOSTILE


def unmasked(text):
    """Each unmasked piece with what it was in the text."""
    differences = []
    for piece in unmasking.pieces(folding.fold(text).latin):
        start, end = piece.view.span(0, len(piece.view.text))
        differences.append((piece.view.text, text[start:end]))
    return differences


@pytest.mark.parametrize(
    ("text", "word", "stood"),
    [
        ("an 1v0ry ring", "ivory", "1v0ry"),
        ("an !vory ring!", "ivory", "!vory"),
        ("an iv0ry! ring", "ivory", "iv0ry"),
        ("an i.v.o.r.y ring", "ivory", "i.v.o.r.y"),
        ("an i v o r y ring", "ivory", "i v o r y"),
        ("an i_v_o_r_y ring", "ivory", "i_v_o_r_y"),
        ("an i-v-o-r-y ring", "ivory", "i-v-o-r-y"),
        ("an iv.ory ring", "ivory", "iv.ory"),
        ("an lvory ring", "ivory", "lvory"),  # a small L for a capital i
        ("an е1ephant", "eiephant", "е1ephant"),  # l, i and 1 are one to the eye
        ("vi_c4_m4p tuoi", "vicamap", "vi_c4_m4p"),
        ("s.u.n.g t.e g.i.a.c", "sungtegiac", "s.u.n.g t.e g.i.a.c"),
        ("#mammothivory", "mammothivory", "mammothivory"),
    ],
)
def test_a_masked_piece_is_read_and_shown_as_it_stood(text, word, stood):
    assert (word, stood) in unmasked(text)


@pytest.mark.parametrize(
    "text", ["for $20 or $25", "10 x 20 cm", "call 07700 900123", "A4, B5 and 4K", "I'm here", "a b c"]
)
def test_prices_sizes_and_numbers_are_not_read_as_words(text):
    assert not [word for word, _ in unmasked(text) if word.isalpha() and len(word) > 4]


@pytest.mark.parametrize(
    ("text", "reads"),
    [("象☆牙", "象牙"), ("象_牙", "象牙"), ("穿.山.甲", "穿山甲"), ("虎0骨", "虎骨"), ("งา.ช้าง", "งาช้าง")],
)
def test_what_is_wedged_between_unspaced_letters_falls_out(text, reads):
    view = unmasking.unwedged(folding.fold(text).native)
    assert view.text == reads
    assert view.span(0, len(reads)) == (0, len(text))


def test_a_comma_between_chinese_words_is_no_wedge():
    assert unmasking.unwedged(folding.fold("大象，牙齿").native) is None


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("i v o r", [("ivor", "i v o r")]),
        ("i v o", []),  # three letters are an enumeration
        ("i . v - o   r * y", [("ivory", "i . v - o   r * y")]),
        ("i    v    o    r    y", []),  # more than three signs between are a gap
        ("i v\no r y", []),  # each line for itself
        ("i v o r y    a b c d", [("ivory", "i v o r y"), ("abcd", "a b c d")]),
        ("iv0ry..", [("ivory", "iv0ry")]),
        ("iv0r..", []),  # four signs are too few
        ("12.34.5", []),
        ("é1v0ry", [("eivory", "é1v0ry")]),
        ("1v0ry" * 12, [("ivory" * 12, "1v0ry" * 12)]),
        ("1v0ry" * 12 + "a", []),  # no word is so long: an address, or noise
    ],
)
def test_what_looks_masked_and_what_does_not(text, pieces):
    assert unmasked(text) == pieces


def test_a_piece_is_found_where_it_stands_alone():
    """Not at the end of what is too long to be a word."""
    noise = "z" * 60
    [piece] = unmasking.pieces(folding.fold(f"{noise}iv0ry iv0ry").latin)
    assert piece.view.span(0, 5) == (66, 71)


def test_a_piece_says_how_it_was_masked():
    pieces = unmasking.pieces(folding.fold("#mammothivory 1v0ry r h i n o").latin)
    assert sorted((piece.view.text, piece.tag, piece.spelled) for piece in pieces) == [
        ("ivory", False, False),
        ("mammothivory", True, False),
        ("rhino", False, True),
    ]


def test_a_skeleton_is_the_letters_alone():
    assert unmasking.skeleton("l.V-0 r_y") == unmasking.skeleton("Ivory") == "ivory"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_like_any_other(text):
    folded = folding.fold(text)
    list(unmasking.pieces(folded.latin))
    unmasking.unwedged(folded.native)
