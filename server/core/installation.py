"""The installation that a process belongs to: its settings, its database, and whether the tables are those of this version.

Checked before anything is served, done or created: a command without the service's settings must not create a second, empty
installation.
"""

import re
import sys
from functools import lru_cache
from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from server.core import config
from server.core.config import Settings
from server.core.failures import first_line

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "migrations"
UPGRADE = "flask --app server db upgrade"
BOOT_ERROR = 3  # gunicorn stops at this exit status of a worker, and starts a new one at any other, for ever


def settings() -> Settings:
    """From the environment. What serves needs a whole installation; a command looks for it by itself (`commands/guard`)."""
    command = click.get_current_context(silent=True)
    if command and command.info_name != "run":
        return config.read(make=False)
    try:
        return ready_to_serve()
    except SystemExit as refused:
        print(refused.code, file=sys.stderr, flush=True)
        sys.exit(BOOT_ERROR)


def ready_to_serve() -> Settings:
    """The settings of an installation whose database is there and migrated. Raises SystemExit, and then has made nothing."""
    settings = config.read(make=False)
    if problem := refusal(settings) or secret_missing(settings):
        sys.exit(problem)
    return settings


def prepare_to_migrate(settings: Settings) -> None:
    """Name the database, and for `flask db upgrade` make what a new installation needs; no other command does."""
    click.echo(f"Database: {named(settings)}", err=True)
    command = click.get_current_context(silent=True)
    if command and command.info_name != "upgrade":
        if problem := _not_there(settings):
            raise click.ClickException(problem)
        return
    problem = secret_missing(settings)
    if problem and _has_accounts(settings):
        raise click.ClickException(problem)
    config.with_secret(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)


def named(settings: Settings) -> str:
    """The database for people to read, without its password."""
    path = file(settings)
    return str(path) if path else make_url(settings.database_url).render_as_string(hide_password=True)


def file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None for one that is no file."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return ROOT / "instance" / url.database  # where Flask-SQLAlchemy looks; an absolute path stays as it is


def refusal(settings: Settings) -> str | None:
    """Why this database cannot be used as it is, in one line with what helps; None when it can.

    Connects, reads which revision the tables have, and makes nothing.
    """
    if problem := _not_there(settings):
        return problem
    try:
        engine = create_engine(settings.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as failure:
        return f"Cannot connect to the database: {first_line(failure)}"
    except ModuleNotFoundError as missing:
        return f"PostgreSQL needs {missing.name}. Run: pip install -r requirements-scale.txt"
    if revision and revision not in _revisions(REVISION):
        return (
            f"The database is at {revision} revision, of a newer version; this one needs {needed()}. "
            "Install that version again, or restore a backup from before its upgrade."
        )
    if revision != needed():
        return f"The database is at {revision or 'no'} revision, this version needs {needed()}. Run: {UPGRADE}"
    return None


def secret_missing(settings: Settings) -> str | None:
    """That the secret is missing, and what helps. With a new one, all links and authenticator apps would stop working."""
    if settings.secret_key:
        return None
    return (
        f"There is no secret_key in {settings.data_dir}. Set SPOTTER_DATA_DIR or SPOTTER_SECRET_KEY as the service has them, or "
        'restore the file from your backup. If it is lost: docs/operating.md, "When a key must be replaced".'
    )


def _has_accounts(settings: Settings) -> bool:
    if _not_there(settings):
        return False
    try:
        with create_engine(settings.database_url, poolclass=NullPool).connect() as connection:
            found = text("SELECT 1 FROM accounts LIMIT 1")
            return inspect(connection).has_table("accounts") and connection.scalar(found) is not None
    except DBAPIError as failure:  # there may be accounts, so no secret is made
        raise click.ClickException(f"Cannot connect to the database: {first_line(failure)}") from None


def _not_there(settings: Settings) -> str | None:
    path = file(settings)
    if path is None or path.exists():
        return None
    return (
        f"There is no database at {path}. Set SPOTTER_DATA_DIR or SPOTTER_DATABASE_URL as the service has them, "
        f"or make a new database: {UPGRADE}"
    )


@lru_cache(maxsize=1)
def needed() -> str:
    """The newest revision that this version has: read from the files, which are run by a migration alone."""
    (newest,) = _revisions(REVISION) - _revisions(FOLLOWS)
    return newest


def _revisions(said: re.Pattern[str]) -> set[str]:
    texts = (path.read_text() for path in (MIGRATIONS / "versions").glob("*.py"))
    return {match[1] for text in texts if (match := said.search(text))}


REVISION, FOLLOWS = (re.compile(rf'^{name} = "(\w+)"', re.MULTILINE) for name in ("revision", "down_revision"))
