"""How the exams of many people went, each in one or two queries: for the desk."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.people.exams import exam
from server.people.exams.models import Attempt, ExamOpening


@dataclass(frozen=True, slots=True)
class Tries:
    """What somebody's exams say beside a decision: how many were passed and failed, and when and how fast they passed."""

    passed: int = 0
    failed: int = 0
    minutes: int = 0  # of all that were passed
    last_at: datetime | None = None  # the last pass


def of_people(session: Session, slugs: Collection[str], account_ids: Collection[str]) -> dict[str, Tries]:
    """What these people's finished exams of these modules say, by account, in one query."""
    ended = select(Attempt.account_id, Attempt.passed, Attempt.started_at, Attempt.finished_at).where(
        Attempt.account_id.in_(account_ids), Attempt.module.in_(slugs), Attempt.passed.is_not(None)
    )
    by_person: dict[str, Tries] = {}
    for who, passed, started_at, finished_at in session.execute(ended.order_by(Attempt.finished_at)):
        before = by_person.get(who, Tries())
        took = round((finished_at - started_at).total_seconds() / 60) if finished_at else 0
        by_person[who] = (
            replace(before, passed=before.passed + 1, minutes=before.minutes + took, last_at=finished_at)
            if passed
            else replace(before, failed=before.failed + 1)
        )
    return by_person


@dataclass(frozen=True, slots=True)
class Failing:
    """Exams somebody failed within a month and has not passed since. locked_until: no more may be begun before that."""

    failed: int
    last_at: datetime
    locked_until: datetime | None = None


def failing(
    session: Session, slugs: Collection[str], one_of: Collection[str], at: datetime, account_id: str | None = None
) -> dict[str, Failing]:
    """Who fails exams of these modules, by account (of everybody, or of one person). Three queries, however many there are.

    one_of: modules of which one passed within a year is enough; whoever has that fails none of them.
    """
    ended = select(Attempt.account_id, Attempt.module, Attempt.passed, Attempt.finished_at).where(
        Attempt.module.in_([*slugs, *one_of]), Attempt.passed.is_not(None), Attempt.finished_at > at - exam.WINDOW
    )  # fmt: skip
    enough = select(Attempt.account_id).where(
        Attempt.module.in_(one_of), Attempt.passed.is_(True), Attempt.kind != exam.ExamKind.PART,
        Attempt.finished_at > at - exam.COUNTS_FOR,
    )  # fmt: skip
    opened = select(ExamOpening.account_id, ExamOpening.module, func.max(ExamOpening.at))
    if account_id:
        ended, opened = (
            ended.where(Attempt.account_id == account_id),
            opened.where(ExamOpening.account_id == account_id),
        )
        enough = enough.where(Attempt.account_id == account_id)
    have_one = set(session.scalars(enough))
    failed: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for who, slug, passed, finished_at in session.execute(ended.order_by(Attempt.finished_at)):
        if passed or (slug in one_of and who in have_one):
            failed[who, slug].clear()
        elif finished_at:
            failed[who, slug].append(finished_at)
    opened = opened.group_by(ExamOpening.account_id, ExamOpening.module)
    open_again = {(who, slug): opened_at for who, slug, opened_at in session.execute(opened)}
    by_person: dict[str, Failing] = {}
    for (who, slug), ended_at in failed.items():
        if ended_at:
            waiting, before = exam.may_start(ended_at, open_again.get((who, slug)), at), by_person.get(who)
            until = [waiting.until] if waiting and waiting.too_many else []
            if before and before.locked_until:
                until.append(before.locked_until)
            by_person[who] = Failing(
                len(ended_at) + (before.failed if before else 0),
                max(ended_at[-1], before.last_at if before else ended_at[-1]),
                max(until, default=None),
            )
    return by_person
