"""What the page of figures shows: the whole, by what is asked, and by month; each as a chart and as a table."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, payloads, wording
from server.core.sentences import counted, sentence
from server.core.words import FiguresBy, Refused
from server.ledger.companies.models import Company, Platform
from server.ledger.notices.figures_schemas import FiguresQuery
from server.pages.figures import meaning, plot
from server.pages.figures.periods import Period, periods
from server.reads import figures

ENOUGH = 5  # notices, for a median that says something
CHARTED = 12  # rows of a chart; the table has all
BY = {
    FiguresBy.COMPANY: sentence("Company"),
    FiguresBy.PLATFORM: sentence("Platform"),
    FiguresBy.GROUP: sentence("Group of species"),
    FiguresBy.MONTH: sentence("Month"),
}
HOURS_BY = {
    FiguresBy.COMPANY: sentence("Hours to an answer, by company"),
    FiguresBy.PLATFORM: sentence("Hours to an answer, by platform"),
    FiguresBy.GROUP: sentence("Hours to an answer, by group of species"),
    FiguresBy.MONTH: sentence("Hours to an answer, by month"),
}
STEPS = ("notices", "answered", "removed_stated", "removed_verified")


class AskedOnPage(NamedTuple):
    """What a page of figures is asked for. `pages`: the endpoint it stands at, `own`: for a company itself."""

    start: date | None
    end: date | None
    by: FiguresBy
    company: str | None  # a slug
    own: bool

    def url(self, *, csv: bool = False, **other: Any) -> str:
        """The address of the same, or with something else; of the page or of its CSV."""
        endpoint = ("figures.own_csv" if csv else "figures.own") if self.own else f"figures.{'csv' if csv else 'show'}"
        return self._url(endpoint, **other)

    @property
    def notices_url(self) -> str:
        """Of the desk: the address of the notices themselves as CSV."""
        return self._url("figures.notices")

    def _url(self, endpoint: str, **other: Any) -> str:
        asked = {"start": self.start, "end": self.end, "by": self.by, "company": self.company} | other
        values: dict[str, Any] = {
            "from": asked["start"].isoformat() if asked["start"] else "",
            "to": asked["end"].isoformat() if asked["end"] else "",
            "by": str(asked["by"]),
        }
        if asked["company"] and not self.own:
            values["company"] = asked["company"]
        return url_for(endpoint, **values)


def read(args: Mapping[str, str], own: bool) -> AskedOnPage:
    """What the address asks for; without any day the first period. Raises Refused("invalid")."""
    values = {name: args[name] for name in ("from", "to", "by") if args.get(name)}
    if "from" not in args and "to" not in args:
        first = periods(clock.now().date())[0]
        values |= {"from": str(first.start), "to": str(first.end)}
    query = payloads.load(FiguresQuery, {"by": FiguresBy.MONTH if own else FiguresBy.COMPANY} | values)
    return AskedOnPage(query["start"], query["end"], query["by"], args.get("company") or None, own)


def sent(session: Session, asked: AskedOnPage, own_id: str | None) -> figures.Asked:
    """The notices it is about. Raises Refused("not-found") for a company that there is not."""
    company_id = own_id
    if own_id is None and asked.company:
        company_id = session.scalar(select(Company.id).where(Company.slug == asked.company))
        if company_id is None:
            raise Refused("not-found", sentence("There is no such company."))
    return figures.Asked(asked.start, asked.end, company_id)


class ReadRows(NamedTuple):
    """What was read: all of it, by what is asked, by month, what came besides (reports, ads), and names by key."""

    whole: dict[str, Any]
    rows: list[dict[str, Any]]
    months: list[dict[str, Any]]
    came: tuple[int, int] | None
    names: Mapping[str, str]
    companies: list[tuple[str, str]]


def shown(session: Session, asked: AskedOnPage, own_id: str | None) -> dict[str, Any]:
    """What figures/show.html shows."""
    which = sent(session, asked, own_id)
    read_rows = ReadRows(
        whole=figures.became(session, which, None)[0],
        rows=figures.became(session, which, asked.by),
        months=figures.by_month(session, which),
        came=None if asked.own or asked.company else figures.came(session, asked.start, asked.end),
        names=_names(session, asked.by),
        companies=[] if asked.own else _companies(session),
    )
    return composed(asked, read_rows)


def composed(asked: AskedOnPage, read_rows: ReadRows) -> dict[str, Any]:
    """The same of what was read; the template makes its addresses by `asked.url`."""
    names, by, whole = read_rows.names, asked.by, read_rows.whole
    rows = [_row(row, names.get(row["key"]) or _no_name(row["key"], by)) for row in read_rows.rows]
    first = rows if by is FiguresBy.MONTH else rows[:CHARTED]
    return {
        "asked": asked,
        "counted_at": clock.now(),
        "company_name": dict(read_rows.companies).get(asked.company or ""),
        "companies": read_rows.companies,
        "groupings": {by: name for by, name in BY.items() if by is not FiguresBy.COMPANY or not asked.own},
        "periods": [_period(asked, period) for period in periods(clock.now().date())],
        "days": _days(asked),
        "whole": _row(whole, sentence("Total")),
        "steps": _steps(read_rows.came, whole),
        "by_name": BY[by],
        "hours_title": HOURS_BY[by],
        "rows": rows,
        "first_rows": first,
        "charted": _charted(first),
        "waiting": counted("%(number)s is still open.", "%(number)s are still open.", whole["open"]),
        "months": _months(read_rows.months) if read_rows.months else None,
        "meanings": meaning.FIGURES,
        "enough": ENOUGH,
    }


def _period(asked: AskedOnPage, period: Period) -> dict[str, Any]:
    current = (period.start, period.end) == (asked.start, asked.end)
    return {"name": period.name, "start": period.start, "end": period.end, "current": current}


def _days(asked: AskedOnPage) -> str:
    if asked.start and asked.end:
        return wording.days(asked.start, asked.end)
    if asked.start:
        return sentence("since %(day)s", day=wording.date(asked.start))
    if asked.end:
        return sentence("until %(day)s", day=wording.date(asked.end))
    return sentence("since the first notice")


def _names(session: Session, by: FiguresBy) -> dict[str, str]:
    if by is FiguresBy.COMPANY:
        return dict(session.execute(select(Company.slug, Company.name)).all())
    if by is FiguresBy.PLATFORM:
        return dict(session.execute(select(Platform.slug, Platform.name)).all())
    return dict(wording.GROUP) if by is FiguresBy.GROUP else {}


def _no_name(key: str, by: FiguresBy) -> str:
    if by is FiguresBy.MONTH:
        return wording.month(f"{key}-01")
    if key != figures.NONE:
        return key
    return sentence("No species named") if by is FiguresBy.GROUP else sentence("No known platform")


def _companies(session: Session) -> list[tuple[str, str]]:
    return [(slug, name) for slug, name in session.execute(select(Company.slug, Company.name).order_by(Company.name))]


def _row(row: dict[str, Any], name: str) -> dict[str, Any]:
    """A row with its name; the hours of too few notices are left out."""
    few = {
        "hours_to_answer": row["answered"] < ENOUGH,
        "hours_to_removal": row["removed_stated"] < ENOUGH,
    }
    nothing = dict.fromkeys(figures.PARTS)
    return row | {"name": name} | {hours: nothing for hours, too_few in few.items() if too_few}


def _steps(came: tuple[int, int] | None, whole: dict[str, Any]) -> list[dict[str, Any]]:
    """From report to removal, each step as a bar. Reports and ads are counted by when they came."""
    before = [(sentence("Reports received"), came[0]), (sentence("Different new ads"), came[1])] if came else []
    after = [(meaning.FIGURES[name].head, whole[name]) for name in STEPS]
    most = max([number for _, number in before + after] + [1])
    return [
        {"name": name, "number": number, "width": round(100 * number / most, 2), "before": place < len(before),
         "share": wording.percent(number, whole["notices"]) if place > len(before) and whole["notices"] else None}
        for place, (name, number) in enumerate(before + after)
    ]  # fmt: skip


def _charted(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Dots at the medians and lines to the 90th percentiles; None where no row has enough answers."""
    with_hours = [row for row in rows if row["hours_to_answer"]["median"] is not None]
    if not with_hours:
        return None
    scale = plot.of_hours(max(row["hours_to_answer"]["p90"] for row in with_hours))
    return {
        "lines": [{"at": scale.at(hours), "name": _length(hours)} for hours in scale.lines],
        "rows": [
            {"name": row["name"], "median": row["hours_to_answer"]["median"], "p90": row["hours_to_answer"]["p90"]}
            | {part: scale.at(row["hours_to_answer"][name]) for part, name in (("dot", "median"), ("end", "p90"))}
            for row in with_hours
        ],
    }


def _length(hours: int) -> str:
    if hours % 24 == 0 and hours:
        return counted("%(number)s day", "%(number)s days", hours // 24)
    return counted("%(number)s hour", "%(number)s hours", hours) if hours else "0"


def _months(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Two lines: removed as answered, and gone as verified."""
    stated, verified = ([row[name] for row in rows] for name in ("removed_stated", "removed_verified"))
    scale = plot.of_counts(max(stated + verified))
    every = max(1, -(-len(rows) // 6))  # so many months have a name below the chart
    return {
        "rows": [_month(row) for row in rows],
        "scale": [{"at": round(100 - 100 * number / scale.whole, 2), "name": wording.number(number)} for number in scale.lines],
        "stated": plot.points(stated, scale),
        "verified": plot.points(verified, scale),
        "names": [
            {"at": at, "name": wording.short_month(f"{row['key']}-01")}
            for place, (row, (at, _)) in enumerate(zip(rows, plot.points(stated, scale), strict=True))
            if (len(rows) - 1 - place) % every == 0
        ],
        "last": {"stated": stated[-1], "verified": verified[-1]},
    }  # fmt: skip


def _month(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"name": wording.month(f"{row['key']}-01")}
