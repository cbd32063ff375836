"""Accreditations as somebody decided them, for tables of their rules."""

from datetime import UTC, datetime, timedelta

from server.core.words import Level, Standing
from server.people.accreditation.standings import Accreditation

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR, DAY = timedelta(days=365), timedelta(days=1)


def decided(
    standing: Standing | None, ago: timedelta = DAY, level: Level = Level.PROBATION, by: str = "cora"
) -> Accreditation | None:
    """An accreditation that somebody decided so long ago; none where no standing is given."""
    if standing is None:
        return None
    return Accreditation(level, standing, NOON - ago, NOON - ago + YEAR, by_id=by)
