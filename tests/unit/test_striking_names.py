"""One person taken out of texts, by all that the check of a notice would find of them."""

import json
from collections.abc import Callable

import pytest

from server.core.striking import STRUCK
from server.ledger.notices.striking_names import StrikingOut

ZWACKHAUS = StrikingOut({"Rosa Zwackhaus"}, "rosa.zwackhaus@mail.example", {"rosa"})


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Zwackhaus",
        "Zwackhaus, Rosa",
        "zwackhaus",
        "Z.W.A.C.K.H.A.U.S",
        "Ｚｗａｃｋｈａｕｓ",
        "Zw4ckhaus",
        "rosa.zwackhaus@mail.example",
        "rosa.zwackhaus@mail.example_2026",
        "@rosazwackhaus",
    ],
)
def test_whatever_names_her_goes_from_what_others_wrote_near_her(text: str) -> None:
    struck = ZWACKHAUS.near(f"Seen by {text} in May")
    assert STRUCK in struck and "wackhaus" not in struck.casefold()
    assert struck.startswith("Seen by") and struck.endswith("in May")


@pytest.mark.parametrize("text", ["A rosa bracelet", "Haus am See", "Zwack liqueur"])
def test_what_names_nobody_stays(text: str) -> None:
    assert ZWACKHAUS.near(text) == ZWACKHAUS.anywhere(text) == text


def test_in_an_ad_that_is_not_hers_her_surname_is_somebody_elses() -> None:
    assert ZWACKHAUS.anywhere("Sold by Zwackhaus & Sons") == "Sold by Zwackhaus & Sons"
    assert ZWACKHAUS.anywhere("Sold by Zwackhaus Rosa") == f"Sold by {STRUCK}"
    assert ZWACKHAUS.anywhere("Mail rosa.zwackhaus@mail.example") == f"Mail {STRUCK}"


@pytest.mark.parametrize(
    "text",
    [
        "zwackhaus",
        "z.w.a.c.k.h.a.u.s",
        "z w a c k h a u s",
        "z-w-a-c-k-h-a-u-s",
        "z_w_a_c_k_h_a_u_s",
        "ｚｗａｃｋｈａｕｓ",
        "rosa.zwackhaus@mail.example",
    ],
)
def test_a_row_that_may_name_her_is_found_by_a_needle(text: str) -> None:
    """Erasure reads the rows that hold one of these, in lower case; a row that holds none would be kept as it is."""
    assert any(needle in f"seen by {text} in may" for needle in ZWACKHAUS.needles())


@pytest.mark.parametrize(
    "text",
    ["Müller", "MÜLLER", "Muller", "M ü l l e r", "M.ü.l.l.e.r", "Ｍüｌｌｅｒ", "ＺＯÉ", "Zoé", "ZOÉ", "Z-o-é"],
)
@pytest.mark.parametrize("kept", [str, json.dumps])
def test_letters_with_marks_are_found_as_databases_keep_them(text: str, kept: Callable[[str], str]) -> None:
    """In JSON too; and SQLite's lower() knows no letters but those of ASCII."""
    row = "".join(letter.lower() if letter.isascii() else letter for letter in kept(f"Seen by {text} in May"))
    needles = StrikingOut({"Zoé Müller"}, "zm@mail.example").needles()
    assert any(needle in row for needle in needles)
    assert min(map(len, needles)) >= 3, "else every row would be read"


def test_short_parts_would_be_found_everywhere_and_are_no_needles() -> None:
    needles = StrikingOut({"Al Zwackhaus"}, "al@mail.example").needles()
    assert "al" not in needles and "zwackhaus" in needles
    assert "abe" in StrikingOut({"Abe Zwackhaus"}, "x@mail.example").needles()  # three letters
    assert "abe" not in StrikingOut({"Zwackhaus"}, "abe@mail.example").needles()  # of an address four
    assert "abel" in StrikingOut({"Zwackhaus"}, "abel@mail.example").needles()
