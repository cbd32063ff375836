"""The report of a round: for the page, and as plain facts for PDF and CSV."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.words import RoundState
from server.ledger.companies import store as companies
from server.ledger.species import added
from server.pages.rounds.printed import NOTE, Facts, Line
from server.people.rounds import store, weeks
from server.people.rounds.models import Round
from server.reads import round_figures
from server.reads.round_figures import Figures


def report(session: Session, round_id: str) -> dict[str, Any]:
    """What rounds/report.html shows."""
    found = store.one(session, round_id)
    came = round_figures.came(session, found)
    return {
        "round": found,
        "phase": weeks.phase(RoundState(found.state), found.span, store.today()),
        "came": came,
        "known": added.known(session, [one.text for one in came.terms]),
        "people": round_figures.took_part(session, found),
        "teams": len(store.teams(session, round_id)),
        "platforms": _platforms(session, found),
        "note": NOTE,
    }


def facts(session: Session, round_id: str) -> Facts:
    """The same as plain values."""
    page = report(session, round_id)
    found, came = page["round"], page["came"]
    return Facts(
        name=found.name, organisation=web.settings().organisation, starts_on=found.starts_on, ends_on=found.ends_on,
        made_at=clock.now(), phase=wording.PHASE[page["phase"]].word, people=page["people"], teams=page["teams"],
        reporters=came.reporters, groups=tuple(wording.GROUP.get(one, one) for one in found.groups),
        platforms=tuple(page["platforms"]), languages=tuple(wording.language(one) for one in found.languages),
        weeks=tuple(_line(f"Week {one.number}", one.figures, one.target, wording.days(one.starts_on, one.ends_on)) for one in came.weeks),
        by_platform=tuple(_line(name, figures) for name, figures in came.platforms),
        whole=_line("The whole round", came.whole, came.target),
        terms=tuple((one.text, one.searches, one.seen) for one in came.terms),
    )  # fmt: skip


def _platforms(session: Session, found: Round) -> list[str]:
    names = {one.slug: one.name for one in companies.directory(session).platforms}
    return [names.get(slug, slug) for slug in found.platforms]


def _line(name: str, figures: Figures, target: int | None = None, days: str = "") -> Line:
    return Line(
        name, days, target, figures.reports, figures.notices, figures.takedowns, figures.searches, figures.seen,
        figures.minutes,
    )  # fmt: skip
