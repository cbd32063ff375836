"""What the monitor asks for (`/metrics`, `flask doctor`): counts of cases, work, mails and workers."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import backlog, heartbeats, pausing
from server.core.words import CaseState, Channel
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.reads import outgoing, waiting_messages


def counts(session: Session) -> dict[str, tuple[str, float]]:
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
        "work_set_aside": ("Pieces of work that failed permanently", state["dead_lettered"]),
        "mails_retried": ("Mails that are tried again", state["mails_retried"]),
        "mails_set_aside": ("Mails that failed permanently", state["mails_set_aside"]),
        "sending_paused": ("Whether sending is paused", pausing.is_paused(session)),
        "workers": (
            "Workers that are alive",
            sum(heartbeats.is_alive(at) for _, at in heartbeats.workers(session)),
        ),
        "backup_made": (
            "When a backup was last noted, seconds since 1970",
            backup.timestamp() if (backup := heartbeats.noted(session, heartbeats.BACKUP)) else 0,
        ),
        "worker_seen": (
            "When a worker was last seen, seconds since 1970",
            state["seen_at"].timestamp() if state["seen_at"] else 0,
        ),
    }


def labelled(session: Session) -> dict[str, tuple[str, str, dict[str, float]]]:
    """For Prometheus: name, what it counts, its label, and a value for each of the label's. As `/operations` has them."""
    kinds, failures = backlog.by_kind(session), backlog.by_failure(session)
    messages = waiting_messages.by_channel(session)
    oldest = {kind.name: kind.oldest_due.timestamp() for kind in kinds if kind.oldest_due}
    return {
        "work_due": ("Pieces of work that are due", "kind", {kind.name: kind.due for kind in kinds}),
        "work_later": ("Pieces of work whose time is to come", "kind", {kind.name: kind.later for kind in kinds}),
        "work_due_since": ("When the oldest one that is due was due, seconds since 1970", "kind", oldest),
        "work_failing": (
            "Pieces of work that failed and are tried again",
            "failure",
            {failure.name: failure.due + failure.later for failure in failures},
        ),
        "messages_waiting": (
            "Messages to companies that wait to be sent",
            "channel",
            {channel.value: messages[channel].number if channel in messages else 0 for channel in Channel},
        ),
        "messages_waiting_since": (
            "When the oldest of them was queued, seconds since 1970",
            "channel",
            {channel.value: waiting.since.timestamp() for channel, waiting in messages.items()},
        ),
    }


def _cases(session: Session, which: Any) -> int:
    return session.scalar(select(func.count()).select_from(Case).where(which)) or 0
