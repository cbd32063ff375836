"""Sealing the audit trail: the worker chains what was written since, and raises an alarm where it would have to repair.

It never seals what should have had a seal: a row from before it last looked, a row among sealed ones, anything once a seal is
gone. Then it stops, stores the alarm in the data folder and tells people (`journeys/oversight`), until two of them accept the
state (`trail.accept`).
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from server.core import anchor, audit, clock, pausing, recurring, work
from server.core.anchor import Fault, Head, Kept, fault
from server.core.audit import HASHED, ROWS, AuditRow, AuditSeal
from server.core.database import alone, insert, read, write
from server.core.pausing import PauseReason

log = logging.getLogger(__name__)

ACCEPTED, KEYED = "audit_accepted", "audit_keyed"  # actions of rows that only this module and `trail` write
OURS = {True: {ACCEPTED}, False: {ACCEPTED, KEYED}}
FEW = 500  # rows sealed in one transaction
BEHIND = 10_000  # rows: where one that committed late is looked for with every run; below, once a day
LEAP = 1_000_000  # numbers: no more are ever rolled back in between
RESTORED = ("shorter", "other_head")  # faults of a trail that is older than what was noted of it
LATE = timedelta(minutes=10)  # longer than any transaction takes, and than a worker pauses unnoticed

SEAL = AuditSeal.__table__.c


Seen = tuple[int, str, Fault | None]


class Found(Exception):
    """The trail is not what it was."""

    def __init__(self, found: Fault) -> None:
        super().__init__(found.said)
        self.fault = found


def newest(session: Session) -> Any:
    """The newest seal, or None."""
    return session.execute(select(*SEAL).order_by(SEAL.position.desc()).limit(1)).first()


def seal(session: Session, kept: Kept | None = None, limit: int = FEW) -> int:
    """Chain the rows not yet sealed, oldest first, at most `limit`; return how many. One caller at a time: the worker.

    On PostgreSQL a row can commit after one with a higher number, and numbers have gaps; so it is looked for not only
    above the newest sealed row but from `BEHIND` numbers below it. Never from the beginning. Raises Found, and then seals
    nothing, when something that was sealed is gone or something has no seal that must have had one.
    """
    kept = anchor.load() if kept is None else kept
    last = newest(session)
    if found := look(session, kept, last):
        raise Found(found)
    position, before = (last.position, last.hash) if last else (0, "")
    begins = last is not None and last.mac is None
    if begins:
        limit = _begin(session, position)
    key, top = anchor.key_of(kept), session.scalar(select(func.max(SEAL.seq))) or 0
    links = []
    for row in session.execute(unsealed(max(top - BEHIND, kept.start.seq)).order_by(ROWS.seq).limit(limit)):
        if found := _suspicious(session, row, top, kept, begins):
            raise Found(found)
        position, before = position + 1, audit.link(before, row)
        mark = anchor.mac(key, position, row.seq, before)
        links.append({"position": position, "seq": row.seq, "hash": before, "mac": mark})
    insert(session, AuditSeal, *links)
    if links:
        kept.head = Head(position, before, mark)
    return len(links)


def unsealed(since: int) -> Any:
    """The rows above `since` without a seal. Said twice, so that no plan reads all seals."""
    is_sealed = exists().where(SEAL.seq == ROWS.seq, SEAL.seq > since)
    return select(*HASHED).where(ROWS.seq > since, ~is_sealed)


def _begin(session: Session, position: int) -> int:
    """A trail from before there was a key: checked once by its own rule, then everything waiting is sealed with the key.

    A row says how many seals are older. Nobody can add to it afterwards: the chain of the first seal with the key ends there.
    """
    for _, _, found in walk(session, 0, ""):
        if found:
            raise Found(found)
    audit.record(session, None, KEYED, "audit", "trail", seals=position)
    return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def look(session: Session, kept: Kept, last: Any) -> Fault | None:
    """Every run checks the end of the trail, at a cost that does not grow: what was sealed must still be there.

    `walk` sees the rest, a slice at a time.
    """
    if found := lost_key(kept, last) or lost_head(kept, last):
        return found
    if kept.head and (found := is_there(session, kept.head, last.position if last else 0)):
        return found
    if last is None or kept.key is None or (kept.head is None and last.mac is None):
        return None
    if last.mac != anchor.mac(kept.key, last.position, last.seq, last.hash, _what(session, last.seq)):
        return fault("seal_forged", number=last.position)
    window = min(BEHIND, last.position)
    there = session.scalar(select(func.count()).where(SEAL.position > last.position - window))
    return fault("seal_missing", number=last.position - window + 1) if there != window else None


def lost_key(kept: Kept, last: Any) -> Fault | None:
    """The alarm of a trail that was sealed with a key which is not there."""
    keyed = kept.head is not None or (last is not None and last.mac is not None)
    return fault("no_key", path=anchor.path_of_key()) if keyed and kept.key is None else None


def lost_head(kept: Kept, last: Any) -> Fault | None:
    """The alarm of a trail that was sealed with the key, while nothing is stored of it: no new installation."""
    keyed = last is not None and last.mac is not None
    return fault("no_head", path=anchor.path_of_head()) if keyed and not kept.stored else None


def is_there(session: Session, head: Head, rows: int) -> Fault | None:
    """None when a noted head is still part of the trail."""
    if rows < head.rows:
        return fault("shorter", rows=rows, before=head.rows)
    noted = session.execute(select(SEAL.hash, SEAL.mac).where(SEAL.position == head.rows)).first()
    return None if noted and tuple(noted) == (head.hash, head.mac) else fault("other_head", number=head.rows)


def _what(session: Session, seq: int) -> str:
    action = session.scalar(select(ROWS.action).where(ROWS.seq == seq))
    return "accepted" if action == ACCEPTED else "sealed"


def _suspicious(session: Session, row: Any, top: int, kept: Kept, begins: bool) -> Fault | None:
    """Why a row without a seal may not get one now. `begins`: this is where the key's time begins."""
    one_writer = session.get_bind().dialect.name == "sqlite"  # where nothing commits behind a later number
    if not 1 <= row.seq <= top + LEAP or (one_writer and row.seq < top) or row.action in OURS[begins]:
        return fault("misplaced", number=row.seq)
    if kept.looked_at and row.at < min(kept.looked_at, clock.now()) - LATE:  # it was not there then
        return fault("misplaced", number=row.seq)
    return None


