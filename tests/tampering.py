"""What somebody may do to the audit trail who has the database in their hands and not the data folder.

Each tampering takes the session, the random numbers and nothing else, and changes what the trail says or can show.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from server.core import anchor, audit, clock
from server.core.audit import AuditRow, AuditSeal

ROW, SEAL = AuditRow.__table__, AuditSeal.__table__
OTHER_KEY = b"a key of the intruder's own making"
Tampering = Callable[[Session, random.Random], None]
ALL: list[Tampering] = []


def tampering(function: Tampering) -> Tampering:
    ALL.append(function)
    return function


def unlocked(session: Session) -> None:
    """Away with the triggers and the foreign keys, as the owner of the database can."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for name in session.scalars(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")
    ):
        session.execute(text(f"DROP TRIGGER {name}"))


def numbers(session: Session) -> list[int]:
    """The numbers of the sealed rows, in the order of sealing."""
    return list(session.scalars(select(SEAL.c.seq).order_by(SEAL.c.position)))


def edit(session: Session, seq: int, rng: random.Random) -> None:
    changes: list[dict[str, Any]] = [
        {"action": "nothing"}, {"actor_id": "f" * 32}, {"kind": "other"}, {"object_id": "0" * 32}, {"detail": {"x": 1}},
        {"at": clock.now() - timedelta(days=3, seconds=rng.randrange(1000))},
    ]  # fmt: skip
    session.execute(update(ROW).where(ROW.c.seq == seq).values(rng.choice(changes)))


def forged(seq: int, **more: Any) -> dict[str, Any]:
    row = {"seq": seq, "at": clock.now(), "actor_id": None, "action": "case_dismiss", "kind": "case", "object_id": "1"}
    return row | {"detail": {}} | more


def add(session: Session, *rows: dict[str, Any]) -> None:
    session.execute(insert(ROW), list(rows))


def cut(session: Session, k: int, rows: bool = True) -> list[int]:
    """The last k seals away, and their rows."""
    gone = numbers(session)[-k:]
    session.execute(delete(SEAL).where(SEAL.c.seq.in_(gone)))
    if rows:
        session.execute(delete(ROW).where(ROW.c.seq.in_(gone)))
    return gone


def seal_again(session: Session, mark: str) -> None:
    """A chain that fits the rows as they are now. `mark`: old, none, or made with the intruder's key."""
    before, olds = "", {s.seq: s.mac for s in session.execute(select(SEAL))}
    session.execute(delete(SEAL))
    for position, row in enumerate(session.execute(select(ROW).order_by(ROW.c.seq)).all(), 1):
        before = audit.link(before, row)
        made = anchor.mac(OTHER_KEY, position, row.seq, before)
        mac = {"old": olds.get(row.seq), "none": None, "own": made}[mark]
        session.execute(insert(SEAL).values(position=position, seq=row.seq, hash=before, mac=mac))


@tampering
def the_tail_is_cut(session: Session, rng: random.Random) -> None:
    cut(session, rng.randint(1, 20))


@tampering
def the_last_seals_are_stripped(session: Session, rng: random.Random) -> None:
    cut(session, rng.randint(1, 20), rows=False)


@tampering
def the_last_seals_are_stripped_and_a_row_is_edited(session: Session, rng: random.Random) -> None:
    edit(session, rng.choice(cut(session, rng.randint(1, 20), rows=False)), rng)


@tampering
def the_last_seals_are_stripped_and_a_row_is_deleted(session: Session, rng: random.Random) -> None:
    gone = rng.choice(cut(session, rng.randint(1, 20), rows=False))
    session.execute(delete(ROW).where(ROW.c.seq == gone))


@tampering
def the_last_seals_are_stripped_and_a_row_is_inserted(session: Session, rng: random.Random) -> None:
    bare = cut(session, rng.randint(2, 20), rows=False)
    add(session, forged(max(bare) + 1, at=clock.now() - timedelta(minutes=rng.randrange(60))))


@tampering
def all_seals_are_removed(session: Session, rng: random.Random) -> None:
    session.execute(delete(SEAL))
    if rng.random() < 0.5:
        edit(session, rng.choice(list(session.scalars(select(ROW.c.seq)))), rng)


@tampering
def everything_is_removed(session: Session, rng: random.Random) -> None:
    session.execute(delete(SEAL))
    session.execute(delete(ROW))
    if rng.random() < 0.5:
        add(session, forged(1))


@tampering
def a_row_is_edited(session: Session, rng: random.Random) -> None:
    edit(session, rng.choice(numbers(session)), rng)


@tampering
def a_row_is_deleted(session: Session, rng: random.Random) -> None:
    session.execute(delete(ROW).where(ROW.c.seq == rng.choice(numbers(session))))


@tampering
def a_row_and_its_seal_are_deleted(session: Session, rng: random.Random) -> None:
    gone = rng.choice(numbers(session)[:-1])
    session.execute(delete(SEAL).where(SEAL.c.seq == gone))
    session.execute(delete(ROW).where(ROW.c.seq == gone))
    if rng.random() < 0.5:  # and those above move down
        above = session.execute(select(SEAL).order_by(SEAL.c.position)).all()
        session.execute(delete(SEAL))
        session.execute(insert(SEAL), [link._asdict() | {"position": n} for n, link in enumerate(above, 1)])


@tampering
def a_seal_is_stripped_below_the_top(session: Session, rng: random.Random) -> None:
    gone = rng.choice(numbers(session)[:-1])
    session.execute(delete(SEAL).where(SEAL.c.seq == gone))
    if rng.random() < 0.5:
        edit(session, gone, rng)


