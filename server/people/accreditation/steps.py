"""Onboarding progress: which steps a spotter has reached, and where they have stalled since when. Pure.

The steps: joined, password chosen, signed, passed, accredited, first report, active. Nobody has stalled within a week of
their last step (a lesson read and an exam taken are steps, too), or while a coordinator's decision is next. Whose exam is locked
after too many failures can do nothing: they have stalled at once, and a coordinator can open it. Whose accreditation lapsed
has to pass again; people suspended or withdrawn are shown elsewhere on the desk.
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
    EXAM_AGAIN = "exam-again"  # what lapsed
    REPORT = "report"
    REPORT_AGAIN = "report-again"


class StalledBecause(StrEnum):
    """What is known of why somebody has stalled on their way through the training."""

    NOTHING_READ = "nothing-read"
    READING = "reading"  # `number` of lessons
    FAILED = "failed"  # `number` of exams, and not passed since
    LOCKED = "locked"  # after `number` failed exams, `until` a day


@dataclass(frozen=True, slots=True)
class Progress:
    """When one spotter did what; None: not yet. `passed_at`: all required exams, as long as they count.

    studied_at: the last lesson read or exam taken. failed: exams within a month, of what is not passed since; locked_until: none
    may be begun before that, unless a coordinator opens it. lapsed_at: when the accreditation ended.
    """

    joined_at: datetime
    has_password: bool = True
    signed_at: datetime | None = None
    passed_at: datetime | None = None
    accredited_at: datetime | None = None
    first_report_at: datetime | None = None
    last_report_at: datetime | None = None
    standing: Standing = Standing.NONE
    studied_at: datetime | None = None
    lessons_read: int = 0
    failed: int = 0
    locked_until: datetime | None = None
    lapsed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stalled:
    """The step at which a spotter has stalled, since when, and as far as it is known why."""

    next_step: NextStep
    since: datetime
    why: StalledBecause | None = None
    number: int = 0
    until: datetime | None = None


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
    ready = bool(progress.signed_at and progress.passed_at)
    return ready and progress.standing in (Standing.NONE, Standing.LAPSED)


def stalled(progress: Progress, at: datetime) -> Stalled | None:
    """Where a spotter has stalled, or None when they have not, or when the next step is not theirs."""
    next_step = _next(progress)
    if next_step is None:
        return None
    done = (
        progress.joined_at, progress.signed_at, progress.passed_at, progress.accredited_at, progress.last_report_at,
        progress.studied_at, progress.lapsed_at,
    )  # fmt: skip
    since = max(moment for moment in done if moment)
    why, number = _why(progress, at) if next_step in _LEARNING else (None, 0)
    if why is StalledBecause.LOCKED:
        return Stalled(next_step, since, why, number, progress.locked_until)
    patience = INACTIVE_AFTER if next_step is NextStep.REPORT_AGAIN else STALLED_AFTER
    return Stalled(next_step, since, why, number) if at - since >= patience else None


_LEARNING = (NextStep.SIGN, NextStep.EXAM, NextStep.EXAM_AGAIN)


def _why(progress: Progress, at: datetime) -> tuple[StalledBecause, int]:
    if progress.locked_until and at < progress.locked_until:
        return StalledBecause.LOCKED, progress.failed
    if progress.failed:
        return StalledBecause.FAILED, progress.failed
    return (
        (StalledBecause.READING, progress.lessons_read) if progress.lessons_read else (StalledBecause.NOTHING_READ, 0)
    )


def _next(progress: Progress) -> NextStep | None:
    if progress.standing == Standing.ACTIVE:
        return NextStep.REPORT_AGAIN if progress.first_report_at else NextStep.REPORT
    if progress.standing not in (Standing.NONE, Standing.LAPSED) or awaits_coordinator(progress):
        return None
    if progress.standing == Standing.LAPSED:
        return NextStep.EXAM_AGAIN if progress.signed_at else NextStep.SIGN
    if not progress.has_password:
        return NextStep.CHOOSE_PASSWORD
    return NextStep.EXAM if progress.signed_at else NextStep.SIGN
