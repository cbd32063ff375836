"""The report of a round: for the page, and as plain facts for PDF and CSV; and its cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from server.core import clock, languages, time_zones, web, wording, work
from server.core.sentences import sentence
from server.core.words import RoundState, WhyStopped
from server.journeys.spotter import counting_rounds
from server.ledger.companies import store as companies
from server.ledger.species import added
from server.pages.rounds.printed import DIVISIONS, NOTE, Facts, Line
from server.people.rounds import store, weeks
from server.people.rounds.models import Round
from server.reads import round_cells, round_figures
from server.reads.round_counting import By, Figures
from server.reads.round_figures import Part

CELLS = 50  # on a page


def report(session: Session, round_id: str) -> dict[str, Any]:
    """What rounds/report.html shows."""
    round_ = store.get(session, round_id)
    teams = store.teams(session, round_id)
    came, took_part, counted_at = round_figures.for_report(session, round_)
    return {
        "round": round_,
        "phase": weeks.phase(RoundState(round_.state), round_.span, clock.now()),
        "came": came,
        "counted_at": counted_at,
        "asked": bool(counted_at) and work.is_pending(session, counting_rounds.KIND, [round_id]),
        "known": added.known(session, [term.text for term in came.terms]),
        "people": store.signed_up(session, [round_])[round_id],
        "took_part": took_part,
        "divisions": [(division, came.by[by]) for by, division in DIVISIONS.items() if by is not By.TEAM or teams],
        "teams": len(teams),
        "zone": time_zones.city(round_.zone),
        "platforms": _platforms(session, round_),
        "note": NOTE,
    }


def cells(session: Session, round_id: str, week: int | None, page: int) -> dict[str, Any]:
    """What rounds/cells.html shows: the cells of one week, a page at a time. `week` counts from 1; None: the newest that has begun."""
    round_ = store.get(session, round_id)
    most = len(round_.span.weeks)
    newest = (round_.span.week_at(store.today(round_)) if store.today(round_) <= round_.ends_on else most - 1) or 0
    number = min(max(week, 1), most) if week else newest + 1
    page = max(page, 1)
    found = round_cells.of_week(session, round_, number - 1, (page - 1) * CELLS, CELLS + 1)

    def address(week: int, page: int | None = None) -> str:
        return url_for("planning.cell_table", round_id=round_id, week=week, page=page)

    return {
        "round": round_, "cells": found[:CELLS], "number": number, "zone": time_zones.city(round_.zone),
        "weeks": [(each, address(each)) for each in range(1, most + 1)],
        "first_url": address(number) if page > 1 else None,
        "next_url": address(number, page + 1) if len(found) > CELLS else None,
    }  # fmt: skip


def cell_rows(session: Session, round_id: str) -> Iterator[Sequence[object]]:
    """The cells of every week as rows of a table, its head first."""
    round_ = store.get(session, round_id)
    heads = (sentence("Week"), sentence("First day"), sentence("Platform"), sentence("Words"), sentence("Language"),
             sentence("Searches"), sentence("Ads seen"), sentence("Reports"), *wording.WHY_STOPPED.values())  # fmt: skip
    yield [languages.translated(head) for head in heads]
    for week, cell in round_cells.every(session, round_):
        stopped = (cell.stopped.get(why, 0) for why in WhyStopped)
        yield (week + 1, round_.span.weeks[week].isoformat(), cell.platform, cell.term, cell.language or "", cell.searches,
               cell.seen, cell.reports, *stopped)  # fmt: skip


def facts(session: Session, round_id: str) -> Facts:
    """The same as plain values."""
    page = report(session, round_id)
    round_, came = page["round"], page["came"]
    return Facts(
        name=round_.name, organisation=web.settings().organisation, starts_on=round_.starts_on, ends_on=round_.ends_on,
        zone=page["zone"], made_at=page["counted_at"] or clock.now(), phase=wording.PHASE[page["phase"]].word, people=page["people"],
        took_part=page["took_part"], teams=page["teams"],
        reporters=came.reporters, groups=tuple(wording.GROUP.get(group, group) for group in round_.groups),
        platforms=tuple(page["platforms"]), languages=tuple(wording.language(code) for code in round_.languages),
        weeks=tuple(
            _line(
                sentence("Week %(number)s", number=week.number), week.figures, week.target,
                wording.days(week.starts_on, week.ends_on), to_come=week.to_come,
            )
            for week in came.weeks
        ),
        divisions=tuple(
            (division, tuple(_of_part(part, came.to_come) for part in parts))
            for division, parts in page["divisions"]
        ),
        whole=_line(sentence("The whole round"), came.whole, came.target, to_come=came.to_come),
        terms=tuple((term.text, term.searches, term.seen) for term in came.terms),
    )  # fmt: skip


def _platforms(session: Session, round_: Round) -> list[str]:
    names = {platform.slug: platform.name for platform in companies.directory(session).platforms}
    return [names.get(slug, slug) for slug in round_.platforms]


def _of_part(part: Part, to_come: bool) -> Line:
    return _line(part.name, part.figures, to_come=to_come, searched=part.searched)


def _line(
    name: str, figures: Figures, target: int | None = None, days: str = "", *, to_come: bool = False, searched: bool = True,
) -> Line:  # fmt: skip
    return Line(
        name, days, target, figures.reports, figures.notices, figures.takedowns, figures.searches, figures.seen,
        figures.minutes, to_come, searched,
    )  # fmt: skip
