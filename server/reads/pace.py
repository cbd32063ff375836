"""Whether the desk keeps up with what comes in, and whether a coordinator is offered a break."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, rest
from server.core.database import first_id
from server.core.reasons import ReasonCode
from server.core.words import Category
from server.ledger.cases.models import Case, CaseDecision

DAYS = 7
LATELY = timedelta(hours=12)  # no stretch of looking is longer
MOST = 500  # decisions read for it


class DeskPace(NamedTuple):
    """Of the last `DAYS` days (UTC), with today: ads that nobody had reported before, and cases that were decided."""

    came: int
    decided: int


def pace(session: Session) -> DeskPace:
    """How many came, how many were decided."""
    now = clock.now()
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    # As in `reads/figures.came`: by age, not by case.
    decided = select(func.count(CaseDecision.case_id.concat("").distinct())).where(CaseDecision.id >= first_id(first))
    # Past work that was imported has no report.
    came = select(func.count()).select_from(Case).where(Case.id >= first_id(first), Case.report_count > 0)
    return DeskPace(session.scalar(came) or 0, session.scalar(decided) or 0)


def break_offered(session: Session, account_id: str) -> rest.Offer | None:
    """After this coordinator's newest decision."""
    chosen = select(CaseDecision.at, Case.reasons).join(Case, Case.id == CaseDecision.case_id)
    own = chosen.where(CaseDecision.id >= first_id(clock.now() - LATELY), CaseDecision.account_id == account_id)
    rows = session.execute(own.order_by(CaseDecision.id.desc()).limit(MOST)).all()
    return rest.offer([rest.Decided(at, _is_live(reasons)) for at, reasons in reversed(rows)])


def _is_live(reasons: list[dict[str, object]]) -> bool:
    live = {"category": Category.LIVE}
    return any(reason["code"] == ReasonCode.CATEGORY and reason["params"] == live for reason in reasons)
