"""What is made as PDF, in whatever script it is written. Touches no database and no request; it reads fonts.

Noto fonts for Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari and Thai come with the project; for other scripts the
machine's own Noto fonts are taken (Debian: fonts-noto-core, fonts-noto-cjk). A sign that no font has is never printed as
an empty box: either it is refused in words, or its name stands in its place.
"""

import functools
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF

from server.core.words import Refused

OWN = Path(__file__).resolve().parents[1] / "static" / "vendor" / "noto-sans"
FIRST = OWN / "NotoSans-Regular.ttf"
MACHINE = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("/Library/Fonts"),
)
# Scripts that share one font, by the first word of their signs' Unicode names.
SHARED = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "NotoSansCJK-Regular.ttc")
INK, SOFT, LINE = (27, 36, 33), (70, 82, 77), (18, 83, 92)


def document(
    title: str, texts: Iterable[str], made_at: datetime, orientation: Literal["portrait", "landscape"] = "portrait"
) -> FPDF:
    """An empty A4 document with the fonts that `texts` need, letters joined as their scripts want it.

    Raises Refused("invalid") when no font here has one of their signs.
    """
    made = FPDF(orientation=orientation, format="A4")
    made.set_creation_date(made_at)
    made.set_title(title)
    made.set_lang("en")
    made.add_font("noto", "", FIRST)
    extra: dict[Path, None] = {}
    for sign in dict.fromkeys("".join(texts)):
        if not _plain(sign):
            font = _font_for(sign)
            if font is None:
                raise Refused(
                    "invalid",
                    f"There is no font here for “{sign}”. Write it in another way, or ask for the Noto fonts.",
                )
            extra[font] = None
    for font in extra:
        made.add_font(font.stem, "", font)
    made.set_fallback_fonts([font.stem for font in extra], exact_match=False)
    made.set_text_shaping(True)
    made.set_font("noto", size=10)
    return made


def printable(text: str) -> str:
    """`text` on one line, with the name of every sign that no font here has in its place: “[elephant]”."""
    return "".join(sign if _plain(sign) or _font_for(sign) else _spoken(sign) for sign in " ".join(text.split()))


def _spoken(sign: str) -> str:
    if unicodedata.category(sign) in (
        "Cc",
        "Cs",
        "Co",
        "Cn",
        "Mn",
        "Me",
    ):  # controls, halves, and what modifies an emoji
        return ""
    name = unicodedata.name(sign, f"U+{ord(sign):04X}")
    return f"[{name.lower()}]" if "IDEOGRAPH" not in name else f"[U+{ord(sign):04X}]"


def _plain(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in ("Cf", "Zs") or (category != "Cc" and ord(sign) in _signs(FIRST))


@functools.lru_cache(maxsize=4096)
def _font_for(sign: str) -> Path | None:
    font = _font(unicodedata.name(sign, "").partition(" ")[0]) if unicodedata.name(sign, "") else None
    return font if font and ord(sign) in _signs(font) else None


@functools.cache
def _font(script: str) -> Path | None:
    name = SHARED.get(script, f"NotoSans{script.title()}-Regular.ttf")
    if (OWN / name).is_file():
        return OWN / name
    folders = (folder for folder in MACHINE if folder.is_dir())
    return next((path for folder in folders for path in sorted(folder.rglob(name))), None)


@functools.cache
def _signs(font: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # fpdf2's own reader of fonts

    with TTFont(font, lazy=True, fontNumber=0) as opened:
        return frozenset(opened.getBestCmap())
