"""The database: one handle, names for every constraint, aware times, and writes that never lose each other."""

import secrets
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

import click
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    Connection,
    CursorResult,
    DateTime,
    Delete,
    Engine,
    Insert,
    MetaData,
    String,
    TypeDecorator,
    Update,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from server.core import clock
from server.core.keeping import Keeping

# Constraints without a name cannot be changed by a later migration on SQLite.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table. Each declares in `__keeping__` what it keeps of people (`keeping`)."""

    __keeping__: ClassVar[Keeping]
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Time(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps none of the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        # Read together with its zone, in a third of the time: a list of people has tens of thousands of times. An offset after
        # "+" was written by hand; the time is UTC like all others.
        return lambda kept: None if kept is None else datetime.fromisoformat(f"{kept.partition('+')[0]}+00:00")


# The newest identifier of this process: its millisecond, and what followed.
_newest = (0, 0)
_naming = threading.Lock()


def new_id(*, after: str = "") -> str:
    """A new identifier: 32 hexadecimal digits, time-ordered like UUID version 7, 74 bits of it random.

    Ordered by age, so it serves as the cursor of every list, within a millisecond too (RFC 9562, 6.2, method 2: a random
    step on); random enough not to be guessed. It is larger than `after`, also where that one comes from a machine whose clock
    is ahead of this one's.
    """
    global _newest
    milliseconds = int(clock.now().timestamp() * 1000)
    with _naming:
        before, tail = _newest
        tail = tail + 1 + secrets.randbits(48) if before == milliseconds else secrets.randbits(73)
        _newest = milliseconds, tail
    made = f"{milliseconds:012x}{0x7000 | (tail >> 62) & 0xFFF:04x}{(0b10 << 62) | tail & ((1 << 62) - 1):016x}"
    return made if made > after else f"{int(after, 16) + 1:032x}"


def first_id(at: datetime) -> str:
    """No identifier made at `at` or later is smaller."""
    return f"{int(at.timestamp() * 1000):012x}{0:020x}"


def made_at(identifier: str) -> datetime:
    """When it was made, by the clock of whoever made it."""
    return datetime.fromtimestamp(int(identifier[:12], 16) / 1000, UTC)


Id = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U: read aloud without mistakes


def reference(letter: str, identifier: str) -> str:
    """The short name people say for a report, a case or a notice, such as R-7K3M9-Q2XWT: 50 random bits of its id."""
    number = int(identifier, 16) & ((1 << 50) - 1)
    signs = "".join(CROCKFORD[(number >> shift) & 31] for shift in range(45, -1, -5))
    return f"{letter}-{signs[:5]}-{signs[5:]}"


def one_of(words: type[StrEnum], name: str) -> tuple[String, CheckConstraint]:
    """Column arguments for a word of `words`: text with a named CHECK. `mapped_column(*one_of(Role, "role"))`."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return String(32), CheckConstraint(f"{name} IN ({listed})", name=name)


WRITING = {"writing": True}

# One writer at a time inside a process waits its turn here, fairly; between processes SQLite's own lock decides.
_turn = threading.Lock()


@contextmanager
def write() -> Iterator[Session]:
    """One transaction of its own, committed (with fsync) at exit, rolled back by any exception.

    On SQLite it begins IMMEDIATE: a deferred one that reads before it writes fails at once when another writer was faster. Do
    nothing slow inside: no upload, no mail, no fetch. The request's own read transaction is ended first (rows already read
    stay readable), so that a request never holds one connection while it waits for another.
    """
    db.session.close()
    engine = db.engine
    if engine.dialect.name == "sqlite":
        with _turn, Session(_immediate(engine), expire_on_commit=False, info=WRITING) as session, session.begin():
            session.info["connection"] = session.connection()
            yield session
    else:
        with Session(engine, expire_on_commit=False, info=WRITING) as session, session.begin():
            yield session


@lru_cache(maxsize=4)
def _immediate(engine: Engine) -> Engine:
    return engine.execution_options(begin="IMMEDIATE")


@contextmanager
def read() -> Iterator[Session]:
    """A session for reading outside a request: commands, the worker, and the pages of a long export.

    On PostgreSQL it ends with a commit: at a rollback the driver forgets the statements it has prepared. Nothing is written:
    changes to the rows that were read are left out.
    """
    with Session(db.engine) as session:
        yield session
        if session.get_bind().dialect.name == "postgresql":
            session.expunge_all()  # they stay as they were read
            with suppress(SQLAlchemyError):  # the connection broke, and whoever read has dealt with it: nothing is lost
                session.commit()


def connection(session: Session) -> Connection:
    """The connection of a session: what runs with every report asks for it once, not with each statement."""
    return session.info.get("connection") or session.connection()


def fetched(on: Connection, statement: str, values: Sequence[Any]) -> list[Any]:
    """The rows of a statement as the driver fetches them; `?` stands for each value.

    For short searches that run with every report: what SQLAlchemy makes of a statement and its rows takes longer than the
    search itself. What fails is raised as SQLAlchemy raises it, without the values.
    """
    driver = on.dialect.loaded_dbapi
    if driver.paramstyle != "qmark":
        statement = statement.replace("?", "%s")
    try:
        return on.connection.driver_connection.execute(statement, values).fetchall()  # type: ignore[union-attr, no-any-return]
    except driver.Error as problem:
        error = DBAPIError.instance(statement, None, problem, driver.Error, hide_parameters=True, dialect=on.dialect)
        raise error from problem


# Each database's own, for ON CONFLICT: both say it alike, and have no common type that does.
INSERT: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert(session: Session, model: type[Base], *rows: dict[str, Any]) -> None:
    """Insert rows by the shortest way: plain values, no objects. Defaults are the caller's to give."""
    if rows:
        connection(session).execute(_insertion(model), list(rows))


