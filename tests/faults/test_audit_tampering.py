"""Of 1,000 tamperings with the audit trail every one is found: at once by the worker, or by verify-audit.

Half of the time the worker runs first, as it would within 20 seconds, and must not mend what it finds. Three trails: one
sealed with the key from its first row, one that was begun before there was a key, and one that two people accepted. Each
tampering is undone by a rollback. The mutations take one defence away each; then some are not found.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from server.core import anchor, anchor_place, clock, seals, trail
from server.core.anchor import Kept
from server.core.audit import AuditRow, AuditSeal
from server.core.database import db, write
from server.core.words import Refused
from server.journeys.oversight import audit_trail
from tests import tampering
from tests.conftest import People
from tests.racing import RACERS, race

# On PostgreSQL a sample: the statements differ there, not the rules.
ROUNDS = int(os.environ.get("SPOTTER_FAULT_ROUNDS", "0")) * 20 or 1000
TRAILS = ("new", "older than the key", "accepted")


def written(count: int, at: Any = None) -> None:
    """Audit rows with a gap after every seventh number, as rolled-back transactions leave them."""
    with write() as session:
        top = session.scalar(select(func.max(AuditRow.seq))) or 0
        rows = []
        for n in range(count):
            top += 2 if n % 7 == 6 else 1
            rows.append(tampering.forged(top, at=at or clock.now(), action="report_received", object_id=str(top)))
        session.execute(insert(AuditRow), rows)
        if db.engine.dialect.name == "postgresql":
            session.execute(select(func.setval(func.pg_get_serial_sequence("audit_rows", "seq"), top)))


def sealed(which: str, people: People) -> Kept:
    """A trail of its kind, in order; what the data folder keeps of it."""
    written(60, clock.now() - timedelta(hours=5))
    seals.seal_audit()
    if which == "older than the key":
        with write() as session:  # as the version before left it
            tampering.unlocked(session)
            session.execute(update(AuditSeal).values(mac=None))
        (anchor._folder() / anchor.KEY).unlink()
        (anchor._folder() / anchor_place.HEAD).unlink()
    if which == "accepted":
        kept = anchor.load()
        kept.note(anchor.fault("shorter", rows=60, before=70), clock.now())
        anchor.save(kept)
        audit_trail.accept("ada@people.test", "cora@people.test", "Restored from the backup of Monday.")
    written(40)
    seals.seal_audit()
    written(1)
    seals.seal_audit()
    return anchor.load()


@pytest.fixture(params=TRAILS)
def kept(request: pytest.FixtureRequest, app: Flask, people: People) -> Kept:
    return sealed(request.param, people)


def found(kept: Kept, seed: int, act: tampering.Tampering | None) -> bool:
    """Whether the worker or the command finds it."""
    rng = random.Random(seed)
    with Session(db.engine) as session:
        session.begin()
        try:
            if db.engine.dialect.name == "sqlite":
                session.connection()
            if act:
                tampering.unlocked(session)
                act(session, rng)
            now = replace(kept)
            if rng.random() < 0.5:
                try:
                    seals.seal(session, now)
                except seals.Found:
                    return True
                now.looked_at = clock.now()
            return trail.verify(session, (), now) is not None
        finally:
            session.rollback()


def undetected(kept: Kept, rounds: int) -> Counter[str]:
    """What was not found, by its name."""
    missed: Counter[str] = Counter()
    for seed in range(rounds):
        act = tampering.ALL[seed % len(tampering.ALL)]
        if not found(kept, seed, act):
            missed[act.__name__] += 1
    return missed


def rounds() -> int:
    share = ROUNDS // len(TRAILS) + 1
    return share if db.engine.dialect.name == "sqlite" else max(len(tampering.ALL), share // 6)


def test_every_tampering_is_found(kept: Kept) -> None:
    assert not any(found(kept, seed, None) for seed in range(20)), "an honest trail is no alarm"
    assert undetected(kept, rounds()) == Counter()


def test_work_goes_on_over_hours_without_a_worker_and_a_clock_set_back(app: Flask, people: People) -> None:
    """Rows that were written while no worker ran are sealed when it comes back; so are those after a clock was mended."""
    kept = sealed("new", people)
    kept.looked_at = clock.now() - timedelta(hours=3)
    anchor.save(kept)
    written(10, clock.now() - timedelta(hours=2))
    with write() as session:
        waiting = trail.verify(session)
    assert waiting and waiting.code == "unsealed", "until then nobody can vouch for them"
    seals.seal_audit()
    kept = anchor.load()
    kept.looked_at = clock.now() + timedelta(hours=2)  # by a clock that was ahead
    anchor.save(kept)
    written(1)
    seals.seal_audit()
    with write() as session:
        assert trail.verify(session) is None and anchor.load().alarm is None


# --- Mutations -------------------------------------------------------------------------------------------------------


def no_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchor, "mac", lambda *_args: "0" * 64)


def no_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "is_there", lambda *_args: None)


def worker_mends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "_suspicious", lambda *_args: None)


def nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_left_out", lambda *_args: None)


def bare_seals_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_bare", lambda *_args: None)


def nothing_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "_digest", lambda *_args: "")


@pytest.mark.parametrize(
    ("which", "mutation"),
    [("new", no_marks), ("new", no_head), ("new", worker_mends), ("new", nothing_waits), ("new", bare_seals_count),
     ("accepted", nothing_is_frozen)],
)  # fmt: skip
def test_without_one_defence_some_are_not_found(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, which: str, mutation: Callable[[Any], None]
) -> None:
    mutation(monkeypatch)
    assert undetected(sealed(which, people), 6 * len(tampering.ALL))


# --- Its head is lost ------------------------------------------------------------------------------------------------


def cut_where_the_head_was_lost() -> tuple[str | None, bool]:
    """The last five seals and rows are gone, and with them the head that knew: the worker's alarm, and whether it sealed on."""
    with write() as session:
        tampering.unlocked(session)
        tampering.cut(session, 5)
    (anchor._folder() / anchor_place.HEAD).unlink()
    written(3)
    seals.seal_audit()
    with write() as session:
        newest = session.scalar(select(func.max(AuditRow.seq)))
        sealed_on = session.scalar(select(func.max(AuditSeal.seq))) == newest
    alarm = anchor.load().alarm
    return alarm.code if alarm else None, sealed_on


