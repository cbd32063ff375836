"""A round's report as PDF and as CSV."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TextEmphasis
from fpdf.fonts import FontFace

from server.core import cells, languages, paper, wording
from server.core.paper import INK, LINE, SOFT, printable
from server.core.sentences import Sentence, counted, sentence
from server.reads import round_figures

NOTE = sentence(
    "Every report by a participant counts, including reports of listings that were already known. A notice or a takedown counts "
    "where the first report of its case counts, whenever it happened. A takedown is a listing that is gone, as its company answered "
    "or as a later check found. Hours are hours of searching, as spotters recorded them. What is said of a listing is a suspicion, "
    "not a finding."
)
HEADS = (
    sentence("Target"), sentence("Reports"), sentence("Notices"), sentence("Takedowns"), sentence("Searches"),
    sentence("Ads seen"), sentence("Hours"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One week, one platform, or the whole. `target` None: there is none; `to_come`: a week that has not begun."""

    name: str
    days: str
    target: int | None
    reports: int
    notices: int
    takedowns: int
    searches: int
    seen: int
    minutes: int
    to_come: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        """As they stand under `HEADS`; of a week to come there is nothing but its target."""
        if self.to_come:
            return ("" if self.target is None else str(self.target), *[""] * (len(HEADS) - 1))
        numbers = (self.reports, self.notices, self.takedowns, self.searches, self.seen)
        return ("" if self.target is None else str(self.target), *map(str, numbers), round_figures.hours(self.minutes))


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
    heads = (sentence("About"), sentence("Name"), sentence("Days"), *HEADS)
    writer.writerow([languages.translated(head) for head in heads])
    whole = replace(facts.whole, name=facts.name)
    tables = (
        (sentence("week"), facts.weeks), (sentence("platform"), facts.by_platform), (sentence("round"), (whole,)),
    )  # fmt: skip
    for about, lines in tables:
        for line in lines:
            row = (
                cells.safe(languages.translated(line.name)),
                cells.safe(languages.translated(line.days)),
                *line.numbers,
            )
            writer.writerow((languages.translated(about), *row))
    for text, searches, seen in facts.terms:
        writer.writerow(
            (languages.translated(sentence("new term")), cells.safe(text), "", "", "", "", "", searches, seen, "")
        )
    return out.getvalue()


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf(facts: Facts) -> bytes:
    """A4, as many pages as it takes."""
    texts = [
        facts.name, facts.organisation, *facts.platforms, *(line.name for line in facts.by_platform),
        *(text for text, _, _ in facts.terms),
    ]  # fmt: skip
    page = paper.document(languages.translated(sentence("Round report")), map(printable, texts), facts.made_at)
    page.set_margins(18, 18, 18)
    page.set_auto_page_break(True, 20)
    page.add_page()
    _text(page, facts.organisation, 11, SOFT)
    _text(page, facts.name, 22, LINE)
    head = sentence(
        "Report of the round of %(days)s. %(phase)s. Made on %(time)s.",
        days=wording.days(facts.starts_on, facts.ends_on), phase=facts.phase, time=wording.full(facts.made_at),
    )  # fmt: skip
    _text(page, head, 11, SOFT, 4)
    whole = facts.whole
    people = (
        counted("%(number)s spotter took part.", "%(number)s spotters took part.", facts.people),
        counted("%(number)s team.", "%(number)s teams.", facts.teams),
        counted("%(number)s spotter reported.", "%(number)s spotters reported.", facts.reporters),
    )
    _text(page, _joined(people), 11)
    figures = (
        counted(
            "%(number)s report (target: %(target)s).",
            "%(number)s reports (target: %(target)s).",
            whole.reports,
            target=whole.target or 0,
        ),
        counted("%(number)s notice.", "%(number)s notices.", whole.notices),
        counted("%(number)s takedown.", "%(number)s takedowns.", whole.takedowns),
        counted("%(number)s new term.", "%(number)s new terms.", len(facts.terms)),
        counted("%(number)s search.", "%(number)s searches.", whole.searches),
        counted("%(number)s ad seen.", "%(number)s ads seen.", whole.seen),
        sentence("%(hours)s hours.", hours=round_figures.hours(whole.minutes)),
    )
    _text(page, _joined(figures), 11, INK, 3)
    species = wording.listed(facts.groups) if facts.groups else sentence("all groups")
    platforms = wording.listed(facts.platforms) if facts.platforms else sentence("every platform with a known search")
    spoken = wording.listed(facts.languages) if facts.languages else sentence("those each spotter reads")
    themes = (
        sentence("Species: %(groups)s", groups=species),
        sentence("Platforms: %(platforms)s", platforms=platforms),
        sentence("Languages: %(languages)s", languages=spoken),
    )
    for theme in themes:
        _text(page, theme, 10, SOFT, 0.5)
    _table(page, sentence("By week"), sentence("Week"), (*facts.weeks, whole), target=True)
    _table(page, sentence("By platform"), sentence("Platform"), facts.by_platform, target=False)
    if facts.terms:
        _heading(page, sentence("New terms"))
        about = sentence(
            "Spotters’ own search words that nobody had searched before this round. Review them before sharing them."
        )
        _text(page, about, 10, SOFT)
        _rows(
            page,
            (sentence("Words"), sentence("Searches"), sentence("Ads seen")),
            [(text, str(searches), str(seen)) for text, searches, seen in facts.terms],
            (60, 20, 20),
        )
    page.ln(5)
    _text(page, NOTE, 9, SOFT)
    return bytes(page.output())


def _joined(sentences: Iterable[Sentence]) -> str:
    return " ".join(map(languages.translated, sentences))


def _text(page: FPDF, text: str, size: float, colour: tuple[int, int, int] = INK, after: float = 1.5) -> None:
    page.set_font("noto", size=size)
    page.set_text_color(*colour)
    page.multi_cell(0, size * 0.5, printable(languages.translated(text)), align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(after)


def _heading(page: FPDF, text: str) -> None:
    page.ln(5)
    if page.get_y() > page.h - 50:
        page.add_page()
    _text(page, text, 14, LINE)


def _table(page: FPDF, heading: str, first: str, lines: tuple[Line, ...], *, target: bool) -> None:
    _heading(page, heading)
    if not lines:
        _text(page, sentence("Nothing yet."), 10, SOFT)
        return
    start = 0 if target else 1
    rows = [
        (
            sentence("%(name)s, %(days)s", name=line.name, days=line.days) if line.days else line.name,
            *line.numbers[start:],
        )
        for line in lines
    ]
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
                cells.cell(printable(languages.translated(cell)))
