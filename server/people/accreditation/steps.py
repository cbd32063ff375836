"""The way of a spotter: which steps they have reached, and where they have stood still since when. Pure.

The way is joined, came in, signed, passed, accredited, first report, active. Nobody is stuck before a week has gone by,
nobody who waits for a coordinator is stuck by their own doing, and whose accreditation ended is elsewhere on the desk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.core.words import Standing

STILL = timedelta(days=7)  # without a step; then a kind word may help
QUIET = timedelta(days=30)  # without a report; until then somebody is active
REMIND_AGAIN = timedelta(days=14)  # nobody is asked more often


class Step(StrEnum):
    """The steps, in their order."""

    JOINED = "joined"
    SIGNED = "signed"
    PASSED = "passed"
    ACCREDITED = "accredited"
    REPORTED = "reported"
    ACTIVE = "active"


class Place(StrEnum):
    """Where somebody may stand still: what comes next for them."""

    COME_IN = "come-in"
    SIGN = "sign"
    EXAM = "exam"
    REPORT = "report"
    REPORT_AGAIN = "report-again"


@dataclass(frozen=True, slots=True)
class Way:
    """When one person did what; None: not yet. `passed_at`: every exam that is needed, and they still count."""

    joined_at: datetime
    came_in: bool = True
    signed_at: datetime | None = None
    passed_at: datetime | None = None
    accredited_at: datetime | None = None
    first_report_at: datetime | None = None
    last_report_at: datetime | None = None
    standing: Standing = Standing.NONE


@dataclass(frozen=True, slots=True)
class Stuck:
    """Where somebody stands still, and since when."""

    place: Place
    since: datetime


def reached(way: Way, at: datetime) -> frozenset[Step]:
    """The steps somebody has taken. Who is accredited has signed and passed (or it was waived), whatever changed since."""
    steps = {
        Step.SIGNED: way.signed_at or way.accredited_at,
        Step.PASSED: way.passed_at or way.accredited_at,
        Step.ACCREDITED: way.accredited_at,
        Step.REPORTED: way.first_report_at,
        Step.ACTIVE: way.last_report_at and at - way.last_report_at < QUIET,
    }
    return frozenset({Step.JOINED, *(step for step, done in steps.items() if done)})


def awaits_coordinator(way: Way) -> bool:
    """Whether the next step is a coordinator's."""
    return way.standing == Standing.NONE and bool(way.signed_at and way.passed_at)


def stuck(way: Way, at: datetime) -> Stuck | None:
    """Where somebody stands still, or None when they do not, or when it is not theirs to go on."""
    place = _next(way)
    if place is None:
        return None
    done = (way.joined_at, way.signed_at, way.passed_at, way.accredited_at, way.last_report_at)
    since = max(one for one in done if one)
    return Stuck(place, since) if at - since >= (QUIET if place is Place.REPORT_AGAIN else STILL) else None


def _next(way: Way) -> Place | None:
    if way.standing == Standing.ACTIVE:
        return Place.REPORT_AGAIN if way.first_report_at else Place.REPORT
    if way.standing != Standing.NONE or awaits_coordinator(way):
        return None
    if not way.came_in:
        return Place.COME_IN
    return Place.EXAM if way.signed_at else Place.SIGN
