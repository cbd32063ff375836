"""Counts across rooms: the landing page, the monitor, and the extension's vocabulary."""

from datetime import datetime
from typing import Any

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from server.core import access, backlog, clock, outcome, web
from server.core.database import Cached
from server.core.outcome import Figure
from server.core.words import CaseState, CheckState, Status
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.monitoring.models import Check
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.reads import outgoing


def of_past_days(session: Session) -> dict[str, int]:
    """What the programme had done when this day began (UTC): counted once a day, however many come by."""
    return _OF_PAST_DAYS.get(session)


def today() -> datetime:
    """When this day began (UTC)."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)


def landing(session: Session, before: datetime) -> dict[str, int]:
    """What the programme had done by `before`. Counted, never estimated.

    Of a day that is over, never live: a count that moves by one tells whoever reports a listing what was known of it.
    """

    def total(what: Any, *where: Any) -> int:
        return session.scalar(select(func.count(what)).where(*where)) or 0

    return {
        "reports": total(Report.id, Report.received_at < before),
        "spotters": total(Report.account_id.distinct(), Report.received_at < before),
        "cases": total(Case.id, Case.created_at < before),
        "notices": total(Notice.id, Notice.created_at < before),
        "answered": total(Notice.id, counting(Figure.ANSWERED, before)),
        "removed": total(Notice.case_id.distinct(), counting(Figure.REMOVED_STATED, before)),
        "verified": total(Notice.case_id.distinct(), counting(Figure.REMOVED_VERIFIED, before)),
    }


_OF_PAST_DAYS = Cached(
    lambda _session: today().isoformat(), lambda session, day: landing(session, datetime.fromisoformat(day))
)


def counting(figure: Figure, before: datetime) -> Any:
    """The notices that count in a figure by what was known at `before`: `outcome.figures` in SQL, for what pages count."""
    answered = Notice.answered_at < before
    condition = {
        Figure.ANSWERED: answered & Notice.answer.not_in(outcome.OPEN),
        Figure.REMOVED_STATED: answered & Notice.answer.in_(outcome.REMOVES),
        Figure.REMOVED_VERIFIED: _seen_gone(before)
        & ~func.coalesce(answered & Notice.answer.in_(outcome.NO_REMOVAL), false()),
    }[figure]
    return Notice.withdrawn_at.is_(None) & condition


def _seen_gone(before: datetime) -> Any:
    """Notices whose newest settled check found the listing gone."""
    settled = (
        Check.notice_id == Notice.id,
        Check.settled_at < before,
        Check.state.in_((CheckState.GONE, CheckState.PRESENT)),
    )
    newest = select(Check.state).where(*settled).order_by(Check.settled_at.desc()).limit(1)
    return newest.correlate(Notice).scalar_subquery() == CheckState.GONE


def waiting(session: Session, account: web.Caller | None) -> dict[str, int]:
    """The numbers in the navigation: what waits for this person. Nothing for those signed out."""
    if account is None:
        return {}
    if access.can("reports.follow", account):
        asked = (Report.account_id == account.id, Report.status == Status.NEEDS_INFO)
        return {"needs_answer": session.scalar(select(func.count()).select_from(Report).where(*asked)) or 0}
    if access.can("notices.answer", account):
        return {"notices": notices.counts(session, account.company_id or "")["open"]}
    return {"queue": cases.count(session, "waiting")}


def metrics(session: Session) -> dict[str, tuple[str, float]]:
    """For Prometheus: name, what it counts, value."""
    state = backlog.state(session)
    return {
        "reports": ("Reports received", session.scalar(select(func.count()).select_from(Report)) or 0),
        "cases_open": ("Cases open", _cases(session, Case.state == CaseState.OPEN)),
        "cases_unrouted": (
            "Open cases without a route",
            _cases(session, (Case.state == CaseState.OPEN) & Case.company_id.is_(None)),
        ),
        "cases_undelivered": (
            "Cases whose notice a person must see to",
            outgoing.count_undelivered(session),
        ),
        "work_waiting": ("Pieces of work that wait", state["waiting"]),
        "work_oldest_due": (
            "When the oldest piece of work that waits is due, seconds since 1970",
            state["oldest_due"].timestamp() if state["oldest_due"] else 0,
        ),
        "work_set_aside": ("Pieces of work that failed for good", state["dead_lettered"]),
        "mails_retried": ("Mails that are tried again", state["mails_retried"]),
        "mails_set_aside": ("Mails that failed for good", state["mails_set_aside"]),
        "worker_seen": (
            "When a worker was last seen, seconds since 1970",
            state["seen_at"].timestamp() if state["seen_at"] else 0,
        ),
    }


def _cases(session: Session, which: Any) -> int:
    return session.scalar(select(func.count()).select_from(Case).where(which)) or 0
