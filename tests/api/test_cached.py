"""What is built from the database once for each version: by whoever needs it first, also while writing."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import database
from server.core.cached import Cached
from server.ledger.companies.models import DirectoryVersion


class Slow:
    """A cached value that counts how often it is built."""

    def __init__(self) -> None:
        self.built = 0
        self.cached = Cached(self.version, self.build)

    def version(self, session: Session) -> str:
        return session.scalar(select(DirectoryVersion.version)) or ""

    def build(self, _session: Session, version: str) -> str:
        self.built += 1
        return f"built of {version}"


def test_a_process_that_writes_before_it_reads_builds_once(app: Flask) -> None:
    slow = Slow()
    with app.app_context():
        for _ in range(3):
            with database.write() as session:
                assert slow.cached.get(session) == slow.cached.get(session)
        with database.read() as session:
            slow.cached.get(session)
    assert slow.built == 1


def test_what_was_not_committed_is_nobody_elses(app: Flask) -> None:
    slow = Slow()
    with app.app_context():
        with database.read() as session:
            before = slow.cached.get(session)
        with database.write() as session:
            session.execute(DirectoryVersion.__table__.update().values(version="never"))  # type: ignore[attr-defined]
            assert slow.cached.get(session) == "built of never" != before
            session.rollback()
        with database.write() as session:
            assert slow.cached.get(session) == before
        with database.read() as session:
            assert slow.cached.get(session) == before


def test_what_was_committed_is_read_at_once(app: Flask) -> None:
    slow = Slow()
    with app.app_context():
        with database.read() as session:
            slow.cached.get(session)
        with database.write() as session:
            session.execute(DirectoryVersion.__table__.update().values(version="next"))  # type: ignore[attr-defined]
            slow.cached.get(session)
        with database.read() as session:
            assert slow.cached.get(session) == "built of next"
    assert slow.built == 2
