"""Onboarding progress: which steps a spotter has reached, and where they have stalled since when. Pure.

The steps: joined, password chosen, signed, passed, accredited, first report, active. Nobody has stalled within a week of
their last step or while a coordinator's decision is next; ended accreditations are shown elsewhere on the desk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.core.words import Standing

STALLED_AFTER = timedelta(days=7)  # without a step; then an encouraging mail may help
INACTIVE_AFTER = timedelta(days=30)  # without a report
REMIND_AGAIN = timedelta(days=14)  # nobody is reminded more often


class Step(StrEnum):
    """The steps, in their order."""

    JOINED = "joined"
    SIGNED = "signed"
    PASSED = "passed"
    ACCREDITED = "accredited"
    REPORTED = "reported"
    ACTIVE = "active"


class NextStep(StrEnum):
    """What a spotter has to do next, and may have stalled at."""

    CHOOSE_PASSWORD = "choose-password"  # noqa: S105
    SIGN = "sign"
    EXAM = "exam"
    REPORT = "report"
    REPORT_AGAIN = "report-again"


@dataclass(frozen=True, slots=True)
class Progress:
    """When one spotter did what; None: not yet. `passed_at`: all required exams, as long as they count."""

    joined_at: datetime
    has_password: bool = True
    signed_at: datetime | None = None
    passed_at: datetime | None = None
    accredited_at: datetime | None = None
    first_report_at: datetime | None = None
    last_report_at: datetime | None = None
    standing: Standing = Standing.NONE


@dataclass(frozen=True, slots=True)
class Stalled:
    """The step at which a spotter has stalled, and since when."""

    next_step: NextStep
    since: datetime


def reached(progress: Progress, at: datetime) -> frozenset[Step]:
    """The steps a spotter has taken. An accredited one has signed and passed (or it was waived), whatever changed since.

    Who was invited and never chose a password has not joined.
    """
    steps = {
        Step.JOINED: progress.has_password or progress.accredited_at,
        Step.SIGNED: progress.signed_at or progress.accredited_at,
        Step.PASSED: progress.passed_at or progress.accredited_at,
        Step.ACCREDITED: progress.accredited_at,
        Step.REPORTED: progress.first_report_at,
        Step.ACTIVE: progress.last_report_at and at - progress.last_report_at < INACTIVE_AFTER,
    }
    return frozenset(step for step, done in steps.items() if done)


def awaits_coordinator(progress: Progress) -> bool:
    """Whether the next step is a coordinator's."""
    return progress.standing == Standing.NONE and bool(progress.signed_at and progress.passed_at)


def stalled(progress: Progress, at: datetime) -> Stalled | None:
    """Where a spotter has stalled, or None when they have not, or when the next step is not theirs."""
    next_step = _next(progress)
    if next_step is None:
        return None
    done = (progress.joined_at, progress.signed_at, progress.passed_at, progress.accredited_at, progress.last_report_at)
    since = max(moment for moment in done if moment)
    patience = INACTIVE_AFTER if next_step is NextStep.REPORT_AGAIN else STALLED_AFTER
    return Stalled(next_step, since) if at - since >= patience else None


def _next(progress: Progress) -> NextStep | None:
    if progress.standing == Standing.ACTIVE:
        return NextStep.REPORT_AGAIN if progress.first_report_at else NextStep.REPORT
    if progress.standing != Standing.NONE or awaits_coordinator(progress):
        return None
    if not progress.has_password:
        return NextStep.CHOOSE_PASSWORD
    return NextStep.EXAM if progress.signed_at else NextStep.SIGN
