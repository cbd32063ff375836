"""Migrations and models agree, up and down, on the database at hand."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from server.core.database import db


def test_the_migrated_database_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_every_check_of_the_models_is_in_the_database(app: Flask) -> None:
    """Autogenerate does not see CHECK constraints: compared by name."""
    inspector = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if c.__visit_name__ == "check_constraint"}
        found = {c["name"] for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


def test_migrations_go_down_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "reports" in inspect(db.engine).get_table_names()


def test_the_audit_trail_refuses_changes(app: Flask, people: object) -> None:
    for statement in ("UPDATE audit_rows SET action = 'x'", "DELETE FROM audit_rows"):
        with db.engine.connect() as connection:
            try:
                connection.execute(text(statement))
            except Exception as refused:
                assert "append-only" in str(refused)
            else:
                raise AssertionError(statement)
