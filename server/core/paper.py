"""PDF documents in any script. Touches no database and no request; it reads fonts.

Noto fonts for Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari and Thai come with the project; for other scripts the
machine's own Noto fonts are used (Debian: fonts-noto-core, fonts-noto-cjk). A character that no font has is never printed
as an empty box: the document is refused, or the character's name stands in its place.
"""

import functools
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF

from server.core.sentences import sentence
from server.core.words import Refused

OWN = Path(__file__).resolve().parents[1] / "static" / "vendor" / "noto-sans"
FIRST = OWN / "NotoSans-Regular.ttf"
MACHINE = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("/Library/Fonts"),
)
# Scripts that share one font, by the first word of their characters' Unicode names.
SHARED = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "NotoSansCJK-Regular.ttc")
FIRST_ACCENT = "\u0300"  # that is put on the letter before it; other scripts follow
SIGNS = frozenset("‐‑‒–—‘’“”„…\u202f−")
INK, SOFT, LINE = (27, 36, 33), (70, 82, 77), (18, 83, 92)


def document(
    title: str, texts: Iterable[str], made_at: datetime, orientation: Literal["portrait", "landscape"] = "portrait"
) -> FPDF:
    """An empty A4 document with the fonts that `texts` need, letters joined as their scripts require.

    Raises Refused("invalid") when no font here has one of their characters.
    """
    pdf = FPDF(orientation=orientation, format="A4")
    pdf.set_creation_date(made_at)
    pdf.set_title(title)
    pdf.set_lang("en")
    pdf.add_font("noto", "", FIRST)
    extra: dict[Path, None] = {}
    for character in dict.fromkeys("".join(texts)):
        if not _plain(character):
            font = _font_for(character)
            if font is None:
                raise Refused(
                    "invalid",
                    sentence(
                        "No font here has “%(character)s”. Write it another way, or ask the administrator to install "
                        "the Noto fonts.",
                        character=character,
                    ),
                )
            extra[font] = None
    for font in extra:
        pdf.add_font(font.stem, "", font)
    pdf.set_fallback_fonts([font.stem for font in extra], exact_match=False)
    pdf.set_text_shaping(True)
    pdf.set_font("noto", size=10)
    return pdf


def printable(text: str) -> str:
    """`text` on one line, with the name of every character that no font here has in its place: “[elephant]”."""
    return "".join(
        character if _plain(character) or _font_for(character) else _spoken(character)
        for character in " ".join(text.split())
    )


def is_plain(text: str) -> bool:
    """Whether `text` is only Latin letters and signs, which need no shaping: shaping takes longer than everything else."""
    return all(character < FIRST_ACCENT or character in SIGNS for character in text)


def _spoken(character: str) -> str:
    if unicodedata.category(character) in (
        "Cc",
        "Cs",
        "Co",
        "Cn",
        "Mn",
        "Me",
    ):  # controls, halves, and what modifies an emoji
        return ""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"[{name.lower()}]" if "IDEOGRAPH" not in name else f"[U+{ord(character):04X}]"


def _plain(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cf", "Zs") or (category != "Cc" and ord(character) in _characters(FIRST))


@functools.lru_cache(maxsize=4096)
def _font_for(character: str) -> Path | None:
    font = _font(unicodedata.name(character, "").partition(" ")[0]) if unicodedata.name(character, "") else None
    return font if font and ord(character) in _characters(font) else None


@functools.cache
def _font(script: str) -> Path | None:
    name = SHARED.get(script, f"NotoSans{script.title()}-Regular.ttf")
    if (OWN / name).is_file():
        return OWN / name
    folders = (folder for folder in MACHINE if folder.is_dir())
    return next((path for folder in folders for path in sorted(folder.rglob(name))), None)


@functools.cache
def _characters(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # fpdf2's own reader of fonts

    with TTFont(font, lazy=True, fontNumber=0) as opened:
        return frozenset(opened.getBestCmap())
