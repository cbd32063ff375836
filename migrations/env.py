"""Alembic's environment: batch mode on SQLite, foreign keys off while tables are rebuilt, checked afterwards."""

from logging.config import fileConfig
from pathlib import Path

from alembic import context
from flask import current_app

from server.core import installation

config = context.config
if config.config_file_name and Path(config.config_file_name).exists():
    fileConfig(config.config_file_name, disable_existing_loggers=False)
database = current_app.extensions["migrate"].db
installation.prepare_to_migrate(current_app.config["SPOTTER"])


def render_item(kind, item, _autogen):
    """Our aware time is a plain time with a zone to a migration, which must not depend on today's code."""
    if kind == "type" and type(item).__name__ == "Time":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Migrate in one connection."""
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Rebuilding a table with foreign keys on would delete its children. Outside any transaction, or it is ignored.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.connection.driver_connection.execute("PRAGMA foreign_key_check").fetchall()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database to look at; --sql is not supported.")
run()
