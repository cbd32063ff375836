"""What everybody's answers show about the known listings of the practice lane, for the desk."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import web
from server.people.courses import catalogue, lesson_links
from server.people.skill import lane, store
from server.people.skill.lane import Finding

PAGE = 20
BANDS = 5  # of the chart: each a fifth of all the answers


def listings(session: Session, page: int) -> dict[str, Any]:
    """A page of known listings with how hard they have turned out: what to look at first, then the hardest."""
    known, tallies = catalogue.known_listings(), store.tallies(session)
    hard = store.difficulties(session, known)
    rows: list[dict[str, Any]] = []
    for name, listing in known.items():
        right, wrong, unsure = tallies.get(name, (0, 0, 0))
        rows.append({
            "listing": listing, "right": right, "wrong": wrong, "unsure": unsure, "answers": right + wrong + unsure,
            "learnt": hard[name], "finding": lane.finding(right, wrong, unsure),
        })  # fmt: skip
    order = [*Finding, None]
    rows.sort(key=lambda row: (order.index(row["finding"]), -row["learnt"], row["listing"].name))
    page = max(1, min(page, -(-len(rows) // PAGE) or 1))
    shown = rows[(page - 1) * PAGE : page * PAGE]

    def address(number: int) -> str:
        return web.url_with("skill.known", page=str(number))

    return {
        "rows": [row | {"lesson": lesson_links.get(row["listing"].lesson)} for row in shown],
        "count": len(rows),
        "answers": sum(row["answers"] for row in rows),
        "silent": sum(not row["answers"] for row in rows),
        "findings": {finding: sum(row["finding"] == finding for row in rows) for finding in Finding},
        "bands": _bands([listing.difficulty for listing in known.values()], list(hard.values())),
        "enough": lane.ENOUGH,
        "guess_weighs": round(lane.PRIOR_ANSWERS),
        "page": page,
        "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(rows) else None,
    }


def _bands(guessed: list[float], learnt: list[float]) -> list[dict[str, Any]]:
    """How many listings lie in each band of difficulty, as guessed and as learnt; from and to in people of a hundred."""
    width = 100 // BANDS

    def held(shares: list[float], at: int) -> int:
        return sum(min(int(share * BANDS), BANDS - 1) == at for share in shares)

    return [
        {"low": at * width, "high": (at + 1) * width, "guessed": held(guessed, at), "learnt": held(learnt, at)}
        for at in range(BANDS)
    ]
