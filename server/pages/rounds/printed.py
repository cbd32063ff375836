"""A round's report as PDF and as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from server.core import cells, languages, paper, wording
from server.core.paper import INK, LINE, SOFT, printable
from server.core.sentences import Sentence, counted, sentence
from server.reads import round_counting
from server.reads.round_counting import By

ROW, PADDING = 5, 1  # millimetres: a line of a table, and what is free above and below it
MOST_TERMS = 200  # new terms in a PDF, the most searched first; the CSV has all
NOTE = sentence(
    "Every report by a participant counts, including reports of listings that were already known and reports by people who have "
    "left since. A notice or a takedown counts where the first report of its case counts, whenever it happened. A takedown is a "
    "listing that is gone, as its company answered or as a later check found. Hours are hours of searching, as spotters recorded "
    "them. What is said of a listing is a suspicion, not a finding."
)
HEADS = (
    sentence("Target"), sentence("Reports"), sentence("Notices"), sentence("Takedowns"), sentence("Searches"),
    sentence("Ads seen"), sentence("Hours"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    """How a table of the report is called that divides its figures: the heading, what a row is, and what it is counted by."""

    heading: str
    name: str
    word: str  # in the CSV
    about: str


DIVISIONS: dict[By, Division] = {
    By.TEAM: Division(
        sentence("By team"), sentence("Team"), sentence("team"), sentence("Each participant counts for the team they are in now")
    ),
    By.GROUP: Division(
        sentence("By species group"), sentence("Species group"), sentence("species group"),
        sentence("By the likeliest species of each case; searches are not known by species"),
    ),
    By.LANGUAGE: Division(
        sentence("By language"), sentence("Language"), sentence("language"),
        sentence("Reports by the language that the ad’s page states, searches by the language of the words"),
    ),
    By.PLATFORM: Division(
        sentence("By platform"), sentence("Platform"), sentence("platform"), sentence("Reports and searches by platform")
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One week, one team, or the whole. `target` None: there is none; `to_come`: it has not begun; `searched`: searches are known."""

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
    searched: bool = True

    @property
    def numbers(self) -> tuple[str, ...]:
        """As they stand under `HEADS`; of what is to come there is nothing but its target."""
        target = "" if self.target is None else str(self.target)
        if self.to_come:
            return (target, *[""] * (len(HEADS) - 1))
        reports = (target, str(self.reports), str(self.notices), str(self.takedowns))
        if not self.searched:
            return (*reports, "", "", "")
        return (*reports, str(self.searches), str(self.seen), round_counting.hours(self.minutes))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says. `terms`: (words, searches, ads seen)."""

    name: str
    organisation: str
    starts_on: date
    ends_on: date
    zone: str
    made_at: datetime
    phase: str
    people: int
    took_part: int
    teams: int
    reporters: int
    groups: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    weeks: tuple[Line, ...]
    divisions: tuple[tuple[Division, tuple[Line, ...]], ...]
    whole: Line
    terms: tuple[tuple[str, int, int], ...]


# --- CSV -------------------------------------------------------------------------------------------------------------


def csv_text(facts: Facts) -> str:
    """RFC 4180, one table: what a row is about, its name, its numbers."""
    heads = (sentence("About"), sentence("Name"), sentence("Days"), *HEADS)
    rows: list[tuple[object, ...]] = [tuple(languages.translated(head) for head in heads)]
    whole = replace(facts.whole, name=facts.name)
    tables = (
        (sentence("week"), facts.weeks), *((division.word, lines) for division, lines in facts.divisions),
        (sentence("round"), (whole,)),
    )  # fmt: skip
    for about, lines in tables:
        for line in lines:
            named = (languages.translated(word) for word in (about, line.name, line.days))
            rows.append((*named, *line.numbers))
    term = languages.translated(sentence("new term"))
    rows += [(term, text, "", "", "", "", "", searches, seen, "") for text, searches, seen in facts.terms]
    return "".join(cells.lines(rows))


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf(facts: Facts) -> bytes:
    """A4, as many pages as it takes."""
    texts = [
        facts.name, facts.organisation, *facts.platforms,
        *(line.name for _, lines in facts.divisions for line in lines),
        *(text for text, _, _ in facts.terms),
    ]  # fmt: skip
    page = paper.document(languages.translated(sentence("Round report")), map(printable, texts), facts.made_at)
    page.set_margins(18, 18, 18)
    page.set_auto_page_break(True, 20)
    page.add_page()
    _text(page, facts.organisation, 11, SOFT)
    _text(page, facts.name, 22, LINE)
    head = sentence(
        "Report of the round of %(days)s (time zone: %(zone)s). %(phase)s. Made on %(time)s.",
        days=wording.days(facts.starts_on, facts.ends_on), zone=facts.zone, phase=facts.phase,
        time=wording.full(facts.made_at),
    )  # fmt: skip
    _text(page, head, 11, SOFT, 4)
    whole = facts.whole
    people = (
        counted("%(number)s spotter signed up.", "%(number)s spotters signed up.", facts.people),
        counted("%(number)s team.", "%(number)s teams.", facts.teams),
        *(() if facts.whole.to_come else (
            counted("%(number)s spotter took part.", "%(number)s spotters took part.", facts.took_part),
            counted("%(number)s spotter reported.", "%(number)s spotters reported.", facts.reporters),
        )),
    )  # fmt: skip
    _text(page, _joined(people), 11)
    figures: tuple[Sentence, ...] = (
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
        sentence("%(hours)s hours.", hours=round_counting.hours(whole.minutes)),
    )
    if whole.to_come:
        figures = (sentence("The round has not begun: there are no figures yet."),)
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
    for division, lines in () if whole.to_come else facts.divisions:
        _table(page, division.heading, division.name, lines, target=False, about=division.about)
    if facts.terms:
        _heading(page, sentence("New terms"))
        about = sentence(
            "Spotters’ own search words that nobody had searched before this round. Review them before sharing them."
        )
        _text(page, about, 10, SOFT)
        _rows(
            page,
            (sentence("Words"), sentence("Searches"), sentence("Ads seen")),
            [(text, str(searches), str(seen)) for text, searches, seen in facts.terms[:MOST_TERMS]],
            (60, 20, 20),
        )
        if (more := len(facts.terms) - MOST_TERMS) > 0:
            rest = counted("%(number)s more is in the CSV file.", "%(number)s more are in the CSV file.", more)
            _text(page, rest, 10, SOFT)
    page.ln(5)
    _text(page, NOTE, 9, SOFT)
    return bytes(page.output())


def _joined(sentences: Iterable[Sentence]) -> str:
    return " ".join(map(languages.translated, sentences))


def _text(page: FPDF, text: str, size: float, colour: tuple[int, int, int] = INK, after: float = 1.5) -> None:
    page.set_font("noto", size=size)
    page.set_text_color(*colour)
    shown = printable(languages.translated(text))
    page.set_text_shaping(not paper.is_plain(shown))
    page.multi_cell(0, size * 0.5, shown, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(after)


def _heading(page: FPDF, text: str) -> None:
    page.ln(5)
    if page.get_y() > page.h - 50:
        page.add_page()
    _text(page, text, 14, LINE)


def _table(
    page: FPDF, heading: str, first: str, lines: tuple[Line, ...], *, target: bool, about: str = ""
) -> None:  # fmt: skip
    _heading(page, heading)
    if about:
        _text(page, about, 9, SOFT)
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
    """A table with its heads on each page.

    By fpdf2's own tables, which measure each cell before they draw it, the whole report takes half as long again, and more than
    the 200 ms of a page (`docs/benchmarks/scale.md`).
    """
    page.set_font("noto", size=8)
    page.set_draw_color(*SOFT)
    page.set_line_width(0.15)
    each = [page.epw * width / sum(widths) for width in widths]
    _row(page, each, heads, SOFT)
    for row in rows:
        _row(page, each, row, INK, heads)


def _row(
    page: FPDF, widths: list[float], row: tuple[str, ...], colour: tuple[int, int, int], heads: tuple[str, ...] = ()
) -> None:  # fmt: skip
    """One row, on a new page below `heads` where this one is full."""
    texts = [printable(languages.translated(cell)) for cell in row]
    page.set_text_shaping(not all(map(paper.is_plain, texts)))
    lines = [_lines(page, text, width) for text, width in zip(texts, widths, strict=True)]
    height = ROW * max(map(len, lines)) + 2 * PADDING
    if heads and page.get_y() + height > page.page_break_trigger:
        page.add_page()
        _row(page, widths, heads, SOFT)
        page.set_text_shaping(not all(map(paper.is_plain, texts)))
    page.set_text_color(*colour)
    left, top = page.l_margin, page.get_y()
    for number, (width, cell) in enumerate(zip(widths, lines, strict=True)):
        for place, line in enumerate(cell):
            page.set_xy(left, top + PADDING + place * ROW)
            page.cell(width, ROW, line, align="R" if number else "L")
        left += width
    page.set_xy(page.l_margin, top + height)
    page.line(page.l_margin, top + height, left, top + height)


def _lines(page: FPDF, text: str, width: float) -> list[str]:
    if page.get_string_width(text) <= width - 2 * page.c_margin:
        return [text]
    lines: list[str] = page.multi_cell(width, ROW, text, dry_run=True, output=MethodReturnValue.LINES)  # type: ignore[assignment]
    return lines