def walk(
    session: Session, after: int, before: str, key: bytes | None = None, limit: int | None = None
) -> Iterator[Seen]:
    """Each seal after position `after`, whose hash is `before`, beside its row: (position, hash, None or a Fault).

    Ends with the first fault. Without `key` only the chain is checked: the old rule.
    """
    pairs = select(SEAL.position, SEAL.seq.label("sealed"), SEAL.hash, SEAL.mac, *HASHED).order_by(SEAL.position)
    pairs = pairs.select_from(AuditSeal).outerjoin(AuditRow, ROWS.seq == SEAL.seq).where(SEAL.position > after)
    expected, keyed = after, False
    try:
        for row in session.execute(pairs.limit(limit).execution_options(yield_per=1000)):
            expected += 1
            found = _fault_of(row, expected, before)
            if found is None and key is not None:
                keyed = keyed or row.mac is not None
                if keyed and row.mac != anchor.mac(key, row.position, row.seq, row.hash):
                    found = fault("seal_forged", number=row.position)
            before = row.hash
            yield expected, before, found
            if found:
                return
    except (ValueError, TypeError, AttributeError):  # no time, no JSON
        yield expected, before, fault("damaged", number=expected)


def _fault_of(row: Any, expected: int, before: str) -> Fault | None:
    if row.position != expected:
        return fault("seal_missing", number=expected)
    if row.seq is None:
        return fault("row_missing", number=row.sealed)
    return None if row.hash == audit.link(before, row) else fault("row_changed", number=row.sealed)