@lru_cache
def _insertion(model: type[Base]) -> Insert:
    """Made once: it runs with every report."""
    return model.__table__.insert()  # type: ignore[attr-defined, no-any-return]


def changed(session: Session, statement: Update | Delete) -> int:
    """Execute an UPDATE or DELETE; returns the number of rows it matched."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def alone(session: Session, name: str) -> None:
    """Wait until no other transaction holds the lock `name`, then hold it until this one ends.

    Then check again whether the work is still needed: another transaction may have done it meanwhile. On SQLite there is one
    writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(name.encode()))))


@contextmanager
def alone_on_every_machine(name: str) -> Iterator[None]:
    """Hold the lock `name` of PostgreSQL meanwhile, on a connection of its own. SQLite has one machine, and no such lock."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    with Session(db.engine) as session, session.begin():
        alone(session, name)
        yield


def one_at_a_time(session: Session, account_id: str) -> None:
    """Wait until no other transaction acts on or for this person, and keep others from doing so until this one ends.

    Read everything the decision depends on afterwards, the time included, so that the second of two acts sees the first. Rows
    that refer to the account can be added meanwhile. On SQLite there is one writer anyway.
    """
    accounts = Base.metadata.tables["accounts"]
    session.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update(key_share=True))


def empty_log() -> bool:
    """Write SQLite's log into the database and truncate it: it still holds what rows contained before.

    Returns whether that worked: a reader prevents it, and the next call tries again. PostgreSQL recycles its log by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.close()  # its own snapshot would be such a reader
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=500")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={_patience()}")
        return not busy
    finally:
        connection.close()


# Milliseconds that SQLite waits for another process's write. After an upgrade, importing the lexicon takes long.
PATIENCE, LONG_PATIENCE = 10_000, 60_000


def _patience() -> int:
    """Longer in a command or a separate worker, where nobody waits for an answer."""
    command = click.get_current_context(silent=True)
    return LONG_PATIENCE if command and command.info_name != "run" else PATIENCE


CACHE, WORKERS_CACHE = 32_000, 128_000  # KiB of SQLite's pages that a connection keeps


def _cache() -> int:
    """More in a separate worker: it has one connection, and looks up twenty indexes of texts with every report."""
    command = click.get_current_context(silent=True)
    return WORKERS_CACHE if command and command.info_name == "worker" else CACHE


# Seconds; a PostgreSQL server that is silent for longer is down, unless its address gives another time.
CONNECT_WITHIN = 2


def engine_options(address: str) -> dict[str, Any]:
    """How connections to this database are made and kept. Each is tested before use, because a restart of PostgreSQL leaves
    idle ones dead.
    """
    options: dict[str, Any] = {"pool_size": 20, "max_overflow": 10, "pool_timeout": 10, "pool_pre_ping": True}
    options["hide_parameters"] = True  # a logged error contains nothing that people wrote
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        from server.core import postgresql

        ours = {"connect_timeout": CONNECT_WITHIN} | postgresql.KEEPALIVES
        options["connect_args"] = {name: value for name, value in ours.items() if name not in url.query}
    return options


def init_app(app: Flask) -> None:
    """Bind the database to `app` and set what every connection needs."""
    db.init_app(app)
    with app.app_context():
        _tune(db.engine)


def _tune(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        from server.core import postgresql

        server = postgresql.Server()
        event.listen(engine, "do_connect", server.connect)
        event.listen(engine, "checkout", server.checked_out)
        event.listen(engine, "engine_disposed", server.forget)
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # a commit is on the disk before anyone is told
            "foreign_keys=ON",
            f"busy_timeout={_patience()}",
            f"cache_size=-{_cache()}",
            "secure_delete=ON",  # what is erased is overwritten: free pages keep nothing of it
            "wal_autocheckpoint=4000",  # pages; in a busy hour the same ones are rewritten again and again
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        begin = f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}"
        try:  # the shortest way: every request begins at least once
            connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
        except sqlite3.OperationalError as problem:
            raise OperationalError(begin, None, problem) from problem
