"""The worker of the outbox, and what there is for it to do. The table is the truth (`outbox`).

A piece of work is claimed by a conditional update with a lease (`lease`), and its attempt is counted before it starts. A piece
that no worker is doing any more is due again. So work runs at least once, and every handler is safe to repeat. After
`MAX_ATTEMPTS` attempts, or `MAX_BREAKS` workers in a row that died at it, it is dead-lettered: shown to people, not retried.

While sending is paused (`pausing`) the worker begins no work that sends; it is kept, and no attempt is counted.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from server.core import clock, heartbeats, lease, mail_connection, pausing, recurring
from server.core.database import connection, first_id, made_at, new_id, read, write
from server.core.failures import PermanentFailure as PermanentFailure
from server.core.failures import Retry as Retry
from server.core.failures import WorkFailure, first_line, log_problem
from server.core.outbox import DEAD_LETTERS_KEPT as DEAD_LETTERS_KEPT
from server.core.outbox import KEPT as KEPT
from server.core.outbox import Work as Work
from server.core.outbox import cancel as cancel
from server.core.outbox import drop as drop
from server.core.outbox import enqueue as enqueue
from server.core.outbox import enqueue_again as enqueue_again
from server.core.outbox import enqueue_all as enqueue_all
from server.core.outbox import enqueued_within as enqueued_within
from server.core.outbox import is_pending as is_pending
from server.core.outbox import next_attempts as next_attempts
from server.core.outbox import wake as wake
from server.core.words import Refused

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 20  # attempts; with the pauses below about two days
MAX_BREAKS = 5  # workers that died in a row while they did the same piece
LOW_PRIORITY_BATCH = 3  # pieces of low-priority work claimed at once: what comes meanwhile waits for no more than these
ASKED_AHEAD = 100  # pieces that are looked for at once, of those asked for by a clock that has been set back
RECURRING_EVERY = 1.0  # seconds between two looks at what recurs
LONGEST_WAIT = 30  # seconds between two looks while the database is away
FIRST_PAUSE, LONGEST_PAUSE = 10, 6 * 3600  # seconds
AWAY_PAUSE = 30  # seconds, while something that a piece needs is unavailable

Handler = Callable[[str], None]
_handlers: dict[str, Handler] = {}
LOW_PRIORITY: set[str] = set()
SENDING: set[str] = set()  # kinds of which nothing is begun while sending is paused
_on_dead_letter: dict[str, Callable[[str, str], None]] = {}


def handler(kind: str, *, low_priority: bool = False, sends: bool | None = None) -> Callable[[Handler], Handler]:
    """Name the function that does work of `kind`; it gets the subject's id and opens its own transactions.

    low_priority: there may be thousands of them at once and nobody waits for one; all other work that is due goes first.
    sends: something leaves with it, so it waits while sending is paused; without a word, that is so of every mail.
    """

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        if low_priority:
            LOW_PRIORITY.add(kind)
        if kind.startswith("mail_") if sends is None else sends:
            SENDING.add(kind)
        return function

    return register


def on_dead_letter(kind: str) -> Callable[[Callable[[str, str], None]], Callable[[str, str], None]]:
    """Name the function that is told (subject's id, reason) when work of `kind` is dead-lettered; safe to repeat.

    The function hands the matter back to people, who decide again: such work is never retried.
    """

    def register(function: Callable[[str, str], None]) -> Callable[[str, str], None]:
        _on_dead_letter[kind] = function
        return function

    return register


def given_back() -> frozenset[str]:
    """Kinds that are given back to people when they fail for good."""
    return frozenset(_on_dead_letter)


def pause(attempts: int) -> float:
    """Seconds until the next try: 10, 20, 40 ... six hours at most."""
    return float(min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), LONGEST_PAUSE))


Claimed = tuple[str, str, str, int, str]  # id, kind, subject's id, attempts, name of the lease


def claim(limit: int = 20, *, watching: bool = False) -> list[Claimed]:
    """Lease up to `limit` due pieces of work. Nobody else gets them. Low-priority work only when nothing else is due, and a
    few at a time; none that sends while sending is paused. `watching`: as `lease.free`."""
    at, name = clock.now(), new_id()
    due: list[ColumnElement[bool]] = [Work.done_at.is_(None), Work.dead_lettered_at.is_(None)]
    urgent = Work.kind.not_in(LOW_PRIORITY)
    with read() as session:
        due.append(or_(Work.due_at <= at, Work.id.in_(_asked_ahead(session, at))))
        due.append(lease.free(session, watching=watching))
        if pausing.is_paused(session):
            due.append(Work.kind.not_in(SENDING))
        if session.scalar(select(Work.id).where(*due).limit(1)) is None:
            return []
        if session.scalar(select(Work.id).where(*due, urgent).limit(1)) is None:
            limit = min(limit, LOW_PRIORITY_BATCH)
        else:
            due.append(urgent)
    with write() as session:
        chosen = select(Work.id).where(*due).order_by(Work.due_at).limit(limit).with_for_update(skip_locked=True)
        statement = (
            update(Work)
            .where(Work.id.in_(chosen))
            .values(leased_by=name, renewed_at=at, attempts=Work.attempts + 1)
            .returning(Work.id, Work.kind, Work.subject_id, Work.attempts)
            .execution_options(synchronize_session=False)
        )
        return [(row[0], row[1], row[2], row[3], name) for row in session.execute(statement)]


def _asked_ahead(session: Session, at: datetime) -> list[str]:
    """Work that was to be done at once when it was asked for, by a clock that has been set back since: it is due now."""
    ahead = (Work.id > first_id(at + clock.AHEAD), Work.done_at.is_(None), Work.attempts == 0)
    rows = session.execute(select(Work.id, Work.due_at).where(*ahead).order_by(Work.id).limit(ASKED_AHEAD))
    return [row.id for row in rows if abs(row.due_at - made_at(row.id)) < clock.AHEAD]


def run_due() -> int:
    """Do everything that is due; return how many pieces were taken up."""
    count = 0
    while batch := _run_batch():
        count += batch
    return count


def _run_batch(go_on: Callable[[], bool] = lambda: True, *, watching: bool = False) -> int:
    """Do some of what is due; return how many pieces were taken up. Once `go_on` says no, the rest is released."""
    batch = claim(watching=watching)
    if not batch:
        return 0
    with lease.Renewal() as renewal, mail_connection.one_connection():
        for place, (identifier, kind, subject_id, attempts, name) in enumerate(batch):
            if not go_on():
                _release(batch[place:])
                break
            if (piece := _begin(identifier, kind, attempts, name)) is None:
                continue
            try:
                with renewal.of(piece.held):
                    _do(piece, kind, subject_id, attempts)
            except lease.Lost:
                log.warning("work %s (%s) is left to the worker that has taken it up meanwhile", identifier, kind)
    return len(batch)


def _release(batch: list[Claimed]) -> None:
    """Not started, so not an attempt: the next worker may claim it at once."""
    with write() as session:
        for identifier, _, _, attempts, name in batch:
            _give_back(session, identifier, name, attempts)


def _give_back(session: Session, identifier: str, name: str, attempts: int) -> None:
    own = update(Work).where(Work.id == identifier, Work.leased_by == name)
    session.execute(own.values(leased_by=None, attempts=attempts - 1))


class _Piece(NamedTuple):
    """A piece of work while it is ours."""

    id: str
    held: lease.Lease
    breaks: int  # workers that died in a row while they did it


def _begin(identifier: str, kind: str, attempts: int, name: str) -> _Piece | None:
    """Renew its lease before the work starts: what came before it in the batch may have taken longer. None: it is lost.

    What sends is released instead when sending has been paused since it was claimed. That it was begun is counted here,
    and forgotten when it ends.
    """
    ours = lease.Lease(identifier)
    with write() as session:
        own = {"piece": identifier, "claimed_by": name, "name": ours.name, "at": clock.now()}
        breaks = connection(session).scalar(_BEGIN_TO_SEND if kind in SENDING else _BEGIN, own)
        if breaks is None and kind in SENDING and pausing.is_paused(session):
            _give_back(session, identifier, name, attempts)
    return None if breaks is None else _Piece(identifier, ours, breaks - 1)


_BEGIN = (  # built once: they run with every piece
    update(Work.__table__)  # type: ignore[arg-type]
    .where(Work.id == bindparam("piece"), Work.leased_by == bindparam("claimed_by"))
    .values(leased_by=bindparam("name"), renewed_at=bindparam("at"), breaks=Work.breaks + 1)
    .returning(Work.breaks)
)
_BEGIN_TO_SEND = _BEGIN.where(~pausing.HOLDS)


def _do(piece: _Piece, kind: str, subject_id: str, attempts: int) -> None:
    if piece.breaks >= MAX_BREAKS:
        reason = f"The worker stopped at {piece.breaks} attempts in a row."
        _dead_letter(piece, kind, subject_id, WorkFailure.WORKER_STOPPED, reason)
        return
    try:
        _handlers[kind](subject_id)
    except Retry as reason:
        if attempts >= MAX_ATTEMPTS and reason.counts:
            _dead_letter(piece, kind, subject_id, reason.failure, str(reason))
        else:
            log.info("work %s (%s) is tried again later: %s", piece.id, kind, type(reason).__name__)
            counted = attempts if reason.counts else attempts - 1
            _reschedule(piece, counted, reason.failure, str(reason), reason.after)
    except PermanentFailure as reason:
        _dead_letter(piece, kind, subject_id, reason.failure, str(reason))
    except Exception as problem:
        message = f"{type(problem).__name__}: {first_line(problem) if isinstance(problem, DBAPIError) else problem}"
        if isinstance(problem, Refused) and problem.kind == "unavailable":  # the store is away: no fault of this piece
            log.info("work %s (%s) is tried again later: %s", piece.id, kind, problem)
            _reschedule(piece, attempts - 1, WorkFailure.STORE_AWAY, message, AWAY_PAUSE)
            return
        log_problem(log, problem, "work %s (%s) failed", piece.id, kind)
        if attempts >= MAX_ATTEMPTS:
            _dead_letter(piece, kind, subject_id, WorkFailure.UNEXPECTED, message)
        else:
            _reschedule(piece, attempts, WorkFailure.UNEXPECTED, message, None)
    else:
        if not piece.held.done:
            _finish(piece, done_at=clock.now())


def _reschedule(piece: _Piece, attempts: int, failure: WorkFailure | None, reason: str, after: float | None) -> None:
    due_at = clock.now() + timedelta(seconds=pause(attempts) if after is None else after)
    _finish(piece, due_at=due_at, failure=failure, last_error=reason, attempts=attempts)


def _dead_letter(piece: _Piece, kind: str, subject_id: str, failure: WorkFailure | None, reason: str) -> None:
    """Give it up: first what follows from that (safe to repeat), then the mark."""
    lease.confirm()
    if kind in _on_dead_letter:
        _on_dead_letter[kind](subject_id, reason)
    _finish(piece, dead_lettered_at=clock.now(), failure=failure, last_error=reason)
    # The reason, which may contain addresses, is in the table.
    log.error("work %s (%s) failed permanently and is set aside", piece.id, kind)


def _finish(piece: _Piece, **values: Any) -> None:
    """Record how it ended, if the lease is still ours."""
    with write() as session:
        own = update(Work).where(Work.id == piece.id, Work.leased_by == piece.held.name)
        session.execute(own.values(leased_by=None, breaks=0, **values))


def done_with(session: Session) -> None:
    """Record in the caller's transaction, the last of its handler, that the piece at hand is done: not in one of its own."""
    if held := lease.at_hand():
        connection(session).execute(_DONE, {"piece": held.piece_id, "name": held.name, "at": clock.now()})
        held.done = True


_DONE = (
    update(Work.__table__)  # type: ignore[arg-type]
    .where(Work.id == bindparam("piece"), Work.leased_by == bindparam("name"))
    .values(leased_by=None, breaks=0, done_at=bindparam("at"))
)


def run(stop: Callable[[], bool] = lambda: False, every_seconds: float = 1.0) -> None:
    """Work until `stop()` says so, the piece at hand being finished; look once a second when there is nothing to do.

    However much there is to do, the worker is seen alive and the recurring work gets its turn, once a second at most. A
    database that is away is waited for.
    """
    looked = -RECURRING_EVERY

    def go_on() -> bool:
        nonlocal looked
        if time.monotonic() - looked >= RECURRING_EVERY:
            recurring.heartbeat()
            looked = time.monotonic()
        return not stop()

    log.info("the worker runs")
    failed, count, since = 0, 0, time.monotonic()
    while not stop():
        done = 0
        try:
            if go_on():
                done = _run_batch(go_on, watching=True)
            if failed:
                log.info("the worker can look for work again, after %s attempts", failed)
            failed = 0
        except Exception as problem:
            failed += 1
            if failed == 1:
                log_problem(log, problem, "the worker cannot look for work, and tries again with growing pauses")
        count += done
        if count and time.monotonic() - since >= 60:
            log.info("tasks taken up in the last %s s: %s", round(time.monotonic() - since), count)
            count, since = 0, time.monotonic()
        if not done:  # otherwise a night without a database would count a thousand failures
            _sleep(min(every_seconds * 2.0 ** min(failed, 20), max(every_seconds, LONGEST_WAIT)), stop)
    with suppress(DBAPIError):
        heartbeats.stops_working()
    log.info("the worker stops")


def _sleep(seconds: float, stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not stop():
        time.sleep(min(left, 1))
