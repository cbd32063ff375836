"""PDF in whatever script: a sign without a font is refused or named, never an empty box."""

from datetime import UTC, datetime

import pytest

from server.core import paper
from server.core.words import Refused

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Mercado, round 3: 40 %", "Mercado, round 3: 40 %"),
        ("Chợ Tốt, Куфар, هوى, नमस्ते, ไทย, עברית", "Chợ Tốt, Куфар, هوى, नमस्ते, ไทย, עברית"),
        ("🐘🦷", "[elephant][tooth]"),
        ("🕷️", "[spider]"),  # with the sign that asks for a picture
        ("two\nlines\x00 and\ttabs", "two lines and tabs"),
        ("\ud800", ""),
        ("\U00013000", "[egyptian hieroglyph a001]"),
    ],
)
def test_a_sign_that_no_font_has_is_named(text, printed):
    assert paper.printable(text) == printed


def test_a_document_is_made_in_every_script_we_ship():
    text = "Mercado, Куфар, نور الهدى, नमस्ते, ไทย, עברית"
    page = paper.document("Round", [text], AT)
    page.add_page()
    page.multi_cell(0, 5, text)
    pdf = bytes(page.output())
    assert pdf.startswith(b"%PDF-")
    assert b"NotoSansArabic" in pdf


def test_a_document_refuses_what_it_cannot_print():
    with pytest.raises(Refused, match="No font here has"):
        paper.document("Round", ["\U00013000"], AT)
