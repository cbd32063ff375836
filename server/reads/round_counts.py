"""What a round came to, as the worker counted it beforehand where there are many reports: that takes up to half a second.

A round of few reports is counted at each visit, and so is one of many until the worker has done it once.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.ledger.reports.models import Report
from server.people.rounds import counts
from server.people.rounds.models import Membership, Round
from server.reads import round_counting, round_figures, round_reports
from server.reads.round_counting import By, Counted

FEW = 2_000  # reports of a round that is counted at each visit


def of(session: Session, round_: Round) -> tuple[Counted, int, datetime | None]:
    """What a round came to by everything it can be divided by, how many took part, and as of when; None: as of now."""
    if kept := counts.kept(session, round_.id):
        return Counted.of_json(kept.value["counted"]), kept.value["took_part"], kept.made_at
    return *_count(session, round_), None


def make(session: Session, round_: Round) -> dict[str, Any]:
    """The same as of now, to be kept."""
    counted, took_part = _count(session, round_)
    return {"counted": counted.as_json(), "took_part": took_part}


def are_many(session: Session, round_: Round) -> bool:
    """Whether a round has more reports than are counted at each visit."""
    member, then = round_reports.taking_part(session, round_)
    chosen = select(Report.id).join(Membership, member).where(*round_reports.within(round_, round_.span.ends_at), then)
    return len(session.scalars(chosen.limit(FEW + 1)).all()) > FEW


def _count(session: Session, round_: Round) -> tuple[Counted, int]:
    return round_counting.count(session, round_, by=tuple(By)), len(round_figures.took_part(session, round_))
