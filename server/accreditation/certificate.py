"""The certificate as a PDF, in whatever script a name is written. Pure, save that it reads fonts.

Noto fonts for Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari and Thai come with the project; for other scripts the
machine's own Noto fonts are taken (Debian: fonts-noto-core, fonts-noto-cjk). A sign that no font has is refused in words,
never printed as an empty box.
"""

import functools
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align

from server.words import Level, Refused

OWN = Path(__file__).resolve().parents[1] / "static" / "vendor" / "noto-sans"
MACHINE = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path("/Library/Fonts"),
)
# Scripts that share one font, by the first word of their signs' Unicode names.
SHARED = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "NotoSansCJK-Regular.ttc")
LEVELS = {
    Level.PROBATION: "accredited spotter, on probation",
    Level.TRUSTED: "accredited spotter, trusted",
    Level.LEAD: "accredited spotter, lead",
}
INK, SOFT, LINE = (27, 36, 33), (70, 82, 77), (18, 83, 92)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the certificate says. `courses`: titles and days passed. `address`: where it may be checked, or ""."""

    name: str
    organisation: str
    level: Level
    since: datetime
    until: datetime
    courses: tuple[tuple[str, datetime], ...]
    made_at: datetime
    address: str = ""
    address_until: datetime | None = None


def make(facts: Facts) -> bytes:
    """The PDF, one page of A4. Raises Refused("invalid") when no font here has a sign of the name."""
    page = FPDF(orientation="landscape", format="A4")
    page.set_creation_date(facts.made_at)
    page.set_title("Certificate of accreditation")
    page.set_lang("en")
    page.add_font("noto", "", OWN / "NotoSans-Regular.ttf")
    extra = _fonts(facts.name + facts.organisation + "".join(title for title, _ in facts.courses))
    for font in extra:
        page.add_font(font.stem, "", font)
    page.set_fallback_fonts([font.stem for font in extra], exact_match=False)
    page.set_text_shaping(True)
    page.set_auto_page_break(False)
    page.set_margins(30, 26, 30)
    page.add_page()
    page.set_draw_color(*LINE)
    page.set_line_width(0.4)
    page.rect(12, 12, page.w - 24, page.h - 24)

    def line(text: str, size: float, colour: tuple[int, int, int] = INK, after: float = 2) -> None:
        page.set_font("noto", size=size)
        page.set_text_color(*colour)
        page.multi_cell(0, size * 0.5, text, align=Align.C, new_x="LMARGIN", new_y="NEXT")
        page.ln(after)

    line(facts.organisation, 14, SOFT, 4)
    line("Certificate of accreditation", 26, LINE, 8)
    line("This is to say that", 12, SOFT, 3)
    line(facts.name, 30, INK, 5)
    line(f"is an {LEVELS[facts.level]}, in the Cyber Spotter programme", 14, INK, 2)
    line(
        f"since {_day(facts.since)}; this accreditation ends on {_day(facts.until)} unless it is renewed.", 12, SOFT, 6
    )
    if facts.courses:
        line("Trained and examined in", 11, SOFT, 1)
        line(
            "; ".join(f"{title} ({_day(at)})" for title, at in facts.courses),
            10 if len(facts.courses) > 5 else 11,
            INK,
            6,
        )
    page.set_y(-52)
    line(
        "A spotter reports what they suspect; a coordinator decides. This paper gives no power to search, to buy or to "
        "accuse, and it does not make anybody a trusted flagger under Article 22 of the Digital Services Act.", 9, SOFT, 1,
    )  # fmt: skip
    if facts.address and facts.address_until:
        line(f"May be checked until {_day(facts.address_until)} at {facts.address}", 9, INK, 0)
    else:
        line(f"Made on {_day(facts.made_at)}. Not set to be checked by others.", 9, SOFT, 0)
    return bytes(page.output())


def _fonts(text: str) -> list[Path]:
    """The fonts needed beside the first one. Raises Refused("invalid") when one is not to be had."""
    found: dict[Path, None] = {}
    for sign in dict.fromkeys(text):
        if ord(sign) in _signs(OWN / "NotoSans-Regular.ttf") or unicodedata.category(sign) in ("Cf", "Zs"):
            continue
        font = _font(unicodedata.name(sign, "").partition(" ")[0])
        if font is None or (font.suffix == ".ttf" and ord(sign) not in _signs(font)):
            said = f"There is no font here for “{sign}”. Write the name in another way, or ask for the Noto fonts."
            raise Refused("invalid", said, errors={"alias": [said]})
        found[font] = None
    return list(found)


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

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _day(at: datetime) -> str:
    return f"{at:%d %B %Y}".lstrip("0")
