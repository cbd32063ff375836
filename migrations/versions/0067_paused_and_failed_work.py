"""sending can be paused; of work that fails it is kept why, and how often in a row its worker died at it

Revision: 0067
Follows: 0066
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

FAILURES = (
    "'unreachable', 'rests', 'refused_for_now', 'address_refused', 'refused', 'answered', 'closed', 'forbidden', 'too_large', "
    "'no_secret', 'store_away', 'worker_stopped', 'unexpected', 'other'"
)
WAITS = "done_at IS NULL AND dead_lettered_at IS NULL"
INDEXES = {
    "ix_work_waiting": (["kind", "due_at"], WAITS),
    "ix_work_failing": (["failure", "due_at"], f"{WAITS} AND failure IS NOT NULL"),
    "ix_work_dead_letters": (["id"], "dead_lettered_at IS NOT NULL AND done_at IS NULL"),
}


def upgrade():
    with op.batch_alter_table("work") as changes:
        changes.add_column(sa.Column("breaks", sa.Integer(), nullable=False, server_default="0"))
        changes.add_column(sa.Column("failure", sa.String(32), nullable=True))
        changes.create_check_constraint(op.f("ck_work_failure"), f"failure IN ({FAILURES})")
    op.execute("UPDATE work SET failure = 'other' WHERE done_at IS NULL AND last_error IS NOT NULL")
    for name, (columns, rows) in INDEXES.items():
        where = sa.text(rows)
        op.create_index(name, "work", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "pauses",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("why IN ('by_hand', 'restored')", name=op.f("ck_pauses_why")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pauses")),
    )


def downgrade():
    op.drop_table("pauses")
    for name in INDEXES:
        op.drop_index(name, "work")
    with op.batch_alter_table("work") as changes:
        changes.drop_constraint(op.f("ck_work_failure"), type_="check")
        changes.drop_column("failure")
        changes.drop_column("breaks")