def test_a_trail_whose_head_was_lost_is_sealed_no_further(app: Flask, people: People) -> None:
    sealed("new", people)
    assert cut_where_the_head_was_lost() == ("no_head", False)


@pytest.mark.mutation
def test_without_that_alarm_what_was_cut_off_is_not_found(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed("new", people)
    monkeypatch.setattr(seals, "lost_head", lambda *_args: None)
    assert cut_where_the_head_was_lost() == (None, True)
    with write() as session:
        assert trail.verify(session) is None


# --- What follows ----------------------------------------------------------------------------------------------------


def test_an_alarm_is_raised_once_and_nothing_is_sealed_until_two_people_accept(app: Flask, people: People) -> None:
    sealed("new", people)
    with write() as session:
        tampering.unlocked(session)
        tampering.cut(session, 5)
    written(3)
    seals.seal_audit()
    kept = anchor.load()
    assert kept.alarm and kept.alarm.code == "shorter"
    assert app.test_client().get("/readyz").json["audit"] == "not ready"
    with write() as session:
        before = session.scalar(select(func.count()).select_from(AuditSeal))
    seals.seal_audit()
    with write() as session:
        assert session.scalar(select(func.count()).select_from(AuditSeal)) == before
    for by, second in (("ada", "ada"), ("cora", "ada"), ("ada", "ana"), ("ada", "nobody")):
        with pytest.raises(Refused):
            audit_trail.accept(f"{by}@people.test", f"{second}@people.test", "Looked into.")
    audit_trail.accept("ada@people.test", "cora@people.test", "Restored from the backup of Monday.")
    written(3)
    seals.seal_audit()
    seals.patrol_audit()
    with write() as session:
        assert trail.verify(session) is None and anchor.load().alarm is None
        row = session.scalars(select(AuditRow).where(AuditRow.action == "audit_accepted")).one()
        assert row.actor_id == people.ids["ada"] and row.detail["second"] == people.ids["cora"]
    with pytest.raises(Refused):
        audit_trail.accept("ada@people.test", "cora@people.test", "Again.")


def test_a_head_that_was_kept_elsewhere_shows_that_everything_was_put_back(app: Flask, people: People) -> None:
    """Database and data folder together: only what left the machine knows better."""
    older, folder = sealed("new", people), anchor._folder()
    saved = (folder / anchor_place.HEAD).read_text()
    written(5)
    seals.seal_audit()
    head = anchor.load().head
    assert head and anchor.read_heads(f"Dear Ada,\n\n{head}\n") == [head]
    with write() as session:
        tampering.unlocked(session)
        tampering.cut(session, 5)
    (folder / anchor_place.HEAD).write_text(saved)
    with write() as session:
        assert trail.verify(session, [older.head]) is None  # type: ignore[list-item]
        missing = trail.verify(session, [head])
    assert missing and missing.code == "shorter"


def test_the_patrol_comes_by_every_row(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "PATROL", 20)
    sealed("new", people)
    for _ in range(8):
        seals.patrol_audit()
    assert anchor.load().alarm is None
    with write() as session:
        tampering.unlocked(session)
        tampering.edit(session, tampering.numbers(session)[30], random.Random(1))
    for _ in range(8):
        seals.patrol_audit()
    alarm = anchor.load().alarm
    assert alarm and alarm.code == "row_changed"


def test_an_alarm_and_a_head_of_another_worker_stay_whatever_is_saved_after_them(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker acts while this one reads old rows for its patrol."""
    sealed("new", people)
    walk, head = seals.walk, anchor.load().head

    def meanwhile(act: Callable[[], None]) -> None:
        monkeypatch.setattr(seals, "walk", lambda *arguments: (act(), walk(*arguments))[1])
        seals.patrol_audit()

    written(5)
    meanwhile(seals.seal_audit)
    later = anchor.load().head
    assert head and later and later.rows == head.rows + 5
    meanwhile(lambda: seals.alarm(anchor.fault("misplaced", number=7), clock.now()))
    alarm = anchor.load().alarm
    assert alarm and alarm.code == "misplaced"


def test_workers_that_seal_at_the_same_moment_note_the_last_head_and_raise_no_alarm(app: Flask, people: People) -> None:
    written(60)
    assert race(app, [seals.seal_audit, seals.patrol_audit] * (RACERS // 2)) == ["won"] * RACERS
    with write() as session:
        assert trail.verify(session) is None
        kept, last = anchor.load(), seals.newest(session)
        assert kept.alarm is None and kept.head and kept.head.rows == last.position


def test_a_worker_that_dies_before_it_stores_the_first_head_has_not_lost_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(kept: Kept) -> None:
        if kept.head:
            raise SystemExit
        save(kept)

    save = anchor.save
    written(3)
    with monkeypatch.context() as until_then:
        until_then.setattr(anchor, "save", dies)
        with pytest.raises(SystemExit):
            seals.seal_audit()
    written(3)
    seals.seal_audit()
    kept = anchor.load()
    with write() as session:
        assert kept.alarm is None and trail.verify(session) is None
        assert kept.head and kept.head.rows == seals.newest(session).position


def test_without_the_key_nothing_is_called_intact(app: Flask, people: People) -> None:
    sealed("new", people)
    (anchor._folder() / anchor.KEY).unlink()
    result = app.test_cli_runner().invoke(args=["verify-audit"])
    assert result.exit_code == 1 and "The key of the audit trail is missing" in result.output
    seals.seal_audit()
    assert anchor.load().alarm and anchor.load().key is None, "no other key is made in its place"
