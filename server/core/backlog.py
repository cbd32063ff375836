"""What waits in the outbox, what failed, and when a worker was last seen."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.heartbeats import Heartbeat
from server.core.work import LOW_PRIORITY, Work


def state(session: Session) -> dict[str, Any]:
    """For people and monitors: when a worker was last seen, what waits, what was dead-lettered."""
    waiting = Work.done_at.is_(None) & Work.dead_lettered_at.is_(None)
    mails = (
        select(func.count())
        .select_from(Work)
        .where(Work.kind.startswith("mail_") | Work.kind.in_(("deliver_notice", "deliver_digest")))
    )
    return {
        "seen_at": session.scalar(select(Heartbeat.at).where(Heartbeat.name == "worker")),
        "waiting": session.scalar(select(func.count()).select_from(Work).where(waiting)),
        # Of what somebody waits for: a long list's mails take their time, and are no sign that the worker is behind.
        "oldest_due": session.scalar(select(func.min(Work.due_at)).where(waiting, Work.kind.not_in(LOW_PRIORITY))),
        "dead_lettered": session.scalar(
            select(func.count()).select_from(Work).where(Work.dead_lettered_at.is_not(None))
        ),
        "newest_mark": session.scalar(select(func.max(Heartbeat.at))),
        "mails_retried": session.scalar(mails.where(waiting, Work.last_error.is_not(None))),
        "mails_set_aside": session.scalar(mails.where(Work.dead_lettered_at.is_not(None))),
    }