@tampering
def a_row_is_forged_with_an_old_date(session: Session, rng: random.Random) -> None:
    add(
        session,
        forged(max(numbers(session)) + rng.randint(1, 9), at=clock.now() - timedelta(hours=rng.randint(1, 999))),
    )


@tampering
def a_row_is_forged_with_a_negative_number(session: Session, rng: random.Random) -> None:
    add(session, forged(-rng.randrange(10**6)))


@tampering
def a_row_is_forged_in_a_gap(session: Session, rng: random.Random) -> None:
    taken = set(session.scalars(select(ROW.c.seq)))
    gaps = [seq for seq in range(1, max(taken)) if seq not in taken]
    add(session, forged(rng.choice(gaps), at=clock.now() - timedelta(hours=rng.randint(1, 99))))


@tampering
def a_row_is_replaced(session: Session, rng: random.Random) -> None:
    seq = rng.choice(numbers(session))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(ROW).prefix_with("OR REPLACE"), forged(seq))
    else:
        session.execute(delete(ROW).where(ROW.c.seq == seq))
        add(session, forged(seq))


@tampering
def two_rows_swap_what_they_say(session: Session, rng: random.Random) -> None:
    a, b = (session.execute(select(ROW).where(ROW.c.seq == seq)).one() for seq in rng.sample(numbers(session), 2))
    for seq, other in ((a.seq, b), (b.seq, a)):
        session.execute(update(ROW).where(ROW.c.seq == seq).values(other._asdict() | {"seq": seq}))


@tampering
def two_seals_swap_rows(session: Session, rng: random.Random) -> None:
    a, b = (session.execute(select(SEAL).where(SEAL.c.seq == seq)).one() for seq in rng.sample(numbers(session), 2))
    session.execute(delete(SEAL).where(SEAL.c.position.in_([a.position, b.position])))
    session.execute(insert(SEAL), [a._asdict() | {"seq": b.seq}, b._asdict() | {"seq": a.seq}])


@tampering
def a_seal_is_rewritten(session: Session, rng: random.Random) -> None:
    values = rng.choice([{"hash": "0" * 64}, {"mac": "0" * 64}, {"hash": "0" * 64, "mac": "0" * 64}])
    session.execute(update(SEAL).where(SEAL.c.seq == rng.choice(keyed(session))).values(values))


def keyed(session: Session) -> list[int]:
    return list(session.scalars(select(SEAL.c.seq).where(SEAL.c.mac.is_not(None)).order_by(SEAL.c.position)))


@tampering
def the_marks_are_stripped(session: Session, rng: random.Random) -> None:
    marked = keyed(session)
    few = (
        marked[: rng.randint(1, len(marked))] if rng.random() < 0.5 else rng.sample(marked, rng.randint(1, len(marked)))
    )
    session.execute(update(SEAL).where(SEAL.c.seq.in_(few)).values(mac=None))


@tampering
def everything_is_sealed_again_without_the_key(session: Session, rng: random.Random) -> None:
    edit(session, rng.choice(numbers(session)), rng)
    seal_again(session, rng.choice(["old", "none", "own"]))


@tampering
def the_last_rows_are_others_sealed_without_the_key(session: Session, rng: random.Random) -> None:
    gone = cut(session, rng.randint(1, 10))
    add(session, *(forged(seq) for seq in gone))
    last = session.execute(select(SEAL).order_by(SEAL.c.position.desc()).limit(1)).one()
    before = last.hash
    for place, seq in enumerate(gone, last.position + 1):
        before = audit.link(before, session.execute(select(ROW).where(ROW.c.seq == seq)).one())
        mac = anchor.mac(OTHER_KEY, place, seq, before)
        session.execute(insert(SEAL).values(position=place, seq=seq, hash=before, mac=mac))


@tampering
def an_older_copy_is_put_back_and_work_goes_on(session: Session, rng: random.Random) -> None:
    cut(session, rng.randint(1, 20))
    top = session.scalar(select(func.max(ROW.c.seq))) or 0
    add(session, *(forged(top + n) for n in range(1, rng.randint(2, 40))))


@tampering
def an_acceptance_is_forged(session: Session, rng: random.Random) -> None:
    edit(session, rng.choice(numbers(session)), rng)
    top = max(session.scalars(select(ROW.c.seq))) + 1
    add(session, forged(top, action="audit_accepted", kind="audit", object_id="trail", detail={"before": "0" * 64}))
    if rng.random() < 0.5:
        place = (session.scalar(select(func.max(SEAL.c.position))) or 0) + 1
        row = session.execute(select(ROW).where(ROW.c.seq == top)).one()
        mac = anchor.mac(OTHER_KEY, place, top, audit.link("", row), "accepted")
        session.execute(insert(SEAL).values(position=place, seq=top, hash=audit.link("", row), mac=mac))


@tampering
def the_beginning_of_the_key_is_forged(session: Session, rng: random.Random) -> None:
    marked = keyed(session)
    few = marked[: rng.randint(1, len(marked) - 1)]
    session.execute(update(SEAL).where(SEAL.c.seq.in_(few)).values(mac=None))
    bare = session.scalar(select(func.count()).where(SEAL.c.mac.is_(None)))
    top = max(session.scalars(select(ROW.c.seq))) + 1
    add(session, forged(top, action="audit_keyed", kind="audit", object_id="trail", detail={"seals": bare}))


@tampering
def a_row_cannot_be_read(session: Session, rng: random.Random) -> None:
    seq = rng.choice(numbers(session))
    junk = rng.choice(['"x"', "[1", "7"]) if session.get_bind().dialect.name == "sqlite" else '"x"'
    session.execute(text("UPDATE audit_rows SET detail = :junk WHERE seq = :seq"), {"junk": junk, "seq": seq})
