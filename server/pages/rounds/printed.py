"""A round's report as PDF and as CSV. Pure, save that `paper` reads fonts."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TextEmphasis
from fpdf.fonts import FontFace

from server.core import paper, wording
from server.core.paper import INK, LINE, SOFT, printable

NOTE = (
    "Every report of who took part counts, also of a listing that was known before. A notice or a takedown stands where the "
    "first report of its case stands, whenever it came. A takedown is a listing that is gone, as its company answered or as "
    "was seen since. Hours are those of searching, as spotters wrote them down. What is said of a listing is a suspicion, not a finding."
)
HEADS = ("Hoped for", "Reports", "Notices", "Takedowns", "Searches", "Ads seen", "Hours")


@dataclass(frozen=True, slots=True)
class Line:
    """One week, one platform, or the whole. `target` None: nothing was hoped for there."""

    name: str
    days: str
    target: int | None
    reports: int
    notices: int
    takedowns: int
    searches: int
    seen: int
    minutes: int

    @property
    def numbers(self) -> tuple[str, ...]:
        """As they stand under `HEADS`."""
        counted = (self.reports, self.notices, self.takedowns, self.searches, self.seen)
        return ("" if self.target is None else str(self.target), *map(str, counted), f"{self.minutes / 60:.1f}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says. `terms`: (words, searches, ads seen)."""

    name: str
    organisation: str
    starts_on: date
    ends_on: date
    made_at: datetime
    phase: str
    people: int
    teams: int
    reporters: int
    groups: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    weeks: tuple[Line, ...]
    by_platform: tuple[Line, ...]
    whole: Line
    terms: tuple[tuple[str, int, int], ...]


# --- CSV -------------------------------------------------------------------------------------------------------------


def csv_text(facts: Facts) -> str:
    """RFC 4180, one table: what a row is about, its name, its numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("About", "Name", "Days", *HEADS))
    for about, lines in (("week", facts.weeks), ("platform", facts.by_platform), ("round", (facts.whole,))):
        for line in lines:
            writer.writerow(
                (about, safe(facts.name if about == "round" else line.name), safe(line.days), *line.numbers)
            )
    for text, searches, seen in facts.terms:
        writer.writerow(("new term", safe(text), "", "", "", "", "", searches, seen, ""))
    return out.getvalue()


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe before what could begin one."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠") else plain


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf(facts: Facts) -> bytes:
    """A4, as many pages as it takes."""
    said = [
        facts.name,
        facts.organisation,
        *facts.platforms,
        *(line.name for line in facts.by_platform),
        *(one for one, _, _ in facts.terms),
    ]
    page = paper.document("Report of a round", map(printable, said), facts.made_at)
    page.set_margins(18, 18, 18)
    page.set_auto_page_break(True, 20)
    page.add_page()
    _text(page, printable(facts.organisation), 11, SOFT)
    _text(page, printable(facts.name), 22, LINE)
    _text(
        page,
        f"Report of the round of {wording.days(facts.starts_on, facts.ends_on)}. {facts.phase}. Made on {wording.full(facts.made_at)}.",
        11,
        SOFT,
        4,
    )
    whole = facts.whole
    _text(
        page,
        f"{wording.count(facts.people, 'spotter')} took part, in {wording.count(facts.teams, 'team')}; {facts.reporters} of them reported.",
        11,
    )
    _text(
        page,
        f"{wording.count(whole.reports, 'report')} ({whole.target or 0} hoped for), {wording.count(whole.notices, 'notice')}, "
        f"{wording.count(whole.takedowns, 'takedown')}, {wording.count(len(facts.terms), 'new term')}. "
        f"{wording.count(whole.searches, 'search', 'searches')}, {wording.count(whole.seen, 'ad')} seen, {whole.minutes / 60:.1f} hours.",
        11, INK, 3,
    )  # fmt: skip
    themes = (("Species", facts.groups, "all groups"), ("Platforms", facts.platforms, "every platform whose search is known"),
              ("Languages", facts.languages, "those each spotter reads"))  # fmt: skip
    for name, chosen, otherwise in themes:
        _text(page, printable(f"{name}: {', '.join(chosen) or otherwise}"), 10, SOFT, 0.5)
    _table(page, "By week", "Week", (*facts.weeks, whole), target=True)
    _table(page, "By platform", "Platform", facts.by_platform, target=False)
    if facts.terms:
        _heading(page, "New terms")
        _text(
            page,
            "Words of spotters’ own that nobody had searched before this round. Look at them before they are shared.",
            10,
            SOFT,
        )
        _rows(
            page,
            ("Words", "Searches", "Ads seen"),
            [(one, str(searches), str(seen)) for one, searches, seen in facts.terms],
            (60, 20, 20),
        )
    page.ln(5)
    _text(page, NOTE, 9, SOFT)
    return bytes(page.output())


def _text(page: FPDF, text: str, size: float, colour: tuple[int, int, int] = INK, after: float = 1.5) -> None:
    page.set_font("noto", size=size)
    page.set_text_color(*colour)
    page.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(after)


def _heading(page: FPDF, text: str) -> None:
    page.ln(5)
    if page.get_y() > page.h - 50:
        page.add_page()
    _text(page, text, 14, LINE)


def _table(page: FPDF, heading: str, first: str, lines: tuple[Line, ...], *, target: bool) -> None:
    _heading(page, heading)
    if not lines:
        _text(page, "Nothing yet.", 10, SOFT)
        return
    start = 0 if target else 1
    rows = [(f"{line.name}, {line.days}" if line.days else line.name, *line.numbers[start:]) for line in lines]
    _rows(page, (first, *HEADS[start:]), rows, (30, *(70 / (len(HEADS) - start),) * (len(HEADS) - start)))


def _rows(page: FPDF, heads: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[float, ...]) -> None:
    page.set_font("noto", size=8)
    page.set_text_color(*INK)
    page.set_draw_color(*SOFT)
    page.set_line_width(0.15)
    aligns = ("LEFT", *("RIGHT",) * (len(heads) - 1))
    with page.table(
        col_widths=widths, text_align=aligns, borders_layout=TableBordersLayout.HORIZONTAL_LINES, line_height=5, padding=1,
        headings_style=FontFace(emphasis=TextEmphasis.NONE, color=SOFT), repeat_headings=1,
    ) as table:  # fmt: skip
        for row in (heads, *rows):
            cells = table.row()
            for cell in row:
                cells.cell(printable(cell))
