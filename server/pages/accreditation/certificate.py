"""The certificate as a PDF. Pure, save that `paper` reads fonts."""

from dataclasses import dataclass
from datetime import datetime

from fpdf.enums import Align

from server.core import paper
from server.core.paper import INK, LINE, SOFT
from server.core.times import date
from server.core.words import Level, Refused

LEVELS = {
    Level.PROBATION: "accredited spotter, on probation",
    Level.TRUSTED: "accredited spotter, trusted",
    Level.LEAD: "accredited spotter, lead",
}


LONG_NAME = 40  # signs; a longer one is set smaller, so that it keeps clear of the foot


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
    said = (facts.name, facts.organisation, *(title for title, _ in facts.courses))
    try:
        page = paper.document("Certificate of accreditation", said, facts.made_at, "landscape")
    except Refused as refusal:
        refusal.errors = {"alias": [refusal.detail]}
        raise
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
    line(facts.name, 30 if len(facts.name) <= LONG_NAME else 18, INK, 5)
    line(f"is an {LEVELS[facts.level]}, in the Cyber Spotter programme", 14, INK, 2)
    line(
        f"since {date(facts.since)}; this accreditation ends on {date(facts.until)} unless it is renewed.", 12, SOFT, 6
    )
    if facts.courses:
        line("Trained and examined in", 11, SOFT, 1)
        line(
            "; ".join(f"{title} ({date(at)})" for title, at in facts.courses),
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
        line(f"May be checked until {date(facts.address_until)} at {facts.address}", 9, INK, 0)
    else:
        line(f"Made on {date(facts.made_at)}. Not set to be checked by others.", 9, SOFT, 0)
    return bytes(page.output())
