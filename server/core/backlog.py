"""What waits in the outbox and what failed. No count goes beyond `COUNTED`, so a long queue slows down neither pages nor
monitors."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, func, select, text
from sqlalchemy.orm import Session

from server.core import clock, heartbeats, lease
from server.core.database import Time
from server.core.outbox import WAITING, Work
from server.core.work import LOW_PRIORITY, SENDING

COUNTED = 10_000  # of one kind; more are "10,000 or more"


class QueueCount(NamedTuple):
    """What waits, of one kind of work or of one reason for failing."""

    name: str
    due: int  # how many should be done by now
    later: int  # how many are due later, such as the retry of a failed attempt
    oldest_due: datetime | None  # the earliest due time, if it is past
    next_due: datetime | None  # the earliest one that is to come


# Goes from one name to the next by the index, and reads no more than COUNTED rows of each.
_WAITING = """
WITH RECURSIVE names(name) AS (
  SELECT min({column}) FROM work WHERE {where}
  UNION ALL
  SELECT (SELECT min({column}) FROM work WHERE {where} AND {column} > names.name) FROM names WHERE names.name IS NOT NULL
)
SELECT name,
  (SELECT count(*) FROM (SELECT 1 FROM work WHERE {where} AND {column} = names.name AND due_at <= :now LIMIT :most) AS a) AS due,
  (SELECT count(*) FROM (SELECT 1 FROM work WHERE {where} AND {column} = names.name AND due_at > :now LIMIT :most) AS b) AS later,
  (SELECT min(due_at) FROM work WHERE {where} AND {column} = names.name AND due_at <= :now) AS oldest_due,
  (SELECT min(due_at) FROM work WHERE {where} AND {column} = names.name AND due_at > :now) AS next_due
FROM names WHERE name IS NOT NULL
"""


def by_kind(session: Session) -> list[QueueCount]:
    """What waits by its kind: what has been due for the longest time first, then what is to come."""
    return _waiting(session, "kind", WAITING.text)


def by_failure(session: Session) -> list[QueueCount]:
    """What failed and will be retried, by the reason of its last failure (`WorkFailure`), in the same order."""
    return _waiting(session, "failure", f"{WAITING.text} AND failure IS NOT NULL")


def _waiting(session: Session, column: str, where: str) -> list[QueueCount]:
    asked = text(_WAITING.format(column=column, where=where)).bindparams(bindparam("now", clock.now(), type_=Time))
    columns = {"name": String, "due": Integer, "later": Integer, "oldest_due": Time, "next_due": Time}
    rows = session.execute(asked.bindparams(most=COUNTED).columns(**columns))
    waiting = [QueueCount(*row) for row in rows]
    return sorted(waiting, key=lambda row: (row.oldest_due is None, row.oldest_due or row.next_due, row.name))


def count_dead_letters(session: Session, *also: Any) -> int:
    """How many pieces failed permanently and are kept there."""
    return _count(session, Work.id, Work.dead_lettered_at.is_not(None), Work.done_at.is_(None), *also)


def count_being_sent(session: Session) -> int:
    """How many pieces that send a worker has taken up."""
    alive = Work.renewed_at > clock.now() - timedelta(seconds=lease.LEASE)
    taken = select(func.count()).where(Work.leased_by.is_not(None), Work.kind.in_(SENDING), alive)
    return session.scalar(taken) or 0


def state(session: Session) -> dict[str, Any]:
    """For monitors: when a worker was last seen, what waits, what was dead-lettered."""
    kinds = by_kind(session)
    mails = Work.kind.startswith("mail_") | Work.kind.in_(("deliver_notice", "deliver_digest"))
    tried = (Work.done_at.is_(None), Work.dead_lettered_at.is_(None), Work.failure.is_not(None))
    # Only of work that somebody waits for: the emails of a long list take time without the worker being behind.
    due = [at for kind in kinds if kind.name not in LOW_PRIORITY and (at := kind.oldest_due or kind.next_due)]
    return {
        "seen_at": heartbeats.noted(session, heartbeats.WORKER),
        "kinds": kinds,
        "failures": by_failure(session),
        "waiting": sum(kind.due + kind.later for kind in kinds),
        "oldest_due": min(due, default=None),
        "dead_lettered": count_dead_letters(session),
        "mails_retried": _count(session, Work.failure, *tried, mails),
        "mails_set_aside": count_dead_letters(session, mails),
    }


def _count(session: Session, order: Any, *where: Any) -> int:
    """`order`: the first column of the index of exactly these rows, so that the database uses it."""
    rows = select(Work.id).where(*where).order_by(order).limit(COUNTED)
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
