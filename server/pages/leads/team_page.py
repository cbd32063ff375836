"""A lead's page: questions of their team that wait, and reports that may be looked at."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.sentences import sentence
from server.core.words import Refused
from server.reads import leads, team_questions, team_reports

PAGE = 10  # questions


@dataclass(frozen=True, slots=True)
class TeamWaiting:
    """How much waits for a lead."""

    questions: int
    reports: int


def waiting(session: Session, lead_id: str) -> TeamWaiting | None:
    """How much waits for this lead; None for who is none."""
    if not leads.is_lead(session, lead_id):
        return None
    asked = team_questions.for_lead(lead_id).order_by(None).subquery()
    return TeamWaiting(
        session.scalar(select(func.count()).select_from(asked)) or 0, team_reports.count(session, lead_id)
    )


def page(session: Session, lead_id: str, number: int, after: str | None) -> dict[str, Any]:
    """Everything leads/index.html shows. number: which page of questions; after: reports that came after that one.

    Raises Refused("not-found") for who is no lead.
    """
    counts = waiting(session, lead_id)
    if counts is None:
        raise Refused("not-found", sentence("This page is for leads."))
    number = max(1, min(number, -(-counts.questions // PAGE) or 1))
    asked = session.scalars(team_questions.for_lead(lead_id).offset((number - 1) * PAGE).limit(PAGE)).all()
    reports = team_reports.page(session, lead_id, after)
    following = reports.pop("next")
    return reports | {
        "counts": counts,
        "size": session.scalar(select(func.count()).select_from(leads.team(lead_id).subquery())) or 0,
        "questions": team_questions.shown(session, asked),
        "page": number,
        "first_url": url_for("leads.index") if number > 1 else None,
        "next_url": url_for("leads.index", page=number + 1) if number * PAGE < counts.questions else None,
        "oldest_url": url_for("leads.index", _anchor="reports") if after else None,
        "newer_url": url_for("leads.index", after=following, _anchor="reports") if following else None,
    }
