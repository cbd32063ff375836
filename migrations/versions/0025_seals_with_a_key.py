"""a seal carries the mark of a key that the database does not hold, and SQLite refuses to replace an audit row

Seals from before have no mark. The worker checks them once by the old rule and seals a row with the key that says so.

Revision: 0025
Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = (("audit_rows", ("seq",)), ("audit_seals", ("position", "seq")))


def upgrade():
    op.add_column("audit_seals", sa.Column("mac", sa.String(64), nullable=True))
    if op.get_bind().dialect.name == "sqlite":  # INSERT OR REPLACE deletes without any trigger of DELETE
        for table, keys in TABLES:
            same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
            op.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for table, _ in TABLES:
            op.execute(f"DROP TRIGGER {table}_no_replace")
    op.execute("ALTER TABLE audit_seals DROP COLUMN mac")  # in place: rebuilt, the table would lose its triggers
