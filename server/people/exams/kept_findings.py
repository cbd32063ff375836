"""What the answers of everybody show, computed in advance by the worker once there are many exams: it takes a second.

A few exams are computed at each visit, and so are many until the worker has done it once.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.people.courses.module import Module
from server.people.exams import findings, items, similarity
from server.people.exams.findings import AlikeAnswers, QuestionRow
from server.people.exams.models import Attempt, ExamFinding

FEW = 200  # exams that are computed at each visit
ALIKE, ITEMS = "alike", "items/"


def alike(session: Session) -> tuple[AlikeAnswers, datetime | None]:
    """Whose exam answers are alike, and as of when; None: as of now."""
    kept = session.get(ExamFinding, ALIKE)
    return (_alike(kept.value), kept.made_at) if kept else (findings.alike(session), None)


def item_analysis(session: Session, module: Module) -> tuple[list[QuestionRow], datetime | None]:
    """What the answers say about each question of a module, and as of when; None: as of now."""
    kept = session.get(ExamFinding, ITEMS + module.slug)
    if kept is None:
        return findings.item_analysis(session, module), None
    known = {
        name: items.Item(**item | {"never_chosen": tuple(item["never_chosen"])}) for name, item in kept.value.items()
    }
    return findings.rows(module, known), kept.made_at


def last_made(session: Session) -> datetime | None:
    """When the oldest of what is kept was made."""
    return session.scalar(select(func.min(ExamFinding.made_at)))


def are_many(session: Session) -> bool:
    """Whether there are more exams than are computed at each visit."""
    return len(session.scalars(select(Attempt.id).limit(FEW + 1)).all()) > FEW


def make(session: Session, modules: list[Module]) -> dict[str, Any]:
    """Everything that is to be kept, by its name."""
    return {ALIKE: asdict(findings.alike(session))} | {
        ITEMS + module.slug: {row.question.name: asdict(row.item) for row in findings.item_analysis(session, module)}
        for module in modules
    }


def keep(session: Session, made: dict[str, Any], at: datetime) -> None:
    """Keep it in the place of what was kept."""
    forget(session)
    session.add_all(ExamFinding(name=name, made_at=at, value=value) for name, value in made.items())


def forget(session: Session) -> None:
    """Keep nothing: what somebody erased gave is in it."""
    session.execute(delete(ExamFinding))


def _alike(kept: dict[str, Any]) -> AlikeAnswers:
    compared = kept["comparison"]
    pairs = tuple(similarity.Alike(**pair) for pair in compared["alike"])
    errors = [[(slug, name) for slug, name in each] for each in kept["errors"]]
    return AlikeAnswers(similarity.Comparison(**compared | {"alike": pairs}), errors, kept["cut"])