# --- What the worker does --------------------------------------------------------------------------------------------


@recurring.every(20, "seal_audit")
def seal_audit() -> None:
    """Chain the audit rows written since: few at a time, so that nobody waits for long, until none is left."""
    kept, at, sealed = anchor.load(), clock.now(), 1
    if kept.alarm:
        if kept.alarm_at is None:  # unreadable, or its worker died: nobody was told
            alarm(kept.alarm, at)
        return
    try:
        while sealed:
            with anchor.alone():
                kept = anchor.load()  # again: another worker may have sealed meanwhile, or raised an alarm
                if kept.alarm:
                    return
                with write() as session:
                    alone(session, "audit")
                    sealed = seal(session, kept)
                    if not kept.stored:  # before the first seals are: so they never look as if their head was lost
                        anchor.save(Kept())
                anchor.save(kept)
    except Found as found:
        alarm(found.fault, at)
    else:
        kept.looked_at = at
        anchor.amend(kept, "looked_at")


@recurring.every(60, "patrol_audit")
def patrol_audit() -> None:
    """Look again at a few thousand sealed rows, and after the last one at the first: an edit of an old row is found."""
    kept = anchor.load()
    if kept.alarm or kept.key is None:
        return
    with read() as session:
        looked = list(walk(session, *kept.patrol, kept.key, PATROL))
    if looked and (found := looked[-1][2]):
        alarm(found, clock.now())
        return
    kept.patrol = looked[-1][:2] if len(looked) == PATROL else kept.start[1:]
    anchor.amend(kept, "patrol")


PATROL = 5_000  # rows a minute: a million in three hours and a half


@recurring.every(24 * 3600, "look_behind")
def look_behind() -> None:
    """Look for rows without a seal far below the newest sealed one: nothing commits that late."""
    kept = anchor.load()
    if kept.alarm:
        return
    with read() as session:
        oldest = left_behind(session, kept.start.seq)
    if oldest is not None:
        alarm(fault("misplaced", number=oldest), clock.now())


def left_behind(session: Session, accepted: int) -> int | None:
    """The oldest row without a seal that the look of every run passes over; None when there is none. Reads everything."""
    top = session.scalar(select(func.max(SEAL.seq))) or 0
    is_sealed = exists().where(SEAL.seq == ROWS.seq)
    behind = select(func.min(ROWS.seq)).where(ROWS.seq <= top - BEHIND, ROWS.seq > accepted, ~is_sealed)
    oldest: int | None = session.scalar(behind)
    return oldest


def waiting_since(session: Session) -> datetime | None:
    """Since when a row above the sealed ones waits for its seal; None when none does."""
    top = session.scalar(select(func.max(SEAL.seq))) or 0
    at: datetime | None = session.scalar(select(func.min(ROWS.at)).where(ROWS.seq > top))
    return at


def alarm(found: Fault, at: datetime) -> None:
    """Nothing is sealed from now on until two people accept it; people are told.

    Where the trail looks like that of a restored backup, nothing leaves either until somebody resumes it: what was queued
    then may have left since. The alarm's time is stored last: until then, each run of `seal_audit` does all of this again.
    """
    with anchor.alone():
        kept = anchor.load()
        if kept.alarm_at:
            return
        if kept.alarm is None:
            kept.alarm = found
            anchor.save(kept)
            log.error("The audit trail was tampered with: %s", found.said)
        with write() as session:
            _tell(session, kept.alarm)
        if kept.alarm.code == "unreadable":
            anchor.put_aside()
        kept.note(kept.alarm, at)
        anchor.save(kept)


def _tell(session: Session, found: Fault) -> None:
    """Once, however often it is repeated. An earlier piece that was given up tells nobody."""
    if not work.next_attempts(session, "audit_alarm", ["audit"]):
        work.enqueue(session, "audit_alarm", "audit")
    if found.code in RESTORED:
        pausing.pause(session, None, PauseReason.RESTORED)
