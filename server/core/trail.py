"""The whole audit trail: checked from its first row to its head, and accepted by two people when it is not intact."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from server.core import anchor, audit, clock, seals
from server.core.anchor import ChainStart, Fault, Head, Kept, fault
from server.core.audit import HASHED, ROWS, AuditRow, AuditSeal
from server.core.database import alone
from server.core.seals import ACCEPTED, KEYED, LATE, SEAL
from server.core.sentences import sentence
from server.core.words import Refused


def verify(session: Session, heads: Sequence[Head] = (), kept: Kept | None = None) -> Fault | None:
    """None when the trail holds and every one of `heads` (noted elsewhere) is part of it, else the first place where not.

    Reads everything. Nothing can be said of rows from the last minutes, which have no seal yet.
    """
    kept = anchor.load() if kept is None else kept
    last = seals.newest(session)
    try:
        if found := seals.lost_key(kept, last):
            return found
        start, found = _start(session, kept)
        if found:
            return found
        for _, _, found in seals.walk(session, start.position, start.hash, kept.key):
            if found:
                return found
        if found := seals.look(session, kept, last):
            return found
        if kept.key and last is not None and (found := _bare(session, start)):
            return found
        for head in heads:
            if found := seals.is_there(session, head, last.position if last else 0):
                return found
        return _left_out(session, start)
    except (ValueError, TypeError, AttributeError):  # no time, no JSON
        return fault("damaged", number=0)


def _start(session: Session, kept: Kept) -> tuple[ChainStart, Fault | None]:
    """Where the chain begins, and whether what stands before it is still what two people accepted."""
    accepted = select(*HASHED).where(ROWS.action == ACCEPTED).order_by(ROWS.seq.desc()).limit(1)
    row = session.execute(accepted).first()
    if row is None:
        return ChainStart(), fault("row_missing", number=kept.start.seq) if kept.start.seq else None
    sealed = session.execute(select(*SEAL).where(SEAL.seq == row.seq)).first()
    start = ChainStart(row.seq, sealed.position, sealed.hash) if sealed else ChainStart()
    if sealed is None or kept.key is None or sealed.mac != anchor.mac(kept.key, *marked(start), "accepted"):
        return start, fault("misplaced", number=row.seq)
    if sealed.hash != audit.link("", row):
        return start, fault("row_changed", number=row.seq)
    if row.detail.get("before") != _digest(session, start):
        return start, fault("accepted_changed", number=row.seq)
    return start, None


def marked(start: ChainStart) -> tuple[int, int, str]:
    """As a seal's mark is made of it."""
    return start.position, start.seq, start.hash


def _digest(session: Session, start: ChainStart) -> str:
    """The hash of every row before `start`, and of every seal."""
    digest = hashlib.sha256()
    rows = select(*HASHED).where(ROWS.seq < start.seq).order_by(ROWS.seq)
    for row in session.execute(rows.execution_options(yield_per=1000)):
        digest.update(audit.link("", row).encode())
    links = select(*SEAL).where(SEAL.position < start.position).order_by(SEAL.position)
    for link in session.execute(links.execution_options(yield_per=1000)):
        digest.update(json.dumps(list(link)).encode())
    return digest.hexdigest()


def _bare(session: Session, start: ChainStart) -> Fault | None:
    """Seals without the key's mark are those from before there was a key: a sealed row says how many."""
    bare = session.scalar(select(func.count()).where(SEAL.mac.is_(None), SEAL.position > start.position)) or 0
    said = session.scalar(select(ROWS.detail).where(ROWS.action == KEYED, ROWS.seq > start.seq).order_by(ROWS.seq))
    return fault("seal_forged", number=bare or 1) if bare != (said or {}).get("seals", 0) else None


def _left_out(session: Session, start: ChainStart) -> Fault | None:
    """The first row that ought to have a seal and has none."""
    top = session.scalar(select(func.max(SEAL.seq))) or 0
    one_writer = session.get_bind().dialect.name == "sqlite"
    now = clock.now()
    waiting = seals.unsealed(start.seq if start.seq else FAR_BELOW).order_by(ROWS.seq)
    for row in session.execute(waiting.execution_options(yield_per=1000)):
        if row.seq < 1 or row.action in (ACCEPTED, KEYED) or (row.seq < top and (one_writer or row.at < now - LATE)):
            return fault("misplaced", number=row.seq)
        if row.at < now - LATE:
            return fault("unsealed", number=row.seq, minutes=int(LATE.total_seconds() // 60))
    return None


FAR_BELOW = -(2**62)  # whatever number a forged row was given


# --- Accepted by two people ------------------------------------------------------------------------------------------


def accept(session: Session, by_id: str, second_id: str, why: str, heads: Sequence[Head] = ()) -> tuple[Fault, Kept]:
    """Continue from the trail as it is, although it is not intact. Returns what was wrong, and what to store when this
    commits.

    Everything before is frozen as it is by its hash, and a new chain begins. Raises Refused("conflict") when nothing is
    wrong.
    """
    alone(session, "audit")
    if session.get_bind().dialect.name == "postgresql":  # what commits late would change what is frozen
        session.execute(text("LOCK TABLE audit_rows IN SHARE ROW EXCLUSIVE MODE"))
    kept = anchor.load()
    found = kept.alarm or verify(session, heads, kept)
    if found is None:
        raise Refused("conflict", sentence("The audit trail is intact: there is nothing to accept."))
    last = seals.newest(session)
    seq = (session.scalar(select(func.max(ROWS.seq))) or 0) + 1
    start = ChainStart(seq, (last.position if last else 0) + 1, "")
    detail: dict[str, Any] = {
        "second": second_id, "why": why, "found": found.code, "params": found.params, "before": _digest(session, start),
        "head": str(kept.head or ""),
    }  # fmt: skip
    row = AuditRow(
        seq=seq, at=clock.now(), actor_id=by_id, action=ACCEPTED, kind="audit", object_id="trail", detail=detail
    )
    session.add(row)
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.setval(func.pg_get_serial_sequence("audit_rows", "seq"), seq)))
    start = start._replace(hash=audit.link("", row))
    mark = anchor.mac(anchor.key_of(kept), *marked(start), "accepted")
    session.add(AuditSeal(position=start.position, seq=seq, hash=start.hash, mac=mark))
    session.flush()
    head = Head(start.position, start.hash, mark)
    return found, Kept(kept.key, head, clock.now(), start, (start.position, start.hash))
