"""The report of a round: for the page, and as plain facts for PDF and CSV."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, time_zones, web, wording
from server.core.sentences import sentence
from server.core.words import RoundState
from server.ledger.companies import store as companies
from server.ledger.species import added
from server.pages.rounds.printed import DIVISIONS, NOTE, Facts, Line
from server.people.rounds import store, weeks
from server.people.rounds.models import Round
from server.reads import round_figures
from server.reads.round_figures import By, Figures, Part


def report(session: Session, round_id: str) -> dict[str, Any]:
    """What rounds/report.html shows."""
    round_ = store.get(session, round_id)
    teams = store.teams(session, round_id)
    came = round_figures.came(session, round_, by=tuple(By))
    return {
        "round": round_,
        "phase": weeks.phase(RoundState(round_.state), round_.span, clock.now()),
        "came": came,
        "known": added.known(session, [term.text for term in came.terms]),
        "people": store.signed_up(session, [round_])[round_id],
        "took_part": len(round_figures.took_part(session, round_)),
        "divisions": [(division, came.by[by]) for by, division in DIVISIONS.items() if by is not By.TEAM or teams],
        "teams": len(teams),
        "zone": time_zones.city(round_.zone),
        "platforms": _platforms(session, round_),
        "note": NOTE,
    }


def facts(session: Session, round_id: str) -> Facts:
    """The same as plain values."""
    page = report(session, round_id)
    round_, came = page["round"], page["came"]
    return Facts(
        name=round_.name, organisation=web.settings().organisation, starts_on=round_.starts_on, ends_on=round_.ends_on,
        zone=page["zone"], made_at=clock.now(), phase=wording.PHASE[page["phase"]].word, people=page["people"],
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
