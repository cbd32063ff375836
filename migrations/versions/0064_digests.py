"""the channel digest, and the time zone and hour of a SPOC

Revision: 0064
Follows: 0063
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
CHANNELS = ("mail", "webhook", "portal", "api", "form")


def _channels(*channels):
    listed = ", ".join(f"'{channel}'" for channel in channels)
    for table in ("spocs", "messages"):
        name = op.f(f"ck_{table}_channel")
        with op.batch_alter_table(table, naming_convention=NAMES) as batch:
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, f"channel IN ({listed})")


def upgrade():
    _channels(*CHANNELS, "digest")
    with op.batch_alter_table("spocs", naming_convention=NAMES) as spocs:
        spocs.add_column(sa.Column("time_zone", sa.String(64), nullable=True))
        spocs.add_column(sa.Column("digest_hour", sa.Integer(), nullable=True))
        spocs.create_check_constraint(op.f("ck_spocs_digest_hour"), "digest_hour BETWEEN 0 AND 23")


def downgrade():
    """Whoever had a digest gets mail. What is gathered already leaves first: the code before says one notice a message."""
    undone = "SELECT count(*) FROM work WHERE kind = 'deliver_digest' AND done_at IS NULL AND dead_lettered_at IS NULL"
    if op.get_bind().execute(sa.text(undone)).scalar():
        raise SystemExit(
            "Some digests have been gathered and have not left. Upgrade again, let the worker send them, "
            "each at its hour, then downgrade."
        )
    with op.batch_alter_table("spocs", naming_convention=NAMES) as spocs:
        spocs.drop_constraint(op.f("ck_spocs_digest_hour"), type_="check")
        spocs.drop_column("digest_hour")
        spocs.drop_column("time_zone")
    for table in ("spocs", "messages"):
        op.execute(f"UPDATE {table} SET channel = 'mail' WHERE channel = 'digest'")
    _channels(*CHANNELS)
