"""The certificate as a PDF."""

from dataclasses import dataclass
from datetime import datetime

from fpdf.enums import Align

from server.core import languages, paper
from server.core.paper import INK, LINE, SOFT
from server.core.sentences import sentence
from server.core.times import date
from server.core.words import Level, Refused

LEVELS = {
    Level.PROBATION: sentence("is an accredited spotter, on probation, in the Cyber Spotter programme"),
    Level.TRUSTED: sentence("is an accredited spotter, trusted, in the Cyber Spotter programme"),
    Level.LEAD: sentence("is an accredited spotter, lead, in the Cyber Spotter programme"),
}
TITLE = sentence("Certificate of accreditation")

LONG_NAME = 40  # characters; a longer one is set smaller, so that it keeps clear of the foot


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the certificate says. `modules`: titles and days passed. `address`: where it may be checked, or ""."""

    name: str
    organisation: str
    level: Level
    since: datetime
    until: datetime
    modules: tuple[tuple[str, datetime], ...]
    made_at: datetime
    address: str = ""
    address_until: datetime | None = None


def certificate_page(facts: CertificateFacts) -> bytes:
    """The PDF, one page of A4. Raises Refused("invalid") when no font here has a character of the name."""
    texts = (facts.name, facts.organisation, *(title for title, _ in facts.modules))
    try:
        page = paper.document(languages.translated(TITLE), texts, facts.made_at, "landscape")
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
        page.multi_cell(0, size * 0.5, languages.translated(text), align=Align.C, new_x="LMARGIN", new_y="NEXT")
        page.ln(after)

    line(facts.organisation, 14, SOFT, 4)
    line(TITLE, 26, LINE, 8)
    line(sentence("This certifies that"), 12, SOFT, 3)
    line(facts.name, 30 if len(facts.name) <= LONG_NAME else 18, INK, 5)
    line(LEVELS[facts.level], 14, INK, 2)
    dates = sentence(
        "since %(since)s. This accreditation ends on %(until)s unless it is renewed.",
        since=date(facts.since), until=date(facts.until),
    )  # fmt: skip
    line(dates, 12, SOFT, 6)
    if facts.modules:
        line(sentence("Trained and examined in"), 11, SOFT, 1)
        line(
            "; ".join(f"{title} ({languages.translated(date(at))})" for title, at in facts.modules),
            10 if len(facts.modules) > 5 else 11,
            INK,
            6,
        )
    page.set_y(-52)
    limits = sentence(
        "A spotter reports what they suspect; a coordinator decides. This certificate gives no powers of search, "
        "purchase or enforcement, and does not make anybody a trusted flagger under Article 22 of the Digital "
        "Services Act."
    )
    line(limits, 9, SOFT, 1)
    if facts.address and facts.address_until:
        until = date(facts.address_until)
        line(sentence("Can be checked until %(date)s at %(address)s", date=until, address=facts.address), 9, INK, 0)
    else:
        made_on = date(facts.made_at)
        line(sentence("Issued on %(date)s. Not open for others to check.", date=made_on), 9, SOFT, 0)
    return bytes(page.output())
